import type { KnownBlock, PlainTextOption } from '@slack/types';
import { withCode } from '../kernel/money.ts';
import { contextLine } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, plain } from '../slack/text.ts';
import type { PolicyPreview } from './change-policies.op.ts';
import type { FollowUp } from './follow-up.ts';
import { CHANNEL_WORDS, dayWords, PROPOSAL_WORDS } from './follow-up.view.ts';
import { currentPolicies, type Policies } from './policies.ts';
import type { CurrencyAmounts, Policy, PolicyStage, StageApproval } from './policy.ts';

export const APPROVAL_WORDS: Readonly<Record<StageApproval, string>> = {
  collector: 'the collector',
  manager: 'a manager',
  'second-person': 'the collector and a second person',
};

/** A policy's stages with what one may do about them. */
export function policyReply(policies: Policies, policy: Policy, notice?: string): Reply {
  const others = currentPolicies(policies).filter((each) => each.key !== policy.key);
  const option = (text: string, value: string): PlainTextOption => ({ text: { type: 'plain_text', text: clip(text, 75) }, value });
  const stages = policy.stages
    .slice(0, 100)
    .map((stage) => option(`${dayWords(stage.offset)}: ${stage.name}`, JSON.stringify([policy.key, policy.version, stage.key])));
  const blocks: KnownBlock[] = [
    ...(notice ? [contextLine(notice)] : []),
    section(`*Policy “${plain(policy.name)}”*, version ${policy.version}\n${usedBy(policies, policy.key)}`),
    section(policy.stages.map(stageLine).join('\n')),
    section(largeWords(policy.large)),
    {
      type: 'actions',
      elements: [
        { type: 'static_select', action_id: 'policy-stage', placeholder: { type: 'plain_text', text: 'Edit a stage…' }, options: stages },
        button('policy-add', 'Add a stage…', [policy.key, policy.version]),
        button('policy-copy', 'Copy as a new policy…', [policy.key, policy.version]),
        button('policy-use', 'Used for…', [policy.key]),
        button('policy-rules', 'Rules for all…', []),
        ...(others.length > 0
          ? [
              {
                type: 'static_select' as const,
                action_id: 'policy-show',
                placeholder: { type: 'plain_text' as const, text: 'Another policy…' },
                options: others.slice(0, 100).map((each) => option(each.name, each.key)),
              },
            ]
          : []),
      ],
    },
    contextLine(rulesWords(policies)),
  ];
  return { text: `Policy ${plain(policy.name)}`, blocks };
}

function stageLine(stage: PolicyStage): string {
  const extra = [
    stage.largeOrFirst ? 'large or first invoices only' : '',
    stage.contact > 1 ? `to contact ${stage.contact}` : '',
    stage.gap > 0 ? `${counted(stage.gap, 'business day')} after the stage before` : '',
    Object.keys(stage.minimum).length > 0 ? `from ${amountsText(stage.minimum)}` : '',
    stage.proposes.length > 0 ? `to decide: ${stage.proposes.map((each) => PROPOSAL_WORDS[each]).join(', or ')}` : '',
  ].filter(Boolean);
  const when = stage.offset > 0 ? `+${stage.offset}` : String(stage.offset);
  return `\`${when.padStart(4)}\` *${plain(stage.name)}*: ${CHANNEL_WORDS[stage.channel]}, ${stage.tone}, ${APPROVAL_WORDS[stage.approval]}${extra.map((each) => ` · ${each}`).join('')}`;
}

function usedBy({ company, segments }: Policies, key: string): string {
  const named = segments.filter((each) => each.policy === key).map((each) => `segment “${plain(each.segment)}”`);
  const uses = [...(company === key ? ['the company'] : []), ...named];
  return uses.length > 0
    ? `Holds for ${uses.join(', ')}, and for accounts it was chosen for.`
    : 'Holds only for accounts it was chosen for.';
}

function largeWords(large: CurrencyAmounts): string {
  return Object.keys(large).length > 0 ? `An invoice is large from ${amountsText(large)}.` : 'No invoice counts as large.';
}

function rulesWords({ rules }: Policies): string {
  return `For all policies: at least ${counted(rules.demandGap, 'business day')} between written demands; nothing goes out when the ledger is more than ${counted(rules.staleAfter, 'business day')} old; a promise has ${counted(rules.promiseGrace, 'business day')} of grace; a dispute is resolved within ${counted(rules.disputeDays, 'business day')}; an account’s owner in sales who stays silent for ${counted(rules.ownerDays, 'business day')} lets a firm step go; a notice of a plan’s default runs ${counted(rules.noticeDays, 'business day')}.`;
}

/** "GBP 50.00, EUR 60.00", as the form reads it back. */
export function amountsText(amounts: CurrencyAmounts): string {
  return Object.entries(amounts)
    .map(([currency, amount]) => withCode({ amount, currency }))
    .join(', ');
}

const SHOWN = 10;

/** What a change would do to today's list, before it is saved. */
export function previewBlocks({ before, after, changed }: PolicyPreview): KnownBlock[] {
  const total = `Today *${counted(before, 'account')}* would be acted on as things are, *${after.toLocaleString('en-GB')}* with this change.`;
  if (changed.length === 0) return [section(`${total} No account would be treated differently today.`)];
  const lines = changed
    .slice(0, SHOWN)
    .map(({ account, before: was, after: will }) => `• ${clip(plain(account.row.name), 80)}: ${stepWords(was)} → ${stepWords(will)}`)
    .concat(andMore(changed.length - SHOWN));
  return [section(`${total} ${counted(changed.length, 'account')} would be treated differently:`), section(lines.join('\n'))];
}

const stepWords = ({ action }: FollowUp) => (action ? plain(action.stage.name) : 'nothing');

const button = (id: string, label: string, value: unknown[]) => ({
  type: 'button' as const,
  action_id: id,
  text: { type: 'plain_text' as const, text: label },
  value: JSON.stringify(value),
});
