import type { App, ViewSubmitAction } from '@slack/bolt';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Workspace } from '../../../src/embedded/slack/workspace.ts';
import { connected, workspaceForTest } from './bench.ts';
import { postBlocks, visit } from './page-visit.ts';
import { until } from './until.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const option = (text: string) => ({ text: plain(text), value: text });
const field = (block_id: string, label: string, element: object, extra = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'v', ...element },
  ...extra,
});
const modal = (title: string, blocks: object[], extra = {}) =>
  ({ type: 'modal', callback_id: 'form', title: plain(title), submit: plain('Record'), close: plain('Cancel'), blocks, ...extra }) as never;

const PROMISE = [
  field('amount', 'Amount', { type: 'number_input', is_decimal_allowed: true }, { hint: plain('In EUR') }),
  field('day', 'Day', { type: 'datepicker' }),
  field('note', 'Note', { type: 'plain_text_input', multiline: true, max_length: 20 }, { optional: true }),
];

/** A page on which a button opens the given modal, and the app that opens it. */
async function withModal(view: never, listeners: (app: App) => void, phone = false): Promise<{ page: Page; workspace: Workspace }> {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.action('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
    });
    listeners(app);
  });
  await postBlocks(workspace, [{ type: 'actions', elements: [{ type: 'button', action_id: 'open', text: plain('Open') }] }]);
  const page = await visit(workspace, { phone });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByTestId('modal').waitFor();
  return { page, workspace };
}

it('what is missing or wrong is said under the field and nothing is sent', async () => {
  const sent: unknown[] = [];
  const { page } = await withModal(modal('Record a promise', PROMISE), (app) => {
    app.view('form', async ({ ack }) => {
      sent.push(1);
      await ack();
    });
  });
  const dialog = page.getByRole('dialog', { name: 'Record a promise' });
  await dialog.getByRole('button', { name: 'Record' }).click();
  expect(await dialog.getByRole('alert').allTextContents()).toEqual(Array(2).fill('Please complete this required field.'));
  expect(await dialog.getByLabel('Amount').evaluate((input) => input.matches(':focus'))).toBe(true);
  await dialog.getByLabel('Amount').fill('ten');
  await dialog.getByLabel('Day').fill('2026-11-27');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.getByText('Please enter a number.').waitFor();
  await dialog.getByLabel('Note').fill('x'.repeat(21));
  expect(await dialog.locator('.counter.over').textContent()).toContain('-1');
  expect(sent).toHaveLength(0);
});

it('what the app refuses is said under the field, what was entered stays, and what it takes closes the modal', async () => {
  const sent: ViewSubmitAction['view']['state'][] = [];
  const gate = Promise.withResolvers<void>();
  const { page } = await withModal(modal('Record a promise', PROMISE), (app) => {
    app.view('form', async ({ ack, view }) => {
      sent.push(view.state);
      if (sent.length > 1) return ack();
      await gate.promise;
      await ack({ response_action: 'errors', errors: { amount: 'More than the open balance.' } });
    });
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('900.50');
  await dialog.getByLabel('Day').fill('2026-11-27');
  await page.keyboard.press('Enter');
  await dialog.locator('form[aria-busy=true] [type=submit]:disabled').waitFor();
  gate.resolve();
  await dialog.getByText('More than the open balance.').waitFor();
  expect(await dialog.getByLabel('Amount').inputValue()).toBe('900.50');
  await dialog.getByLabel('Amount').fill('90');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(sent.at(-1)?.values).toEqual({
    amount: { v: { type: 'number_input', value: '90' } },
    day: { v: { type: 'datepicker', selected_date: '2026-11-27' } },
    note: { v: { type: 'plain_text_input', value: null } },
  });
});

it('one modal over another: back to the first with what was entered there; Esc closes it', async () => {
  const more = { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'push', text: plain('More') }] };
  const first = modal('First', [field('name', 'Name', { type: 'plain_text_input' }), more]);
  const { page } = await withModal(first, (app) => {
    app.action('push', async ({ ack, body, client }) => {
      await ack();
      await client.views.push({
        trigger_id: (body as { trigger_id: string }).trigger_id,
        view: modal('Second', [{ type: 'alert', level: 'info', text: plain('on top') }], { submit: undefined }),
      });
    });
  });
  await page.getByLabel('Name').fill('Contoso');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('dialog', { name: 'Second' }).getByRole('note').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'First' }).waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Contoso');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

it('every input of a form sends its value', async () => {
  const sent: Record<string, { v: Record<string, unknown> }>[] = [];
  const blocks = [
    field('one', 'One', { type: 'static_select', options: ['a', 'b'].map(option) }),
    field('many', 'Many', { type: 'multi_users_select' }),
    field('radio', 'Radio', { type: 'radio_buttons', options: ['a', 'b'].map(option) }),
    field('boxes', 'Boxes', { type: 'checkboxes', options: ['a', 'b'].map(option) }),
    field('mail', 'Mail', { type: 'email_text_input' }),
    field('web', 'Web', { type: 'url_text_input' }),
    field('time', 'Time', { type: 'timepicker' }),
    field('file', 'File', { type: 'file_input', filetypes: ['csv'], max_files: 1 }),
  ];
  const { page } = await withModal(modal('Form', blocks), (app) => {
    app.view('form', async ({ ack, view }) => {
      sent.push(view.state.values as never);
      await ack();
    });
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'One' }).click();
  await page.getByRole('option', { name: 'b', exact: true }).click();
  await dialog.getByRole('button', { name: 'Many' }).click();
  await page.getByRole('option', { name: 'Tom Weber' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('radiogroup', { name: 'Radio' }).getByRole('radio', { name: 'a' }).check();
  await dialog.getByRole('group', { name: 'Boxes' }).getByRole('checkbox', { name: 'b' }).check();
  await dialog.getByLabel('Mail').fill('a@b.example');
  await dialog.getByLabel('Web', { exact: true }).fill('https://x.example');
  await dialog.getByLabel('Time').fill('09:30');
  await dialog.getByLabel('File').setInputFiles({ name: 'advice.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  await dialog.getByRole('button', { name: 'Remove advice.csv' }).waitFor();
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.waitFor({ state: 'detached' });
  const [values] = sent;
  expect(values).toMatchObject({
    one: { v: { selected_option: { value: 'b' } } },
    many: { v: { selected_users: ['U0TOM'] } },
    radio: { v: { selected_option: { value: 'a' } } },
    boxes: { v: { selected_options: [{ value: 'b' }] } },
    mail: { v: { value: 'a@b.example' } },
    web: { v: { value: 'https://x.example' } },
    time: { v: { selected_time: '09:30' } },
    file: { v: { files: [{ name: 'advice.csv' }] } },
  });
});

it('message and global shortcuts reach the app', async () => {
  const workspace = await workspaceForTest();
  const used: string[] = [];
  await connected(workspace, (app) => {
    app.shortcut('log', async ({ ack, shortcut }) => {
      await ack();
      used.push(`log: ${(shortcut as { message: { text?: string } }).message.text}`);
    });
    app.shortcut('promise', async ({ ack }) => {
      await ack();
      used.push('promise');
    });
  });
  await postBlocks(workspace, [{ type: 'section', text: plain('they called') }], 'they called');
  const page = await visit(workspace);
  const shown = page.getByTestId('message').filter({ hasText: 'they called' });
  await shown.hover();
  await shown.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Log this' }).click();
  await page.getByRole('button', { name: 'Attach files and shortcuts' }).click();
  await page.getByRole('menuitem', { name: 'New promise' }).click();
  await until(
    () => used.length === 2 || undefined,
    () => `both shortcuts, not ${used}`,
  );
  expect(used).toEqual(['log: they called', 'promise']);
});

it('Home shows what the app published for this person, and its buttons work', async () => {
  const workspace = await workspaceForTest();
  const clicked: string[] = [];
  await connected(workspace, (app) => {
    app.event('app_home_opened', async ({ event, client }) => {
      const blocks = [
        { type: 'section', text: { type: 'mrkdwn', text: `List of <@${event.user}>` } },
        { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] },
      ];
      if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } as never });
    });
    app.action('next', async ({ ack, body }) => {
      await ack();
      clicked.push(body.user.id);
    });
  });
  const page = await visit(workspace, { place: 'home', as: 'U0TOM' });
  const home = page.getByTestId('home');
  await home.getByText('List of @Tom Weber').waitFor();
  await home.getByRole('button', { name: 'Next' }).click();
  await until(() => clicked[0]);
  expect(clicked).toEqual(['U0TOM']);
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByTestId('composer').waitFor();
});

it('on a phone a modal fills the screen', async () => {
  const { page } = await withModal(modal('Record a promise', PROMISE), () => {}, true);
  const box = (await page.getByRole('dialog').boundingBox())!;
  expect([box.x, box.width, box.height]).toEqual([0, 390, 844]);
});
