import type { Moment } from '../account/moment.ts';
import type { Instalment } from '../arrangements/instalments.ts';
import type { CurrencyAmounts } from '../follow-up/policy.ts';
import { addDays, type Day } from '../kernel/day.ts';

/** What a senior negotiator may concede on an account without asking again. */
export interface Mandate {
  readonly id: string;
  /** Slack user ids. */
  readonly negotiator: string;
  readonly givenBy: string;
  /** Most of a balance that may be given up: hundredths of a percent of it, and minor units by currency over all offers together. */
  readonly off: number;
  readonly most: CurrencyAmounts;
  /** A plan may end this many days ahead. */
  readonly longest: number;
  /** Last day. */
  readonly until: Day;
  /** Given up by offers that are open or were settled; minor units. */
  readonly used: readonly { readonly offer: string; readonly currency: string; readonly amount: number }[];
}

export type MandateRequest =
  | ({ readonly do: 'give-mandate' } & Omit<Mandate, 'givenBy' | 'used'>)
  | { readonly do: 'end-mandate'; readonly reason: string }
  | { readonly do: 'lapse-mandate'; readonly id: string };

type MandateWords = Omit<Mandate, 'id' | 'used'> & { readonly mandate: string };

export type MandateFact =
  | (MandateWords & { readonly type: 'mandate-given' })
  /** '' at its last day. */
  | (MandateWords & { readonly type: 'mandate-ended'; readonly reason: string });

export type MandateRefusal =
  | 'mandate-to-oneself'
  | 'mandate-runs-already'
  | 'mandate-out-of-range'
  | 'day-not-in-future'
  | 'hold-too-long'
  | 'no-mandate'
  | 'mandate-runs-still'
  | 'reason-missing';

const WHOLE = 10_000;
/** The longest plan there is, in days. */
const LONGEST_PLAN = 5 * 366;

const wordsOf = ({ id, used: _, ...rest }: Mandate): MandateWords => ({ ...rest, mandate: id });

export type MandateDecision = { readonly mandate: Mandate | null; readonly fact: MandateFact } | { readonly refused: MandateRefusal };

export function decideMandate(known: Mandate | null, request: MandateRequest, { by, today, latest }: Moment): MandateDecision {
  if (request.do === 'give-mandate') {
    const { do: _, ...asked } = request;
    if (asked.negotiator === by) return { refused: 'mandate-to-oneself' };
    if (known && today <= known.until) return { refused: 'mandate-runs-already' };
    const amounts = Object.values(asked.most);
    const within = (value: number, most: number) => Number.isSafeInteger(value) && value >= 0 && value <= most;
    if (
      !within(asked.off, WHOLE - 1) ||
      !within(asked.longest, LONGEST_PLAN) ||
      amounts.some((each) => !within(each, Number.MAX_SAFE_INTEGER))
    )
      return { refused: 'mandate-out-of-range' };
    if (asked.until <= today) return { refused: 'day-not-in-future' };
    if (asked.until > latest) return { refused: 'hold-too-long' };
    const mandate: Mandate = { ...asked, givenBy: by, used: [] };
    return { mandate, fact: { type: 'mandate-given', ...wordsOf(mandate) } };
  }
  if (!known) return { refused: 'no-mandate' };
  if (request.do === 'lapse-mandate') {
    if (request.id !== known.id) return { refused: 'no-mandate' };
    if (today <= known.until) return { refused: 'mandate-runs-still' };
    return { mandate: null, fact: { type: 'mandate-ended', ...wordsOf(known), reason: '' } };
  }
  if (request.reason.trim() === '') return { refused: 'reason-missing' };
  return { mandate: null, fact: { type: 'mandate-ended', ...wordsOf(known), reason: request.reason.trim() } };
}

const holds = (mandate: Mandate | null, by: string, today: Day): mandate is Mandate =>
  mandate !== null && mandate.negotiator === by && today <= mandate.until;

export const usedOf = ({ used }: Mandate, currency: string): number =>
  used.reduce((sum, each) => (each.currency === currency ? sum + each.amount : sum), 0);

/** Whether this person may make this offer without asking; several small concessions count together. Minor units. */
export function coversOffer(
  mandate: Mandate | null,
  by: string,
  today: Day,
  { balance, pay, currency }: { readonly balance: number; readonly pay: number; readonly currency: string },
): boolean {
  if (!holds(mandate, by, today)) return false;
  const off = balance - pay;
  if (BigInt(off) * BigInt(WHOLE) > BigInt(balance) * BigInt(mandate.off)) return false;
  return usedOf(mandate, currency) + off <= (mandate.most[currency] ?? 0);
}

/** Whether this person may agree this plan without asking: its last instalment as agreed is no further ahead than the mandate. */
export function coversPlan(mandate: Mandate | null, by: string, today: Day, instalments: readonly Instalment[]): boolean {
  const last = instalments.at(-1);
  return holds(mandate, by, today) && last !== undefined && last.agreed <= addDays(today, mandate.longest);
}

export function withUse(mandate: Mandate, offer: string, currency: string, amount: number): Mandate {
  return { ...mandate, used: [...mandate.used, { offer, currency, amount }] };
}

/** An offer that was not taken gives its concession back. */
export function withoutUse(mandate: Mandate | null, offer: string): Mandate | null {
  return mandate && { ...mandate, used: mandate.used.filter((each) => each.offer !== offer) };
}
