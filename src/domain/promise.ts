import type { Day } from './day.ts';
import { type WorkingDays, workingDaysSince } from './working-days.ts';

/** One invoice's share of a promise, minor units. */
export interface PromisedPart {
  readonly invoice: string;
  readonly amount: number;
  /** The residual when it was promised: what comes in afterwards is the promise being kept. */
  readonly openThen: number;
}

/** A promise to pay that has not come to an end (F28). */
export interface OpenPromise {
  readonly id: string;
  readonly entity: string;
  readonly currency: string;
  readonly amount: number;
  readonly date: Day;
  readonly parts: readonly PromisedPart[];
  /** Who at the customer said it. */
  readonly saidBy: string;
  /** Slack user id of who took it: a broken one goes back there. */
  readonly takenBy: string;
  readonly on: Day;
}

export type PromiseOutcome = 'kept' | 'partly-kept' | 'broken' | 'withdrawn';

/** An invoice a promise may name, oldest first: its residual, and what of it is free of other promises and disputes. */
interface PromisableInvoice {
  readonly invoice: string;
  readonly open: number;
  readonly free: number;
}

export type PromiseRequest =
  | {
      readonly do: 'record-promise';
      readonly id: string;
      readonly entity: string;
      readonly currency: string;
      readonly amount: number;
      readonly date: Day;
      readonly invoices: readonly PromisableInvoice[];
      readonly saidBy: string;
    }
  | {
      readonly do: 'close-promise';
      readonly id: string;
      readonly outcome: PromiseOutcome;
      /** Minor units that came in. */
      readonly paid: number;
      readonly note: string;
    };

export type PromiseFact =
  | ({ readonly type: 'promise-recorded'; readonly promise: string } & Pick<
      OpenPromise,
      'entity' | 'currency' | 'amount' | 'date' | 'saidBy'
    > & {
        readonly parts: readonly Pick<PromisedPart, 'invoice' | 'amount'>[];
      })
  | {
      readonly type: 'promise-closed';
      readonly promise: string;
      readonly outcome: PromiseOutcome;
      readonly currency: string;
      readonly amount: number;
      readonly paid: number;
      readonly note: string;
      readonly takenBy: string;
    };

export type PromiseRefusal =
  | 'promise-in-past'
  | 'promise-too-far'
  | 'promise-above-balance'
  | 'amount-not-positive'
  | 'no-invoice-chosen'
  | 'no-such-promise';

export type PromiseDecision =
  | { readonly promises: readonly OpenPromise[]; readonly fact: PromiseFact }
  | { readonly refused: PromiseRefusal };

/** `latest` is the last day a promise may name: what lies behind it is a plan. */
export function decidePromise(
  promises: readonly OpenPromise[],
  request: PromiseRequest,
  by: string,
  today: Day,
  latest: Day,
): PromiseDecision {
  if (request.do === 'close-promise') {
    const { id, outcome, paid, note } = request;
    const open = promises.find((promise) => promise.id === id);
    if (!open) return { refused: 'no-such-promise' };
    const { currency, amount, takenBy } = open;
    return {
      promises: promises.filter((promise) => promise.id !== id),
      fact: { type: 'promise-closed', promise: id, outcome, currency, amount, paid, note, takenBy },
    };
  }
  const { id, entity, currency, amount, date, invoices, saidBy } = request;
  if (invoices.length === 0) return { refused: 'no-invoice-chosen' };
  if (!Number.isSafeInteger(amount) || amount <= 0) return { refused: 'amount-not-positive' };
  if (date < today) return { refused: 'promise-in-past' };
  if (date > latest) return { refused: 'promise-too-far' };
  const parts = spread(amount, invoices);
  if (!parts) return { refused: 'promise-above-balance' };
  const promise: OpenPromise = { id, entity, currency, amount, date, parts, saidBy, takenBy: by, on: today };
  const told = parts.map((part) => ({ invoice: part.invoice, amount: part.amount }));
  return {
    promises: [...promises, promise],
    fact: { type: 'promise-recorded', promise: id, entity, currency, amount, date, saidBy, parts: told },
  };
}

/** Oldest invoice first; null when they cannot hold the amount. */
function spread(amount: number, invoices: readonly PromisableInvoice[]): PromisedPart[] | null {
  const parts: PromisedPart[] = [];
  let left = amount;
  for (const { invoice, open, free } of invoices) {
    const part = Math.min(left, free);
    if (part > 0) parts.push({ invoice, amount: part, openThen: open });
    left -= part;
  }
  return left > 0 ? null : parts;
}

/** A promise pauses through its date and some business days of grace: a transfer takes its time. */
export function promiseLapsed(promise: Pick<OpenPromise, 'date'>, today: Day, calendar: WorkingDays, grace: number): boolean {
  return promise.date < today && workingDaysSince(promise.date, today, calendar, grace + 1) > grace;
}

/** What of a part is still awaited, given the invoice's residual now. */
export function awaited({ amount, openThen }: PromisedPart, openNow: number): number {
  return Math.max(0, Math.min(amount - Math.max(0, openThen - openNow), openNow));
}

/** How an open promise stands by the residuals of its invoices; null: neither paid nor lapsed. */
export function judgePromise(
  promise: OpenPromise,
  openNow: (invoice: string) => number,
  lapsed: boolean,
): { outcome: PromiseOutcome; paid: number } | null {
  const waiting = promise.parts.reduce((sum, part) => sum + awaited(part, openNow(part.invoice)), 0);
  const paid = promise.amount - waiting;
  if (waiting === 0) return { outcome: 'kept', paid };
  if (!lapsed) return null;
  return { outcome: paid > 0 ? 'partly-kept' : 'broken', paid };
}
