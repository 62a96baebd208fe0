import type { Day } from './day.ts';

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

/** The customer contests an invoice or a part of it; only that part rests (F31). */
export interface OpenDispute {
  readonly id: string;
  readonly entity: string;
  readonly invoice: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly reason: DisputeReason;
  readonly note: string;
  /** Slack user id of who sees to it. */
  readonly owner: string;
  readonly by: string;
  readonly on: Day;
}

export const DISPUTE_OUTCOMES = ['credit', 'rejected', 'paid'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

export type DisputeRequest =
  | ({ readonly do: 'record-dispute' /** The invoice's residual, minor units. */; readonly open: number } & Omit<OpenDispute, 'by' | 'on'>)
  | { readonly do: 'close-dispute'; readonly id: string; readonly outcome: DisputeOutcome; readonly note: string };

export type DisputeFact =
  | ({ readonly type: 'dispute-recorded'; readonly dispute: string } & Omit<OpenDispute, 'id' | 'by' | 'on'>)
  | ({ readonly type: 'dispute-closed'; readonly dispute: string; readonly outcome: DisputeOutcome; readonly note: string } & Pick<
      OpenDispute,
      'entity' | 'invoice' | 'currency' | 'amount'
    >);

export type DisputeRefusal = 'dispute-above-open' | 'amount-not-positive' | 'no-such-dispute';

export type DisputeDecision =
  | { readonly disputes: readonly OpenDispute[]; readonly fact: DisputeFact }
  | { readonly refused: DisputeRefusal };

export function decideDispute(disputes: readonly OpenDispute[], request: DisputeRequest, by: string, today: Day): DisputeDecision {
  if (request.do === 'close-dispute') {
    const { id, outcome, note } = request;
    const open = disputes.find((dispute) => dispute.id === id);
    if (!open) return { refused: 'no-such-dispute' };
    const { entity, invoice, currency, amount } = open;
    return {
      disputes: disputes.filter((dispute) => dispute.id !== id),
      fact: { type: 'dispute-closed', dispute: id, outcome, note, entity, invoice, currency, amount },
    };
  }
  const { do: _, open, ...dispute } = request;
  const { id, ...told } = dispute;
  if (!Number.isSafeInteger(dispute.amount) || dispute.amount <= 0) return { refused: 'amount-not-positive' };
  if (dispute.amount > open - disputedOf(disputes, dispute.entity, dispute.invoice)) return { refused: 'dispute-above-open' };
  return { disputes: [...disputes, { ...dispute, by, on: today }], fact: { type: 'dispute-recorded', dispute: id, ...told } };
}

/** What the team has recorded as disputed on one invoice; minor units. */
export function disputedOf(disputes: readonly OpenDispute[], entity: string, invoice: string): number {
  return disputes.reduce((sum, dispute) => (dispute.entity === entity && dispute.invoice === invoice ? sum + dispute.amount : sum), 0);
}
