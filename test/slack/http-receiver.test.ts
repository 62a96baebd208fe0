import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { App } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { httpReceiver } from '../../src/slack/http-receiver.ts';
import { SILENT } from '../embedded/slack/bench.ts';
import { botApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';
import { freePort } from '../support/free-port.ts';

const SECRET = 'a signing secret of thirty-two characters';

async function listening() {
  const receiver = httpReceiver({ signingSecret: SECRET, logger: SILENT });
  const app = new App({ token: 'xoxb-1', botUserId: 'U1', botId: 'B1', receiver, logger: SILENT, tokenVerificationEnabled: false });
  app.command('/overdue', async ({ ack }) => ack('heard'));
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as unknown as { address(): AddressInfo };
  onTestFinished(async () => void (await app.stop()));
  return `http://127.0.0.1:${server.address().port}`;
}

function signed(url: string, secret = SECRET): Promise<Response> {
  const body = 'command=%2Foverdue&team_id=T1&user_id=U2';
  const stamp = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(stamp),
    'x-slack-signature': signature,
  };
  return fetch(url, { method: 'POST', headers, body });
}

test.each(['/slack/events', '/', '/arrears/hooks?team=1', '/slack/events/'])(
  'takes a signed request at %s, whatever path the manifest names',
  async (path) => {
    const response = await signed((await listening()) + path);
    expect([response.status, await response.text()]).toEqual([200, 'heard']);
  },
);

test('refuses a request of another signature at any path', async () => {
  expect((await signed(`${await listening()}/other`, 'another secret of thirty-two characters')).status).toBe(401);
});

test('answers whoever asks whether it is there, and takes nothing else but POST', async () => {
  const url = await listening();
  expect((await fetch(`${url}/`)).status).toBe(200);
  expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${url}/`, { method: 'DELETE' })).status).toBe(405);
});

test('listens at the address that is set, and nowhere else', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;
  const port = await freePort();
  const { SLACK_APP_TOKEN: _socket, ...env } = await settingsFor(await workspaceApart());
  const http = { ...env, SLACK_SIGNING_SECRET: SECRET, PORT: String(port), BIND_ADDRESS: '127.0.0.1', SAMPLE_LEDGER: 'no' };
  const { healthUrl: health } = await botApart(http).running;
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  if (outside) await expect(fetch(`http://${outside}:${port}/`)).rejects.toThrow();
  const { slack } = (await (await fetch(`${health}/healthz`)).json()) as { slack: unknown };
  expect(slack).toMatchObject({ api: { ok: true }, requests: null });
});

test('an unsigned request without a time is refused before it is read', async () => {
  const { hostname, port } = new URL(await listening());
  const status = await new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method: 'POST', path: '/slack/events' }, (response) => resolve(response.statusCode));
    sent.on('error', reject);
    sent.end('command=%2Foverdue');
  });
  expect(status).toBe(401);
});
