import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { CHANNEL, personOn, workspaceForTest } from './bench.ts';
import { api, postBlocks, visit } from './page-visit.ts';

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const raw = (text: string) => ({ type: 'raw_text', text });

const message = (page: Page, text: string) => page.getByTestId('message').filter({ hasText: text });

it('what a customer is called stays text', async () => {
  const workspace = await workspaceForTest();
  const name = '&lt;!channel&gt; *x* &lt;b&gt;bold&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt;';
  await postBlocks(workspace, [
    { type: 'section', text: mrkdwn(`Customer ${name}`) },
    { type: 'header', text: plain('<b>header</b> <!channel> *y*') },
    { type: 'context', elements: [plain('<i>plain</i>')] },
    { type: 'table', rows: [[raw('<u>cell</u>')], [raw('&amp;')]] },
  ]);
  const page = await visit(workspace);
  const shown = message(page, 'Customer');
  await shown.waitFor();
  expect(await shown.locator('.section .p').textContent()).toBe('Customer <!channel> x <b>bold</b> <img src=x onerror=alert(1)>');
  expect(await shown.locator('h3').textContent()).toBe('<b>header</b> <!channel> *y*');
  expect(await shown.locator('.context').textContent()).toBe('<i>plain</i>');
  expect(await shown.locator('td, th').allInnerTexts()).toEqual(['<u>cell</u>', '&amp;']);
  expect(await shown.locator('.mention, b, i, u, img').count()).toBe(0);
});

it('text blocks: section with fields, header, divider, context, rich text, markdown', async () => {
  const workspace = await workspaceForTest();
  await postBlocks(workspace, [
    { type: 'header', text: plain('Digest :moneybag:') },
    {
      type: 'section',
      text: mrkdwn('*Bold* _it_ <@U0INES> <#C0GENERAL> <https://x.example|link>'),
      fields: [mrkdwn('*EUR*\n1.00'), plain('two')],
    },
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('as of *08:10*')] },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'rich', style: { bold: true } },
            { type: 'emoji', name: 'tada' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a <b>' }] },
      ],
    },
    { type: 'markdown', text: '## Title\n- point\n\n| A | B |\n|---|---|\n| 1 | 2 |' },
  ]);
  const page = await visit(workspace);
  const shown = message(page, 'Digest');
  await shown.waitFor();
  expect(await shown.getByRole('heading', { name: 'Digest' }).getByRole('img', { name: 'moneybag' }).textContent()).toBe('💰');
  expect(await shown.locator('.section .p').first().textContent()).toBe('Bold it @Ines Duarte #general link');
  expect(await shown.locator('.fields').textContent()).toBe('EUR1.00two');
  expect(await shown.getByRole('link', { name: 'link' }).getAttribute('rel')).toContain('noopener');
  expect(await shown.locator('.rich_text strong').textContent()).toBe('rich');
  expect(await shown.locator('.rich_text ol li').textContent()).toBe('first');
  expect(await shown.locator('.rich_text blockquote').textContent()).toBe('quoted');
  expect(await shown.locator('.rich_text pre').textContent()).toBe('a <b>');
  expect(await shown.getByRole('heading', { name: 'Title' }).count()).toBe(1);
  expect(await shown.locator('.markdown td').allInnerTexts()).toEqual(['1', '2']);
  expect(await shown.locator('.divider hr').count()).toBe(1);
});

it('blocks with figures and pictures: table, data table page by page, card, container, image', async () => {
  const workspace = await workspaceForTest();
  const number = (value: number) => ({ type: 'raw_number', value, text: `${value}.00` });
  const picture = `${workspace.pageUrl}page/icon.svg`;
  await postBlocks(workspace, [
    {
      type: 'table',
      column_settings: [{}, { align: 'right' }],
      rows: [
        [raw('Bucket'), raw('EUR')],
        [raw('1-30'), number(7)],
      ],
    },
    {
      type: 'data_table',
      caption: 'Ageing',
      page_size: 1,
      rows: [
        [raw('Account'), raw('EUR')],
        [raw('First'), number(1)],
        [raw('Second'), number(2)],
      ],
    },
    {
      type: 'card',
      title: mrkdwn('Contoso'),
      body: mrkdwn('four invoices'),
      actions: [{ type: 'button', action_id: 'x', text: plain('Call') }],
    },
    {
      type: 'container',
      title: plain('More'),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [{ type: 'section', text: mrkdwn('inside') }],
    },
    { type: 'image', image_url: picture, alt_text: 'ageing chart', title: plain('Chart') },
    { type: 'section', text: mrkdwn('beside'), accessory: { type: 'image', image_url: picture, alt_text: 'small' } },
  ]);
  const page = await visit(workspace);
  const shown = message(page, 'Bucket');
  await shown.waitFor();
  expect(await shown.locator('.block.table td').allInnerTexts()).toEqual(['1-30', '7.00']);
  const ageing = shown.getByRole('region', { name: 'Ageing' });
  expect(await ageing.locator('td').allInnerTexts()).toEqual(['First', '1.00']);
  await shown.getByRole('button', { name: 'Next' }).click();
  expect(await ageing.locator('td').allInnerTexts()).toEqual(['Second', '2.00']);
  expect(await shown.locator('.card-box').getByRole('button', { name: 'Call' }).isEnabled()).toBe(true);
  expect(await shown.getByText('inside').isVisible()).toBe(false);
  await shown.getByText('More', { exact: true }).click();
  await shown.getByText('inside').waitFor();
  await expect
    .poll(() =>
      shown.getByRole('img', { name: 'ageing chart' }).evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    )
    .toBeGreaterThan(0);
  expect(await shown.locator('.accessory img').getAttribute('alt')).toBe('small');
});

it('blocks that the workspace refuses and only Slack takes are drawn too, and a broken one spares the rest', async () => {
  const workspace = await workspaceForTest();
  const ts = await postBlocks(workspace, [{ type: 'divider' }]);
  const blocks = [
    { type: 'video', title: plain('How to'), video_url: 'https://x.example/v', thumbnail_url: 'javascript:alert(1)', alt_text: 'film' },
    { type: 'file', external_id: 'ledger.csv', source: 'remote' },
    { type: 'data_visualization', title: 'DSO', chart: { series: [{ name: 'Days', data: [{ label: 'Oct', value: 41 }] }] } },
    { type: 'alert', level: 'warning', text: plain('Old ledger') },
    { type: 'carousel', elements: [{ type: 'card', title: mrkdwn('one') }] },
    { type: 'actions' },
    { type: 'not_yet_invented' },
    { type: 'section', text: mrkdwn('still here') },
  ];
  const page = await visit(workspace, { place: 'C0GENERAL' });
  const answer = { channel: CHANNEL, ts, user: 'U0ARREARS', text: 'x', blocks, replyCount: 0, replyUsers: [], edited: false };
  await page.route('**/page-api/messages?*', (route) => route.fulfill({ json: [answer] }));
  await page.locator(`[data-place=${CHANNEL}]`).click();
  const shown = message(page, 'still here');
  await shown.waitFor();
  expect(await shown.getByRole('link', { name: 'How to' }).getAttribute('href')).toBe('https://x.example/v');
  expect(await shown.locator('.video img').count()).toBe(0);
  expect(await shown.getByText('ledger.csv').count()).toBe(1);
  expect(await shown.getByRole('region', { name: 'DSO' }).locator('td').textContent()).toBe('41');
  expect(await shown.getByRole('note').textContent()).toBe('Old ledger');
  expect(await shown.getByText('This actions block could not be shown.').count()).toBe(1);
  expect(await shown.getByText('A not_yet_invented block is not shown here.').count()).toBe(1);
});

it('messages change, vanish, and are seen by whom they are for', async () => {
  const workspace = await workspaceForTest();
  const client = api(workspace);
  const mara = await visit(workspace);
  const tom = await visit(workspace, { as: 'U0TOM' });
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'first wording' });
  await message(mara, 'first wording').getByText('APP').waitFor();
  await client.chat.update({ channel: CHANNEL, ts: ts!, text: 'second wording' });
  await message(mara, 'second wording').getByText('(edited)').waitFor();
  await client.reactions.add({ channel: CHANNEL, timestamp: ts!, name: 'eyes' });
  await message(mara, 'second wording').getByRole('img', { name: 'eyes' }).waitFor();
  await client.chat.postEphemeral({ channel: CHANNEL, user: 'U0MARA', text: 'for Mara alone' });
  await message(mara, 'for Mara alone').getByText('Only visible to you').waitFor();
  await client.chat.delete({ channel: CHANNEL, ts: ts! });
  await message(tom, 'second wording').waitFor({ state: 'detached' });
  await message(mara, 'second wording').waitFor({ state: 'detached' });
  expect(await message(tom, 'for Mara alone').count()).toBe(0);
});

it('a thread opens beside the channel, takes replies and is in the address', async () => {
  const workspace = await workspaceForTest();
  const client = api(workspace);
  const { ts } = await client.chat.postMessage({ channel: CHANNEL, text: 'the case' });
  await client.chat.postMessage({ channel: CHANNEL, text: 'first reply', thread_ts: ts! });
  const page = await visit(workspace);
  await page.getByRole('button', { name: '1 reply' }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('first reply').waitFor();
  await thread.getByTestId('thread-composer').fill('second reply');
  await page.keyboard.press('Enter');
  await thread.getByText('second reply').waitFor();
  await page.getByRole('button', { name: '2 replies' }).waitFor();
  expect(await page.getByTestId('messages').getByText('second reply').count()).toBe(0);
  await page.reload();
  await thread.getByText('second reply').waitFor();
  await page.keyboard.press('Tab');
  await thread.getByRole('button', { name: 'Close thread' }).click();
  await thread.waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('thread=');
});

it('a file dropped on the channel is uploaded and can be downloaded', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace);
  const files = await page.evaluateHandle(
    "(() => { const data = new DataTransfer(); data.items.add(new File(['a,b\\n1,2'], 'ledger.csv', { type: 'text/csv' })); return data; })()",
  );
  const channel = page.getByTestId('channel');
  await channel.dispatchEvent('dragenter', { dataTransfer: files });
  await page.getByText('Upload to #collections').waitFor();
  await channel.dispatchEvent('drop', { dataTransfer: files });
  const card = page.getByTestId('file');
  await card.getByText('ledger.csv').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('ledger.csv');
});

it('older messages come as the reader goes up, and what is read stays in place', async () => {
  const workspace = await workspaceForTest();
  const person = await personOn(workspace);
  for (let number = 1; number <= 70; number += 1) await person.say(CHANNEL, `line ${number}.`);
  const page = await visit(workspace);
  const list = page.getByTestId('messages');
  await list.getByText('line 70.').waitFor();
  expect(await list.getByText('line 20.').count()).toBe(0);
  const first = list.getByText('line 21.');
  await list.evaluate((element) => element.scrollTo(0, 0));
  await list.getByText('line 1.', { exact: true }).waitFor({ state: 'attached' });
  expect(await first.isVisible()).toBe(true);
  await expect.poll(async () => Math.round((await first.boundingBox())!.y)).toBeLessThan(300);
});

it('a message that comes while the channel is being fetched is not lost', async () => {
  const workspace = await workspaceForTest();
  const person = await personOn(workspace);
  const page = await visit(workspace, { place: 'C0GENERAL' });
  await page.route('**/page-api/messages?*', async (route) => {
    const older = await route.fetch();
    await person.say(CHANNEL, 'just in time');
    await page.locator(`[data-place=${CHANNEL}]`).hover();
    await route.fulfill({ response: older });
  });
  await page.locator(`[data-place=${CHANNEL}]`).click();
  await message(page, 'just in time').waitFor();
});
