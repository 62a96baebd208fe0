import { describe, expect, test } from 'vitest';
import type { ImportRefusal, ImportSummary } from '../../src/ledger/import.port.ts';
import { refusalInWords, summaryInWords } from '../../src/ledger/import-words.op.ts';

const summary: ImportSummary = {
  source: 'march.csv',
  run: 'run-1',
  dryRun: false,
  rowsIn: 10,
  accepted: 7,
  rejected: 2,
  later: 1,
  new: 4,
  changed: 2,
  unchanged: 1,
  closedVanished: 0,
  vanishedUnsure: 0,
  reopened: 0,
  strangersOnly: false,
  asksToConfirm: false,
  sampleReplaced: false,
  healed: [],
  openInvoices: 5,
  report: [],
  missingGroups: [],
  twins: { pairs: [], joined: false },
  misplaced: [],
  closedCredits: 0,
  openBalance: new Map([
    ['EUR', 123456],
    ['JPY', 900],
  ]),
};

const refusals: ImportRefusal[] = [
  { reason: 'unreadable', sentence: 'Line 3 has a quote in the middle of a text. Nothing was imported.' },
  { reason: 'busy', source: 'march.csv', since: Temporal.Instant.from('2026-03-01T08:10:00Z') },
  { reason: 'vanished', vanished: 3, open: 10 },
  { reason: 'too-many-documents', documents: 200_001, limit: 200_000 },
  { reason: 'real-ledger' },
];

describe('an import in words', () => {
  test('every refusal says that nothing was changed', () => {
    for (const refusal of refusals) expect(refusalInWords(refusal)).toMatch(/Nothing was (changed|imported)\./);
    expect(refusalInWords(refusals[2]!)).toContain('3 of 10 open invoices');
    expect(refusalInWords(refusals[3]!)).toContain('MONGODB_URI');
  });

  test('the summary names the counts, the rejects and what is open now', () => {
    expect(summaryInWords(summary, 'r.csv')).toEqual([
      'Imported march.csv: 10 rows, 4 new, 2 changed, 1 unchanged, 2 rejected, 1 later than the date.',
      'The rejected rows, with line, column and reason, are in r.csv. The others were kept.',
      'Now open: 5 invoices, €1,234.56, ¥900.',
    ]);
  });

  test('a dry run says would, and that nothing was written', () => {
    const lines = summaryInWords(
      { ...summary, dryRun: true, rejected: 0, later: 0, closedVanished: 3, asksToConfirm: true, sampleReplaced: true },
      null,
    );
    expect(lines).toEqual([
      'Dry run of march.csv: 10 rows, 4 new, 2 changed, 1 unchanged, 0 rejected.',
      '3 open invoices that are no longer in the file would be closed.',
      'That is more than a fifth of the open invoices: the import will ask for --confirm-vanished.',
      'The sample ledger would be replaced.',
      'Nothing was written.',
    ]);
  });

  test('invoices left open for doubt and completed runs are told', () => {
    const lines = summaryInWords({ ...summary, rejected: 1, vanishedUnsure: 2, healed: ['feb.csv'] }, 'r.csv');
    expect(lines[2]).toContain('2 open invoices were not found, but stay open');
    const one = summaryInWords(
      { ...summary, rejected: 0, closedVanished: 1, closedCredits: 1, reopened: 1, vanishedUnsure: 1, openInvoices: 1 },
      null,
    );
    expect(one.slice(1)).toEqual([
      '1 open invoice that is no longer in the file was closed.',
      '1 credit note or payment on account that is no longer in the file was closed.',
      '1 invoice or credit that had been closed is open again.',
      '1 open invoice was not found, but stays open: some rejected rows have no readable invoice number.',
      'Now open: 1 invoice, €1,234.56, ¥900.',
    ]);
    expect(lines[3]).toContain('feb.csv had been interrupted');
  });
});
