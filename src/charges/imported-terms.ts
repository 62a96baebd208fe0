import type { AgreedInFile } from '../account/account.ts';
import type { Day } from '../kernel/day.ts';
import { type Agreement, type AgreementRequest, NOTICE_METHODS } from './agreement.ts';
import { isLaw } from './law.ts';
import { NOTHING_AGREED } from './terms.ts';

/** A fee of a file may be claimed from this letter on, as in the form. */
const FEE_FROM = 'reminder';

/**
 * Puts on file what a file says of an agreement: its fields replace those that are there, once. What a person changes afterwards stays until the file
 * says something else. Null: it says nothing, or the same as last time.
 */
export function importedTerms(row: AgreedInFile, before: Agreement | null): AgreementRequest | null {
  const { law = '', paymentTerms = '', noticeMethod = '', noticeAddress = '', reminderFee = '' } = row;
  const imported = JSON.stringify([law, paymentTerms, noticeMethod, noticeAddress, reminderFee]);
  const silent = [law, paymentTerms, noticeMethod, noticeAddress, reminderFee].every((each) => each === '');
  if (silent || before?.imported === imported) return null;
  const {
    revision,
    imported: _,
    by: __,
    on: ___,
    ...known
  }: Agreement = before ?? { ...NOTHING_AGREED, revision: 0, by: '', on: '' as Day };
  const method = NOTICE_METHODS.find((each) => each === noticeMethod) ?? null;
  return {
    do: 'set-agreement',
    seen: revision,
    imported,
    terms: {
      ...known,
      ...(isLaw(law) ? { law } : {}),
      ...(paymentTerms === '' ? {} : { terms: Number(paymentTerms) }),
      ...(noticeAddress === '' ? {} : { notice: { method: method ?? known.notice?.method ?? null, address: noticeAddress } }),
      ...(reminderFee === '' ? {} : { feeClause: { amounts: feesOf(reminderFee), from: known.feeClause?.from ?? FEE_FROM } }),
    },
  };
}

function feesOf(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/([A-Z]{3}) (\d+)/g)].map(([, currency, amount]) => [currency!, Number(amount)]));
}
