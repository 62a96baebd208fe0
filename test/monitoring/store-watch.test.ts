import { expect, test } from 'vitest';
import type { FigureCounts } from '../../src/kernel/figures.port.ts';
import { watchStore } from '../../src/monitoring/store-watch.ts';

const COUNTS: FigureCounts = {
  jobs: [],
  emails: { queued: 1, sending: 0, failed: 0, ambiguous: 0 },
  alertsWaiting: 0,
  stuck: {},
  ledgerAsOf: null,
};

function store() {
  let asked = 0;
  let goOn = () => {};
  let answer = (): Promise<void> => Promise.resolve();
  const ask = () => {
    asked += 1;
    return answer();
  };
  const watch = watchStore({
    figures: { ping: ask, count: () => ask().then(() => COUNTS) },
    clock: { now: () => Temporal.Now.instant() },
    troubles: async () => null,
  });
  return {
    watch,
    asked: () => asked,
    hang: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      goOn = resolve;
      answer = () => promise;
    },
    goOn: () => {
      answer = () => Promise.resolve();
      goOn();
    },
    fail: () => {
      answer = () => Promise.reject(new Error('away'));
    },
  };
}

test('a store that hangs is answered for within its deadline, and no questions heap up behind it', async () => {
  const { watch, hang, goOn, asked } = store();
  hang();
  const begun = performance.now();
  const looks = Array.from({ length: 20 }, () => Promise.all([watch.ping(), watch.counts()]));
  for (const [state, counts] of await Promise.all(looks)) {
    expect(state.ok).toBe(false);
    expect(counts).toBeNull();
  }
  expect(performance.now() - begun).toBeLessThan(4_000);
  expect((await watch.ping()).ok).toBe(false);
  expect(asked()).toBe(2);
  goOn();
  expect((await watch.ping()).ok).toBe(true);
  expect(await watch.counts()).toMatchObject(COUNTS);
});

test('counts are kept for a few seconds, and since when it is away stays said', async () => {
  const { watch, fail, asked } = store();
  expect(await watch.counts()).toMatchObject(COUNTS);
  expect(await watch.counts()).toMatchObject(COUNTS);
  expect(asked()).toBe(1);
  fail();
  const first = await watch.ping();
  expect([first.ok, (await watch.ping()).since.equals(first.since)]).toEqual([false, true]);
  expect(watch.last).toMatchObject(COUNTS);
});
