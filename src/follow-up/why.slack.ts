import { accountIdOf } from '../account/account.slack.ts';
import type { AccountCards, FromCard } from '../account/account-cards.slack.ts';
import { accountChoices } from '../account/account-choices.view.ts';
import { findAccount } from '../account/read-account.op.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { gapsFound } from '../mails/draft-gaps.op.ts';
import { gapWords } from '../mails/draft-gaps.view.ts';
import { type Asker, type CommandRequest, Refused, type Subject } from '../slack/listeners.ts';
import { choiceField, entered, enteredOptions, field, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import { mayDo } from '../team/team.ts';

import { type Explanation, explainAccount } from './explain-account.op.ts';
import { ageWords, whyReply } from './follow-up.view.ts';
import { currentPolicies } from './policies.ts';
import { isDecision } from './policy.ts';
import { BY_AGE, lastDunned, startMarks } from './start.ts';

/** "None yet" in a select, which cannot offer an empty value. */
const NONE = '-';
const AGE = 'by-age';

/** /collections why, and what a person may change of where an account stands: its start, a jump, its policy. */
export function whySubject(world: World, cards: AccountCards): Subject {
  return {
    parts: {
      why: {
        may: 'read',
        usage: 'why NAME or number',
        help: 'what happens to an account today, and why or why not',
        run: (request) => whyNamed(world, request),
      },
    },
    clicks: {
      'account-why': { may: 'read', run: async ({ value, asker, answer }) => answer(await why(world, accountIdOf(value), asker)) },
      'account-start': {
        may: 'collect',
        run: cards.open(async (from, carried) => startForm(await explained(world, from.ref.a), from, carried)),
      },
      'account-jump': {
        may: 'manage',
        run: cards.open(async (from, carried) => jumpForm(await explained(world, from.ref.a), from, carried)),
      },
      'account-policy': { may: 'manage', run: cards.open((from, carried) => policyForm(world, from, carried)) },
    },
    submits: {
      'account-start': {
        may: 'collect',
        run: cards.submitted(
          'stage',
          async (request, { a, i = '' }) => startRequest(await explained(world, a), i, entered(request, 'stage'), entered(request, 'sent')),
          ':white_check_mark: Start confirmed. Follow-up goes on from there.',
        ),
      },
      'account-jump': {
        may: 'manage',
        run: cards.submitted(
          'stage',
          async (request, { a, i = '' }) =>
            jumpRequest(
              await explained(world, a),
              i,
              enteredOptions(request, 'invoices'),
              entered(request, 'stage'),
              entered(request, 'reason'),
            ),
          ':white_check_mark: This step comes next.',
        ),
      },
      'account-policy': {
        may: 'manage',
        run: cards.submitted(
          'policy',
          async (request) => ({ do: 'choose-policy', policy: fromChoice(entered(request, 'policy')) }),
          ':white_check_mark: Policy chosen.',
        ),
      },
    },
  };
}

async function whyNamed(world: World, { text, asker, answer, settings }: CommandRequest): Promise<void> {
  if (text === '')
    throw new Refused(`Which account? Type a part of its name or its number behind \`/${settings.commands.collections} why\`.`);
  const found = await findAccount(world.ledger, text);
  if (found.kind === 'none') throw new Refused(`No account has “${text.replace(/[<>&`]/g, '')}” in its name or number.`);
  await answer(found.kind === 'one' ? await why(world, found.id, asker) : accountChoices(text, found.accounts, 'account-why'));
}

async function policyForm(world: World, { work }: FromCard, carried: object) {
  const policies = currentPolicies(await world.policies.read());
  const options = {
    [NONE]: 'That of its segment or the company',
    ...Object.fromEntries(policies.map((each) => [each.key, each.name])),
  };
  return modal('account-policy', 'Policy of the account', 'Choose', carried, [
    choiceField('policy', 'Policy', options, work.policy ?? NONE),
  ]);
}

async function why(world: World, id: string, asker: Asker): Promise<Reply> {
  const [explanation, worked, team, settings, gaps] = await Promise.all([
    explainAccount(world, id),
    world.accounts.load(id),
    world.team.read(),
    world.settings.read(),
    gapsFound(world.jobs),
  ]);
  if (!explanation || !worked) throw new Refused(REFUSED['no-such-account']);
  const { version } = worked;
  const may = { mayCollect: mayDo(team, asker.user, 'collect'), mayManage: mayDo(team, asker.user, 'manage') };
  const why = gaps.find((gap) => gap.account === id)?.why;
  const gap = why ? gapWords(why, settings.commands.collections) : null;
  return whyReply({ explanation, version, zone: settings.zone, now: world.clock.now(), gap, ...may });
}

async function explained(world: World, id: string): Promise<Explanation> {
  const explanation = await explainAccount(world, id);
  if (!explanation) throw new Refused(REFUSED['no-such-account']);
  return explanation;
}

const fromChoice = (chosen: string) => (chosen === NONE ? null : chosen);
const demandStages = ({ policy }: Explanation) => policy.stages.filter((stage) => stage.offset > 0);

function startForm(explanation: Explanation, { today }: FromCard, carried: object) {
  const options = {
    [AGE]: 'By age: each invoice where its days overdue put it',
    [NONE]: 'None: begin with the first reminder',
    ...Object.fromEntries(
      demandStages(explanation)
        .filter((stage) => !isDecision(stage))
        .map((stage) => [stage.key, `${stage.name} was the last one`]),
    ),
  };
  const sent = { type: 'datepicker' as const, action_id: 'value' };
  return modal('account-start', 'Starting point', 'Confirm', carried, [
    choiceField(
      'stage',
      'What has the customer had so far?',
      options,
      undefined,
      'For everything of this selling entity that is past due today, but never a step for which an invoice was too young. The next step follows from there.',
    ),
    field('sent', 'When was it sent?', sent, {
      optional: true,
      hint: `The next one keeps its distance to it. A final notice counts only with its day. On or before ${today}.`,
    }),
  ]);
}

function startRequest({ policy, day: { items, today } }: Explanation, entity: string, chosen: string, sent: string) {
  const stage = policy.stages.find((each) => each.key === chosen) ?? null;
  const on = sent === '' ? null : day(sent);
  const own = items.filter((item) => item.entity === entity && item.due < today);
  return {
    ...{ do: 'confirm-start' as const, entity, from: today },
    stage: stage && { key: stage.key, offset: stage.offset },
    sent: chosen === AGE ? lastDunned(own, today) : on,
    marks: startMarks(own, policy, today, chosen === AGE ? BY_AGE : { stage: stage?.key ?? null, sent: on }),
  };
}

/** Slack shows so many options at most. */
const MOST_OPTIONS = 100;

function jumpForm(explanation: Explanation, { value }: FromCard, carried: object) {
  const { decision, policy } = explanation;
  const stand = decision.entities.find((each) => each.entity === value.i);
  const invoices = (stand?.invoices ?? []).filter(({ ask }) => ask > 0).slice(0, MOST_OPTIONS);
  const lowest = Math.min(...invoices.map(({ at }) => policy.stages.findIndex((stage) => stage.key === at)));
  const ahead = policy.stages.filter((stage, index) => index > lowest && stage.offset > 0);
  if (invoices.length === 0 || ahead.length === 0) throw new Refused('No step lies ahead. Nothing was changed.');
  const options = invoices.map(({ invoice, daysPastDue }) => ({
    value: invoice,
    text: { type: 'plain_text' as const, text: `${invoice}, ${ageWords(daysPastDue)}`.slice(0, 75) },
  }));
  return modal('account-jump', 'Skip to a step', 'Skip', carried, [
    field('invoices', 'Which invoices?', {
      ...{ type: 'multi_static_select', action_id: 'value', options, initial_options: options.slice(0, 1) },
    }),
    choiceField(
      'stage',
      'Next step',
      Object.fromEntries(ahead.map((stage) => [stage.key, stage.name])),
      undefined,
      'It comes on the next day that allows a contact; the steps between are skipped. Gaps still hold.',
    ),
    textField('reason', 'Reason', { multiline: true, hint: 'Saved to the history.' }),
  ]);
}

function jumpRequest({ decision, policy }: Explanation, entity: string, chosen: readonly string[], to: string, reason: string) {
  const stand = decision.entities.find((each) => each.entity === entity);
  const order = policy.stages.map((stage) => stage.key);
  const invoices = (stand?.invoices ?? []).filter(({ invoice }) => chosen.includes(invoice)).map(({ invoice, at }) => ({ invoice, at }));
  const target = policy.stages.find((stage) => stage.key === to);
  return { do: 'jump' as const, entity, invoices, to, order, decision: target !== undefined && isDecision(target), reason };
}
