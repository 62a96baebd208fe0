import { isIban } from '../invoices/iban.ts';
import type { Day } from '../kernel/day.ts';

/** A bank account into which customers of one of our companies pay. It counts once a second person has confirmed it. */
export interface PayeeAccount {
  /** Without spaces, upper case. */
  readonly iban: string;
  readonly proposedBy: string;
  readonly on: Day;
  /** Null: still to be confirmed. */
  readonly confirmedBy: string | null;
}
/** Of each selling company, by its code. */
export type PayeesOf = Readonly<Record<string, readonly PayeeAccount[]>>;

export type PayeeRequest = { readonly do: 'propose' | 'confirm' | 'remove'; readonly entity: string; readonly iban: string };
export type PayeeRefusal = 'payee-no-iban' | 'payee-known' | 'payee-unknown' | 'payee-same-person' | 'payee-confirmed';

/** Two people: nobody confirms what they entered themselves. */
export function decidePayee(
  payees: PayeesOf,
  request: PayeeRequest,
  by: string,
  on: Day,
): { readonly payees: PayeesOf } | { readonly refused: PayeeRefusal } {
  const { entity } = request;
  const iban = plainIban(request.iban);
  const own = payees[entity] ?? [];
  const known = own.find((each) => each.iban === iban);
  const put = (list: readonly PayeeAccount[]) => ({ payees: { ...payees, [entity]: list } });
  if (request.do === 'propose') {
    if (!isIban(iban)) return { refused: 'payee-no-iban' };
    return known ? { refused: 'payee-known' } : put([...own, { iban, proposedBy: by, on, confirmedBy: null }]);
  }
  if (!known) return { refused: 'payee-unknown' };
  if (request.do === 'remove') return put(own.filter((each) => each !== known));
  if (known.confirmedBy) return { refused: 'payee-confirmed' };
  if (known.proposedBy === by) return { refused: 'payee-same-person' };
  return put(own.map((each) => (each === known ? { ...each, confirmedBy: by } : each)));
}

export const confirmedAccounts = (payees: PayeesOf | undefined, entity: string): string[] =>
  (payees?.[entity] ?? []).filter(({ confirmedBy }) => confirmedBy !== null).map(({ iban }) => iban);

export const plainIban = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
