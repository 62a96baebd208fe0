import { addressesIn } from './addresses.ts';
import type { OpenDocument } from './documents.ts';
import { countryCode, languageCode } from './places.ts';
import type { RowDocument } from './read-rows.ts';
import type { Reading } from './reading.ts';

/** What the rows of one customer say of it. What they leave empty is null, never a default. */
export interface Customer {
  readonly account: string | null;
  readonly name: string | null;
  readonly addresses: readonly { readonly address: string; readonly name: string | null }[];
  readonly contactName: string | null;
  readonly phone: string | null;
  readonly country: string | null;
  readonly language: string | null;
  /** What stood in a side column and was left out. */
  readonly marks: readonly string[];
}

/** By number where there is one, else by name. */
export function customerKey({ account, accountName }: Pick<OpenDocument, 'account' | 'accountName'>): string {
  return account ?? accountName ?? '';
}

export function readCustomers(documents: readonly RowDocument[], reading: Reading): Customer[] {
  const found = new Map<string, { -readonly [K in keyof Customer]: Customer[K] } & { marks: string[] }>();
  for (const document of documents) {
    const key = customerKey(document);
    if (key === '') continue;
    const { row } = document.candidate;
    let one = found.get(key);
    if (!one) {
      one = {
        account: document.account,
        name: document.accountName,
        addresses: [],
        contactName: null,
        phone: null,
        country: null,
        language: null,
        marks: [],
      };
      found.set(key, one);
    }
    const marks = one.marks;
    const tell = (mark: string) => {
      if (!marks.includes(mark)) marks.push(mark);
    };
    one.name ??= document.accountName;
    one.contactName ??= reading.cell(row, 'contactName').slice(0, 200) || null;
    one.phone ??= reading.cell(row, 'phone').slice(0, 60) || null;
    one.country ??= place(reading.cell(row, 'country'), countryCode, 'country', tell);
    one.language ??= place(reading.cell(row, 'language'), languageCode, 'language', tell);
    const { usable, unusable } = addressesIn(reading.cell(row, 'email'));
    one.addresses = [...one.addresses, ...usable.filter(({ address }) => !one.addresses.some((known) => known.address === address))];
    for (const { text, why } of unusable) tell(`"${text.slice(0, 60)}" is left out: it ${why}`);
  }
  return [...found.values()];
}

function place(text: string, read: (text: string) => string | null, called: string, tell: (mark: string) => void): string | null {
  if (text === '') return null;
  const code = read(text);
  if (code === null) tell(`"${text.slice(0, 60)}" is left out: not a ${called} that is known`);
  return code;
}
