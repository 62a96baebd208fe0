import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';
import { type WorkingDays, workingDaysSince } from '../kernel/working-days.ts';

/** One invoice's share of a promise, minor units. */
export interface PromisedPart {
  readonly invoice: string;
  readonly amount: number;
  /** The residual when it was promised: what comes in afterwards is the promise being kept. */
  readonly openThen: number;
  /** What credit notes had taken off the invoice when it was promised; not kept with the oldest promises. */
  readonly creditedThen?: number;
}

/** A promise to pay that has not come to an end. */
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

/** 'credited': a credit note covered it, so the customer had nothing to keep or to break. */
export type PromiseOutcome = 'kept' | 'partly-kept' | 'broken' | 'credited' | 'withdrawn';

/** An invoice a promise may name, oldest first: its residual, and what of it is free of other promises and disputes. */
export interface PromisableInvoice {
  readonly invoice: string;
  readonly open: number;
  readonly free: number;
  /** What credit notes have taken off it so far; left out where nobody looked. */
  readonly credited?: number;
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
      /** Minor units that came in as cash. */
      readonly paid: number;
      /** Minor units that credit notes took off; none when left out. */
      readonly credited?: number;
      readonly note: string;
    };

export type PromiseFact =
  | ({ readonly type: 'promise-recorded'; readonly promise: string } & Pick<
      OpenPromise,
      'entity' | 'currency' | 'amount' | 'date' | 'saidBy'
    > & {
        readonly parts: readonly Pick<PromisedPart, 'invoice' | 'amount'>[];
      })
  | ({
      readonly type: 'promise-closed';
      readonly promise: string;
      readonly outcome: PromiseOutcome;
      readonly currency: string;
      readonly amount: number;
      readonly paid: number;
      readonly credited: number;
      readonly note: string;
    } & Pick<OpenPromise, 'entity' | 'date' | 'saidBy' | 'takenBy'> & { readonly invoices: readonly string[] });

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

/** Behind `latest` lies a plan. */
export function decidePromise(promises: readonly OpenPromise[], request: PromiseRequest, { by, today, latest }: Moment): PromiseDecision {
  if (request.do === 'close-promise') {
    const { id, outcome, paid, credited = 0, note } = request;
    const open = promises.find((promise) => promise.id === id);
    if (!open) return { refused: 'no-such-promise' };
    const { entity, currency, amount, date, saidBy, takenBy } = open;
    const invoices = open.parts.map((part) => part.invoice);
    return {
      promises: promises.filter((promise) => promise.id !== id),
      fact: {
        type: 'promise-closed',
        promise: id,
        outcome,
        currency,
        amount,
        paid,
        credited,
        note,
        entity,
        date,
        saidBy,
        takenBy,
        invoices,
      },
    };
  }
  const { id, entity, currency, amount, date, invoices, saidBy } = request;
  if (invoices.length === 0) return { refused: 'no-invoice-chosen' };
  if (!Number.isSafeInteger(amount) || amount <= 0) return { refused: 'amount-not-positive' };
  if (date < today) return { refused: 'promise-in-past' };
  if (date > latest) return { refused: 'promise-too-far' };
  const parts = promisedParts(amount, invoices);
  if (!parts) return { refused: 'promise-above-balance' };
  const promise: OpenPromise = { id, entity, currency, amount, date, parts, saidBy, takenBy: by, on: today };
  const told = parts.map((part) => ({ invoice: part.invoice, amount: part.amount }));
  return {
    promises: [...promises, promise],
    fact: { type: 'promise-recorded', promise: id, entity, currency, amount, date, saidBy, parts: told },
  };
}

/** The amount on its invoices; null when they cannot hold it. */
export function promisedParts(amount: number, invoices: readonly PromisableInvoice[]): PromisedPart[] | null {
  const parts = spread(amount, invoices);
  return (
    parts?.map(({ invoice, open, credited, amount: part }) => ({
      ...{ invoice, amount: part, openThen: open },
      ...(credited === undefined ? {} : { creditedThen: credited }),
    })) ?? null
  );
}

/** An amount over invoices, oldest first, no more on each than is free of it; null when that is not enough. */
export function spread<Free extends { readonly free: number }>(
  amount: number,
  invoices: readonly Free[],
): (Free & { amount: number })[] | null {
  let left = amount;
  const parts = invoices.map((each) => {
    const taken = Math.min(left, each.free);
    left -= taken;
    return { ...each, amount: taken };
  });
  return left > 0 ? null : parts.filter((part) => part.amount > 0);
}

/** A promise pauses through its date and some business days of grace: a transfer takes its time. */
export function promiseLapsed(promise: Pick<OpenPromise, 'date'>, today: Day, calendar: WorkingDays, grace: number): boolean {
  return promise.date < today && workingDaysSince(promise.date, today, calendar, grace + 1) > grace;
}

/** What of a part is still awaited, given the invoice's residual now. */
export function awaited({ amount, openThen }: PromisedPart, openNow: number): number {
  return Math.max(0, Math.min(amount - Math.max(0, openThen - openNow), openNow));
}

/** What became of one part: cash counts first, since it is what was promised; a credit note covers what cash did not. */
function settledPart(part: PromisedPart, openNow: number, creditedNow: number): { waiting: number; paid: number; credited: number } {
  const waiting = awaited(part, openNow);
  const fallen = Math.max(0, part.openThen - openNow);
  const byCredit = part.creditedThen === undefined ? 0 : Math.min(fallen, Math.max(0, creditedNow - part.creditedThen));
  const paid = Math.min(part.amount - waiting, fallen - byCredit);
  return { waiting, paid, credited: part.amount - waiting - paid };
}

/**
 * How an open promise stands by the residuals of its invoices and what credit notes have taken off them; null: neither settled nor lapsed.
 *
 * The customer promised money. With all of it settled the promise is kept as soon as any of it came as cash: they paid whatever was still owed.
 * Where credit notes alone settled it, it is neither kept nor broken. Once lapsed with something still owed, cash makes the difference between
 * partly kept and broken; a credit note does not (own policy).
 */
export function judgePromise(
  promise: Pick<OpenPromise, 'parts'>,
  openNow: (invoice: string) => number,
  lapsed: boolean,
  creditedNow: (invoice: string) => number = () => 0,
): { outcome: PromiseOutcome; paid: number; credited: number } | null {
  const parts = promise.parts.map((part) => settledPart(part, openNow(part.invoice), creditedNow(part.invoice)));
  const sum = (of: 'waiting' | 'paid' | 'credited') => parts.reduce((total, part) => total + part[of], 0);
  const [waiting, paid, credited] = [sum('waiting'), sum('paid'), sum('credited')];
  if (waiting === 0) return { outcome: paid > 0 ? 'kept' : 'credited', paid, credited };
  if (!lapsed) return null;
  return { outcome: paid > 0 ? 'partly-kept' : 'broken', paid, credited };
}
