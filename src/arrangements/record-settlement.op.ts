import type { AccountRequest } from '../account/account-work.ts';
import type { ChangeAccountResult } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import { coversOffer } from '../escalation/mandate.ts';
import { approvalLimit } from '../follow-up/follow-up.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { knowingly } from './beyond-insured.op.ts';
import { type ChosenRefusal, chosenInvoices } from './chosen-invoices.op.ts';
import { sumOf } from './instalments.ts';
import type { InvoiceRef } from './record-promise.op.ts';
import { type OfferKind, paidFor } from './settlement.ts';

export interface OfferAsked {
  readonly id: string;
  readonly account: string;
  readonly kind: OfferKind;
  /** Of one selling entity in one currency. */
  readonly invoices: readonly InvoiceRef[];
  /** Minor units that settle the balance, or hundredths of a percent of it that are given up. */
  readonly terms: { readonly pay: number } | { readonly off: number };
  readonly until: Day;
  /** The warning of the credit insurer's period that was shown. */
  readonly seen?: string | undefined;
}

/** More payments than any one account has in the ledger. */
export const ALL_PAYMENTS = 5000;

export type RecordSettlementResult = ChangeAccountResult | { readonly done: false; readonly refused: ChosenRefusal | 'beyond-insured' };

/** What is offered is fixed here: balance, amount and the payments known so far. The caller has authorized `by`. */
export async function recordSettlement(world: World, asked: OfferAsked, by: string, command: string): Promise<RecordSettlementResult> {
  return changeOnFigures(world, asked.account, () => offerRequest(world, asked, by), by, command);
}

async function offerRequest(
  world: World,
  asked: OfferAsked,
  by: string,
): Promise<AccountRequest | { readonly refused: ChosenRefusal | 'beyond-insured' }> {
  const chosen = await chosenInvoices(world, asked.account, asked.invoices);
  if ('refused' in chosen) return chosen;
  const payments = await world.ledger.payments(asked.account, ALL_PAYMENTS);
  const { entity, currency, parts, rules } = chosen;
  const invoices = parts.map(({ item, ask }) => ({
    invoice: item.number,
    open: item.open,
    free: ask,
    paid: paidFor(payments, entity, item.number),
  }));
  const balance = sumOf(parts.map(({ ask }) => ({ amount: ask })));
  const { id, kind, terms, until } = asked;
  // What is given up is rounded down, as discounts on invoices are.
  const pay = 'pay' in terms ? terms.pay : balance - Number((BigInt(balance) * BigInt(terms.off)) / 10_000n);
  const above = balance - pay > approvalLimit(rules, currency);
  const { work, day } = chosen.account;
  const underMandate = coversOffer(work.mandate, by, day.today, { balance, pay, currency });
  const needsApproval = above && !underMandate;
  const request = { do: 'make-offer', id, kind, entity, currency, pay, until, invoices, needsApproval, underMandate } as const;
  return knowingly(world, chosen.account, { invoices: asked.invoices, until }, asked.seen, request);
}
