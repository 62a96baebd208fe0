import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { until } from '../embedded/slack/until.ts';
import { answerTo, botApart, personApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';
import { stallProxy } from '../support/stall-proxy.ts';
import { readyOf, seriesOf } from '../support/watch.ts';

const AWAY = 'I could not reach my database.';

/** A bot whose store lies behind a proxy that can hang. */
async function started() {
  const workspace = await workspaceApart();
  // How long a busy machine takes to answer is not the matter here.
  workspace.control({ do: 'timing', ack: 20_000 });
  const env = await settingsFor(workspace);
  const store = await startEmbeddedStore({ dir: path.join(env.DATA_DIR!, 'store'), port: 0, onDeath: () => {} });
  const proxy = await stallProxy(Number(new URL(store.uri).port));
  onTestFinished(async () => {
    await proxy.close();
    await store.stop();
  });
  const { running, log } = botApart({ ...env, MONGODB_URI: proxy.uri });
  const bot = await running;
  await bot.tick();
  const ines = await personApart(workspace);
  return { proxy, log, url: bot.healthUrl!, ines, mine: () => answerTo(ines, '/collections mine') };
}

test.each(['stall', 'close'] as const)(
  'a store behind which nothing answers (%s): people are told, /readyz and /metrics say so, and all of it is over when it answers',
  { timeout: 150_000 },
  async (mood) => {
    const { proxy, url, mine } = await started();
    expect(await readyOf(url)).toMatchObject({ status: 200, ready: true, store: { ok: true, problem: null } });
    proxy.be(mood);
    // Before the driver has noticed, and long after it.
    for (const seconds of [0, 20]) {
      await wait(1000 * seconds);
      const begun = performance.now();
      expect(await mine()).toContain(AWAY);
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(await readyOf(url)).toMatchObject({ status: 503, ready: false, store: { ok: false, problem: 'The store does not answer.' } });
      const series = await seriesOf(url);
      expect(series.get('arrears_store_up')).toBe(0);
      // What it holds is not known; the age of the ledger is.
      expect([...series.keys()].filter((name) => name.startsWith('arrears_jobs'))).toEqual([]);
      expect(series.has('arrears_ledger_age_seconds')).toBe(true);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    }
    proxy.be('pass');
    const back = performance.now();
    await until(async () => ((await readyOf(url)).status === 200 ? true : undefined));
    expect(await mine()).not.toContain(AWAY);
    expect(performance.now() - back).toBeLessThan(20_000);
    expect((await seriesOf(url)).get('arrears_store_up')).toBe(1);
  },
);

test('work that hangs in the middle, after the first reads, is broken off and told', { timeout: 90_000 }, async () => {
  const { proxy, ines } = await started();
  ines.seen.length = 0;
  const asked = performance.now();
  // Settings and team, the two first reads, have a deadline of their own; what comes behind them has not.
  proxy.stallAt('accounts');
  await ines.command('C0COLLECT', '/overdue');
  const { text } = await ines.message(({ text }) => text !== '');
  expect(text).toContain(AWAY);
  expect(performance.now() - asked).toBeLessThan(30_000);
});

test('connections that a firewall has forgotten are replaced', { timeout: 90_000 }, async () => {
  const { proxy, url, mine } = await started();
  proxy.be('forget');
  const begun = performance.now();
  expect(await mine()).toContain(AWAY);
  await until(async () => ((await readyOf(url)).status === 200 ? true : undefined));
  expect(await mine()).not.toContain(AWAY);
  expect(performance.now() - begun).toBeLessThan(30_000);
});
