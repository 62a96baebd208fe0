import { allocateAmount } from '../kernel/money.ts';
import type { CaseKind } from './approval-table.ts';

/** What a step may bring in and cost; minor units. An estimate from the age of the claim, to weigh by, never a promise. */
export interface Recovery {
  /** Share of the amount expected to come in, in percent. */
  readonly share: number;
  readonly expected: number;
  /** Share of what comes in that is paid for it, in percent; and what is paid whatever comes in. */
  readonly fee: number;
  readonly fixed: number;
  readonly cost: number;
  readonly net: number;
  readonly oldestDays: number;
}

/** Own rule of thumb: the older a claim, the less of it comes in. Days past due up to and with, percent. */
const SHARES: readonly (readonly [days: number, percent: number])[] = [
  [60, 90],
  [90, 75],
  [180, 55],
  [365, 30],
  [Number.POSITIVE_INFINITY, 10],
];

/** What is usually paid to others, percent of what comes in. Kinds that are not named cost nothing but work. */
const FEES: Readonly<Partial<Record<CaseKind, number>>> = { agency: 20, legal: 30, 'demand-letter': 2 };

/** Kinds for which money is expected at all. */
const WEIGHED: ReadonlySet<CaseKind> = new Set(['demand-letter', 'agency', 'legal', 'write-off', 'settlement', 'plan', 'stop-supply']);

/**
 * Null for a kind that brings in no money. @param oldestDays days past due of the oldest invoice in question
 * @param price what somebody asks for it, in hundredths of a percent of what comes in and minor units beside; left out: the usual fees
 */
export function expectedRecovery(
  kind: CaseKind,
  amount: number,
  currency: string,
  oldestDays: number,
  price?: { readonly rate: number; readonly fixed: number },
): Recovery | null {
  if (!WEIGHED.has(kind)) return null;
  const share = SHARES.find(([days]) => oldestDays <= days)![1];
  const rate = price?.rate ?? (FEES[kind] ?? 0) * 100;
  const fixed = price?.fixed ?? 0;
  const expected = part(amount, currency, share * 100);
  const cost = part(expected, currency, rate) + fixed;
  return { share, expected, fee: rate / 100, fixed, cost, net: expected - cost, oldestDays };
}

/** Hundredths of a percent of an amount. */
const part = (amount: number, currency: string, of: number): number =>
  of === 0 ? 0 : allocateAmount({ amount, currency }, [of, 10_000 - of])[0]!;
