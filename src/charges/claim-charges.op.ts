import type { World } from '../kernel/world.port.ts';
import { type ChangeChargesResult, changeCharges } from './change-charges.op.ts';
import type { ChargesRefusal, ChargesRequest } from './charges.ts';
import type { ClaimableDebt } from './claimable.ts';
import type { MissingRate } from './interest.ts';
import type { SumRefusal } from './interest-rules.ts';
import { readCharges } from './read-charges.op.ts';

/** What is claimed of one overdue invoice. `seen` is the amount that the person was shown, minor units. */
export interface ClaimAsked {
  readonly account: string;
  readonly entity: string;
  readonly invoice: string;
  readonly what: 'interest' | 'compensation' | { readonly feeOf: string };
  readonly seen: number;
  /** Said by the person who claims, where the customer is a natural person. */
  readonly inBusiness: boolean;
}

export type ClaimChargesResult =
  | ChangeChargesResult
  | { readonly done: false; readonly refused: SumRefusal | 'not-overdue' | 'no-fee-for-stage' }
  | ({ readonly done: false; readonly refused: 'rate-missing' } & MissingRate);

type Claim =
  | { readonly claim: ChargesRequest }
  | Exclude<ClaimChargesResult, ChangeChargesResult>
  | { readonly done: false; readonly refused: ChargesRefusal };

/** A person claims; the amount is worked out again from the ledger as it is now, and must be what was seen. */
export async function claimCharges(world: World, asked: ClaimAsked, by: string, command: string): Promise<ClaimChargesResult> {
  const read = await readCharges(world, asked.account, asked.inBusiness);
  if (!read) return { done: false, refused: 'no-such-account' };
  const debt = read.debts.find(({ entity, invoice }) => entity === asked.entity && invoice === asked.invoice);
  if (!debt) return { done: false, refused: 'not-overdue' };
  const wanted = claimOf(debt, asked);
  if ('done' in wanted) return wanted as ClaimChargesResult;
  return changeCharges(world, asked.account, () => wanted.claim, by, command);
}

function claimOf(debt: ClaimableDebt, { what, seen }: ClaimAsked): Claim {
  const { entity, invoice, currency, interest, compensation, fees } = debt;
  const about = { entity, invoice, currency };
  const refused = <R extends string>(reason: R) => ({ done: false as const, refused: reason });
  if (what === 'interest') {
    if ('missing' in interest) return { done: false, refused: 'rate-missing', ...interest };
    if ('refused' in interest) return refused(interest.refused);
    const { starts, to, total, steps, why } = interest;
    const source = why ? `${interest.source}; ${why}` : interest.source;
    return { claim: { do: 'claim-interest', ...about, source, starts, to, total, seen, steps } };
  }
  if (what === 'compensation') {
    if ('refused' in compensation) return refused(compensation.refused);
    const { of, source } = compensation;
    return { claim: { do: 'claim-compensation', ...about, amount: of, source, seen } };
  }
  const fee = fees.find(({ stage }) => stage === what.feeOf);
  if (!fee) return refused('no-fee-for-stage');
  const source = 'fee clause of the agreement';
  return fee.amount === seen
    ? { claim: { do: 'claim-fee', ...about, amount: fee.amount, stage: fee.stage, source } }
    : refused('figures-changed');
}
