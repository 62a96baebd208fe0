import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { recordReply } from '../../src/account/record-reply.op.ts';
import { day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import { erasePerson } from '../../src/trail/erase-person.op.ts';
import { factText } from '../../src/trail/facts.view.ts';
import { contact, invoice, type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

// 2026-01-05 is a Monday. Holm & Sons owe 1,000.00 pounds; Ms Larch speaks for them, then Mr Fell. Mara collects, Alex is the admin.

const HOLM = accountId('C1');
const rows = [
  contact('Imogen Larch', { account: 'C1', email: 'imogen@holm.example', phone: '+44 20 7946 0123' }),
  contact('Otto Fell', { account: 'C1', email: 'otto@holm.example', phone: '' }),
  invoice('A', { account: 'C1', entity: 'NWUK', currency: 'GBP', total: 100_000, issued: day('2025-11-20'), due: day('2025-12-20') }),
];
let place: LedgerPlace;
let now = Temporal.Instant.from('2026-01-05T09:00:00Z');
let head = { entries: 0, hash: '' };

const ports = () => ({ ...place.stores, clock: { now: () => now } });
const on = (date: string) => {
  now = Temporal.Instant.from(`${date}T09:00:00Z`);
};
const copy = () => copyOutboxes({ ...ports(), told: {} });
const trail = async (anchor?: Parameters<typeof verifyTrail>[1]) => verifyTrail(trailLines(place.raw), anchor);
const erase = async (name: string, reason: string) => {
  const found = (await place.stores.ledger.contacts(HOLM)).find((each) => each.name === name);
  return erasePerson({ ...ports(), copy }, { account: HOLM, contact: found?.id ?? 'con_gone', reason }, 'U0ALEX', `erase:${name}`);
};
const file = async () =>
  (await place.stores.timeline.page(HOLM, { types: null, before: null, limit: 50 })).entries.map(({ fact, erased }) =>
    erased ? '(erased)' : factText(fact, 'Europe/London').said,
  );

beforeAll(async () => {
  place = await ledgerPlace();
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const where = { digestChannel: 'x', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await place.stores.settings.load({ ...where, commands });
  await place.load(rows);
});
afterAll(() => place.close());

describe('a person asks to be forgotten', () => {
  it('Monday 5 January: Ms Larch promises, and writes that she is away', async () => {
    const invoices = [{ invoice: 'A', open: 100_000, free: 100_000 }];
    const what = { id: 'p1', entity: 'NWUK', currency: 'GBP', amount: 100_000, date: day('2026-01-16') } as const;
    const promise = { do: 'record-promise', ...what, invoices, saidBy: 'Imogen Larch' } as const;
    expect(await changeAccount(ports(), HOLM, promise, 'U0MARA', 'p1')).toMatchObject({ done: true });
    const text = untrusted('I am away until Monday. Imogen Larch');
    await recordReply(
      ports(),
      { id: 'r1', account: HOLM, kind: 'other', received: day('2026-01-05'), from: 'imogen@holm.example', text },
      'U0MARA',
      'r1',
    );
    await copy();
    expect(await file()).toContain('promise of £1,000.00 for 16 Jan 2026 on A, said Imogen Larch');
  });

  it('Tuesday: the trail is whole, and its end is noted elsewhere', async () => {
    on('2026-01-06');
    const found = await trail();
    if (!found.whole) throw new Error(found.why);
    head = { entries: found.entries, hash: found.head };
    expect(found).toMatchObject({ whole: true, erased: 0 });
  });

  it('Wednesday: without a reason nothing is erased', async () => {
    on('2026-01-07');
    expect(await erase('Imogen Larch', '  ')).toEqual({ done: false, refused: 'reason-missing' });
    expect(await file()).not.toContain('(erased)');
  });

  it('Thursday: Alex erases her by her letter; her words and name are gone, the promise itself and the invoice stay', async () => {
    on('2026-01-08');
    expect(await erase('Imogen Larch', 'Asked by letter of 6 January')).toMatchObject({ done: true, erased: { texts: 1, replies: 1 } });
    const { promises } = (await place.stores.accounts.load(HOLM))!.work;
    expect(promises).toMatchObject([{ id: 'p1', amount: 100_000, date: '2026-01-16' }]);
    expect(JSON.stringify(promises)).not.toContain('Larch');
    expect(await file()).toEqual(expect.arrayContaining(['(erased)', 'a person’s data was erased: Asked by letter of 6 January']));
    expect(await place.openOf('A')).toBe(100_000);
  });

  it('the same day: a stranger still finds the trail whole, and that it ends where Tuesday’s note said or later', async () => {
    expect(await trail({ seq: head.entries, hash: head.hash })).toMatchObject({ whole: true, erased: 1 });
  });

  it('Friday: the next import brings her no more; Mr Fell stays', async () => {
    on('2026-01-09');
    await place.load(rows);
    expect((await place.stores.ledger.contacts(HOLM)).map(({ name }) => name)).toEqual(['Otto Fell']);
    expect(await erase('Imogen Larch', 'Asked again')).toEqual({ done: false, refused: 'no-such-contact' });
  });
});
