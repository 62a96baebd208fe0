import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { Workspace } from '../../../src/embedded/slack/workspace.ts';
import { CHANNEL, personOn, SILENT, workspaceForTest } from './bench.ts';
import { visit } from './page-visit.ts';

const clientOf = (workspace: Workspace) =>
  new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: SILENT });

/** One pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function upload(client: WebClient, filename = 'chart.png'): Promise<string> {
  const begun = { filename, length: PNG.byteLength, alt_txt: 'what is overdue' };
  const { upload_url, file_id } = await client.files.getUploadURLExternal(begun);
  await fetch(upload_url!, { method: 'POST', body: PNG });
  await client.files.completeUploadExternal({ files: [{ id: file_id!, title: filename }] });
  return file_id!;
}

const picture = (id: string) => ({ type: 'image' as const, slack_file: { id }, alt_text: 'the chart' });
const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'What is overdue' } };
const home = (id: string) => ({ type: 'home' as const, blocks: [section, picture(id)] });

async function refusal(call: Promise<unknown>): Promise<unknown> {
  const { data } = (await call.then(
    () => ({}),
    (error: unknown) => error,
  )) as { data?: { error: string; response_metadata?: { messages?: string[] } } };
  return data && [data.error, ...(data.response_metadata?.messages ?? [])];
}

test('a file has no type until it is ready, and until then no message or view may show it', async () => {
  const workspace = await workspaceForTest({ files: 'never' });
  const client = clientOf(workspace);
  const file = await upload(client);
  expect((await client.files.info({ file })).file).toMatchObject({ mimetype: '', filetype: '', alt_txt: 'what is overdue' });
  const posting = () => client.chat.postMessage({ channel: CHANNEL, text: 'x', blocks: [section, picture(file)] });
  const inMessage = ['invalid_blocks', '[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]'];
  expect(await refusal(posting())).toEqual(inMessage);
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'x', blocks: [section] });
  const changing = () => client.chat.update({ channel: CHANNEL, ts: ts!, text: 'x', blocks: [section, picture(file)] });
  expect(await refusal(changing())).toEqual(inMessage);
  const inView = ['invalid_arguments', '[ERROR] invalid slack file [json-pointer:/view/blocks/1/slack_file]'];
  expect(await refusal(client.views.publish({ user_id: 'U0MARA', view: home(file) }))).toEqual(inView);
  workspace.control({ do: 'timing', files: 0 });
  expect((await client.files.info({ file })).file).toMatchObject({ mimetype: 'image/png', filetype: 'png' });
  await posting();
  await changing();
  await client.views.publish({ user_id: 'U0MARA', view: home(file) });
});

test('a file is ready when its time is over', async () => {
  const workspace = await workspaceForTest({ files: 200 });
  const client = clientOf(workspace);
  const file = await upload(client);
  expect((await client.files.info({ file })).file?.mimetype).toBe('');
  await expect.poll(async () => (await client.files.info({ file })).file?.mimetype).toBe('image/png');
});

test('what is no picture, is not there, has another id or was never completed cannot be shown', async () => {
  const client = clientOf(await workspaceForTest());
  const begun = await client.files.getUploadURLExternal({ filename: 'a.png', length: 3 });
  const post = (id: string) => refusal(client.chat.postMessage({ channel: CHANNEL, text: 'x', blocks: [picture(id)] }));
  for (const id of [await upload(client, 'rows.csv'), 'F0123456789', begun.file_id!])
    expect(await post(id)).toEqual(['invalid_blocks', '[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]']);
  expect(await post('https://x.example/a.png')).toEqual([
    'invalid_blocks',
    '[ERROR] input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]',
  ]);
  expect(await refusal(client.files.info({ file: begun.file_id! }))).toEqual(['file_not_found']);
});

test('the readers of a message see its pictures; a view shows nobody what was never shared with them', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const [shared, unshared] = [await upload(client), await upload(client)];
  await client.chat.postMessage({ channel: CHANNEL, text: 'x', blocks: [{ ...picture(shared), alt_text: 'in the channel' }] });
  await client.views.publish({
    user_id: 'U0MARA',
    view: {
      type: 'home',
      blocks: [
        { ...picture(shared), alt_text: 'shared' },
        { ...picture(unshared), alt_text: 'unshared' },
      ],
    },
  });
  const page = await visit(workspace, { place: 'home', expects: ['404'] });
  const width = (name: string) =>
    page.getByRole('img', { name, exact: true }).evaluate((image) => (image as { naturalWidth?: number }).naturalWidth ?? 'placeholder');
  await expect.poll(() => width('shared')).toBe(1);
  await expect.poll(() => width('unshared')).toBe('placeholder');
  await page.getByText('unshared').waitFor();
});

test('what stands in a private channel is seen by its members alone', async () => {
  const workspace = await workspaceForTest();
  const client = clientOf(workspace);
  const file = await upload(client);
  const mara = await personOn(workspace);
  const { channel } = await client.conversations.open({ users: 'U0MARA' });
  await client.chat.postMessage({ channel: channel!.id!, text: 'x', blocks: [picture(file)] });
  const see = async (as: string) => (await mara.download(`/files/${file}/image?as=${as}`)).status;
  expect([await see(mara.id), await see('U0TOM')]).toEqual([200, 404]);
});
