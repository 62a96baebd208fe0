import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { createLog } from '../../src/log.ts';
import { channelProblem, findChannel } from '../../src/slack/destination.ts';
import { directChannel } from '../../src/slack/direct.ts';
import { uploadFile } from '../../src/slack/files.ts';
import { SCOPES } from '../../src/slack/manifest.ts';
import { METADATA_EVENT, outbound } from '../../src/slack/outbound.ts';
import { openStore } from '../../src/store/open-store.ts';
import { must, type SlackCheck, type SlackPlace, somebody } from './slack-place.ts';
import { SHOWN_CHECKS } from './slack-shows.ts';

const post = async (
  { client, channel }: SlackPlace,
  text: string,
  more: { thread_ts?: string; metadata?: { event_type: string; event_payload: Record<string, string | number> } } = {},
) => {
  const { ts } = await client.chat.postMessage({ channel, text, ...more });
  if (!ts) throw new Error('chat.postMessage answered without a ts');
  return ts;
};
const refusalOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );

/** The same for the local workspace and a real one; nothing but the files stays when they have run. */
export const SLACK_CHECKS: readonly SlackCheck[] = [
  {
    name: 'every permission of the manifest was granted',
    async run({ client }) {
      const granted = (await client.auth.test()).response_metadata?.scopes;
      if (granted === undefined) return 'Slack did not say which';
      const lacking = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
      must(lacking.length === 0, `not granted: ${lacking.join(', ')}`);
      return `${granted.length} permissions`;
    },
  },
  {
    name: 'the channel can take the digest',
    async run({ client, channel, botName }) {
      const problem = channelProblem(await findChannel(client, channel), channel, botName);
      must(problem === null, problem ?? '');
      return undefined;
    },
  },
  {
    name: 'a post can be changed and taken back',
    async run(place) {
      const { client, channel } = place;
      const ts = await post(place, 'Arrears tries whether it can post here.');
      await client.chat.update({ channel, ts, text: 'Arrears tries whether it can change a post.' });
      const { messages = [] } = await client.conversations.history({ channel, latest: ts, oldest: ts, inclusive: true, limit: 1 });
      must(messages[0]?.text?.includes('change a post') === true, 'the changed text was not read back');
      await client.chat.delete({ channel, ts });
      return undefined;
    },
  },
  {
    name: 'a reply goes into its thread, and both are known again by their ids',
    async run(place) {
      const { client, channel } = place;
      const metadata = (index: number) => ({ event_type: METADATA_EVENT, event_payload: { job: 'verify', index } });
      const ts = await post(place, 'Arrears tries a thread.', { metadata: metadata(0) });
      const reply = await post(place, 'A reply.', { thread_ts: ts, metadata: metadata(1) });
      const { messages = [] } = await client.conversations.replies({ channel, ts, include_all_metadata: true });
      const known = messages.map(
        (message) => (message.metadata as { event_payload?: { index?: number } } | undefined)?.event_payload?.index,
      );
      await client.chat.delete({ channel, ts: reply });
      await client.chat.delete({ channel, ts });
      must(known.join() === '0,1', `read back: ${known.join()}; without its ids a lost answer could become a second post`);
      return undefined;
    },
  },
  { name: 'a lost answer makes no second post', run: lostAnswer },
  {
    name: 'something can be said to one person alone',
    async run(place) {
      const user = await somebody(place);
      await place.client.chat.postEphemeral({ channel: place.channel, user, text: 'Arrears tries whether only you can see this.' });
      return undefined;
    },
  },
  {
    name: 'a direct message reaches a person',
    async run(place) {
      const channel = await directChannel(place.client, await somebody(place));
      must(channel !== null, 'nobody there');
      const { ts } = await place.client.chat.postMessage({ channel: channel!, text: 'Arrears tries whether it can write to you.' });
      await place.client.chat.delete({ channel: channel!, ts: ts! });
      return undefined;
    },
  },
  {
    name: 'a file can be uploaded',
    async run({ client, channel }) {
      const id = await uploadFile(client, {
        name: 'arrears-verify.csv',
        bytes: Buffer.from('a,b\n1,2\n'),
        title: 'Arrears tries a file',
        channel,
      });
      return `file ${id} stays in the channel; delete it by hand`;
    },
  },
  {
    name: 'a form opens for nobody who did not click',
    async run({ client }) {
      const title = { type: 'plain_text' as const, text: 'Arrears' };
      const view = {
        type: 'modal' as const,
        title,
        blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text: '-' } }],
      };
      const refusal = await refusalOf(client.views.open({ trigger_id: '1.2.3', view }));
      must(
        ['invalid_trigger_id', 'expired_trigger_id', 'invalid_trigger', 'invalid_arguments'].includes(refusal),
        `Slack answered ${refusal}`,
      );
      return 'that forms open takes a person’s click: type the collections command with setup';
    },
  },
  ...SHOWN_CHECKS,
];

/** Longer than Slack makes anybody wait who posts too often. */
const GIVE_UP_MS = 90_000;

/** Posts through the outgoing jobs over a line that loses the first answer. */
async function lostAnswer(place: SlackPlace): Promise<string | undefined> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-verify-'));
  const store = await startEmbeddedStore({ dir });
  const stores = await openStore(store.uri);
  try {
    let lost = 0;
    const name = `verify-${crypto.randomUUID()}`;
    const postMessage = async (args: Parameters<WebClient['chat']['postMessage']>[0]) => {
      const answer = await place.client.chat.postMessage(args);
      if (lost++ === 0) throw new Error('the line was cut after the post');
      return answer;
    };
    const chat = new Proxy(place.client.chat, { get: (target, key) => (key === 'postMessage' ? postMessage : Reflect.get(target, key)) });
    const client = new Proxy(place.client, { get: (target, key) => (key === 'chat' ? chat : Reflect.get(target, key)) });
    const message = { text: 'Arrears tries a lost answer.', blocks: [] };
    const renderers = { verify: async () => ({ channel: place.channel, messages: [message] }) };
    const out = outbound({
      jobs: stores.jobs,
      uploads: stores.uploads,
      clock: { now: () => Temporal.Now.instant() },
      client,
      renderers,
      log: createLog('error', { write: () => {} }),
      owner: 'verify',
    });
    await stores.jobs.add({ id: name, kind: 'verify', payload: {}, dueAt: Temporal.Now.instant() });
    const end = performance.now() + GIVE_UP_MS;
    while ((await stores.jobs.get(name))?.state === 'open' && performance.now() < end) {
      await out.work();
      await wait(250);
    }
    const { messages = [] } = await place.client.conversations.history({ channel: place.channel, limit: 50, include_all_metadata: true });
    const found = messages.filter(
      (each) => (each.metadata as { event_payload?: { job?: string } } | undefined)?.event_payload?.job === name,
    );
    for (const { ts } of found) await place.client.chat.delete({ channel: place.channel, ts: ts! });
    must((await stores.jobs.get(name))?.state === 'done', `the job was not finished: ${(await stores.jobs.get(name))?.problem}`);
    must(found.length === 1, `${found.length} posts were found in place of one`);
    return undefined;
  } finally {
    await stores.close();
    await store.stop();
    await fs.rm(dir, { recursive: true, force: true });
  }
}
