import type { Bill } from './p8-books.ts';

/** What was agreed about a bill, and how much of it was open then. Minor units. */
export interface Term {
  readonly id: string;
  readonly bill: Bill;
  readonly amount: number;
  readonly openThen: number;
}

export interface Plan extends Term {
  readonly instalments: readonly { readonly agreed: string; readonly date: string; readonly amount: number }[];
  readonly accelerates: boolean;
  state: 'proposed' | 'active' | 'in-default';
  noticeUntil: string;
}

export interface Offer extends Term {
  readonly pay: number;
  readonly until: string;
  readonly paidThen: number;
  state: 'proposed' | 'offered' | 'accepted';
}

/** A claim that was given up; `paidThen` and `creditedThen` lay on the bill when it was. Minor units. */
export interface GivenUp {
  readonly id: string;
  readonly bill: Bill;
  amount: number;
  openThen: number;
  paidThen: number;
  readonly creditedThen: number;
  /** The bookkeepers have followed. */
  booked: boolean;
}

interface Ledger {
  readonly open: (bill: string) => number;
  /** A day and the grace for booking what came in on it are over. */
  readonly lapsed: (bill: Bill, date: string, today: string) => boolean;
}

/** Plans, settlements and what is still to be credited after them, by plain sums. */
export function plainTerms({ open, lapsed }: Ledger) {
  const terms = {
    plans: new Map<string, Plan>(),
    offers: new Map<string, Offer>(),
    /** To be credited after a settlement, until the ledger shows it. */
    credits: new Map<string, Term>(),
    writeOffs: new Map<string, GivenUp>(),
    givenUp(number: string): number {
      let sum = 0;
      for (const { bill, amount, booked } of terms.writeOffs.values()) if (bill.number === number && !booked) sum += amount;
      return sum;
    },
    /** Money that came since then went to what was agreed first. */
    awaited({ bill, amount, openThen }: Term): number {
      const now = open(bill.number);
      return Math.max(0, Math.min(now, amount - Math.max(0, openThen - now)));
    },
    paid: (plan: Plan) => plan.amount - terms.awaited(plan),
    missed(plan: Plan, today: string): number {
      const past = plan.instalments.filter(({ date }) => lapsed(plan.bill, date, today));
      return Math.max(0, past.reduce((sum, { amount }) => sum + amount, 0) - terms.paid(plan));
    },
    busy: (bill: string) =>
      [terms.plans, terms.offers, terms.credits].some((all) => [...all.values()].some((each) => each.bill.number === bill)),
    resting(number: string, today: string): number {
      let sum = 0;
      for (const plan of terms.plans.values()) {
        if (plan.bill.number !== number || plan.state === 'proposed') continue;
        const waits = plan.state === 'active' && plan.noticeUntil >= today;
        sum += Math.max(0, terms.awaited(plan) - (waits ? 0 : terms.missed(plan, today)));
      }
      for (const offer of terms.offers.values())
        if (offer.bill.number === number && offer.state === 'accepted' && !lapsed(offer.bill, offer.until, today))
          sum += terms.awaited(offer);
      for (const credit of terms.credits.values()) if (credit.bill.number === number) sum += terms.awaited(credit);
      return sum;
    },
  };
  return terms;
}
