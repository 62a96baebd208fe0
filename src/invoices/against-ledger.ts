import { withCode } from '../kernel/money.ts';
import type { Invoice } from '../ledger/invoice.ts';
import { type EInvoice, type ERemark, isCreditNote } from './e-invoice.ts';

type LedgerSide = Pick<Invoice, 'number' | 'currency' | 'total' | 'issued' | 'due' | 'purchaseOrder'> & { readonly reference?: string };

/** What we know of ourselves: our payee accounts (IBANs without spaces) and the names our companies write on invoices; none known: not checked. */
export interface OurSide {
  readonly accounts: readonly string[];
  readonly names: readonly string[];
}

/** Faults for which nothing may leave with this file: an account that is not ours, or another invoice altogether. */
const STOPPING: readonly string[] = ['payee-account', 'other-number'];
export const stops = ({ rule }: ERemark): boolean => STOPPING.includes(rule);

/** Where an e-invoice says something else than the ledger, or names an account that is not ours. Amounts in minor units of its currency. */
export function differences(invoice: EInvoice, ledger: LedgerSide, ours: OurSide): ERemark[] {
  const { number, currency, issued, due, order, totals, accounts, seller } = invoice;
  const found: ERemark[] = [];
  const say = (rule: string, says: string) => found.push({ rule, says });
  if (!sameText(number, ledger.number) && !sameText(number, ledger.reference ?? ''))
    say('other-number', `It is number ${number}, not ${ledger.number}`);
  if (ours.names.length > 0 && !ours.names.some((name) => sameText(name, seller.name)))
    say('other-seller', `It was issued by ${seller.name}, which is none of our companies`);
  for (const account of accounts)
    if (!ours.accounts.includes(account))
      say('payee-account', `It asks for payment to ${account}, which nobody here has confirmed as our account`);
  if (currency !== ledger.currency) {
    say('currency', `It is in ${currency}, in the ledger in ${ledger.currency}`);
    return found;
  }
  // What was prepaid is off the amount to be paid; ledgers carry either.
  const total = isCreditNote(invoice) ? -totals.gross : totals.gross;
  const payable = isCreditNote(invoice) ? -totals.payable : totals.payable;
  if (total !== ledger.total && payable !== ledger.total)
    say('total', `Its total is ${money(totals.gross, currency)}, in the ledger ${money(ledger.total, currency)}`);
  if (issued !== ledger.issued) say('issued', `It was issued on ${issued}, in the ledger on ${ledger.issued}`);
  if (due !== null && due !== ledger.due) say('due', `It is due on ${due}, in the ledger on ${ledger.due}`);
  if (order !== ledger.purchaseOrder && (order !== '' || ledger.purchaseOrder !== ''))
    say('order', `Its purchase order is ${order || 'missing'}, in the ledger ${ledger.purchaseOrder || 'missing'}`);
  return found;
}

const sameText = (a: string, b: string) => b !== '' && a.trim().toLowerCase() === b.trim().toLowerCase();
const money = (amount: number, currency: string) => withCode({ amount, currency });
