import { addDays, type Day } from '../kernel/day.ts';
import { exponentOf } from '../kernel/money.ts';
import type { InterestStep } from './interest.ts';
import { setOff } from './set-off.ts';

export const CHARGE_KINDS = ['interest', 'compensation', 'reminder-fee', 'recovery-cost'] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

/** What a person claimed from a customer besides an invoice; never part of the invoice's balance. Minor units. */
export interface Charge {
  /** Tells twins apart: the fixed sum of a debt, the fee of an invoice and stage, the interest of an invoice from a day. */
  readonly id: string;
  readonly kind: ChargeKind;
  readonly entity: string;
  /** '' for a cost of the whole account. */
  readonly invoice: string;
  readonly currency: string;
  readonly amount: number;
  /** How it was worked out: the law or clause, and for interest its days, principals and rates since the due date. */
  readonly source: string;
  readonly steps: readonly InterestStep[];
  /** Days that an interest claim covers, both counted; null for everything else. */
  readonly period: { readonly from: Day; readonly to: Day } | null;
  /** Key of the stage of a reminder fee; else ''. */
  readonly stage: string;
  /** What a cost was for, and where its document lies; else ''. */
  readonly purpose: string;
  readonly document: string;
  readonly by: string;
  readonly on: Day;
  /** Parts of the amount that are not asked for any more. */
  readonly waived: number;
  readonly paid: number;
  /** Of a fixed sum or a cost, what is not asked for since the other one covers it (set-off.ts). */
  readonly covered?: number;
}

export interface Charges {
  readonly claimed: readonly Charge[];
}

export const NO_CHARGES: Charges = { claimed: [] };

type Claim = Pick<Charge, 'entity' | 'invoice' | 'currency' | 'source'>;

export type ChargesRequest =
  /** `total` is the interest since the due date through `to`, before anything claimed; `seen` what the person was shown as still to claim. */
  | (Claim & {
      readonly do: 'claim-interest';
      readonly starts: Day;
      readonly to: Day;
      readonly total: number;
      readonly seen: number;
      readonly steps: readonly InterestStep[];
    })
  /** `amount` is the law's sum; `seen` what the person was shown, less what costs cover already. */
  | (Claim & { readonly do: 'claim-compensation'; readonly amount: number; readonly seen: number })
  | (Claim & { readonly do: 'claim-fee'; readonly amount: number; readonly stage: string })
  | (Pick<Charge, 'entity' | 'invoice' | 'currency' | 'amount' | 'purpose' | 'document'> & { readonly do: 'add-cost'; readonly id: string })
  /** `amount` null: all that is left. `mayManage` whether this person may waive above `limit`. */
  | {
      readonly do: 'waive';
      readonly charge: string;
      readonly amount: number | null;
      readonly reason: string;
      readonly limit: number;
      readonly mayManage: boolean;
    }
  | { readonly do: 'record-paid'; readonly charge: string; readonly amount: number | null };

export type ChargesFact =
  | ({ readonly type: 'charge-claimed'; readonly charge: string; readonly account: string } & Pick<
      Charge,
      'kind' | 'entity' | 'invoice' | 'currency' | 'amount' | 'source' | 'steps' | 'period' | 'stage' | 'purpose' | 'document' | 'covered'
    >)
  | ({ readonly type: 'charge-waived'; readonly charge: string; readonly account: string; readonly reason: string } & ChargePart)
  | ({ readonly type: 'charge-paid'; readonly charge: string; readonly account: string } & ChargePart);

type ChargePart = Pick<Charge, 'kind' | 'entity' | 'invoice' | 'currency' | 'amount'>;

export type ChargesRefusal =
  | 'claimed-already'
  | 'covered-by-costs'
  | 'figures-changed'
  | 'nothing-to-claim'
  | 'no-such-charge'
  | 'above-what-is-left'
  | 'amount-not-positive'
  | 'reason-missing'
  | 'purpose-missing'
  | 'waiver-needs-manager';

export type ChargesDecision = { readonly charges: Charges; readonly facts: readonly [ChargesFact] } | { readonly refused: ChargesRefusal };

/** Nothing is charged by itself: each request is a person's. `today` is the customer's. */
export function decideCharges(charges: Charges, account: string, request: ChargesRequest, by: string, today: Day): ChargesDecision {
  switch (request.do) {
    case 'waive':
    case 'record-paid':
      return reduce(charges, account, request);
    case 'claim-interest':
      return claimInterest(charges, account, request, by, today);
    case 'claim-compensation':
      return claimSum(charges, account, request, by, today);
    case 'claim-fee': {
      const { do: _, ...fee } = request;
      const id = chargeId('reminder-fee', fee.entity, fee.invoice, fee.stage);
      return claim(charges, account, { ...BARE, ...fee, id, kind: 'reminder-fee', by, on: today });
    }
    case 'add-cost': {
      const { do: _, ...cost } = request;
      if (cost.purpose.trim() === '') return { refused: 'purpose-missing' };
      if (!Number.isSafeInteger(cost.amount) || cost.amount <= 0) return { refused: 'amount-not-positive' };
      const kind = 'recovery-cost';
      const part = setOff(charges.claimed, { ...cost, kind }, cost.amount);
      // It is kept though a fixed sum covers all of it: another cost adds to it.
      return claim(charges, account, { ...BARE, ...cost, ...part, kind, source: 'what the recovery cost us', by, on: today }, 0);
    }
  }
}

const BARE = { steps: [], period: null, stage: '', purpose: '', document: '', waived: 0, paid: 0 } as const;

/** Parts are encoded, since an invoice number may hold any sign. */
export function chargeId(kind: ChargeKind, ...parts: readonly string[]): string {
  return [kind, ...parts.map(encodeURIComponent)].join(':');
}

/** Up to 100 units of its currency a collector may waive of one charge; above it a manager decides (own policy). Minor units. */
export function waiverLimit(currency: string): number {
  return 100 * 10 ** exponentOf(currency);
}

/** What is still asked for of a charge. */
export function leftOf({ amount, waived, paid }: Charge): number {
  return amount - waived - paid;
}

/** Interest on an invoice that has been claimed, waived or not, what of it was paid or waived, and the last day it covers. */
export function interestClaimed(
  { claimed }: Charges,
  entity: string,
  invoice: string,
): { readonly amount: number; readonly settled: number; readonly to: Day | null } {
  const own = claimed.filter((charge) => charge.kind === 'interest' && charge.entity === entity && charge.invoice === invoice);
  const to = own.reduce<Day | null>((latest, { period }) => (period && (!latest || period.to > latest) ? period.to : latest), null);
  const sum = (of: (charge: Charge) => number) => own.reduce((total, charge) => total + of(charge), 0);
  return { amount: sum(({ amount }) => amount), settled: sum(({ paid, waived }) => paid + waived), to };
}

export function claimedBefore({ claimed }: Charges, id: string): boolean {
  return claimed.some((charge) => charge.id === id);
}

/** The whole since the due date less what was claimed: cents are rounded once however often interest is claimed. */
function claimInterest(
  charges: Charges,
  account: string,
  { entity, invoice, currency, source, steps, starts, to, total, seen }: Extract<ChargesRequest, { do: 'claim-interest' }>,
  by: string,
  today: Day,
): ChargesDecision {
  const before = interestClaimed(charges, entity, invoice);
  if (before.to !== null && to <= before.to) return { refused: 'claimed-already' };
  const amount = total - before.amount;
  if (amount <= 0) return { refused: 'nothing-to-claim' };
  if (amount !== seen) return { refused: 'figures-changed' };
  const from = before.to === null ? starts : addDays(before.to, 1);
  const id = chargeId('interest', entity, invoice, from);
  const charge: Charge = {
    ...BARE,
    id,
    kind: 'interest',
    entity,
    invoice,
    currency,
    amount,
    source,
    steps,
    period: { from, to },
    by,
    on: today,
  };
  return claim(charges, account, charge);
}

/** What costs of the same debt cover already is not owed besides them. */
function claimSum(
  charges: Charges,
  account: string,
  { do: _, seen, ...sum }: Extract<ChargesRequest, { do: 'claim-compensation' }>,
  by: string,
  today: Day,
): ChargesDecision {
  const kind = 'compensation';
  const id = chargeId(kind, sum.entity, sum.invoice);
  const part = setOff(charges.claimed, { ...sum, kind }, sum.amount);
  if (part.amount === 0 && sum.amount > 0) return { refused: 'covered-by-costs' };
  if (part.amount !== seen) return { refused: 'figures-changed' };
  return claim(charges, account, { ...BARE, ...sum, ...part, id, kind, by, on: today });
}

function claim(charges: Charges, account: string, charge: Charge, least = 1): ChargesDecision {
  if (claimedBefore(charges, charge.id)) return { refused: 'claimed-already' };
  if (!Number.isSafeInteger(charge.amount) || charge.amount < least) return { refused: 'amount-not-positive' };
  const { id, by: _, on, waived, paid, ...told } = charge;
  return { charges: { claimed: [...charges.claimed, charge] }, facts: [{ type: 'charge-claimed', charge: id, account, ...told }] };
}

function reduce(charges: Charges, account: string, request: Extract<ChargesRequest, { do: 'waive' | 'record-paid' }>): ChargesDecision {
  const charge = charges.claimed.find((each) => each.id === request.charge);
  if (!charge) return { refused: 'no-such-charge' };
  const amount = request.amount ?? leftOf(charge);
  if (leftOf(charge) === 0) return { refused: 'above-what-is-left' };
  if (!Number.isSafeInteger(amount) || amount <= 0) return { refused: 'amount-not-positive' };
  if (amount > leftOf(charge)) return { refused: 'above-what-is-left' };
  const { id, kind, entity, invoice, currency } = charge;
  const part = { charge: id, account, kind, entity, invoice, currency, amount };
  const replaced = (after: Charge): Charges => ({ claimed: charges.claimed.map((each) => (each.id === id ? after : each)) });
  if (request.do === 'record-paid')
    return { charges: replaced({ ...charge, paid: charge.paid + amount }), facts: [{ type: 'charge-paid', ...part }] };
  const { reason, limit, mayManage } = request;
  if (reason.trim() === '') return { refused: 'reason-missing' };
  // Several small waivers of one charge count together.
  if (charge.waived + amount > limit && !mayManage) return { refused: 'waiver-needs-manager' };
  return { charges: replaced({ ...charge, waived: charge.waived + amount }), facts: [{ type: 'charge-waived', ...part, reason }] };
}

/** Rates of the days that an interest claim covers; its steps begin with the due date. */
export function ratesOf({ steps, period }: Charge): number[] {
  if (!period) return [];
  return [...new Set(steps.filter(({ from, to }) => to >= period.from && from <= period.to).map(({ rate }) => rate))];
}
