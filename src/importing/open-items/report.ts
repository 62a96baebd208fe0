import { formatTotal } from '../../kernel/money.ts';
import type { OpenItems } from './read-open-items.ts';

/** What a person should know of a list before it is imported: how it was read, and that its sums are those of the file. */
export function reportOf({ layout, documents, rows, totals, checks, questions }: OpenItems): string[] {
  const count = (is: string) => rows.filter((row) => row.class === is).length;
  const kinds = (['invoice', 'credit', 'payment', 'other'] as const).map(
    (is) => [documents.filter((document) => document.class === is).length, is] as const,
  );
  const marked = documents.filter(({ marks }) => marks.length > 0);
  const others = (['closed', 'draft', 'detail', 'not-a-customer', 'unreadable'] as const)
    .filter((is) => count(is) > 0)
    .map((is) => `${count(is)} ${CALLED[is]}`);
  return [
    ...layout.evidence,
    `Read: ${
      kinds
        .filter(([times]) => times > 0)
        .map(([times, is]) => `${times} ${WORDS[is][times === 1 ? 0 : 1]}`)
        .join(', ') || 'no documents'
    }${others.length === 0 ? '' : `; ${others.join(', ')}`}.`,
    ...totals.map(({ entity, currency, decimals, file, read, difference }) => {
      const money = (amount: number) =>
        currency === null ? (amount / 10 ** decimals).toFixed(decimals) : formatTotal({ amount, currency }, 'en');
      return `Control total${entity === null ? '' : ` of ${entity}`}${currency === null ? ' (currency not said)' : ''}: file ${money(file.sum)} in ${file.rows} rows, read ${money(read.sum)} in ${read.rows}, difference ${money(difference)}${file.rows === read.rows ? '' : ` and ${file.rows - read.rows} rows whose amount cannot be read`}.`;
    }),
    ...(checks.length > 0
      ? [`${checks.filter(({ agrees }) => agrees).length} of ${checks.length} sums that the file prints agree with its rows.`]
      : []),
    ...(marked.length > 0 ? [`${marked.length} read with a remark, such as row ${marked[0]!.row}: ${marked[0]!.marks[0]}.`] : []),
    ...questions
      .filter(({ blocking }) => !blocking)
      .map(({ sentence, proposal }) => `To look at: ${sentence}${proposal === null ? '' : ` Taken: ${proposal}.`}`),
  ];
}

/** Why a list cannot be imported yet, and what would answer it; null when nothing is open. */
export function openQuestions({ questions }: OpenItems): string | null {
  const blocking = questions.filter((question) => question.blocking);
  if (blocking.length === 0) return null;
  const told = blocking.map(
    ({ about, sentence, options }) =>
      `${sentence}${options.length === 0 ? '' : ` (${options.slice(0, 12).join(', ')})`} Say it in the mapping: ${ANSWER[about] ?? `"choices"`}.`,
  );
  return `The list cannot be imported before this is said. Nothing was imported. ${told.join(' ')}`;
}

const ANSWER: Readonly<Record<string, string>> = {
  currency: '"defaults": {"currency": "EUR"}',
  entity: '"defaults": {"entity": "MAIN"}',
  column: '"columns": {"open": "Balance"}',
  header: '"choices": {"headerRow": 5}',
  dates: '"choices": {"dates": "day-month-year"}',
  numbers: '"choices": {"decimal": ","}',
};
const CALLED = {
  closed: 'not open any more',
  draft: 'drafts',
  detail: 'further lines',
  'not-a-customer': 'of other accounts',
  unreadable: 'that cannot be read',
} as const;
const WORDS = {
  invoice: ['invoice', 'invoices'],
  credit: ['credit note', 'credit notes'],
  payment: ['payment on account', 'payments on account'],
  other: ['other document', 'other documents'],
} as const;
