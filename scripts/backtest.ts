/**
 * `npm run backtest -- FILE [--write]`: how good the cash forecast would have been, week after week with only what was known then. FILE is a whole history
 * as scripts/ledger-history.ts reads it; ten made-up ledgers follow. `--write` puts the table into docs/figures/forecast.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backtest, METHODS, type Method, type Score, weeklyOrigins } from '../src/numbers/backtest.ts';
import type { Book } from '../src/numbers/book.ts';
import { ledgerHistory } from './ledger-history.ts';
import { HABITS, madeUpLedger } from './made-up-ledgers.ts';

const METHOD_WORDS: { readonly [Name in Method]: string } = {
  due: 'due date (late: next week)',
  median: 'due date + customer\u2019s median',
  habit: 'forecast',
};
const three = (value: number) => value.toFixed(3);

function tried({ invoices }: Book) {
  const origins = weeklyOrigins(invoices);
  return { origins, scores: backtest({ invoices, segment: () => '', origins }) };
}

function fileTable(book: Book): string[] {
  const { origins, scores } = tried(book);
  const row = (method: Method): string => {
    const { wapeByWeek, wapeOfSum, bias, wapeOfWeek, covered }: Score = scores[method];
    const figures = [wapeByWeek, wapeOfSum, bias, ...wapeOfWeek].map(three).join(' | ');
    return `| ${METHOD_WORDS[method]} | ${figures} | ${covered === null ? '' : `${(covered * 100).toFixed(1)}%`} |`;
  };
  return [
    `${book.invoices.length} invoices, ${origins.length} forecasts, one a week from ${origins[0]} to ${origins.at(-1)}.`,
    '',
    '| method | error by week | error of the sum of 4 weeks | bias | week 1 | week 2 | week 3 | week 4 | weeks in the 80% band |',
    '|---|---|---|---|---|---|---|---|---|',
    ...METHODS.map(row),
  ];
}

function madeUpTable(): string[] {
  const rows = HABITS.map((habit, n) => {
    const { scores } = tried(madeUpLedger(habit, n + 1));
    const figures = METHODS.map((method) => `${three(scores[method].wapeByWeek)} / ${three(scores[method].wapeOfSum)}`).join(' | ');
    return `| ${n + 1}: ${habit.name} | ${figures} |`;
  });
  return [`| how customers pay | ${METHODS.map((method) => METHOD_WORDS[method]).join(' | ')} |`, '|---|---|---|---|', ...rows];
}

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean', default: false } }, allowPositionals: true });
const file = positionals[0];
if (file === undefined) {
  console.error(
    'Usage: npm run backtest -- FILE [--write]. FILE: a history with customerID, invoiceNumber, InvoiceDate, DueDate, InvoiceAmount, SettledDate.',
  );
  process.exit(1);
}
const page = [
  '# How good the cash forecast is',
  '',
  'Each week the forecast is made with what was known on that evening, and compared with what came in the four weeks after it of the invoices that were',
  'open then. Errors are sums of absolute differences as a share of what came. Made by `npm run backtest`.',
  '',
  '## A public ledger',
  '',
  'The IBM sample \u201cAccounts Receivable\u201d (2012\u20132013, 100 customers). The file is not part of this project. How fast old delays fade was chosen with this ledger',
  'in view; the ledgers below were not looked at for it.',
  '',
  ...fileTable(ledgerHistory(fs.readFileSync(file, 'utf8'))),
  '',
  '## Ten made-up ledgers',
  '',
  'Error by week / error of the sum of four weeks.',
  '',
  ...madeUpTable(),
  '',
].join('\n');
console.log(page);
if (values.write) fs.writeFileSync(path.resolve(import.meta.dirname, '../docs/figures/forecast.md'), page);
