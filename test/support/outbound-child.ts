/** One instance that posts what the jobs collection holds, until it is killed. Arguments: src, store uri, api url, token, milliseconds its clock is ahead. */
import path from 'node:path';
import { LogLevel, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import type { outbound } from '../../src/slack/outbound.ts';
import type { openStore } from '../../src/store/open-store.ts';
import { threeMessages } from './three-messages.ts';

const [src, uri, slackApiUrl, token, ahead] = process.argv.slice(2) as [string, string, string, string, string];
const { openStore: open } = (await import(path.join(src, 'store/open-store.ts'))) as { openStore: typeof openStore };
const { outbound: out } = (await import(path.join(src, 'slack/outbound.ts'))) as { outbound: typeof outbound };
const stores = await open(uri);
const client = new WebClient(token, {
  slackApiUrl,
  retryConfig: { retries: 0 },
  timeout: 5_000,
  rejectRateLimitedCalls: true,
  logLevel: LogLevel.ERROR,
});
const clock = { now: () => Temporal.Now.instant().add({ milliseconds: Number(ahead) }) };
const worker = out({
  jobs: stores.jobs,
  uploads: stores.uploads,
  clock,
  client,
  owner: `child ${process.pid}`,
  log: pino({ level: 'silent' }),
  renderers: { three: threeMessages },
});
process.send?.('ready');
for (;;) await worker.work();
