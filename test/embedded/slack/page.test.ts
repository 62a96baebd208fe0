import { expect, it } from 'vitest';
import { startWorkspace } from '../../../src/embedded/slack/workspace.ts';
import { CHANNEL, connected, personOn, workspaceForTest } from './bench.ts';
import { api, visit } from './page-visit.ts';

it('without an address it opens as the first person in a channel', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace, { as: '', place: '' });
  await page.getByRole('heading', { name: 'collections', exact: true }).waitFor();
  expect(page.url()).toContain(`#/${CHANNEL}?as=U0MARA`);
});

it('a link to somebody who left opens as somebody else', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace, { as: 'U0DORA', expects: ['400'] });
  await page.getByRole('button', { name: 'Acting as Mara Lind' }).first().waitFor();
});

it('the switch makes the page another person, who sees their own channels and what is unread', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace);
  const sidebar = page.getByRole('navigation', { name: 'Workspace' });
  await sidebar.getByText('general').waitFor();
  expect(await sidebar.getByText('board').count()).toBe(0);
  const tom = await personOn(workspace, 'U0TOM');
  await tom.say('C0GENERAL', 'for everybody');
  await sidebar.locator('[data-place=C0GENERAL]').getByTestId('unread').waitFor();
  await page.getByTestId('act-as').click();
  await page.getByRole('button', { name: /^Paul Okafor/ }).click();
  await sidebar.getByText('board').waitFor();
  await sidebar.locator('[data-place=C0GENERAL]').click();
  await page.getByTestId('messages').getByText('for everybody').waitFor();
  await page.getByRole('separator').getByText('New', { exact: true }).waitFor();
  await sidebar.locator('[data-place=C0GENERAL]').getByTestId('unread').waitFor({ state: 'detached' });
  await page.getByTestId('act-as').click();
  await page.getByRole('button', { name: /More people/ }).click();
  await page
    .getByRole('button', { name: /^Gia Rossi/ })
    .getByText('GUEST', { exact: true })
    .waitFor();
  await page.getByRole('button', { name: /^Ines Duarte/ }).click();
  await page.getByRole('button', { name: 'Acting as Ines Duarte' }).first().waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Acting as Ines Duarte' }).first().waitFor();
});

it('what is written reaches others, with mentions picked from the list', async () => {
  const workspace = await workspaceForTest();
  const ines = await visit(workspace, { as: 'U0INES', place: 'C0GENERAL' });
  const page = await visit(workspace, { place: 'C0GENERAL' });
  await page.getByTestId('composer').click();
  await page.keyboard.type('@ines');
  await page.getByRole('option', { name: /Ines Duarte/ }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('see <b>1 & 2</b>');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  const shown = ines.getByTestId('message').filter({ hasText: 'second line' });
  await shown.waitFor();
  expect(await shown.locator('.text').textContent()).toBe('@Ines Duarte see <b>1 & 2</b>second line');
  expect(await shown.locator('.mention.me').textContent()).toBe('@Ines Duarte');
  expect(await page.getByTestId('composer').inputValue()).toBe('');
  await page.keyboard.press('ArrowUp');
  expect(await page.getByTestId('composer').inputValue()).toBe('@Ines Duarte see <b>1 & 2</b>\nsecond line');
});

it('a slash lists the commands; one is completed, explained and run', async () => {
  const workspace = await workspaceForTest();
  const asked: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, command }) => {
      asked.push(command.text);
      await ack(`You asked for ${command.text}`);
    });
  });
  const page = await visit(workspace);
  await page.getByTestId('composer').click();
  await page.keyboard.type('/');
  const hint = page.getByTestId('hints').getByRole('option', { name: /overdue/ });
  expect(await hint.textContent()).toContain('[>days]');
  await page.keyboard.press('Enter');
  expect(await page.getByTestId('composer').inputValue()).toBe('/overdue ');
  expect(await page.getByTestId('usage').textContent()).toContain('What is overdue');
  await page.keyboard.type('>30');
  await page.keyboard.press('Enter');
  await page.getByTestId('message').filter({ hasText: 'Only visible to you' }).getByText('You asked for >30').waitFor();
  expect(asked).toHaveLength(1);
});

it('what could not be sent is told and stays in the composer', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace, { expects: ['ERR_FAILED'] });
  await page.getByTestId('messages').getByText('This is the very beginning').waitFor();
  await page.route('**/page-api/act', (route) => route.abort());
  await page.getByTestId('composer').fill('good morning');
  await page.keyboard.press('Enter');
  await page.getByTestId('notice').getByText('The local workspace did not answer.').waitFor();
  await expect.poll(() => page.getByTestId('composer').inputValue()).toBe('good morning');
});

it('an archived channel can be read and not written to', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace, { place: 'C0OLDAR' });
  await page.getByText('This channel is archived.').waitFor();
  expect(await page.getByTestId('composer').count()).toBe(0);
});

it('a conversation with somebody is started from the list of people', async () => {
  const workspace = await workspaceForTest();
  const page = await visit(workspace);
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('combobox', { name: 'Search: People' }).fill('paul');
  await page.keyboard.press('Enter');
  await page.getByTestId('composer').and(page.getByLabel('Message Paul Okafor')).fill('hello Paul');
  await page.keyboard.press('Enter');
  await page.getByTestId('messages').getByText('hello Paul').waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Paul Okafor' }).waitFor();
});

it('a workspace that comes back is caught up with by the address it prints then', async () => {
  const workspace = await startWorkspace({ dir: null, limits: 'off' });
  const port = Number(new URL(workspace.pageUrl).port);
  const page = await visit(workspace, { expects: ['ERR_CONNECTION_REFUSED', 'WebSocket'] });
  await page.getByRole('heading', { name: 'collections', exact: true }).waitFor();
  await workspace.stop();
  await page.getByText('The connection to the local workspace is lost.').waitFor();
  await page.getByText('If Arrears was started again, open the address that it printed.').waitFor();
  const again = await workspaceForTest({ port });
  await api(again).chat.postMessage({ channel: CHANNEL, text: 'written meanwhile' });
  await page.goto(`${again.pageLink()}#/${CHANNEL}?as=U0MARA`);
  await page.getByTestId('messages').getByText('written meanwhile').waitFor();
  expect(await page.getByText('The connection to the local workspace is lost.').count()).toBe(0);
});

it('on a phone the sidebar is a drawer, the thread fills the screen and nothing is wider than it', async () => {
  const workspace = await workspaceForTest();
  const { ts } = await api(workspace).chat.postMessage({ channel: CHANNEL, text: `the case ${'long'.repeat(60)}` });
  await api(workspace).chat.postMessage({ channel: CHANNEL, text: 'a reply', thread_ts: ts! });
  const page = await visit(workspace, { phone: true });
  const sidebar = page.getByRole('navigation', { name: 'Workspace' });
  expect(await sidebar.count()).toBe(0);
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await sidebar.getByRole('button', { name: 'general' }).click();
  await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
  await sidebar.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^Acting as Mara Lind/ }).click();
  await page.getByRole('button', { name: /^Tom Weber/ }).click();
  await page.getByRole('button', { name: /^Acting as Tom Weber/ }).waitFor();
  await page.goto(`${workspace.pageUrl}#/${CHANNEL}?as=U0TOM`);
  await page.getByRole('button', { name: '1 reply' }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('a reply').waitFor();
  const box = (await thread.boundingBox())!;
  expect([box.x, box.width]).toEqual([0, 390]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await thread.getByRole('button', { name: 'Close thread' }).click();
  await page.getByTestId('composer').waitFor();
  await thread.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Reply in thread' }).click();
  await thread.getByTestId('thread-composer').waitFor();
});
