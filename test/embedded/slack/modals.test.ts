import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { CHANNEL, connected, personOn, workspaceForTest } from './bench.ts';
import { until } from './until.ts';

const text = (value: string) => ({ type: 'plain_text' as const, text: value });
const promiseModal = (changes: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'promise',
  title: text('Promise'),
  submit: text('Save'),
  private_metadata: 'account-7',
  blocks: [
    { type: 'input', block_id: 'amount', label: text('Amount'), element: { type: 'plain_text_input', action_id: 'value' } },
    {
      type: 'input',
      block_id: 'on',
      label: text('On'),
      optional: true,
      element: { type: 'datepicker', action_id: 'date', initial_date: '2026-03-02' },
    },
    { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'deeper', text: text('More') }] },
  ],
  ...changes,
});
const entered = (value: string) => ({ amount: { value: { type: 'plain_text_input', value } } });

test('a modal is opened, refused with errors under its fields, and closed when it is right', async () => {
  const workspace = await workspaceForTest();
  const saved: unknown[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: promiseModal() });
    });
    app.view('promise', async ({ ack, view }) => {
      const value = view.state.values.amount?.value?.value;
      if (value === 'many') return ack({ response_action: 'errors', errors: { amount: 'An amount, please' } });
      saved.push([view.state.values, view.private_metadata]);
      return ack();
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const modal = await mara.modal();
  expect(modal).toMatchObject({ title: 'Promise', submit: 'Save', type: 'modal' });
  expect(await mara.submit(modal.id, {})).toEqual({ ok: true, errors: { amount: 'Please complete this required field.' } });
  expect(await mara.submit(modal.id, entered('many'))).toEqual({ ok: true, errors: { amount: 'An amount, please' } });
  expect((await mara.modal(1, (view) => view.errors !== undefined)).errors).toEqual({ amount: 'An amount, please' });
  expect(saved).toEqual([]);
  expect(await mara.submit(modal.id, entered('250'))).toEqual({ ok: true });
  await mara.noModal();
  expect(saved).toEqual([
    [
      { amount: { value: { type: 'plain_text_input', value: '250' } }, on: { date: { type: 'datepicker', selected_date: '2026-03-02' } } },
      'account-7',
    ],
  ]);
});

test('a submission may update, push, or clear the stack', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: promiseModal() });
    });
    app.view('promise', async ({ ack, view }) => {
      const next = view.state.values.amount?.value?.value;
      if (next === 'update') await ack({ response_action: 'update', view: promiseModal({ title: text('Updated') }) });
      else if (next === 'push') await ack({ response_action: 'push', view: promiseModal({ title: text('Pushed') }) });
      else if (next === 'clear') await ack({ response_action: 'clear' });
      else if (next === 'wrong field') await ack({ response_action: 'errors', errors: { nowhere: 'no' } });
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const modal = await mara.modal();
  await mara.submit(modal.id, entered('update'));
  expect((await mara.modal(1, (view) => view.title === 'Updated')).id).toBe(modal.id);
  await mara.submit(modal.id, entered('push'));
  const second = await mara.modal(2);
  expect(second).toMatchObject({ title: 'Pushed', rootId: modal.id });
  expect(await mara.submit(second.id, entered('wrong field'))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('trouble connecting'),
  });
  await mara.submit(second.id, entered('clear'));
  await mara.noModal();
});

test('a submission that is not acknowledged keeps the modal open and says so', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await client.views.open({ trigger_id: body.trigger_id, view: promiseModal() });
      await ack();
    });
    app.view('promise', async () => {});
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const modal = await mara.modal();
  workspace.control({ do: 'timing', ack: 60 });
  expect(await mara.submit(modal.id, entered('1'))).toEqual({ ok: false, problem: 'We had some trouble connecting. Try again?' });
  expect((await mara.snapshot()).modals).toHaveLength(1);
});

test('at most three views lie on each other', async () => {
  const workspace = await workspaceForTest();
  const refusals: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: promiseModal() });
    });
    app.action('deeper', async ({ ack, body, client }) => {
      await ack();
      if (!('trigger_id' in body)) return;
      await client.views.push({ trigger_id: body.trigger_id, view: promiseModal() }).catch((error) => refusals.push(error.data.error));
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  for (const height of [1, 2, 3]) await mara.click({ view: (await mara.modal(height)).id }, 'more', 'deeper');
  expect(await until(() => refusals[0])).toBe('push_limit_reached');
  expect((await mara.snapshot()).modals).toHaveLength(3);
});

test('a trigger works once, within three seconds, and must be one of ours', async () => {
  const workspace = await workspaceForTest();
  const triggers: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
  });
  const mara = await personOn(workspace);
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  const open = (trigger_id: string) =>
    client.views.open({ trigger_id, view: promiseModal() }).then(
      () => 'opened',
      (error) => error.data.error,
    );
  await mara.command(CHANNEL, '/overdue');
  expect(await open('1.2.3')).toBe('invalid_trigger_id');
  expect(await open(triggers[0]!)).toBe('opened');
  expect(await open(triggers[0]!)).toBe('exchanged_trigger_id');
  await mara.command(CHANNEL, '/overdue');
  workspace.control({ do: 'timing', trigger: 0 });
  const issued = Date.now();
  await until(() => Date.now() > issued + 1 || undefined);
  expect(await open(triggers[1]!)).toBe('expired_trigger_id');
});

test('views.update draws anew with what was entered, and refuses an old hash', async () => {
  const workspace = await workspaceForTest();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  let hash = '';
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body }) => {
      const opened = await client.views.open({ trigger_id: body.trigger_id, view: promiseModal() });
      hash = opened.view!.hash!;
      await ack();
    });
    app.action('deeper', async ({ ack }) => ack());
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { id } = await mara.modal();
  await mara.click({ view: id }, 'more', 'deeper', undefined, entered('75'));
  const updated = await client.views.update({ view_id: id, hash, view: promiseModal({ title: text('Again') }) });
  expect(updated.view?.state).toMatchObject({ values: { amount: { value: { value: '75' } } } });
  await expect(client.views.update({ view_id: id, hash, view: promiseModal() })).rejects.toMatchObject({
    data: { error: 'hash_conflict' },
  });
  await expect(client.views.update({ view_id: 'VNONE', view: promiseModal() })).rejects.toMatchObject({ data: { error: 'not_found' } });
});

test('closing tells the app when the view asks for it', async () => {
  const workspace = await workspaceForTest();
  const closed: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: promiseModal({ notify_on_close: true }) });
    });
    app.view({ callback_id: 'promise', type: 'view_closed' }, async ({ ack, view }) => {
      closed.push(view.id);
      await ack();
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { id } = await mara.modal();
  await mara.act({ do: 'close', view: id });
  await mara.noModal();
  expect(await until(() => closed[0])).toBe(id);
});

test('the Home is published per person, kept, and refused while the manifest has it off', async () => {
  const workspace = await workspaceForTest();
  const opened: unknown[] = [];
  await connected(workspace, (app) => {
    app.event('app_home_opened', async ({ event, client }) => {
      opened.push(event.tab);
      if (event.tab === 'home')
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: text('Your day') }] } });
    });
  });
  const mara = await personOn(workspace);
  await mara.act({ do: 'open-home' });
  const home = await until(() => mara.seen.find((event) => event.type === 'home'));
  expect(home.view.blocks).toMatchObject([{ type: 'header' }]);
  expect((await mara.snapshot()).home?.id).toBe(home.view.id);
  expect(opened).toEqual(['home']);
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  workspace.install({ display_information: { name: 'Arrears' } });
  await expect(client.views.publish({ user_id: 'U0TOM', view: { type: 'home', blocks: [] } })).rejects.toMatchObject({
    data: { error: 'not_enabled' },
  });
});

test('an external select asks the app for its options', async () => {
  const workspace = await workspaceForTest();
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, respond }) => {
      await ack();
      const element = { type: 'external_select' as const, action_id: 'account', min_query_length: 1 };
      await respond({ text: 'Which?', blocks: [{ type: 'actions', block_id: 'pick', elements: [element] }] });
    });
    app.options('account', async ({ ack, options }) => ack({ options: [{ text: text(`${options.value} Ltd`), value: 'a1' }] }));
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { ts } = await mara.says('Which?');
  const asked = await mara.act({
    do: 'suggest',
    from: { channel: CHANNEL, ts },
    block: 'pick',
    element: { action_id: 'account' },
    text: 'Acme',
  });
  expect(asked).toEqual({ ok: true, options: [{ text: { type: 'plain_text', text: 'Acme Ltd' }, value: 'a1' }] });
});

test('a click in the Home and a choice in a message carry what was entered there', async () => {
  const workspace = await workspaceForTest();
  const got: unknown[] = [];
  const choice = (value: string) => ({ text: text(value), value });
  const select = {
    type: 'static_select' as const,
    action_id: 'stage',
    options: [choice('firm'), choice('final')],
    initial_option: choice('firm'),
  };
  await connected(workspace, (app) => {
    app.action({ type: 'block_actions', action_id: 'stage' }, async ({ ack, body, action }) => {
      await ack();
      got.push([
        body.container.type,
        'selected_option' in action && action.selected_option?.value,
        body.state?.values.pick?.stage,
        body.message?.text,
      ]);
    });
    app.action({ type: 'block_actions', action_id: 'go' }, async ({ ack, body }) => {
      await ack();
      got.push([body.container.type, body.view?.type, body.view?.state.values.pick?.stage?.selected_option?.value]);
    });
  });
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const mara = await personOn(workspace);
  const posted = await client.chat.postMessage({
    channel: CHANNEL,
    text: 'card',
    blocks: [{ type: 'actions', block_id: 'pick', elements: [select] }],
  });
  const chosen = { type: 'static_select', selected_option: choice('final') };
  await mara.click({ channel: CHANNEL, ts: posted.ts! }, 'pick', 'stage', chosen);
  const button = { type: 'button' as const, action_id: 'go', text: text('Go') };
  const home = await client.views.publish({
    user_id: 'U0MARA',
    view: { type: 'home', blocks: [{ type: 'actions', block_id: 'pick', elements: [select, button] }] },
  });
  await mara.click({ view: home.view!.id! }, 'pick', 'go');
  await mara.click({ view: home.view!.id! }, 'pick', 'go', undefined, { pick: { stage: chosen } });
  expect(got).toEqual([
    ['message', 'final', chosen, 'card'],
    ['view', 'home', 'firm'],
    ['view', 'home', 'final'],
  ]);
});

test('a file input hands the app whole files', async () => {
  const workspace = await workspaceForTest();
  const fetched: string[] = [];
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      const element = { type: 'file_input' as const, action_id: 'file' };
      await client.views.open({
        trigger_id: body.trigger_id,
        view: promiseModal({ blocks: [{ type: 'input', block_id: 'paper', label: text('Paper'), element }] }),
      });
    });
    app.view('promise', async ({ ack, view }) => {
      await ack();
      const file = view.state.values.paper?.file?.files?.[0];
      const response = await fetch(String(file?.url_private_download), { headers: { authorization: `Bearer ${workspace.botToken}` } });
      fetched.push(`${file?.name}: ${await response.text()}`);
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { id } = await mara.modal();
  const uploaded = await mara.upload(null, 'agreement.txt', 'signed');
  await mara.submit(id, { paper: { file: { type: 'file_input', files: ['file' in uploaded ? uploaded.file : null] } } });
  expect(await until(() => fetched[0])).toBe('agreement.txt: signed');
});

test('an app whose manifest leaves interactivity off gets no click', async () => {
  const workspace = await workspaceForTest();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  const button = { type: 'button' as const, action_id: 'go', text: text('Go') };
  const { ts } = await client.chat.postMessage({
    channel: CHANNEL,
    text: 'card',
    blocks: [{ type: 'actions', block_id: 'b', elements: [button] }],
  });
  workspace.install({ display_information: { name: 'Arrears' } });
  const mara = await personOn(workspace);
  expect(await mara.click({ channel: CHANNEL, ts: ts! }, 'b', 'go')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('interactivity'),
  });
});
