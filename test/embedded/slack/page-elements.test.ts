import type { App, BlockAction } from '@slack/bolt';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../../src/embedded/slack/workspace.ts';
import { type OpenPage, openPage } from '../../support/browser.ts';
import { appFor, CHANNEL, connected, MANIFEST, workspaceForTest } from './bench.ts';
import { postBlocks, visit } from './page-visit.ts';
import { until } from './until.ts';

const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

let workspace: Workspace;
let app: App;
let opened: OpenPage;
let page: Page;
let clicks: Record<string, unknown>[];
let posted = 0;

beforeAll(async () => {
  workspace = await startWorkspace({ dir: null, limits: 'off' });
  workspace.install(MANIFEST);
  app = appFor(workspace);
  app.action(/.*/, async ({ ack, body, action }) => {
    clicks.push(action as unknown as Record<string, unknown>);
    states.push((body as BlockAction).state?.values);
    if ('action_id' in action && action.action_id === 'slow') await gate.promise;
    await ack();
  });
  app.options(/.*/, async ({ ack, payload }) =>
    ack({ options: ['Contoso', 'Fabrikam'].filter((name) => name.toLowerCase().includes(payload.value)).map(option) as never }),
  );
  await app.start();
  opened = await openPage(`${workspace.pageLink()}#/${CHANNEL}?as=U0MARA`);
  page = opened.page;
});

afterAll(async () => {
  await opened.close();
  await app.stop();
  await workspace.stop();
});

let states: unknown[];
let gate: PromiseWithResolvers<void>;

beforeEach(() => {
  clicks = [];
  states = [];
  gate = Promise.withResolvers();
});

/** The last action the app was told of, once there are so many. */
const told = (count: number) =>
  until(
    () => (clicks.length >= count ? clicks.at(-1) : undefined),
    () => `${count} actions, there are ${JSON.stringify(clicks)}`,
  );

/** Posts a message with these elements and waits until the page shows it. */
async function withElements(...elements: object[]): Promise<Locator> {
  posted += 1;
  const blockId = `acts-${posted}`;
  await postBlocks(workspace, [
    { type: 'actions', block_id: blockId, elements: elements.map((element) => ({ action_id: 'a', ...element })) },
  ]);
  const block = page.locator(`[data-block=${blockId}]`);
  await block.waitFor();
  return block;
}

describe('an element in a message tells the app at once', () => {
  it('a button, closed while it waits', async () => {
    const block = await withElements({ type: 'button', action_id: 'slow', text: plain('Take it'), value: 'case-1', style: 'primary' });
    const button = block.getByRole('button', { name: 'Take it' });
    await button.click();
    await block.locator('button[aria-busy=true]:disabled').waitFor();
    gate.resolve();
    await block.locator('button[aria-busy=false]:enabled').waitFor();
    expect(await told(1)).toMatchObject({ type: 'button', action_id: 'slow', block_id: `acts-${posted}`, value: 'case-1' });
  });

  it('a button that asks first: denied, nothing is told; confirmed, it is', async () => {
    const confirm = { title: plain('Sure?'), text: plain('It is booked.'), confirm: plain('Book'), deny: plain('Keep'), style: 'danger' };
    const block = await withElements({ type: 'button', text: plain('Write off'), value: 'w', confirm });
    const ask = () => block.getByRole('button', { name: 'Write off' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Sure?' });
    await ask();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });
    await ask();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await ask();
    await dialog.getByRole('button', { name: 'Book' }).click();
    expect(await told(1)).toMatchObject({ value: 'w' });
    expect(clicks).toHaveLength(1);
  });

  it('a button with an address opens it without access to the page', async () => {
    const block = await withElements({ type: 'button', text: plain('Portal'), url: 'https://x.example/portal' });
    const link = block.getByRole('link', { name: 'Portal' });
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual(['https://x.example/portal', 'noopener noreferrer']);
  });

  it('a static select, by search and keyboard', async () => {
    const block = await withElements({
      type: 'static_select',
      placeholder: plain('Sort by'),
      options: ['Amount', 'Age', 'Name'].map(option),
    });
    await block.getByRole('button', { name: 'Sort by' }).click();
    await page.getByRole('combobox', { name: 'Search: Sort by' }).fill('a');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Amount', 'Age', 'Name']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await told(1)).toMatchObject({ type: 'static_select', selected_option: { value: 'age' } });
    await block.getByRole('button', { name: 'Sort by: Age' }).waitFor();
  });

  it('several of many: picked, taken back', async () => {
    const block = await withElements({
      type: 'multi_static_select',
      placeholder: plain('Buckets'),
      options: ['Old', 'New'].map(option),
    });
    await block.getByRole('button', { name: 'Buckets' }).click();
    await page.getByRole('option', { name: 'Old' }).click();
    await page.getByRole('option', { name: 'New' }).click();
    expect(await told(2)).toMatchObject({ selected_options: [{ value: 'old' }, { value: 'new' }] });
    await page.keyboard.press('Escape');
    await block.getByRole('button', { name: 'Remove Old' }).click();
    expect(await told(3)).toMatchObject({ selected_options: [{ value: 'new' }] });
  });

  it('people, channels and conversations, without those who left', async () => {
    const block = await withElements(
      { type: 'users_select', action_id: 'u', placeholder: plain('Person') },
      { type: 'channels_select', action_id: 'c', placeholder: plain('Channel') },
      { type: 'multi_conversations_select', action_id: 'm', placeholder: plain('Places') },
    );
    await block.getByRole('button', { name: 'Person' }).click();
    await page.getByRole('combobox', { name: 'Search: Person' }).fill('left');
    await page.getByText('No matches').waitFor();
    await page.getByRole('combobox', { name: 'Search: Person' }).fill('ines');
    await page.keyboard.press('Enter');
    expect(await told(1)).toMatchObject({ type: 'users_select', selected_user: 'U0INES' });
    await block.getByRole('button', { name: 'Channel' }).click();
    await page.getByRole('option', { name: '#general' }).click();
    expect(await told(2)).toMatchObject({ type: 'channels_select', selected_channel: 'C0GENERAL' });
    await block.getByRole('button', { name: 'Places' }).click();
    await page.getByRole('option', { name: '#general' }).click();
    expect(await told(3)).toMatchObject({ type: 'multi_conversations_select', selected_conversations: ['C0GENERAL'] });
  });

  it('an external select asks the app for what was typed', async () => {
    const block = await withElements({ type: 'external_select', placeholder: plain('Account'), min_query_length: 2 });
    await block.getByRole('button', { name: 'Account' }).click();
    await page.getByText('Type to search').waitFor();
    await page.getByRole('combobox', { name: 'Search: Account' }).fill('fab');
    await page.getByRole('option', { name: 'Fabrikam' }).click();
    expect(await told(1)).toMatchObject({ type: 'external_select', selected_option: { value: 'fabrikam' } });
    await block.getByRole('button', { name: 'Account: Fabrikam' }).waitFor();
  });

  it('an overflow menu', async () => {
    const block = await withElements({ type: 'overflow', options: ['Download', 'Settings'].map(option) });
    await block.getByRole('button', { name: 'More options' }).click();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Settings' }).press('Enter');
    expect(await told(1)).toMatchObject({ type: 'overflow', selected_option: { value: 'settings' } });
  });

  it('day, time and moment', async () => {
    const block = await withElements(
      { type: 'datepicker', action_id: 'd', placeholder: plain('Day') },
      { type: 'timepicker', action_id: 't', placeholder: plain('Time'), initial_time: '09:00' },
      { type: 'datetimepicker', action_id: 'm' },
    );
    await block.getByLabel('Day').fill('2026-11-27');
    expect(await told(1)).toMatchObject({ type: 'datepicker', selected_date: '2026-11-27' });
    await block.getByLabel('Time', { exact: true }).fill('10:30');
    expect(await told(2)).toMatchObject({ type: 'timepicker', selected_time: '10:30' });
    await block.getByLabel('Date and time').fill('2026-11-27T10:30');
    // The browser of the tests is in London, which has no summer time in November.
    expect(await told(3)).toMatchObject({ type: 'datetimepicker', selected_date_time: Date.UTC(2026, 10, 27, 10, 30) / 1000 });
  });

  it('radio buttons and checkboxes', async () => {
    const block = await withElements(
      { type: 'radio_buttons', action_id: 'r', options: ['Phone', 'Mail'].map(option), initial_option: option('Phone') },
      { type: 'checkboxes', action_id: 'c', options: ['Copy', 'Statement'].map(option), initial_options: [option('Copy')] },
    );
    await block.getByRole('radio', { name: 'Mail' }).check();
    expect(await told(1)).toMatchObject({ type: 'radio_buttons', selected_option: { value: 'mail' } });
    await block.getByRole('checkbox', { name: 'Statement' }).check();
    expect(await told(2)).toMatchObject({ selected_options: [{ value: 'copy' }, { value: 'statement' }] });
    await block.getByRole('checkbox', { name: 'Copy' }).uncheck();
    expect(await told(3)).toMatchObject({ selected_options: [{ value: 'statement' }] });
  });
});

it('a click carries what the other elements of the message hold', async () => {
  const block = await withElements(
    { type: 'datepicker', action_id: 'd', placeholder: plain('Day') },
    { type: 'button', action_id: 'go', text: plain('Go') },
  );
  await block.getByLabel('Day').fill('2026-11-27');
  await told(1);
  await block.getByRole('button', { name: 'Go' }).click();
  await told(2);
  expect(states.at(-1)).toMatchObject({ [`acts-${posted}`]: { d: { type: 'datepicker', selected_date: '2026-11-27' } } });
});

it('an app that is not there is told in a notice and above the page', async () => {
  const own = await workspaceForTest();
  const bot = await connected(own, () => {});
  await postBlocks(own, [{ type: 'actions', elements: [{ type: 'button', action_id: 'x', text: plain('Take it'), value: 'x' }] }]);
  const mara = await visit(own);
  expect(await mara.getByTestId('bot-banner').count()).toBe(0);
  await bot.stop();
  await mara.getByTestId('bot-banner').waitFor();
  await mara.getByRole('button', { name: 'Take it' }).click();
  await mara.getByTestId('notice').getByText('Arrears is not connected. Try again when it is running.').waitFor();
  await mara.getByRole('button', { name: 'Dismiss' }).click();
  await mara.getByTestId('notice').waitFor({ state: 'detached' });
});
