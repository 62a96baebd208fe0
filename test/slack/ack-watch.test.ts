import type { App, ReceiverEvent } from '@slack/bolt';
import { expect, test } from 'vitest';
import { watchAcks } from '../../src/slack/ack-watch.ts';

/** What is heard of a request that the app handles so. */
async function heard(body: object, handle: (event: ReceiverEvent) => Promise<void>): Promise<[string, boolean][]> {
  const said: [string, boolean][] = [];
  const app = { processEvent: handle } as unknown as App;
  watchAcks(app, (kind, seconds) => void said.push([kind, seconds !== null && seconds >= 0]));
  await app.processEvent({ body, ack: async () => {} } as unknown as ReceiverEvent).catch(() => undefined);
  return said;
}

test.each([
  [{ command: '/overdue' }, 'command'],
  [{ type: 'block_actions' }, 'action'],
  [{ type: 'view_submission' }, 'view'],
  [{ type: 'block_suggestion' }, 'options'],
  [{ type: 'event_callback' }, 'event'],
  [{ type: 'message_action' }, 'shortcut'],
  [{ type: 'constructor' }, 'other'],
  [{ type: 'canary of somebody' }, 'other'],
  [{}, 'other'],
])('%o is measured as %s, once', async (body, kind) => {
  const twice = async ({ ack }: ReceiverEvent) => {
    await ack();
    await ack();
  };
  expect(await heard(body, twice)).toEqual([[kind, true]]);
});

test('what ends without an acknowledgement is counted as that', async () => {
  expect(await heard({ command: '/overdue' }, async () => {})).toEqual([['command', false]]);
  expect(await heard({ type: 'event_callback' }, async () => Promise.reject(new Error('not kept')))).toEqual([['event', false]]);
});
