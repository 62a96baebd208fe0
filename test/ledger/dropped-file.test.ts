import { describe, expect, test } from 'vitest';
import { type DroppedFile, decideFile, type FileOutcome } from '../../src/ledger/dropped-file.ts';

const NOW = Temporal.Instant.from('2026-06-01T09:00:00Z');
const outcome: FileOutcome = {
  run: null,
  rowsIn: 1,
  new: 1,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  closedVanished: 3,
  vanishedUnsure: 0,
  asksToConfirm: false,
  sampleReplaced: false,
  openInvoices: 1,
  openBalance: {},
  firstRejects: [],
  healed: [],
};
const file = (over: Partial<DroppedFile> = {}): DroppedFile => ({
  id: 'F1:C1',
  version: 1,
  name: 'march.csv',
  sha256: 'x',
  headers: ['a'],
  rows: 1,
  by: 'U1',
  channel: 'C1',
  thread: '1.0',
  card: '1.1',
  mapping: { name: 'invoices', value: {}, from: 'built-in' },
  state: 'offered',
  turn: 0,
  startedBy: '',
  outcome: null,
  agreedVanished: null,
  problem: '',
  expiresAt: '2026-06-01T10:00:00Z',
  ...over,
});
const decide = (of: DroppedFile, request: Parameters<typeof decideFile>[1], now = NOW) => decideFile(of, request, 'U2', now);
const checked = (more: Partial<FileOutcome> = {}) => file({ state: 'checked', turn: 1, outcome: { ...outcome, ...more } });

describe('an import follows a dry run, always', () => {
  test('a file without a mapping is not even checked', () =>
    expect(decide(file({ mapping: null }), { do: 'check' })).toEqual({ refused: 'no-mapping' }));
  test('what was not checked is not imported', () =>
    expect(decide(file(), { do: 'import', agreedVanished: null })).toEqual({ refused: 'not-checked' }));
  test('another mapping asks for another dry run', () => {
    const changed = decide(checked(), { do: 'choose-mapping', name: 'mine', value: {} });
    expect(changed).toMatchObject({ file: { state: 'offered', outcome: null, mapping: { from: 'chosen' } } });
  });
  test('what was checked is imported by who clicked', () =>
    expect(decide(checked(), { do: 'import', agreedVanished: null })).toMatchObject({
      file: { state: 'importing', turn: 2, startedBy: 'U2' },
    }));
});

describe('more than a fifth of the open invoices', () => {
  test('is closed only when somebody agreed to so many', () => {
    expect(decide(checked({ asksToConfirm: true }), { do: 'import', agreedVanished: null })).toEqual({ refused: 'asks-about-vanished' });
    expect(decide(checked({ asksToConfirm: true }), { do: 'import', agreedVanished: 3 })).toMatchObject({ file: { agreedVanished: 3 } });
  });
});

describe('one thing at a time', () => {
  test.each(['checking', 'importing'] as const)('while it is %s nothing else starts', (state) => {
    expect(decide(file({ state }), { do: 'check' })).toEqual({ refused: 'file-under-way' });
    expect(decide(file({ state }), { do: 'choose-mapping', name: 'x', value: {} })).toEqual({ refused: 'file-under-way' });
  });
  test('what a job of an earlier turn found counts for nothing', () => {
    expect(decide(file({ state: 'checking', turn: 2 }), { do: 'finish', turn: 1, outcome })).toEqual({ refused: 'not-under-way' });
    expect(decide(checked(), { do: 'finish', turn: 1, outcome })).toEqual({ refused: 'not-under-way' });
  });
  test('a failed import can be tried again, a done one cannot', () => {
    expect(decide(file({ state: 'importing', turn: 2 }), { do: 'give-up', turn: 2, problem: 'busy' })).toMatchObject({
      file: { state: 'offered', problem: 'busy' },
    });
    expect(decide(file({ state: 'imported' }), { do: 'check' })).toEqual({ refused: 'file-imported' });
  });
});

describe('the file is kept for a day', () => {
  test('to the second', () => {
    const end = Temporal.Instant.from('2026-06-01T10:00:00Z');
    expect(decide(file(), { do: 'check' }, end)).toEqual({ refused: 'file-expired' });
    expect(decide(file(), { do: 'check' }, end.subtract({ milliseconds: 1 }))).toMatchObject({ file: { state: 'checking' } });
  });
  test('what is running then may end', () =>
    expect(decide(file({ state: 'importing', turn: 1 }), { do: 'finish', turn: 1, outcome }, NOW.add({ hours: 9 }))).toMatchObject({
      file: { state: 'imported' },
    }));
});
