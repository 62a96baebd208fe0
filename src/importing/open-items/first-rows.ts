import { formatTotal } from '../../kernel/money.ts';
import type { OpenDocument } from './documents.ts';
import type { Sheet } from './sheet.ts';

const SHOWN = 3;
const CALLED = { invoice: 'invoice', credit: 'credit note', payment: 'payment on account', other: 'other document' } as const;

/** The first documents of a list as they stand in the file and as they are read; where nothing was read, the first rows. */
export function firstRows({ rows }: Sheet, documents: readonly OpenDocument[]): string[] {
  const raw = (at: number) => {
    const cells = rows.find(({ row }) => row === at)?.cells.filter((cell) => cell !== '') ?? [];
    return `Row ${at}: ${cells.map((cell) => cell.slice(0, 30)).join(' | ')}`.slice(0, 300);
  };
  return documents.slice(0, SHOWN).map((document) => `${raw(document.row)}\nRead as ${inWords(document)}`);
}

function inWords({ class: is, number, account, accountName, open, currency, decimals, issued, due }: OpenDocument): string {
  const money =
    open === null
      ? 'open amount not said'
      : currency === null
        ? `${(open / 10 ** decimals).toFixed(decimals)} open, currency not said`
        : `${formatTotal({ amount: open, currency }, 'en')} open`;
  const who = [account, accountName].filter(Boolean).join(' ') || 'a customer that is not said';
  return `${CALLED[is]} ${number ?? 'without number'} of ${who}: ${money}, dated ${issued ?? 'not said'}, due ${due ?? 'not said'}`;
}
