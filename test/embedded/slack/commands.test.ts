import { expect, test } from 'vitest';
import { CHANNEL, connected, personOn, workspaceForTest } from './bench.ts';

const page = (n: number) => [
  { type: 'section', text: { type: 'mrkdwn', text: `Page ${n}` } },
  {
    type: 'actions',
    block_id: 'pager',
    elements: [{ type: 'button', action_id: 'next', value: String(n + 1), text: { type: 'plain_text', text: 'Next' } }],
  },
];

test('a command is answered to its sender alone and paged by a button through response_url', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, respond, command }) => {
      await ack();
      await respond({ text: `You said ${command.text}`, blocks: page(1) });
    });
    app.action('next', async ({ ack, respond, action }) => {
      await ack();
      const n = Number('value' in action && action.value);
      await respond({ text: `Page ${n}`, blocks: page(n), replace_original: true });
    });
  });
  const mara = await personOn(workspace);
  const tom = await personOn(workspace, 'U0TOM');
  expect(await mara.command(CHANNEL, '/overdue >30')).toEqual({ ok: true });
  const first = await mara.says('You said >30');
  expect(first.ephemeralTo).toBe('U0MARA');
  expect(await mara.click({ channel: CHANNEL, ts: first.ts }, 'pager', 'next')).toEqual({ ok: true });
  const second = await mara.says('Page 2');
  expect(second.ts).toBe(first.ts);
  expect(second.edited).toBe(true);
  expect(tom.shown).toEqual([]);
  expect(await mara.messages(CHANNEL)).toEqual([]);
});
