import type { Day } from '../kernel/day.ts';

/** What the balance of an invoice rests on. Amounts in minor units, zero or positive. */
export interface Billed {
  readonly account: string;
  readonly currency: string;
  readonly total: number;
  readonly cancelled: boolean;
  /** What the accounting system says has been paid by whatever means, on the invoice's own row; 0 when it does not say. */
  readonly stated: number;
  /** The disputed part as stated; more than is open counts as all of it. */
  readonly disputed: number;
}

/** One allocation of a payment or credit note to that invoice. */
export interface Claim {
  /** Id of the payment or credit note. */
  readonly receipt: string;
  readonly account: string;
  readonly currency: string;
  readonly date: Day;
  readonly amount: number;
  /** False when the payment was reversed or the credit note cancelled. */
  readonly inForce: boolean;
  /** Worked out from a balance that fell: it dates what `stated` already contains, and takes no more than receipts that are known leave of that. */
  readonly derived?: boolean;
  /** What a person said of one under another customer or in another currency. */
  readonly placed?: Placed;
}

/** Whether money under another customer number, or in another currency, pays an invoice that it names. `amount`: what it takes off, in the invoice's minor units. */
export type Placed = { readonly do: 'apart' } | { readonly do: 'apply'; readonly amount: number };

export interface Settled {
  /** total - everything applied; never negative. */
  readonly open: number;
  readonly disputed: number;
  /** The part of `stated` that no known payment or credit note explains. */
  readonly statedApplied: number;
  /** By receipt id: what of its claim was taken; the rest stays unapplied cash or open credit. */
  readonly applied: ReadonlyMap<string, number>;
  /** Ids of receipts that name it under another customer or in another currency, and of which nobody has said whether they pay it. */
  readonly misplaced: readonly string[];
}

/**
 * The residual of one invoice. Depends only on the set of claims, not on the order in which they became known.
 * Claims are served oldest first; one of another account or currency takes nothing unless a person said that it does. `stated` already contains the payments the
 * accounting system knew, so it only fills up what the claims leave, and never turns into credit.
 */
export function settleInvoice(invoice: Billed, claims: readonly Claim[]): Settled {
  const applied = new Map<string, number>();
  const misplaced: string[] = [];
  let open = invoice.cancelled ? 0 : invoice.total;
  const inOrder = claims.length > 1 ? [...claims].sort(knownFirst) : claims;
  for (const claim of inOrder) {
    const own = claim.account === invoice.account && claim.currency === invoice.currency;
    if (!own && claim.inForce && !claim.derived && !claim.placed) misplaced.push(claim.receipt);
    const most = claim.derived ? Math.max(0, invoice.stated - (invoice.total - open)) : open;
    const taken = claim.inForce ? Math.min(own ? claim.amount : placedAmount(claim, invoice), open, most) : 0;
    applied.set(claim.receipt, taken > 0 && claim.currency !== invoice.currency ? claim.amount : taken);
    open -= taken;
  }
  const unexplained = invoice.stated - (invoice.total - open);
  const statedApplied = Math.min(open, Math.max(0, unexplained));
  open -= statedApplied;
  return { open, disputed: Math.min(invoice.disputed, open), statedApplied, applied, misplaced: open === 0 ? [] : misplaced.sort() };
}

/** In one currency never more than the receipt says; in another what the person said. */
function placedAmount({ placed, currency, amount }: Claim, invoice: Billed): number {
  if (placed?.do !== 'apply') return 0;
  return currency === invoice.currency ? Math.min(placed.amount, amount) : placed.amount;
}

function knownFirst(a: Claim, b: Claim): number {
  return Number(a.derived ?? false) - Number(b.derived ?? false) || byDateThenId(a, b);
}

function byDateThenId(a: Claim, b: Claim): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.receipt < b.receipt ? -1 : 1;
}
