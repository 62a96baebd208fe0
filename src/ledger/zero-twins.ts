import type { LedgerRecord } from './ledger-record.ts';

/** A customer number of digits without the zeros in front; null for one that has letters. */
export function bareNumber(number: string): string | null {
  return /^\d+$/.test(number) ? number.replace(/^0+/, '') : null;
}

/**
 * Numbers of a file that are another one but for zeros in front, each with the number it stands for: the ledger's where it has one, else the
 * file's own with most zeros. Most often one customer, once out of a spreadsheet that dropped them.
 */
export function zeroTwins(inFile: Iterable<string>, known: Iterable<string>): [number: string, known: string][] {
  const longest = new Map<string, string>();
  for (const numbers of [inFile, known]) {
    const found = new Map<string, string>();
    for (const number of numbers) {
      const bare = bareNumber(number);
      if (bare !== null && number.length > (found.get(bare)?.length ?? 0)) found.set(bare, number);
    }
    for (const [bare, number] of found) longest.set(bare, number);
  }
  return [...inFile].flatMap((number): [string, string][] => {
    const bare = bareNumber(number);
    const one = bare === null ? number : longest.get(bare)!;
    return one === number ? [] : [[number, one]];
  });
}

/** The record under the customer number that it stands for. */
export function underKnownNumber<R extends LedgerRecord>(record: R, numbers: ReadonlyMap<string, string>): R {
  const { account } = record;
  const number = numbers.get(account.number) ?? account.number;
  const parent = account.parent === undefined ? undefined : (numbers.get(account.parent) ?? account.parent);
  if (number === account.number && parent === account.parent) return record;
  return { ...record, account: { ...account, number, ...(parent === undefined ? {} : { parent }) } };
}
