import type { NoticeMethod } from '../charges/agreement.ts';
import type { Day } from '../kernel/day.ts';
import { reference, visibleText } from '../kernel/untrusted.ts';
import type { FactSheet } from '../mails/letter-facts.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import type { Service } from './letter.ts';

/** A page as it is printed; code draws it, and the same lines are its picture. */
export interface LetterPaper {
  readonly seller: { readonly name: string; readonly postal: string; readonly phone: string; readonly email: string };
  readonly remittance: string;
  /** Lines; the first is the customer. */
  readonly recipient: readonly string[];
  readonly method: NoticeMethod;
  readonly firm: string;
  readonly date: Day;
  readonly reference: string;
  readonly subject: string;
  readonly body: string;
  /** The list of invoices, drawn as a table where the body still holds its text. */
  readonly table: { readonly text: string; readonly rows: readonly PaperRow[]; readonly currency: string } | null;
  readonly language: LetterLanguage;
  readonly locale: string;
}

export interface PaperRow {
  readonly number: string;
  readonly issued: Day;
  readonly due: Day;
  /** Minor units. */
  readonly asked: number;
}

/** The printed page of a letter's words. `tableText`: how the list of invoices stands in them. */
export function letterPaper(
  facts: FactSheet,
  words: { readonly subject: string; readonly body: string },
  {
    service,
    firm,
    postal,
    letterReference,
    tableText,
  }: { service: Service; firm: string; postal: string; letterReference: string; tableText: string },
): LetterPaper {
  const { seller, sender, account, contact, invoices, credits, leftOut, remittance, today, language, locale } = facts;
  const currencies = new Set(invoices.map(({ currency }) => currency));
  // Credit, several currencies, what is left out and what is shown besides are told in words: the text says them as it stands.
  const simple = currencies.size === 1 && credits.length === 0 && leftOut.length === 0 && !facts.shown;
  const lines = service.method === 'email' ? [visibleText(contact.name, 80), service.address] : service.address.split(/\n|,\s*/);
  const rows = invoices.map(({ number, issued, due, asked }) => ({ number: reference(number) ?? '', issued, due, asked }));
  return {
    seller: { name: seller.name, postal, phone: sender.phone, email: sender.email },
    remittance,
    recipient: [visibleText(account.name, 100), ...lines]
      .map((line) => line.trim())
      .filter((line, at, all) => line !== '' && all.indexOf(line) === at),
    method: service.method,
    firm,
    date: today,
    reference: letterReference,
    ...words,
    table: simple ? { text: tableText, rows, currency: [...currencies][0]! } : null,
    language,
    locale,
  };
}
