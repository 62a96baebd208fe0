import type { Button, KnownBlock } from '@slack/types';
import { saidPaidLine } from '../account/said-paid.view.ts';
import { asksOwner } from '../account/veto.ts';
import { repeatedWords } from '../arrangements/promise-record.view.ts';
import { contextLine, freshnessLine, longDay, shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import type { LeftOutWhy } from './ask.ts';
import type { Explanation } from './explain-account.op.ts';
import type { AccountReason, FollowUpAction, FollowUpRules } from './follow-up.ts';
import type { Policy, Proposal, StageChannel } from './policy.ts';
import type { ProposedStep } from './proposals.ts';
import type { EntityReason, Reason } from './reasons.ts';
import type { EntityStand, InvoiceStand } from './stand.ts';

/** One sentence for every reason why nothing happens; an account's own first, then a selling entity's and its invoices'. */
export const REASON_WORDS: Readonly<Record<AccountReason | EntityReason, string>> = {
  'status-stopped': 'Its status stops all contact until a person decides.',
  autopay: 'It pays by direct debit, so nobody reminds it.',
  'on-hold': 'It is on hold.',
  'stale-ledger': 'The ledger is too old to ask anybody for money: import the latest payments first.',
  weekend: 'It is the weekend where the customer is.',
  'public-holiday': 'It is a public holiday where the customer is.',
  'contacted-today': 'The customer has been contacted today already, and one contact a day is enough.',
  'nothing-open': 'Nothing is open.',
  'nothing-overdue': 'Nothing is overdue that could be asked for, and no note is called for.',
  promised: 'The overdue amount has been promised, and the promise still runs.',
  disputed: 'The overdue amount is in dispute.',
  planned: 'The overdue amount is under a payment plan, or under an offer that was accepted or paid.',
  'written-off': 'The overdue amount was written off.',
  'dunning-block': 'The accounting system has blocked reminders of it.',
  'payment-elsewhere':
    'A payment names it under another customer number or in another currency: drop the payments file and say whether it pays this invoice.',
  placed: 'It is with an agency or a law firm; ours is paused until somebody recalls it.',
  'covered-by-credit': 'Unapplied cash and open credit notes cover it: allocate them first.',
  'start-unconfirmed': 'It was overdue when it was imported: its collector sets its starting point.',
  'start-spread': 'Its starting point is set; first messages are spread over a week.',
  'reply-waiting': 'The customer’s reply about it is unanswered.',
  'reply-fresh': 'A reply of the customer about another invoice is fresh.',
  'placement-question':
    'Other invoices are with an agency or a law firm: add this one, or ask ourselves. No answer means that we ask ourselves.',
  rested: 'A person paused it beside the invoices that are with an agency or a law firm.',
  'dispute-closed': 'Its dispute was just closed: the customer learns the outcome first.',
  'owner-asked': 'The account owner is asked first: go, hold, or a call of theirs. No answer for some business days means go.',
  'owner-holds': 'The account owner holds this step, or calls the customer first.',
  'stage-not-reached': 'It is not late enough for its next step.',
  'stage-gap': 'Its last step is too recent for the next one.',
  'demand-gap': 'The last written demand is too recent for another one.',
  'call-settles': 'The last call is too recent for a mail.',
  'mail-settles': 'The last mail is too recent for a call.',
  'call-gap': 'The customer has just had a call.',
  'stage-spacing': 'The customer has just had a mail of this step.',
  'letter-first': 'An approved demand letter goes first.',
  'waits-for-others': 'With others that join soon it reaches the minimum of its next step.',
  'below-minimum': 'It is below the minimum of its next step: it goes along with larger ones.',
  'small-balance': 'It is in the small-balance queue: write it off, or keep it.',
  'top-reached': 'Every step of the policy has been taken: people decide what comes next.',
  'amount-grown': 'More of it is free than its final notice asked, so the notice is given again.',
  'final-notice-running': 'Its final notice runs.',
  'letter-running': 'The deadline of its demand letter runs.',
  'case-running': 'Another demand letter of this selling entity runs.',
  'after-letter': 'The step behind its demand letter has not come.',
  'decision-no': 'People decided against a formal step for now.',
  'decision-open': 'People decide about the next step.',
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
  for (const stand of decision.entities.slice(0, 6)) blocks.push(section(standWords(stand, policy, policies.rules)));
  if (decision.proposals.length > 0) blocks.push(section(decision.proposals.map(proposalWords).join('\n')));
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

/** "Friendly reminder, mail for NWUK: £1,200.00 on 2 invoices; oldest UK-1, 4 days past due". */
function actionWords(action: FollowUpAction): string {
  const { stage, entity, leading, totals, invoices, leftOut, jumped } = action;
  const asked = totals
    .map((each) => `${money(each.asked, each.currency)}${each.credit > 0 ? ` (after ${money(each.credit, each.currency)} of credit)` : ''}`)
    .join(' and ');
  const proposes = stage.proposes.length > 0 ? `; to decide: ${stage.proposes.map((each) => PROPOSAL_WORDS[each]).join(', or ')}` : '';
  const rests = leftOut.map((each) => `${money(each.amount, each.currency)} of ${plain(each.invoice)} ${LEFT_OUT_WORDS[each.why]}`);
  const lines = [...shownWords(action), ...(rests.length > 0 ? [`Left out: ${firstOf(rests, 5)}`] : [])];
  const head = `*${plain(stage.name)}*${jumped ? ' (a manager jumped to it)' : ''}, ${CHANNEL_WORDS[stage.channel]} for ${plain(entity)}`;
  const what = `${asked} on ${counted(invoices.length, 'invoice')}; oldest ${plain(leading.invoice)}, ${ageWords(leading.daysPastDue)}`;
  return [`${head}: ${what}${proposes}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What the message shows besides what it asks for at its own step. */
function shownWords({ firmer, also, formal, notes }: FollowUpAction): string[] {
  const parts: [string, readonly { readonly number: string }[]][] = [
    ['Asked more firmly before', firmer],
    ['Also open', also],
    ['Under notice', formal],
    ['Not yet due', notes],
  ];
  return parts
    .filter(([, list]) => list.length > 0)
    .map(
      ([word, list]) =>
        `${word}: ${firstOf(
          list.map(({ number }) => plain(number)),
          8,
        )}`,
    );
}

/** "To decide for NWUK since 4 Mar: demand letter; £1,200.00 on UK-1 and UK-2". */
function proposalWords({ entity, stage, currency, sum, invoices, since }: ProposedStep): string {
  const choices = stage.proposes.map((each) => PROPOSAL_WORDS[each]).join(', or ');
  const numbers = firstOf(
    invoices.map(({ number }) => plain(number)),
    8,
  );
  return `*To decide for ${plain(entity)}* since ${shortDay(since)}: ${choices}; ${money(sum, currency)} on ${numbers}.`;
}

/** Where the rules of all policies set a number, the sentence says it; and from which day it no longer holds. */
function reasonWords({ code, until }: Reason, { demandGap }: FollowUpRules): string {
  const words =
    code === 'demand-gap'
      ? `The last written demand is too recent: at least ${counted(demandGap, 'business day')} lie between two.`
      : REASON_WORDS[code];
  return until === null ? words : `${words} From ${shortDay(until)}.`;
}

/** Invoices of an entity whose own step is shown. */
const STANDS_SHOWN = 6;

/** An entity's invoices, each with its own step and the next one, and below them every reason once. */
function standWords({ entity, invoices, reasons }: EntityStand, policy: Policy, rules: FollowUpRules): string {
  const name = `*${plain(entity || 'No selling entity')}*`;
  if (invoices.length === 0) return `${name}: ${reasons.map((code) => REASON_WORDS[code]).join(' ')}`;
  const rows = invoices.slice(0, STANDS_SHOWN).map((each) => `• ${invoiceWords(each, policy)}`);
  const more = invoices.length - rows.length;
  const why = reasons.includes('other-entity-first')
    ? [REASON_WORDS['other-entity-first']]
    : distinct(invoices).map((each) => reasonWords(each, rules));
  return [`${name}:`, ...rows, ...(more > 0 ? [`and ${more} more`] : []), ...(why.length > 0 ? [why.join(' ')] : [])].join('\n');
}

/** Each reason of the invoices once, with the first day on which it ends for one of them. */
function distinct(invoices: readonly InvoiceStand[]): Reason[] {
  const found = new Map<string, Reason>();
  for (const reason of invoices.flatMap(({ reasons }) => reasons)) {
    const known = found.get(reason.code);
    if (!known || (reason.until !== null && (known.until === null || reason.until < known.until))) found.set(reason.code, reason);
  }
  return [...found.values()];
}

/** "UK-1 · £392.98 · 31 days past due · Firm reminder on 21 Jan · next: Second contact from 4 Feb". */
function invoiceWords({ invoice, ask, currency, daysPastDue, at, since, next, passed, reasons }: InvoiceStand, { stages }: Policy): string {
  const nameOf = (key: string | null) => plain(stages.find((stage) => stage.key === key)?.name ?? '');
  const from = reasons.flatMap(({ until }) => until ?? []).sort()[0];
  const calls = passed.filter(({ why }) => why !== 'below-minimum').map((each) => `${nameOf(each.stage)} ${PASSED_WORDS[each.why]}`);
  return [
    plain(invoice),
    ...(ask > 0 ? [money(ask, currency)] : []),
    ageWords(daysPastDue),
    at ? `${nameOf(at)}${since ? ` on ${shortDay(since)}` : ''}` : 'no step yet',
    ...calls,
    ...(next ? [`next: ${nameOf(next)}${from ? ` from ${shortDay(from)}` : ''}`] : []),
  ].join(' · ');
}

const PASSED_WORDS: Readonly<Record<InvoiceStand['passed'][number]['why'], string>> = {
  'below-minimum': 'passed over: below its minimum',
  'call-covered': 'passed over: a call spoke of it',
  'call-missed': 'passed over: nobody made it',
  'call-unreached': 'passed over: it reached nobody',
};

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
  const unconfirmed = decision.entities
    .filter((stand) => stand.invoices.some(({ reasons }) => reasons.some(({ code }) => code === 'start-unconfirmed')))
    .slice(0, 5);
  const leading = decision.entities.filter((stand) => stand.invoices.some(({ next, ask }) => ask > 0 && next !== null)).slice(0, 5);
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
