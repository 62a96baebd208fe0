import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOpenItems } from '../../src/importing/open-items/read-open-items.ts';
import { openSheet } from '../../src/importing/open-items/read-sheet.ts';
import { SHARED_DATA, sharedFiles } from '../support/shared-data.ts';

interface Truth {
  readonly file: string;
  readonly documents: readonly Readonly<Record<string, string | number | null>>[];
  readonly control_totals: Readonly<Record<string, { debit: string; credit: string; net: string; rows: number }>>;
  readonly not_documents: readonly { row: number; what: string }[];
}

const folder = path.join(SHARED_DATA, 'ledger');
const truths = sharedFiles('ledger').filter((file) => file.endsWith('.truth.json'));
const load = (file: string) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Truth;
const CLASS: Readonly<Record<string, string>> = {
  overpayment: 'payment',
  'down-payment': 'payment',
  journal: 'other',
  'finance-charge': 'other',
  'reminder-fee': 'other',
};
const minor = (text: string | null) => (text === null ? null : Math.round(Number(text) * 100));

it.runIf(truths.length === 0)('exports of accounting systems are not looked at: ../shared/data is not there', () => {
  console.warn('No exports of accounting systems beside the project: they were not read.');
});

describe.runIf(truths.length > 0)('an export as its accounting system writes it', () => {
  it.each(truths)('%s: every document and every other row', async (name) => {
    const truth = load(name);
    const read = readOpenItems(await openSheet(path.join(folder, truth.file)));
    const told = read.documents.map((document) => ({
      row: document.row,
      class: document.class,
      number: document.number,
      account: document.account,
      account_name: document.accountName,
      issued: document.issued,
      due: document.due,
      open: document.open,
      currency: document.currency,
    }));
    expect(told).toEqual(
      truth.documents.map(({ row, class: is, number, account, account_name, issued, due, open, currency }) => ({
        row,
        class: CLASS[is as string] ?? is,
        number,
        account,
        account_name,
        issued,
        due,
        open: minor(open as string | null),
        currency,
      })),
    );
    for (const { row, what } of truth.not_documents)
      expect(read.rows.find((verdict) => verdict.row === row)?.class, `row ${row}: ${what}`).not.toMatch(/^document|^unreadable/);
    expect(read.rows.filter(({ class: is }) => is === 'unreadable')).toEqual([]);
  });

  it.each(truths)('%s: control totals to the cent, and every sum it prints', async (name) => {
    const truth = load(name);
    const { totals, checks } = readOpenItems(await openSheet(path.join(folder, truth.file)));
    const byCurrency = Object.fromEntries(
      totals.map(({ currency, read, difference }) => [
        currency ?? '(none in file)',
        { debit: read.owed, credit: read.credits, net: read.sum, rows: read.rows, difference },
      ]),
    );
    expect(byCurrency).toEqual(
      Object.fromEntries(
        Object.entries(truth.control_totals).map(([currency, { debit, credit, net, rows }]) => [
          currency,
          { debit: minor(debit), credit: minor(credit) || 0, net: minor(net), rows, difference: 0 },
        ]),
      ),
    );
    expect(checks.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it.each(truths)('%s: what the file does not say is asked', async (name) => {
    const truth = load(name);
    const { questions, documents } = readOpenItems(await openSheet(path.join(folder, truth.file)));
    const asked = new Set(questions.map(({ about }) => about));
    expect(asked.has('currency')).toBe(truth.documents.some(({ currency }) => currency === null));
    expect(asked.has('block')).toBe(documents.some(({ dunningBlock, open }) => dunningBlock !== null && (open ?? 0) > 0));
    expect(asked.has('open-amount')).toBe(truth.documents.some(({ open }) => open === null));
    expect(asked.has('due')).toBe(truth.documents.some(({ class: is, due }) => is === 'invoice' && due === null));
    expect([...asked].filter((about) => !['currency', 'open-amount', 'due', 'block'].includes(about))).toEqual([]);
  });
});

const days = sharedFiles('open-items').filter((file) => file.startsWith('day-'));

describe.runIf(days.length > 0)('a list that SAP writes every day', () => {
  it.each([
    ['day-01.csv', 300, { invoice: 260, credit: 22, payment: 18 }, { '1000 EUR': 101_523_551, '2000 GBP': 59_172_094 }],
    ['day-02.csv', 287, { invoice: 248, credit: 22, payment: 17 }, { '1000 EUR': 96_386_474, '2000 GBP': 56_438_279 }],
    ['day-10.csv', 255, { invoice: 222, credit: 18, payment: 15 }, { '1000 EUR': 87_569_908, '2000 GBP': 46_018_973 }],
  ])('%s: all rows taken, with the sums added up by hand', async (file, rows, classes, sums) => {
    const sheet = await openSheet(path.join(SHARED_DATA, 'open-items', file));
    const read = readOpenItems(sheet);
    expect(read.documents.length).toBe(rows);
    expect(read.questions).toMatchObject([{ about: 'block', blocking: false, words: ['A'] }]);
    expect(
      Object.fromEntries(Object.keys(classes).map((is) => [is, read.documents.filter((document) => document.class === is).length])),
    ).toEqual(classes);
    const told = Object.fromEntries(read.totals.map(({ entity, currency, read: { sum } }) => [`${entity} ${currency}`, sum]));
    expect(told).toEqual(sums);
    // By another way: digits alone.
    const own = sheet.rows
      .slice(1)
      .reduce((sum, { cells }) => sum + Number(cells[7]!.replaceAll(/\D/g, '')) * (cells[7]!.endsWith('-') ? -1 : 1), 0);
    expect(Object.values(told).reduce((sum, each) => sum + each, 0)).toBe(own);
    expect(read.totals.every(({ difference }) => difference === 0)).toBe(true);
  });
});
