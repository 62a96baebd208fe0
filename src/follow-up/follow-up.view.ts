import type { Button, KnownBlock } from '@slack/types';
import { saidPaidLine } from '../account/said-paid.view.ts';
import { asksOwner } from '../account/veto.ts';
import { repeatedWords } from '../arrangements/promise-record.view.ts';
import { contextLine, freshnessLine, longDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import type { Explanation } from './explain-account.op.ts';
import type { AccountReason, FollowUpAction, FollowUpRules } from './follow-up.ts';
import type { Policy, Proposal, StageChannel } from './policy.ts';
import type { EntityReason, EntityStand, LeftOutWhy } from './stand.ts';

/** One sentence for every reason why nothing happens; an account's own first, then a selling entity's. */
export const REASON_WORDS: Readonly<Record<AccountReason | EntityReason, string>> = {
  'status-stopped': 'Its status stops all contact until a person decides.',
  placed: 'An agency or a law firm follows it up; ours rests until somebody recalls it.',
  autopay: 'It pays by direct debit, so nobody reminds it.',
  'on-hold': 'It is on hold.',
  'reply-waiting': 'A reply of the customer waits for an answer; nothing goes out before.',
  'stale-ledger': 'The ledger is too old to ask anybody for money: import the latest payments first.',
  weekend: 'It is the weekend where the customer is.',
  'public-holiday': 'It is a public holiday where the customer is.',
  'contacted-today': 'The customer has been contacted today already, and one contact a day is enough.',
  'nothing-open': 'Nothing is open.',
  'nothing-overdue': 'Nothing is past due, and no note is called for.',
  promised: 'What is past due has been promised, and the promise still runs.',
  disputed: 'What is past due is in dispute.',
  planned: 'What is past due rests under a payment plan, or under an offer that was accepted or paid.',
  'written-off': 'What is past due was written off.',
  'covered-by-credit': 'Unapplied cash and open credit notes cover what is past due: allocate them first.',
  'below-minimum': 'The amount is below the minimum of the next stage.',
  'start-unconfirmed': 'It was late already when it first came into the ledger: its collector confirms where follow-up begins.',
  'ladder-finished': 'Every stage of the policy has been taken: people decide what comes next.',
  'stage-not-reached': 'The day of the next stage has not come.',
  'demand-gap': 'The last written demand is too recent for another one.',
  'stage-gap': 'The stage before is too recent for the next one.',
  'owner-asked': 'The owner in sales is asked first: go, hold, or a call of theirs. Silence for some business days means go.',
  'owner-holds': 'The owner in sales holds this step, or calls the customer first.',
  'other-entity-first': 'It is the turn of another selling entity today; entities take turns.',
};

export const CHANNEL_WORDS: Readonly<Record<StageChannel, string>> = { email: 'mail', call: 'call', task: 'decision by people' };

export const PROPOSAL_WORDS: Readonly<Record<Proposal, string>> = {
  'stop-supply': 'stop supply',
  'demand-letter': 'demand letter',
  agency: 'collection agency',
  legal: 'legal action',
  'write-off': 'write-off',
};

const LEFT_OUT_WORDS: Readonly<Record<LeftOutWhy, string>> = {
  promised: 'promised',
  disputed: 'in dispute',
  planned: 'arranged',
  'covered-by-credit': 'covered by credit',
  'below-minimum': 'below the minimum',
};

export interface WhyView {
  readonly explanation: Explanation;
  readonly version: number;
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** Why today's mail could not be drafted; null when it could or when there is none. */
  readonly gap: string | null;
  readonly mayCollect: boolean;
  readonly mayManage: boolean;
}

/** Why something or nothing happens today, on one screen. */
export function whyReply(view: WhyView): Reply {
  const { row, decision, policy, policies, upcoming, freshness } = view.explanation;
  const today = decision.action
    ? `*Today, ${longDay(decision.day)}*: ${actionWords(decision.action)}`
    : [`*Today, ${longDay(decision.day)}*: nothing.`, ...decision.reasons.map((reason) => `• ${REASON_WORDS[reason]}`)].join('\n');
  const blocks: KnownBlock[] = [section(`*Why · ${plain(row.name)}* · ${plain(row.number)}`), section(today)];
  if (decision.action?.stage.channel === 'email' && view.gap) blocks.push(section(`:warning: This mail could not be drafted: ${view.gap}`));
  if (decision.entities.length > 0)
    blocks.push(
      section(
        decision.entities
          .slice(0, 8)
          .map((stand) => standWords(stand, policy, policies.rules))
          .join('\n'),
      ),
    );
  const { work, day } = view.explanation;
  const paid = saidPaidLine(work.calls.told, new Set(day.items.map(({ number }) => number)));
  if (paid) blocks.push(section(paid));
  const often = repeatedWords(view.explanation.work.pastPromises, decision.day, nextName(decision.entities, policy));
  if (often) blocks.push(section(often));
  if (!decision.action) {
    const next = upcoming
      ? `*Next, if nobody pays*: ${longDay(upcoming.day)}, ${actionWords(upcoming.action)}`
      : 'Nothing comes next by itself in the coming weeks: somebody has to act first.';
    blocks.push(section(next));
  }
  const asking = decision.entities.some(({ next }) => policy.stages.some((stage) => stage.key === next && asksOwner(stage)));
  if (asking && view.explanation.day.ownerSilence === null)
    blocks.push(contextLine('No owner in sales whom Slack knows in that role: nobody is asked before a firm step.'));
  const buttons = actions(view);
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  blocks.push(
    contextLine(
      `Policy “${plain(policy.name)}”, version ${policy.version}`,
      freshnessLine(freshness.asOf, freshness.sample, view.zone, view.now),
    ),
  );
  return { text: `Why: ${plain(row.name)}`, blocks };
}

/** "Friendly reminder, mail for NWUK: asks for £1,200.00 on 2 invoices; UK-1 leads, 4 days past due". */
function actionWords({ stage, entity, leading, totals, invoices, leftOut, jumped }: FollowUpAction): string {
  const asked = totals
    .map((each) => `${money(each.asked, each.currency)}${each.credit > 0 ? ` (after ${money(each.credit, each.currency)} of credit)` : ''}`)
    .join(' and ');
  const proposes = stage.proposes.length > 0 ? `; to decide: ${stage.proposes.map((each) => PROPOSAL_WORDS[each]).join(', or ')}` : '';
  const left =
    leftOut.length > 0
      ? `\n  Left out: ${firstOf(
          leftOut.map((each) => `${money(each.amount, each.currency)} of ${plain(each.invoice)} ${LEFT_OUT_WORDS[each.why]}`),
          5,
        )}`
      : '';
  return `*${plain(stage.name)}*${jumped ? ' (a manager jumped to it)' : ''}, ${CHANNEL_WORDS[stage.channel]} for ${plain(entity)}: ${asked} on ${counted(invoices.length, 'invoice')}; ${plain(leading.invoice)} leads, ${ageWords(leading.daysPastDue)}${proposes}${left}`;
}

/** Where the rules of all policies set a number, the sentence says it. */
function reasonWords(reason: EntityReason, { demandGap }: FollowUpRules): string {
  return reason === 'demand-gap'
    ? `The last written demand is too recent: at least ${counted(demandGap, 'business day')} lie between two.`
    : REASON_WORDS[reason];
}

function standWords({ entity, leading, at, next, reasons }: EntityStand, { stages }: Policy, rules: FollowUpRules): string {
  const nameOf = (key: string | null) => plain(stages.find((stage) => stage.key === key)?.name ?? '');
  const nextStage = stages.find((stage) => stage.key === next);
  const where = leading
    ? ` ${plain(leading.invoice)} leads, ${ageWords(leading.daysPastDue)}; ${at ? `last stage: ${nameOf(at)}` : 'no stage yet'}${nextStage ? `; next: ${nameOf(next)} from ${dayWords(nextStage.offset)}` : ''}.`
    : '';
  return [`*${plain(entity || 'No selling entity')}*:${where}`, ...reasons.map((reason) => reasonWords(reason, rules))].join(' ');
}

/** Where follow-up stands furthest: the stage that would come next. */
function nextName(entities: readonly EntityStand[], { stages }: Policy): string | null {
  const next = Math.max(-1, ...entities.map((stand) => stages.findIndex((stage) => stage.key === stand.next)));
  return next < 0 ? null : plain(stages[next]!.name);
}

export function ageWords(daysPastDue: number): string {
  if (daysPastDue > 0) return `${counted(daysPastDue, 'day')} past due`;
  return daysPastDue === 0 ? 'due today' : `due in ${counted(-daysPastDue, 'day')}`;
}

export function dayWords(offset: number): string {
  if (offset === 0) return 'the due date';
  return offset > 0 ? `day ${offset}` : `${-offset} days before the due date`;
}

function actions({ explanation: { row, decision }, version, gap, mayCollect, mayManage }: WhyView): Button[] {
  const button = (id: string, label: string, more: object = {}): Button => ({
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text: clip(label, 75) },
    value: JSON.stringify({ a: row.id, v: version, ...more }),
  });
  const unconfirmed = decision.entities.filter((stand) => stand.reasons.includes('start-unconfirmed')).slice(0, 5);
  const leading = decision.entities.filter((stand) => stand.leading !== null && stand.next !== null).slice(0, 5);
  return [
    button('account-card', 'Open the card'),
    ...(mayManage && gap && row.collector === null ? [button('account-assign', 'Assign…')] : []),
    ...(mayCollect
      ? unconfirmed.map(({ entity }) => button(`account-start:${entity}`.slice(0, 255), `Confirm start for ${entity}…`, { i: entity }))
      : []),
    ...(mayManage
      ? leading.map(({ entity }) => button(`account-jump:${entity}`.slice(0, 255), `Jump ahead for ${entity}…`, { i: entity }))
      : []),
    ...(mayManage ? [button('account-policy', 'Policy…')] : []),
  ];
}
