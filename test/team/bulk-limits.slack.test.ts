import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { connectStore } from '../../src/store/connect.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { startBot } from '../support/bot.ts';
import { source } from '../support/ledger-place.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ACCOUNTS = 750;
/** Two of three accounts have a collector from the start, in turn. */
const MOVED = ACCOUNTS / 3;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const rows = Array.from(
  { length: ACCOUNTS },
  (_, index): LedgerRecord => ({ kind: 'account', account: { number: `K${String(index).padStart(4, '0')}`, name: `Account ${index}` } }),
);

test('500 assignments under Slack’s limits, with 429s, lost replies and a dropped socket: none lost, none doubled, one message a person', {
  timeout: 60_000,
}, async () => {
  const dir = await tempFolder(stops);
  const prepare = (stores: OpenStore) =>
    importLedger(stores, { source: source(rows), dryRun: false, confirmVanished: false, sample: true });
  const bot = await startBot({ dir, prepare });
  stops.push(() => bot.stop());
  const [ines, mara, tom] = await Promise.all([bot.person('U0INES'), bot.person('U0MARA'), bot.person('U0TOM')]);
  for (const method of ['chat.postMessage', 'conversations.open', 'chat.update']) {
    await bot.control({ do: 'fault', fault: { fault: 'rate-limit', method, next: 1, retryAfter: 1 } });
    await bot.control({ do: 'fault', fault: { fault: 'lose-reply', method, next: 1 } });
  }
  const there = await ask(ines, 'C0COLLECT', '/collections reassign <@U0MARA> to <@U0TOM>');
  const here = await ask(ines, 'C0COLLECT', '/collections reassign unassigned to <@U0MARA>');
  await Promise.all([press(ines, there, 'reassign-go'), press(ines, here, 'reassign-go')]);
  await bot.control({ do: 'disconnect', abruptly: true });
  const results = () => ines.shown.filter((message) => said(message).includes(`${MOVED} accounts reassigned`));
  const news = (person: typeof mara, words: string) => person.shown.filter((message) => said(message).includes(words));
  await until(() => results().length === 2 || undefined);
  await until(
    () =>
      (news(tom, `${MOVED} accounts assigned to you`).length > 0 &&
        news(mara, `${MOVED} accounts assigned to you`).length > 0 &&
        news(mara, `${MOVED} accounts no longer yours`).length > 0) ||
      undefined,
  );
  await bot.tick();
  expect(news(tom, 'assigned to you')).toHaveLength(1);
  expect(news(mara, 'assigned to you')).toHaveLength(1);
  expect(news(mara, 'no longer yours')).toHaveLength(1);
  expect(results()).toHaveLength(2);
  // Slack refuses a command while no socket is open; whoever asked asks again.
  const now = await until(async () => {
    const answer = said(await ask(ines, 'C0COLLECT', '/collections reassign'));
    return answer.includes('dispatch_failed') ? undefined : answer;
  });
  expect(now).toContain(`<@U0TOM>: ${2 * MOVED} accounts`);
  expect(now).toContain(`<@U0MARA>: ${MOVED} accounts`);
  expect(now).toContain('Nobody yet: 0 accounts');
  await bot.stop();
  stops.pop();
  expect(await bulkFacts(dir)).toEqual({ whole: true, accounts: 2 * MOVED, most: 1 });
});

/** What the paper trail says of it: how many accounts changed in bulk, and how often at most. */
async function bulkFacts(dir: string): Promise<{ whole: boolean; accounts: number; most: number }> {
  const store = await startEmbeddedStore({ dir: path.join(dir, 'store') });
  const connection = await connectStore(store.uri);
  try {
    const lines = await Array.fromAsync(trailLines(connection));
    const changed = lines.filter(({ body }) => body?.body.how === 'in bulk').map(({ document }) => document.entry.aggregate);
    const counts = [...Map.groupBy(changed, (aggregate) => aggregate).values()].map((each) => each.length);
    return { whole: (await verifyTrail(lines)).whole, accounts: counts.length, most: Math.max(0, ...counts) };
  } finally {
    await connection.close();
    await store.stop();
  }
}
