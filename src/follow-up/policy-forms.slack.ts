import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { TONES } from '../mails/draft-text.ts';
import { LETTER_STAGES } from '../mails/letter-facts.ts';
import { readAmounts } from '../slack/amounts.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, enteredOptions, field, textField } from '../slack/modals.ts';
import { CHANNEL_WORDS, PROPOSAL_WORDS } from './follow-up.view.ts';
import { APPROVALS, type Policy, type PolicyProblem, type PolicyStage, PROPOSALS, STAGE_CHANNELS } from './policy.ts';
import { APPROVAL_WORDS, amountsText } from './policy.view.ts';

/** No letter, in a select that cannot offer an empty value. */
const NONE = '-';

/** The field of a stage's form that each problem points to. */
export const STAGE_FIELD: Partial<Record<PolicyProblem, string>> = {
  'offset-out-of-range': 'offset',
  'stages-out-of-order': 'offset',
  'no-demand-stage': 'offset',
  'gap-out-of-range': 'gap',
  'spacing-out-of-range': 'spacing',
  'letter-without-notice': 'proposes',
  'notice-minimum-too-low': 'minimum',
  'contact-out-of-range': 'contact',
  'note-is-no-mail': 'channel',
  'template-missing': 'template',
  'task-without-proposal': 'proposes',
  'final-step-without-task': 'channel',
  'unknown-currency': 'minimum',
  'minimum-not-positive': 'minimum',
};

const words = <K extends string>(keys: readonly K[], text: (key: K) => string) => Object.fromEntries(keys.map((key) => [key, text(key)]));

function number(name: string, label: string, initial: number | undefined, hint: string): KnownBlock {
  return textField(name, label, { max: 4, hint, ...(initial === undefined ? {} : { initial: String(initial) }) });
}

const proposalOptions = () =>
  PROPOSALS.map((each) => ({ value: each as string, text: { type: 'plain_text' as const, text: PROPOSAL_WORDS[each] } }));

const flagsOf = (stage: PolicyStage | null) => [
  { value: 'large-or-first', text: { type: 'plain_text' as const, text: 'Only large or first invoices (notes)' } },
  ...(stage ? [{ value: 'remove', text: { type: 'plain_text' as const, text: 'Remove this stage' } }] : []),
];

export function stageFields(stage: PolicyStage | null): KnownBlock[] {
  const options = proposalOptions();
  const ticked = options.filter((option) => stage?.proposes.some((each) => each === option.value));
  return [
    textField('name', 'Name', { max: 60, ...(stage ? { initial: stage.name } : {}) }),
    number('offset', 'Day', stage?.offset, 'Days after the due date; with a minus, before it.'),
    choiceField(
      'channel',
      'What happens',
      words(STAGE_CHANNELS, (each) => CHANNEL_WORDS[each]),
      stage?.channel ?? 'email',
    ),
    choiceField(
      'template',
      'Letter',
      { [NONE]: 'None', ...words(LETTER_STAGES, (each) => each) },
      stage ? stage.template || NONE : undefined,
      'The wording a mail is written from.',
    ),
    choiceField(
      'tone',
      'Tone',
      words(TONES, (each) => each),
      stage?.tone ?? 'friendly',
    ),
    choiceField(
      'approval',
      'Who approves or calls',
      words(APPROVALS, (each) => APPROVAL_WORDS[each]),
      stage?.approval ?? 'collector',
    ),
    number(
      'gap',
      'Business days after the invoice’s stage before',
      stage?.gap ?? 0,
      'At least; written demands keep the rule for all besides.',
    ),
    number(
      'spacing',
      'Business days since the last of its kind',
      stage?.spacing ?? 0,
      'Between two messages of this stage to one customer, at least.',
    ),
    number('contact', 'To which contact', stage?.contact ?? 1, '1 is the first of the account, 2 the second.'),
    textField('minimum', 'Minimum amount', {
      optional: true,
      max: 150,
      hint: 'For example GBP 50, EUR 60. A currency left out has none.',
      ...(stage && Object.keys(stage.minimum).length > 0 ? { initial: amountsText(stage.minimum) } : {}),
    }),
    field(
      'proposes',
      'People decide about',
      { type: 'checkboxes', action_id: 'value', options, ...(ticked.length > 0 ? { initial_options: ticked } : {}) },
      { optional: true },
    ),
    field(
      'flags',
      'More',
      {
        type: 'checkboxes',
        action_id: 'value',
        options: flagsOf(stage),
        ...(stage?.largeOrFirst ? { initial_options: flagsOf(stage).slice(0, 1) } : {}),
      },
      { optional: true },
    ),
  ];
}

export type StageEdit = { readonly stage: PolicyStage | null } | { readonly errors: Record<string, string> };

/** What a form says of a stage; null: remove it. `key` of the edited stage, or null for a new one. */
export function readStage(request: SubmitRequest, key: string | null): StageEdit {
  const flags = enteredOptions(request, 'flags');
  if (flags.includes('remove')) return { stage: null };
  const whole = (name: string) => (/^[+-]?\d{1,3}$/.test(entered(request, name).trim()) ? Number(entered(request, name)) : Number.NaN);
  const errors: Record<string, string> = {};
  for (const name of ['offset', 'gap', 'spacing', 'contact']) if (Number.isNaN(whole(name))) errors[name] = 'Write a whole number.';
  const minimum = readAmounts(entered(request, 'minimum'));
  if ('problem' in minimum) errors.minimum = minimum.problem;
  if (Object.keys(errors).length > 0 || 'problem' in minimum) return { errors };
  const name = entered(request, 'name').trim();
  const template = entered(request, 'template');
  const stage: PolicyStage = {
    key: key ?? keyFromName(name),
    name,
    offset: whole('offset'),
    tone: z.enum(TONES).parse(entered(request, 'tone')),
    channel: z.enum(STAGE_CHANNELS).parse(entered(request, 'channel')),
    template: LETTER_STAGES.find((each) => each === template) ?? '',
    minimum: minimum.amounts,
    approval: z.enum(APPROVALS).parse(entered(request, 'approval')),
    gap: whole('gap'),
    spacing: whole('spacing'),
    proposes: z.array(z.enum(PROPOSALS)).parse(enteredOptions(request, 'proposes')),
    contact: whole('contact'),
    largeOrFirst: flags.includes('large-or-first'),
  };
  return { stage };
}

/** The policy with a stage put in its place by day, or taken out. */
export function withStage(policy: Policy, key: string | null, stage: PolicyStage | null): Policy {
  const others = policy.stages.filter((each) => each.key !== key);
  const stages = stage ? [...others, stage].sort((a, b) => a.offset - b.offset) : others;
  return { ...policy, stages };
}

export function keyFromName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}
