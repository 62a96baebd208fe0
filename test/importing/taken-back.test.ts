import { expect, test } from 'vitest';
import { withTakenBack } from '../../src/importing/taken-back.ts';
import { day } from '../../src/kernel/day.ts';
import type { SourceRow } from '../../src/ledger/import.port.ts';
import type { ReceiptRecord } from '../../src/ledger/ledger-record.ts';
import { payment } from '../support/ledger-place.ts';

const back = (number: string, amount: number, invoice: string, on: string, reason = ''): ReceiptRecord => ({
  ...payment(number, amount, invoice === '' ? {} : { [invoice]: amount }, { date: day(on), annulled: true, reason }),
  takesBack: true,
});
const on = (date: string) => ({ date: day(date) });

async function read(...records: ReceiptRecord[]) {
  const rows = records.map((record, i): SourceRow => ({ line: i + 2, record }));
  const all = await Array.fromAsync(
    withTakenBack(async function* () {
      yield* rows;
    }),
  );
  return all.map((row) => {
    if (!('record' in row)) return 'faults' in row ? row.faults[0]!.reason : '';
    const { number, annulled, reason, takesBack } = row.record as ReceiptRecord;
    return `${number}${annulled ? ' annulled' : ''}${takesBack ? ' takes back' : ''}${reason ? `: ${reason}` : ''}`;
  });
}

test('a row that takes a payment back, under its number or its own, before it or after it', async () => {
  const paid = payment('P1', 50_000, { I1: 50_000 }, on('2026-02-01'));
  const bounced = ['P1 annulled: returned', 'P1 annulled: returned'];
  expect(await read(paid, back('P1', 50_000, 'I1', '2026-02-05', 'returned'))).toEqual(bounced);
  expect(await read(back('P1R', 50_000, 'I1', '2026-02-05', 'returned'), paid)).toEqual(bounced);
  expect(await read(paid, back('P1R', 50_000, '', '2026-02-05', 'returned'))).toEqual(bounced);
});

test('of two payments alike the latest before it, and each is taken back once', async () => {
  const two = [payment('P1', 500, { I1: 500 }, on('2026-02-01')), payment('P2', 500, { I1: 500 }, on('2026-02-03'))];
  const again = payment('P3', 500, { I1: 500 }, on('2026-02-09'));
  expect(await read(...two, back('R', 500, 'I1', '2026-02-05'), again)).toEqual(['P1', 'P2 annulled', 'P2 annulled', 'P3']);
  expect(await read(...two, back('R1', 500, 'I1', '2026-02-05'), back('R2', 500, 'I1', '2026-02-06'))).toEqual([
    'P1 annulled',
    'P2 annulled',
    'P2 annulled',
    'P1 annulled',
  ]);
});

test('another amount, invoice, customer or a later day is not meant; of two on one day neither is', async () => {
  const paid = payment('P1', 500, { I1: 500 }, on('2026-02-01'));
  for (const other of [back('R', 400, 'I1', '2026-02-05'), back('R', 500, 'I2', '2026-02-05'), back('R', 500, 'I1', '2026-01-31')])
    expect(await read(paid, other)).toEqual(['P1', 'R annulled takes back']);
  expect(await read({ ...paid, account: { number: 'C2' } }, back('R', 500, 'I1', '2026-02-05'))).toEqual(['P1', 'R annulled takes back']);
  const [, , told] = await read(paid, { ...paid, number: 'P2' }, back('R', 500, 'I1', '2026-02-05'));
  expect(told).toContain('more than one payment may be meant');
});
