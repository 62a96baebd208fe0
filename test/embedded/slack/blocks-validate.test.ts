import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { SILENT, workspaceForTest } from './bench.ts';

/** The answer as it comes over the wire: docs.slack.dev/reference/methods/blocks.validate. */
async function validate(what: object) {
  const workspace = await workspaceForTest();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: SILENT });
  return client.blocks.validate(what).then(
    () => ({ ok: true }),
    (error: { data: Record<string, unknown> }) => error.data,
  );
}

const wrong = { type: 'section', text: { type: 'invalid', text: '-' } };
const right = { type: 'section', text: { type: 'plain_text', text: 'Hello' } };
const modal = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [right] };

test('blocks.validate takes blocks, a message or a view, and says ok', async () => {
  for (const what of [{ blocks: [right] }, { message: { blocks: [right] } }, { view: modal }, { view: { type: 'home', blocks: [right] } }])
    expect(await validate(what)).toEqual({ ok: true });
});

test.each([
  ['blocks', { blocks: [right, wrong] }, 'invalid_blocks', '/1/text/type'],
  ['message', { message: { blocks: [wrong] } }, 'invalid_message', '/blocks/0/text/type'],
  ['view', { view: { ...modal, blocks: [wrong] } }, 'invalid_view', '/blocks/0/text/type'],
])('a fault in %s has its pointer, code and message', async (_, what, error, pointer) => {
  expect(await validate(what)).toMatchObject({
    ok: false,
    error,
    errors: [{ code: 'failed_constraint', message: expect.stringContaining('unsupported type'), pointer }],
  });
});

test('none of them, or two at once, is refused', async () => {
  const refusal = {
    error: 'invalid_arguments',
    response_metadata: { messages: ['must provide exactly one of `blocks`, `view`, or `message`'] },
  };
  expect(await validate({})).toMatchObject(refusal);
  expect(await validate({ blocks: [right], view: modal })).toMatchObject(refusal);
});
