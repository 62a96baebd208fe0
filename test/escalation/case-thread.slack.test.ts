import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../embedded/slack/until.ts';
import { type Bench, startBench } from '../properties/p13.ts';
import { CASE_CARD, postSigned } from '../properties/p13-slack.ts';

// The bot as Slack reaches it; a card of a decision stands in #collections.

const HOME = 'T0NORTHWIND';
let bench: Bench;
beforeAll(async () => {
  bench = await startBench(path.resolve(import.meta.dirname, '../../src'));
}, 60_000);
afterAll(() => bench?.stop());

let count = 0;
async function event(fields: Readonly<Record<string, unknown>>): Promise<void> {
  count += 1;
  const event = { type: 'message', channel: CASE_CARD.channel, ts: `20.${count}`, ...fields };
  const body = { type: 'event_callback', event_id: `Ev-thread-${count}`, team_id: HOME, api_app_id: 'A0ARREARS', event };
  expect((await postSigned(bench.url, bench.secret, 'application/json', JSON.stringify(body))).status).toBe(200);
}

const message = (text: string, more: object = {}) => ({ user: 'U0INES', text, ts: '10.1', thread_ts: CASE_CARD.ts, ...more });
const kept = () => bench.db.collection('casetexts').find({}).sort({ _id: 1 }).toArray();
const many = (n: number) => until(async () => ((await kept()).length === n ? kept() : undefined));

it('an edit and a deletion are kept beside what was said, each once, and what was said stays', async () => {
  await event(message('At most 10 %.'));
  await many(1);
  const edited = message('At most 20 %.', { edited: { user: 'U0INES', ts: '10.5' } });
  await event({ subtype: 'message_changed', hidden: true, message: edited, previous_message: message('At most 10 %.') });
  await many(2);
  await event({ subtype: 'message_deleted', hidden: true, deleted_ts: '10.1', previous_message: edited });
  const said = await many(3);
  expect(said.map(({ by, text, changes }) => ({ by, text, how: changes?.how ?? 'said' }))).toEqual([
    { by: 'U0INES', text: 'At most 10 %.', how: 'said' },
    { by: 'U0INES', text: 'At most 20 %.', how: 'edited' },
    { by: 'U0INES', text: '', how: 'deleted' },
  ]);
  expect(said[1]!.changes.id).toBe(said[0]!._id);
  // What Slack delivers again.
  await event({ subtype: 'message_deleted', hidden: true, ts: '20.3', deleted_ts: '10.1', previous_message: edited });
  await event(message('At most 10 %.'));
  await event(message('The end.', { ts: '11.1' }));
  expect((await many(4)).at(-1)).toMatchObject({ text: 'The end.' });
});

it('a preview that Slack adds to a link, the bot’s own cards and other threads are no edits', async () => {
  const before = (await kept()).length;
  const link = message('See https://x.example');
  await event({ subtype: 'message_changed', message: { ...link, attachments: [{ title: 'X' }] }, previous_message: link });
  const card = message('waiting', { bot_id: 'B0ARREARS', ts: CASE_CARD.ts });
  await event({ subtype: 'message_changed', message: card, previous_message: message('asked', { bot_id: 'B0ARREARS' }) });
  const elsewhere = message('other', { thread_ts: '9.9' });
  await event({ subtype: 'message_changed', message: elsewhere, previous_message: message('another', { thread_ts: '9.9' }) });
  await event({ subtype: 'message_deleted', deleted_ts: '10.1' });
  await event(message('Heard last.', { ts: '12.1' }));
  await many(before + 1);
});
