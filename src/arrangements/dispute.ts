import type { Moment } from '../account/moment.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import type { CreditNote } from '../ledger/invoice.ts';

export const DISPUTE_REASONS = [
  'price',
  'quantity',
  'quality',
  'not-delivered',
  'not-ordered',
  'invoiced-twice',
  'wrong-terms',
  'credit-expected',
  'other',
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

export const DISPUTE_OUTCOMES = ['credit', 'rejected', 'paid'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** How it is being resolved, mildest first; arbitration only where the contract provides for it. */
export const DISPUTE_STEPS = ['talk', 'senior', 'mediator', 'arbitration'] as const;
export type DisputeStepKind = (typeof DISPUTE_STEPS)[number];

export interface DisputeStep {
  readonly kind: DisputeStepKind;
  /** The mediator, or the person of theirs; '' where only ours are named. */
  readonly who: string;
  /** Slack user ids of our people in it. */
  readonly ours: readonly string[];
  readonly on: Day;
  /** Minor units of the dispute's currency; null: none, or not known. */
  readonly cost: number | null;
  readonly note: string;
  readonly by: string;
}

/** Some of the disputed amount and what became of it; minor units. */
export interface DisputePart {
  readonly outcome: DisputeOutcome;
  readonly amount: number;
}

/** The customer contests an invoice or a part of it; only that part rests. */
export interface OpenDispute {
  readonly id: string;
  readonly entity: string;
  readonly invoice: string;
  readonly currency: string;
  /** Minor units. Once decided: what is to be credited and has not been yet. */
  readonly amount: number;
  readonly reason: DisputeReason;
  readonly note: string;
  /** Slack user id of who sees to it. */
  readonly owner: string;
  /** Slack channel of the team that can resolve it, or null. */
  readonly channel: string | null;
  /** The last day for resolving it; null in disputes recorded before there were limits. */
  readonly until: Day | null;
  /** Its limit has passed and people were told so. */
  readonly overdue: boolean;
  readonly steps: readonly DisputeStep[];
  /** Decided in the customer's favour: the amount rests until the ledger shows the credit note. `before`: what was credited by then, minor units. */
  readonly credit: { readonly before: number; readonly on: Day } | null;
  readonly by: string;
  readonly on: Day;
}

/** What disputes recorded before they had a life of their own lack. */
export const DISPUTE_DEFAULTS = { channel: null, until: null, overdue: false, steps: [], credit: null } as const;

export type DisputeRequest =
  | ({ readonly do: 'record-dispute' /** The invoice's residual, minor units. */; readonly open: number } & Pick<
      OpenDispute,
      'id' | 'entity' | 'invoice' | 'currency' | 'amount' | 'reason' | 'note' | 'owner' | 'channel'
    > & { readonly until: Day })
  | { readonly do: 'extend-dispute'; readonly id: string; readonly until: Day; readonly reason: string }
  | {
      readonly do: 'take-dispute-step';
      readonly id: string;
      readonly step: Omit<DisputeStep, 'by'>;
      /** The contract has a clause on mediation or arbitration. */
      readonly clause: boolean;
    }
  /** By the clock, once a limit. */
  | { readonly do: 'dispute-overdue'; readonly id: string }
  /** The parts sum to the disputed amount. `credited`: see creditedOf. */
  | {
      readonly do: 'close-dispute';
      readonly id: string;
      readonly parts: readonly DisputePart[];
      readonly credited: number;
      readonly note: string;
    }
  /** By the clock: the ledger shows the credit note. */
  | { readonly do: 'credit-arrived'; readonly id: string; readonly credited: number };

type About = Pick<OpenDispute, 'entity' | 'invoice' | 'currency' | 'amount'> & { readonly dispute: string };

export type DisputeFact =
  | ({ readonly type: 'dispute-recorded'; readonly until: Day } & About & Pick<OpenDispute, 'reason' | 'note' | 'owner' | 'channel'>)
  | ({ readonly type: 'dispute-extended'; readonly from: Day | null; readonly until: Day; readonly reason: string } & About)
  | ({ readonly type: 'dispute-step-taken' } & About & Omit<DisputeStep, 'by'>)
  | ({ readonly type: 'dispute-overdue'; readonly until: Day; readonly owner: string; readonly channel: string | null } & About)
  | ({ readonly type: 'dispute-closed'; readonly parts: readonly DisputePart[]; readonly note: string } & About)
  | ({ readonly type: 'credit-arrived' } & About);

export type DisputeRefusal =
  | 'dispute-above-open'
  | 'amount-not-positive'
  | 'no-such-dispute'
  | 'dispute-decided'
  | 'reason-missing'
  | 'day-not-in-future'
  | 'limit-not-later'
  | 'dispute-not-overdue'
  | 'step-names-nobody'
  | 'arbitration-not-agreed'
  | 'cost-negative'
  | 'parts-differ'
  | 'credit-not-there';

export type DisputeDecision =
  | { readonly disputes: readonly OpenDispute[]; readonly fact: DisputeFact }
  | { readonly refused: DisputeRefusal };

interface Disputed {
  readonly disputes: readonly OpenDispute[];
  readonly closedDisputes: readonly EndedDispute[];
}

export function decideDisputed<Work extends Disputed>(
  work: Work,
  request: DisputeRequest,
  moment: Moment,
): { readonly work: Work; readonly facts: readonly DisputeFact[] } | { readonly refused: DisputeRefusal } {
  const decided = decideDispute(work.disputes, request, moment);
  if ('refused' in decided) return decided;
  const { disputes, fact } = decided;
  const closedDisputes = fact.type === 'dispute-closed' ? withEnded(work.closedDisputes, fact, moment.today) : work.closedDisputes;
  return { work: { ...work, disputes, closedDisputes }, facts: [fact] };
}

export function decideDispute(disputes: readonly OpenDispute[], request: DisputeRequest, moment: Moment): DisputeDecision {
  if (request.do === 'record-dispute') return record(disputes, request, moment);
  const { by, today } = moment;
  const open = disputes.find((dispute) => dispute.id === request.id);
  if (!open) return { refused: 'no-such-dispute' };
  if ((open.credit !== null) !== (request.do === 'credit-arrived')) return { refused: 'dispute-decided' };
  const about: About = { dispute: open.id, entity: open.entity, invoice: open.invoice, currency: open.currency, amount: open.amount };
  const instead = (...changed: OpenDispute[]) => disputes.flatMap((each) => (each === open ? changed : [each]));
  switch (request.do) {
    case 'extend-dispute': {
      const { until, reason } = request;
      if (reason.trim() === '') return { refused: 'reason-missing' };
      if (until <= today) return { refused: 'day-not-in-future' };
      if (open.until !== null && until <= open.until) return { refused: 'limit-not-later' };
      return {
        disputes: instead({ ...open, until, overdue: false }),
        fact: { type: 'dispute-extended', ...about, from: open.until, until, reason },
      };
    }
    case 'take-dispute-step': {
      const { step, clause } = request;
      if (step.kind === 'senior' ? step.ours.length === 0 : step.who.trim() === '') return { refused: 'step-names-nobody' };
      if (step.kind === 'arbitration' && !clause) return { refused: 'arbitration-not-agreed' };
      if (step.cost !== null && (!Number.isSafeInteger(step.cost) || step.cost < 0)) return { refused: 'cost-negative' };
      return {
        disputes: instead({ ...open, steps: [...open.steps, { ...step, by }] }),
        fact: { type: 'dispute-step-taken', ...about, ...step },
      };
    }
    case 'dispute-overdue': {
      if (open.until === null || open.overdue || !pastLimit(open, today)) return { refused: 'dispute-not-overdue' };
      const { until, owner, channel } = open;
      return { disputes: instead({ ...open, overdue: true }), fact: { type: 'dispute-overdue', ...about, until, owner, channel } };
    }
    case 'close-dispute': {
      const { parts, credited, note } = request;
      if (!sumExactly(parts, open.amount)) return { refused: 'parts-differ' };
      const credit = amountOf(parts, 'credit');
      const rest = credit > 0 ? [{ ...open, amount: credit, overdue: false, credit: { before: credited, on: today } }] : [];
      return { disputes: instead(...rest), fact: { type: 'dispute-closed', ...about, parts, note } };
    }
    case 'credit-arrived':
      if (!creditArrived(open, request.credited)) return { refused: 'credit-not-there' };
      return { disputes: instead(), fact: { type: 'credit-arrived', ...about } };
  }
}

/** Its invoice rests a little longer: the customer learns the outcome before anybody asks again. */
export interface EndedDispute {
  readonly entity: string;
  readonly invoice: string;
  readonly on: Day;
}

/** Calendar days for which the end of a dispute is remembered. */
const ENDED_KEPT = 30;

function withEnded(before: readonly EndedDispute[], { entity, invoice }: Omit<EndedDispute, 'on'>, today: Day): EndedDispute[] {
  return [...before.filter(({ on }) => daysBetween(on, today) <= ENDED_KEPT), { entity, invoice, on: today }];
}

function record(
  disputes: readonly OpenDispute[],
  request: Extract<DisputeRequest, { do: 'record-dispute' }>,
  { by, today }: Moment,
): DisputeDecision {
  const { do: _, open, ...dispute } = request;
  const { id, ...told } = dispute;
  if (!Number.isSafeInteger(dispute.amount) || dispute.amount <= 0) return { refused: 'amount-not-positive' };
  if (dispute.amount > open - disputedOf(disputes, dispute.entity, dispute.invoice)) return { refused: 'dispute-above-open' };
  return {
    disputes: [...disputes, { ...DISPUTE_DEFAULTS, ...dispute, by, on: today }],
    fact: { type: 'dispute-recorded', dispute: id, ...told },
  };
}

function sumExactly(parts: readonly DisputePart[], amount: number): boolean {
  const whole = parts.length > 0 && parts.every((part) => Number.isSafeInteger(part.amount) && part.amount > 0);
  return whole && parts.reduce((sum, part) => sum + part.amount, 0) === amount;
}

const amountOf = (parts: readonly DisputePart[], outcome: DisputeOutcome) =>
  parts.reduce((sum, part) => (part.outcome === outcome ? sum + part.amount : sum), 0);

/** What the team has recorded as disputed on one invoice, or as to be credited; minor units. */
export function disputedOf(disputes: readonly OpenDispute[], entity: string, invoice: string): number {
  return disputes.reduce((sum, dispute) => (dispute.entity === entity && dispute.invoice === invoice ? sum + dispute.amount : sum), 0);
}

/** Undecided on the day after its last one. */
export function pastLimit(dispute: Pick<OpenDispute, 'until' | 'credit'>, today: Day): boolean {
  return dispute.credit === null && dispute.until !== null && today > dispute.until;
}

/** What credit notes have taken off an invoice, or could still be taken off it; minor units. What is open credit is subtracted elsewhere already. */
export function creditedOf(
  { entity, invoice, currency }: Pick<OpenDispute, 'entity' | 'invoice' | 'currency'>,
  notes: readonly CreditNote[],
): number {
  return notes
    .filter((note) => note.entity === entity && note.currency === currency && !note.cancelled)
    .reduce((sum, note) => {
      const elsewhere = note.allocations.reduce((taken, each) => (each.invoice === invoice ? taken : taken + each.amount), 0);
      return sum + note.amount - elsewhere;
    }, 0);
}

/** The ledger shows credit of at least the amount that was agreed on. */
export function creditArrived({ amount, credit }: Pick<OpenDispute, 'amount' | 'credit'>, credited: number): boolean {
  return credit !== null && credited - credit.before >= amount;
}
