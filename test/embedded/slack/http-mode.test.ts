import { createServer } from 'node:http';
import { type App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import type { ControlOrder } from '../../../src/embedded/slack/control.ts';
import { freePort } from '../../support/free-port.ts';
import { appFor, CHANNEL, MANIFEST, personOn, workspaceForTest } from './bench.ts';
import { until } from './until.ts';

const SECRET = '0123456789abcdef0123456789abcdef';

/** A workspace in HTTP mode with one Bolt App per request URL, all with the same listeners. */
async function overHttp(listeners: (app: App, index: number) => void, count = 1) {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const requestUrl = ports.map((port) => `http://127.0.0.1:${port}/slack/events`);
  const workspace = await workspaceForTest({ http: { requestUrl, signingSecret: SECRET } });
  for (const [index, port] of ports.entries()) {
    const receiver = new HTTPReceiver({ signingSecret: SECRET, logLevel: LogLevel.ERROR, unhandledRequestTimeoutMillis: 400 });
    const app = appFor(workspace, receiver);
    listeners(app, index);
    await app.start({ port, host: '127.0.0.1' });
    onTestFinished(async () => {
      await app.stop();
    });
  }
  return { ...workspace, requestUrl: requestUrl[0]! };
}

const modal = {
  type: 'modal' as const,
  callback_id: 'm',
  title: { type: 'plain_text' as const, text: 'M' },
  submit: { type: 'plain_text' as const, text: 'Go' },
};

test('commands, clicks, submissions and events travel as signed requests, in turn over the URLs', async () => {
  const got: string[] = [];
  const workspace = await overHttp((app, i) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      got.push(`command ${i}`);
      await ack();
      const input = {
        type: 'input' as const,
        block_id: 'b',
        label: { type: 'plain_text' as const, text: 'L' },
        element: { type: 'plain_text_input' as const, action_id: 'a' },
      };
      await client.views.open({ trigger_id: body.trigger_id, view: { ...modal, blocks: [input] } });
    });
    app.view('m', async ({ ack, view }) => {
      got.push(`view ${i}`);
      await (view.state.values.b?.a?.value === 'good' ? ack() : ack({ response_action: 'errors', errors: { b: 'Not good' } }));
    });
    app.event('app_mention', async ({ say }) => {
      got.push(`event ${i}`);
      await say('heard');
    });
  }, 2);
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { id } = await mara.modal();
  expect(await mara.submit(id, { b: { a: { value: 'bad' } } })).toEqual({ ok: true, errors: { b: 'Not good' } });
  expect(await mara.submit(id, { b: { a: { value: 'good' } } })).toEqual({ ok: true });
  await mara.noModal();
  expect(got).toEqual(['command 0', 'view 1', 'view 0']);
  await mara.say(CHANNEL, '@arrears');
  await mara.says('heard');
  expect(
    await fetch(`${workspace.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.appToken}` },
    }).then((each) => each.json()),
  ).toMatchObject({ ok: false });
});

test.each(['stale', 'altered', 'unsigned'] as const)('a request with a %s signature does not reach any listener', async (how) => {
  let ran = 0;
  const workspace = await overHttp((app) => {
    app.command('/overdue', async ({ ack }) => {
      ran += 1;
      await ack('done');
    });
  });
  const mara = await personOn(workspace);
  const order: ControlOrder = { do: 'fault', fault: { fault: 'signature', how } };
  workspace.control(order);
  await mara.command(CHANNEL, '/overdue');
  await mara.says('failed with the error "http_client_error"');
  expect(ran).toBe(0);
  await mara.command(CHANNEL, '/overdue');
  await mara.says('done');
  expect(ran).toBe(1);
});

test('a request from the future is properly signed: Bolt lets it through, so the bot has to look at the time itself', async () => {
  const timestamps: number[] = [];
  const server = createServer((incoming, response) => {
    timestamps.push(Number(incoming.headers['x-slack-request-timestamp']));
    incoming.resume();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const workspace = await workspaceForTest({ http: { requestUrl: `http://127.0.0.1:${port}/`, signingSecret: SECRET } });
  const mara = await personOn(workspace);
  workspace.control({ do: 'fault', fault: { fault: 'signature', how: 'future' } });
  await mara.command(CHANNEL, '/overdue');
  await mara.command(CHANNEL, '/overdue');
  const now = Date.now() / 1000;
  expect(timestamps[0]! - now).toBeGreaterThan(300);
  expect(Math.abs(timestamps[1]! - now)).toBeLessThan(10);
});

test('an event that fails comes again with its number and reason', async () => {
  const seen: unknown[] = [];
  const workspace = await overHttp((app) => {
    app.use(async ({ context, next, body }) => {
      if ('event' in body && body.event.type === 'app_mention') seen.push([context.retryNum, context.retryReason, body.event_id]);
      await next();
    });
    app.event('app_mention', async () => {});
  });
  workspace.control({ do: 'fault', fault: { fault: 'redeliver', of: 'events', next: 2, times: 1 } });
  const mara = await personOn(workspace);
  await mara.say(CHANNEL, '@arrears');
  await until(() => seen[1]);
  const [first, second] = seen as [unknown[], unknown[]];
  expect([first.slice(0, 2), second.slice(0, 2)]).toContainEqual([1, 'http_timeout']);
  expect(first[2]).toBe(second[2]);
});

test('an app that is not there is told apart from one that is slow', async () => {
  const port = await freePort();
  const workspace = await workspaceForTest({ http: { requestUrl: `http://127.0.0.1:${port}/`, signingSecret: SECRET } });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  await mara.says('dispatch_failed');
  expect(mara.seen).toContainEqual({ type: 'bot', connected: false });
  const slow = createServer(() => {});
  await new Promise<void>((resolve) => slow.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    slow.closeAllConnections();
    slow.close();
  });
  workspace.control({ do: 'timing', ack: 60 });
  await mara.command(CHANNEL, '/overdue');
  await mara.says('operation_timeout');
});

test('without an Options Load URL Slack asks nobody for the choices of a select, and with one it asks there', async () => {
  const asked: string[] = [];
  const workspace = await overHttp((app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      await ack();
      const input = {
        type: 'input' as const,
        block_id: 'b',
        label: { type: 'plain_text' as const, text: 'L' },
        element: { type: 'external_select' as const, action_id: 'a', min_query_length: 0 },
      };
      await client.views.open({ trigger_id: body.trigger_id, view: { ...modal, blocks: [input] } });
    });
    app.options('a', async ({ ack, payload }) => {
      asked.push(payload.value);
      await ack({ options: [{ text: { type: 'plain_text', text: 'One' }, value: '1' }] });
    });
  });
  const mara = await personOn(workspace);
  await mara.command(CHANNEL, '/overdue');
  const { id } = await mara.modal();
  const type = (text: string) => mara.act({ do: 'suggest', from: { view: id }, block: 'b', element: { action_id: 'a' }, text });
  expect(await type('x')).toEqual({ ok: true, options: [] });
  expect(asked).toEqual([]);
  const interactivity = { is_enabled: true, message_menu_options_url: workspace.requestUrl };
  workspace.install({ ...MANIFEST, settings: { ...MANIFEST.settings, interactivity } });
  expect(await type('y')).toMatchObject({ ok: true, options: [{ value: '1' }] });
  expect(asked).toEqual(['y']);
});
