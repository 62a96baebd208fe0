import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, test, vi } from 'vitest';
import { type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { settleArrangements } from '../../src/arrangements/settle-arrangements.op.ts';
import { watchDisputes } from '../../src/arrangements/watch-disputes.op.ts';
import type { StoredCase } from '../../src/escalation/case.port.ts';
import { keepCases } from '../../src/escalation/keep-cases.op.ts';
import { lapseMandates } from '../../src/escalation/lapse-mandates.op.ts';
import { eachAlone, failureOf, SomeFailed } from '../../src/kernel/each-alone.op.ts';
import { prepareDrafts } from '../../src/mails/prepare-drafts.op.ts';
import { writeOutbox } from '../../src/mails/write-outbox.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';
import { openHouse } from '../support/house.ts';
import { worldOf } from '../support/world.ts';

const three = ['a1', 'a2', 'a3'];
const itself = (id: string) => id;
const unlessBad = async (id: string) => {
  if (id === 'a1') throw new Error('its plan cannot be read');
};

describe('each of many', () => {
  it('is done although one of them fails, and the failure names it by id', async () => {
    const done: string[] = [];
    const failed = await failureOf(
      eachAlone('accounts', three, itself, async (id) => {
        await unlessBad(id);
        done.push(id);
      }),
    );
    expect(done).toEqual(['a2', 'a3']);
    expect(failed?.message).toBe('1 of 3 accounts could not be handled: a1 (its plan cannot be read)');
  });

  it('names ten of many, and counts the others', async () => {
    const failed = await failureOf(eachAlone('accounts', Array(14).fill('a1'), itself, unlessBad));
    expect(failed?.message).toMatch(/^14 of 14 accounts .*; and 4 more$/);
  });

  it('is given up when the failing ones take their time: then the store is away, and thousands would wait for it', async () => {
    vi.useFakeTimers();
    const tried: string[] = [];
    const work = eachAlone('accounts', Array(1_000).fill('a1'), itself, async (id) => {
      tried.push(id);
      await new Promise((_, reject) => setTimeout(() => reject(new Error('no server')), 20_000));
    });
    const failed = failureOf(work);
    // Between two of them others have their turn, which is no matter of the clock.
    for (let n = 0; n < 3; n += 1) await vi.advanceTimersByTimeAsync(20_000).then(() => nextTurn());
    expect((await failed)?.message).toMatch(/those behind them were not looked at$/);
    expect(tried).toHaveLength(2);
    vi.useRealTimers();
  });
});

/** Three accounts in the same state, of which the first cannot be loaded; `tried` are those that were looked at. */
function accountsWith(work: Partial<AccountWork>) {
  const tried: string[] = [];
  const ports = worldOf({
    clock: { now: () => Temporal.Instant.from('2026-11-30T09:00:00Z') },
    settings: { read: async () => ({ zone: 'Europe/London', country: 'GB', region: '' }) },
    ledger: {
      freshness: async () => ({ asOf: null, applying: false, sample: false }),
      account: async (id: string): Promise<null> => ports.accounts.load(id) as Promise<null>,
    },
    accounts: {
      all: async () => new Map(three.map((id) => [id, { ...NEW_WORK, ...work }])),
      async load(id: string): Promise<null> {
        tried.push(id);
        await unlessBad(id);
        return null;
      },
    },
  });
  return { ports: ports as never, tried };
}

test.each([
  ['settlement authority that has ended', lapseMandates, { mandate: { id: 'm', until: '2026-11-01' } }],
  [
    'disputes past their date',
    watchDisputes,
    { disputes: [{ id: 'd', until: '2026-11-01', overdue: false, credit: null, state: 'open' }] },
  ],
  ['payment plans', settleArrangements, { plans: [{}] }],
])('%s: one account that cannot be read keeps no other from its turn', async (_, run, work) => {
  const { ports, tried } = accountsWith(work as never);
  const failed = await failureOf(run(ports));
  expect(failed?.message).toMatch(/^1 of 3 accounts could not be handled: a1 \(its plan/);
  expect([...new Set(tried)]).toEqual(three);
});

test('decisions that lapse: one that cannot be changed keeps no other from lapsing', async () => {
  const tried: string[] = [];
  const open = three.map((id) => ({ case: { id, expiresAt: '2026-11-01T00:00:00Z' } }) as StoredCase);
  const load = async (id: string) => {
    tried.push(id);
    await unlessBad(id);
    return null;
  };
  const { ports } = accountsWith({});
  const failed = await failureOf(
    keepCases({ ...(ports as object), cases: { open: async () => open, load }, team: { read: async () => ({ members: [] }) } } as never),
  );
  expect(failed).toBeInstanceOf(SomeFailed);
  expect(tried).toEqual(three);
});

test('trail: a fact whose message cannot be written is told of again, and no other waits for it', async () => {
  let pending = three.map((id) => ({ id, type: 'promise-closed' }) as RecordedFact);
  const added: string[] = [];
  const ports = worldOf({
    clock: { now: () => Temporal.Now.instant() },
    trail: { append: async () => {} },
    jobs: { add: async ({ id }: { id: string }) => added.push(id) },
    outboxes: {
      pending: async () => pending,
      clear: async (facts: RecordedFact[]) => {
        pending = pending.filter((fact) => !facts.includes(fact));
      },
    },
    told: {
      'promise-closed': ({ id }: RecordedFact) => {
        if (id === 'a1') throw new Error('no such plan');
        return [{ id, kind: 'tell', payload: {} }];
      },
    },
  });
  expect((await failureOf(copyOutboxes(ports as never)))?.message).toContain('a1 (no such plan)');
  expect(added).toEqual(['a2', 'a3']);
  expect(pending.map(({ id }) => id)).toEqual(['a1']);
});

test('approved mails as files: one that cannot be made keeps no other from the folder, and what was voided leaves it', async () => {
  const files = new Set(['void.eml']);
  const outbox = {
    names: async () => [...files],
    write: async (name: string) => void files.add(name),
    remove: async (name: string) => void files.delete(name),
  };
  const open = async () => three.map((id) => ({ draft: { id, hash: '0123456789', state: 'approved' } }));
  const mailFile = async ({ id }: { id: string }) => {
    await unlessBad(id);
    return Buffer.from(id);
  };
  expect(await failureOf(writeOutbox({ drafts: { open }, outbox, mailFile } as never))).toBeInstanceOf(SomeFailed);
  expect([...files].sort()).toEqual(['a2-01234567.eml', 'a3-01234567.eml']);
});

test('drafts: one that cannot be written keeps no other customer’s from review', async () => {
  const house = await openHouse(new URL('../../src', import.meta.url).pathname, '2026-11-30T09:00:00Z', undefined, false);
  try {
    const { drafter } = house.ports;
    let asked = 0;
    const draftFor: typeof drafter.draftFor = async (facts, how) => {
      asked += 1;
      if (asked === 1) throw new RangeError('not a safe integer of minor units: 1.6e16');
      return drafter.draftFor(facts, how);
    };
    let kept = { prepared: 0 };
    const ports = worldOf({ ...house.ports, drafter: { ...drafter, draftFor } });
    const failed = await failureOf(
      prepareDrafts(ports, async (found) => {
        kept = { ...found };
      }),
    );
    expect(failed?.message).toMatch(/^1 of \d+ accounts could not be handled: \S+ \(not a safe integer/);
    expect(kept.prepared).toBe(asked - 1);
    expect(kept.prepared).toBeGreaterThan(1);
  } finally {
    await house.close();
  }
});
