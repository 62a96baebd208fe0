import { expect, it } from 'vitest';
import { type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { promiseSettling, settlePromises } from '../../src/arrangements/settle-promises.op.ts';
import { FIRST_POLICIES } from '../../src/follow-up/default-policies.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import type { World } from '../../src/kernel/world.port.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { invoice } from '../support/account-days.ts';

/** One account that promised 1,000.00 pounds for Friday 20 November; `asOf` is when the ledger was imported. */
function world(now: string, open: number, more: { asOf?: string; applying?: boolean; credited?: number } = {}) {
  const promised = decideAccount(
    NEW_WORK,
    {
      do: 'record-promise',
      id: 'p1',
      entity: 'NWUK',
      currency: 'GBP',
      amount: 100_000,
      date: day('2026-11-20'),
      invoices: [{ invoice: 'A', open: 100_000, free: 100_000, credited: 20_000 }],
      saidBy: 'Ms Larch',
    },
    'U0MARA',
    day('2026-11-16'),
    addDays(day('2026-11-16'), 180),
  );
  if ('refused' in promised) throw new Error(promised.refused);
  let work: AccountWork = promised.work;
  const facts: RecordedFact[] = [];
  const row = {
    id: 'a1',
    name: 'Otterby',
    number: 'C1',
    zone: 'Europe/London',
    country: 'GB',
    region: 'ENG',
    segment: '',
    autopay: false,
    owner: '',
  };
  const items = open > 0 ? [{ ...invoice('A', '2026-11-02', { open }), account: 'a1' }] : [];
  let reads = 0;
  const ports = {
    clock: { now: () => Temporal.Instant.from(now) },
    settings: { read: async () => ({ zone: 'Europe/London', country: 'GB', region: 'ENG' }) },
    policies: { read: async () => FIRST_POLICIES },
    team: { read: async () => ({ version: 1, members: [], rules: [] }) },
    drafts: { open: async () => [] },
    holidays: () => new Set<string>(),
    accounts: {
      all: async () => new Map([['a1', work]]),
      load: async () => ({ ...row, version: 1, facts: facts.length, commands: [], work }),
      save: async (_: unknown, after: AccountWork, recorded: RecordedFact[]) => {
        work = after;
        facts.push(...recorded);
        return true;
      },
    },
    ledger: {
      accounts: async () => {
        reads += 1;
        return [row];
      },
      invoices: async () => [],
      creditNotes: async () => [
        { entity: 'NWUK', cancelled: false, allocations: [{ invoice: 'A', amount: 20_000 + (more.credited ?? 0) }] },
        { entity: 'NWUK', cancelled: true, allocations: [{ invoice: 'A', amount: 50_000 }] },
      ],
      openBooks: async () => ({ items: Map.groupBy(items, ({ account }) => account), credits: new Map(), origins: new Map() }),
      freshness: async () => ({ asOf: Temporal.Instant.from(more.asOf ?? now), sample: false, applying: more.applying ?? false }),
      openCredits: async () => [],
      openItems: async () => items,
    },
  } as unknown as World;
  return { ports, facts, promises: () => work.promises, reads: () => reads };
}

const told = (facts: readonly RecordedFact[]) =>
  facts.map(({ type, outcome, paid, takenBy, by }) => ({ type, outcome, paid, takenBy, by }));

it('a promise that was paid is kept, at once', async () => {
  const { ports, facts, promises } = world('2026-11-18T09:00:00Z', 0);
  expect(await settlePromises(ports)).toBe(1);
  expect(told(facts)).toEqual([{ type: 'promise-closed', outcome: 'kept', paid: 100_000, takenBy: 'U0MARA', by: 'clock' }]);
  expect(promises()).toEqual([]);
  expect(await settlePromises(ports)).toBe(0);
});

it('it runs through two business days of grace, then it is broken, or partly kept', async () => {
  expect(await settlePromises(world('2026-11-24T23:00:00Z', 100_000).ports)).toBe(0);
  const broken = world('2026-11-25T09:00:00Z', 100_000);
  await settlePromises(broken.ports);
  expect(told(broken.facts)).toMatchObject([{ outcome: 'broken', paid: 0 }]);
  const partly = world('2026-11-25T09:00:00Z', 30_000);
  await settlePromises(partly.ports);
  expect(told(partly.facts)).toMatchObject([{ outcome: 'partly-kept', paid: 70_000 }]);
});

it('what a credit note alone covers is neither kept nor broken', async () => {
  const covered = world('2026-11-18T09:00:00Z', 0, { credited: 100_000 });
  await settlePromises(covered.ports);
  expect(told(covered.facts)).toMatchObject([{ outcome: 'credited', paid: 0 }]);
  const oneShort = world('2026-11-18T09:00:00Z', 0, { credited: 99_999 });
  await settlePromises(oneShort.ports);
  expect(told(oneShort.facts)).toMatchObject([{ outcome: 'kept', paid: 1 }]);
});

it('a credit note for a part of it makes no broken promise a kept one', async () => {
  const broken = world('2026-11-25T09:00:00Z', 60_000, { credited: 40_000 });
  await settlePromises(broken.ports);
  expect(told(broken.facts)).toMatchObject([{ outcome: 'broken', paid: 0 }]);
  const partly = world('2026-11-25T09:00:00Z', 60_000, { credited: 39_999 });
  await settlePromises(partly.ports);
  expect(told(partly.facts)).toMatchObject([{ outcome: 'partly-kept', paid: 1 }]);
});

it('nothing is called broken by an old ledger, and nothing is judged while one is written', async () => {
  expect(await settlePromises(world('2026-11-25T09:00:00Z', 100_000, { asOf: '2026-11-20T09:00:00Z' }).ports)).toBe(0);
  expect(await settlePromises(world('2026-11-25T09:00:00Z', 0, { applying: true }).ports)).toBe(0);
});

it('between imports the ledger is not walked every minute', async () => {
  const { ports, reads } = world('2026-11-18T09:00:00Z', 100_000);
  const settle = promiseSettling(ports);
  await settle();
  await settle();
  expect(reads()).toBe(1);
});
