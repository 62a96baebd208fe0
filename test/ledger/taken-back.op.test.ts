import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILT_IN_MAPPINGS } from '../../src/importing/built-in-mappings.ts';
import { fileSource } from '../../src/importing/file-source.ts';
import { day } from '../../src/kernel/day.ts';
import { invoice, type LedgerPlace, ledgerPlace, rejections } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
  await place.load([invoice('I1'), invoice('I2')]);
});
afterAll(() => place.close());

async function payments(...lines: string[]) {
  const at = await place.file('payments.csv', `account,number,currency,amount,received,invoice\n${lines.join('\n')}\n`);
  const source = await fileSource({ path: at, mapping: BUILT_IN_MAPPINGS.get('payments')!, asOf: null, today: day('2026-03-01') });
  const { lines: rejected, onRejected } = rejections();
  const outcome = await place.run({ source, onRejected });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.reason);
  return { ...outcome.summary, rejects: rejected };
}
const open = async () => [await place.openOf('I1'), await place.openOf('I2')];

test('a chargeback as a row of its own opens the invoice again, in the payment’s file or a later one, and twice changes nothing', async () => {
  expect(await payments('C1,P1,EUR,100.00,2026-02-01,I1', 'C1,P2,EUR,100.00,2026-02-01,I2')).toMatchObject({ new: 2 });
  expect(await open()).toEqual([0, 0]);
  expect(await payments('C1,P1,EUR,-100.00,2026-02-05,I1')).toMatchObject({ changed: 1, rejected: 0 });
  expect(await open()).toEqual([10_000, 0]);
  expect(await payments('C1,P1,EUR,-100.00,2026-02-05,I1')).toMatchObject({ unchanged: 1 });
  const both = ['C1,P2,EUR,100.00,2026-02-01,I2', 'C1,P2-R,EUR,-100.00,2026-02-06,I2'];
  expect(await payments(...both)).toMatchObject({ changed: 1, unchanged: 1, rejected: 0 });
  expect(await open()).toEqual([10_000, 10_000]);
  expect(await place.openCredits()).toEqual([]);
  expect(await payments(...both)).toMatchObject({ unchanged: 2 });
});

test('one whose payment is not known is rejected, and says what to do', async () => {
  await payments('C1,P3,EUR,100.00,2026-02-10,I1');
  const told = await payments('C1,X9,EUR,-100.00,2026-02-12,I1');
  expect(told).toMatchObject({ rejected: 1 });
  expect(told.rejects[0]).toContain('mark the payment as reversed, under its own number');
  expect(await open()).toEqual([0, 10_000]);
});
