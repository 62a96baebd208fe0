import { afterAll, beforeAll, expect, it } from 'vitest';
import { whatOf } from '../../src/escalation/request-decision.slack.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await place.stores.settings.load({ ...where, commands: { overdue: 'overdue', account: 'account', collections: 'collections' } });
  for (const [number, zone] of [
    ['NZ', 'Pacific/Auckland'],
    ['HI', 'Pacific/Honolulu'],
    ['US', ''],
  ] as const) {
    const account = { number, name: `Customer ${number}`, country: '', language: '', zone, entity: 'NW' };
    const more = { account: number, entity: 'NW', currency: 'USD', total: 10_000, issued: day('2026-10-01'), due: day('2026-11-22') };
    await place.load([{ kind: 'account', account }, invoice(`I-${number}`, more)]);
  }
});
afterAll(() => place.close());

const overdue = async (number: string, now: string) => {
  const [what] = await whatOf({ ...place.stores, clock: { now: () => Temporal.Instant.from(now) } }, accountId(number));
  return what!.collectable;
};

it('what is overdue follows the customer’s day, and ours where theirs is not known', async () => {
  // 22 November in London; 23 November in Auckland, where the invoice of the 22nd is a day late.
  expect(await overdue('NZ', '2026-11-22T12:00:00Z')).toBe(10_000);
  expect(await overdue('US', '2026-11-22T12:00:00Z')).toBe(0);
  // 23 November in London; still the 22nd in Honolulu.
  expect(await overdue('HI', '2026-11-23T08:00:00Z')).toBe(0);
  expect(await overdue('US', '2026-11-23T08:00:00Z')).toBe(10_000);
});
