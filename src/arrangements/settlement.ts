import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';
import { cameBy, type Payment } from '../ledger/invoice.ts';
import { sumOf } from './instalments.ts';
import type { OpenPosting } from './posting.ts';
import { awaited } from './promise.ts';

/** One invoice's share of an offer, minor units. */
export interface SettledPart {
  readonly invoice: string;
  /** What of it the offer covers. */
  readonly amount: number;
  /** Its residual when the offer was made. */
  readonly openThen: number;
  /** Payments on it that were known when the offer was made: only what comes in afterwards counts. */
  readonly paidThen: number;
}

export type OfferKind = 'settlement' | 'discount';

/** A lump sum that settles a balance, or a discount for paying early, open until its day has passed. */
export interface OpenOffer {
  readonly id: string;
  readonly kind: OfferKind;
  readonly entity: string;
  readonly currency: string;
  /** What is owed on the invoices; minor units. */
  readonly balance: number;
  /** What settles it. */
  readonly pay: number;
  /** Last day on which the money may have arrived. */
  readonly until: Day;
  /** Oldest invoice first. */
  readonly parts: readonly SettledPart[];
  readonly state: 'proposed' | 'offered' | 'accepted';
  /** Slack user id of who made the offer. */
  readonly takenBy: string;
  readonly on: Day;
}

/** An invoice an offer may name: its residual, what of it is free of promises, plans, offers and disputes, and payments known on it. */
export interface OfferableInvoice {
  readonly invoice: string;
  readonly open: number;
  readonly free: number;
  readonly paid: number;
}

export type OfferEnd = 'settled' | 'lapsed' | 'declined' | 'withdrawn';

export type OfferRequest =
  | ({
      readonly do: 'make-offer';
      readonly invoices: readonly OfferableInvoice[];
      readonly needsApproval: boolean /** Made by a negotiator within their mandate. */;
      readonly underMandate?: boolean;
    } & Pick<OpenOffer, 'id' | 'kind' | 'entity' | 'currency' | 'pay' | 'until'>)
  | { readonly do: 'approve-offer'; readonly id: string /** Slack user ids of who decided. */; readonly approvers: readonly string[] }
  | { readonly do: 'accept-offer'; readonly id: string; readonly acceptedBy: string }
  | {
      readonly do: 'close-offer';
      readonly id: string;
      readonly outcome: OfferEnd;
      /** Received on the invoices through the last day, and after it. */
      readonly inTime: number;
      readonly late: number;
      /** What is still open of each part, for the bookkeepers to credit; empty unless settled. */
      readonly remainder: readonly { readonly invoice: string; readonly amount: number; readonly openThen: number }[];
      readonly note: string;
    };

type OfferWords = Pick<OpenOffer, 'kind' | 'currency' | 'balance' | 'pay' | 'until' | 'takenBy'> & { readonly offer: string };

export type OfferFact = OfferWords &
  (
    | { readonly type: 'offer-made'; readonly entity: string; readonly invoices: readonly string[]; readonly state: OpenOffer['state'] }
    | { readonly type: 'offer-approved'; readonly approvers: readonly string[] }
    | { readonly type: 'offer-accepted'; readonly acceptedBy: string }
    | {
        readonly type: 'offer-closed';
        readonly outcome: OfferEnd;
        readonly inTime: number;
        readonly late: number;
        readonly credit: number;
        readonly note: string;
      }
  );

export type OfferRefusal =
  | 'no-invoice-chosen'
  | 'amount-not-positive'
  | 'offer-above-balance'
  | 'offer-in-past'
  | 'offer-too-far'
  | 'nothing-free'
  | 'no-such-offer'
  | 'offer-not-proposed'
  | 'offer-not-open'
  | 'approver-requested-it'
  | 'reason-missing';

export type OfferDecision =
  | { readonly offers: readonly OpenOffer[]; readonly fact: OfferFact; readonly posting: OpenPosting | null }
  | { readonly refused: OfferRefusal };

const wordsOf = ({ id, kind, currency, balance, pay, until, takenBy }: OpenOffer): OfferWords => ({
  ...{ offer: id, kind, currency, balance, pay, until, takenBy },
});

export function decideOffer(offers: readonly OpenOffer[], request: OfferRequest, moment: Moment): OfferDecision {
  if (request.do === 'make-offer') return makeOffer(offers, request, moment);
  const { today } = moment;
  const offer = offers.find((each) => each.id === request.id);
  if (!offer) return { refused: 'no-such-offer' };
  const words = wordsOf(offer);
  const changed = (state: OpenOffer['state']) => offers.map((each) => (each === offer ? { ...offer, state } : each));
  switch (request.do) {
    case 'approve-offer':
      if (offer.state !== 'proposed') return { refused: 'offer-not-proposed' };
      if (request.approvers.includes(offer.takenBy)) return { refused: 'approver-requested-it' };
      if (offer.until < today) return { refused: 'offer-in-past' };
      return { offers: changed('offered'), fact: { type: 'offer-approved', ...words, approvers: request.approvers }, posting: null };
    case 'accept-offer': {
      if (offer.state !== 'offered') return { refused: 'offer-not-open' };
      const { acceptedBy } = request;
      return { offers: changed('accepted'), fact: { type: 'offer-accepted', ...words, acceptedBy }, posting: null };
    }
    case 'close-offer': {
      const { outcome, inTime, late, remainder, note } = request;
      if (outcome === 'withdrawn' && note.trim() === '') return { refused: 'reason-missing' };
      const { id, kind, entity, currency } = offer;
      const credit = sumOf(remainder);
      const posting = credit > 0 ? { id: `posting:${id}`, kind, entity, currency, amount: credit, lines: remainder, on: today } : null;
      const fact = { type: 'offer-closed', ...words, outcome, inTime, late, credit, note } as const;
      return { offers: offers.filter((each) => each !== offer), fact, posting };
    }
  }
}

function makeOffer(
  offers: readonly OpenOffer[],
  request: Extract<OfferRequest, { do: 'make-offer' }>,
  { by, today, latest }: Moment,
): OfferDecision {
  const { id, kind, entity, currency, pay, until, invoices, needsApproval } = request;
  if (invoices.length === 0) return { refused: 'no-invoice-chosen' };
  const parts = invoices.flatMap(({ invoice, open, free, paid }) =>
    free > 0 ? [{ invoice, amount: free, openThen: open, paidThen: paid }] : [],
  );
  const balance = sumOf(parts);
  if (balance === 0) return { refused: 'nothing-free' };
  if (!Number.isSafeInteger(pay) || pay <= 0) return { refused: 'amount-not-positive' };
  if (pay >= balance) return { refused: 'offer-above-balance' };
  if (until < today) return { refused: 'offer-in-past' };
  if (until > latest) return { refused: 'offer-too-far' };
  const state = needsApproval ? 'proposed' : 'offered';
  const offer: OpenOffer = { id, kind, entity, currency, balance, pay, until, parts, state, takenBy: by, on: today };
  const named = parts.map((part) => part.invoice);
  return { offers: [...offers, offer], fact: { type: 'offer-made', ...wordsOf(offer), entity, invoices: named, state }, posting: null };
}

/** Cleared funds on an offer's invoices that came after it was made: through its last day, and later ones. Reversed payments are none; where it is not known when money came, the earliest day counts. */
export function receivedOn({ entity, parts, until }: OpenOffer, payments: readonly Payment[]): { inTime: number; late: number } {
  let [inTime, late] = [0, 0];
  for (const { invoice, paidThen } of parts) {
    const paid = paidFor(payments, entity, invoice);
    const before = paidFor(payments, entity, invoice, until);
    inTime += Math.max(0, before - paidThen);
    late += Math.max(0, paid - Math.max(before, paidThen));
  }
  return { inTime, late };
}

/** What payments took off an invoice, minor units; those received through a day, when one is given. */
export function paidFor(payments: readonly Payment[], entity: string, invoice: string, through?: Day): number {
  return payments
    .filter((payment) => payment.entity === entity && !payment.reversed && (through === undefined || cameBy(payment) <= through))
    .flatMap((payment) => payment.allocations)
    .reduce((sum, allocation) => (allocation.invoice === invoice ? sum + allocation.amount : sum), 0);
}

/** How an offer ends today; null: not yet. `lapsed`: its last day and the grace for booking what came in are over, on a fresh ledger. */
export function judgeOffer(
  offer: OpenOffer,
  payments: readonly Payment[],
  openNow: (invoice: string) => number,
  lapsed: boolean,
): Extract<OfferRequest, { do: 'close-offer' }> | null {
  const received = receivedOn(offer, payments);
  const closed = { do: 'close-offer', id: offer.id, ...received, note: '' } as const;
  if (offer.state !== 'proposed' && received.inTime >= offer.pay) {
    const remainder = offer.parts
      .map((part) => ({ invoice: part.invoice, amount: awaited(part, openNow(part.invoice)), openThen: openNow(part.invoice) }))
      .filter(({ amount }) => amount > 0);
    return { ...closed, outcome: 'settled', remainder };
  }
  if (!lapsed) return null;
  const unmade = offer.state === 'proposed';
  return { ...closed, outcome: unmade ? 'declined' : 'lapsed', remainder: [], note: unmade ? 'Nobody approved it in time.' : '' };
}
