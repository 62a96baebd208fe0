import { type Day, daysBetween } from '../kernel/day.ts';
import type { Invoice, Payment } from './invoice.ts';

/** How an account pays, from its paid invoices. Days count from the due date; below zero is early. */
export interface PaymentPattern {
  /** Paid invoices looked at. */
  readonly paid: number;
  /** Median of the last ones; null when nothing was ever paid. */
  readonly usualDelay: number | null;
  /** The last ones against those before; null with too few of either. */
  readonly trend: 'slower' | 'faster' | 'steady' | null;
  /** The median of those before; null without a trend. */
  readonly before: number | null;
}

/** As many paid invoices make one side of a trend at most; fewer than LEAST make none. */
const SIDE = 6;
const LEAST = 3;
/** A difference below this is chance (own policy). */
const DAYS_APART = 5;

/** An invoice counts when its residual is nil and the last payment for it is known. */
export function paymentPattern(
  invoices: readonly Pick<Invoice, 'entity' | 'number' | 'due' | 'open' | 'cancelled'>[],
  payments: readonly Pick<Payment, 'entity' | 'received' | 'reversed' | 'allocations'>[],
): PaymentPattern {
  const last = new Map<string, Day>();
  for (const { entity, received, reversed, allocations } of payments) {
    if (reversed) continue;
    for (const { invoice } of allocations) {
      const key = `${entity}\n${invoice}`;
      if (received > (last.get(key) ?? '')) last.set(key, received);
    }
  }
  const delays = invoices
    .flatMap(({ entity, number, due, open, cancelled }) => {
      const paidOn = last.get(`${entity}\n${number}`);
      return open === 0 && !cancelled && paidOn ? [{ due, delay: daysBetween(due, paidOn) }] : [];
    })
    .sort((a, b) => (a.due < b.due ? -1 : 1))
    .map(({ delay }) => delay);
  const [recent, earlier] = [delays.slice(-SIDE), delays.slice(-2 * SIDE, -SIDE)];
  const usualDelay = recent.length > 0 ? median(recent) : null;
  if (usualDelay === null || recent.length < LEAST || earlier.length < LEAST)
    return { paid: delays.length, usualDelay, trend: null, before: null };
  const before = median(earlier);
  const apart = usualDelay - before;
  const trend = apart >= DAYS_APART ? 'slower' : apart <= -DAYS_APART ? 'faster' : 'steady';
  return { paid: delays.length, usualDelay, trend, before };
}

/** Of a list that is not empty; halves are rounded away from zero. */
function median(of: readonly number[]): number {
  const sorted = [...of].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}
