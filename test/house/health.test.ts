import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serveHealth } from '../../src/health.ts';
import { createLog } from '../../src/log.ts';
import { startBot } from '../support/bot.ts';
import { botApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';

const said: string[] = [];
const log = createLog('warn', { write: (line) => void said.push(line) });

test('says as JSON that the process is up and how it stands with Slack, and nothing of any customer', async () => {
  const { running } = botApart(await settingsFor(await workspaceApart()));
  const response = await fetch(`${(await running).healthUrl}/healthz`);
  expect(response.headers.get('content-type')).toBe('application/json');
  const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const fine = { ok: true, since, problem: null };
  expect(await response.json()).toEqual({
    up: true,
    since,
    slack: { api: fine, requests: { ...fine, connections: 1, opened: 1, lost: 0 } },
  });
});

test('serves its routes and names them where there is none', async () => {
  const broken = () => {
    throw new Error('secret');
  };
  const server = await serveHealth('127.0.0.1:0', { '/healthz': () => ({ status: 200, body: 'up\n' }), '/broken': broken }, log);
  onTestFinished(() => server.stop());
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(server.url + path, { method });
    return [response.status, await response.text()];
  };
  expect(await get('/healthz?x=1')).toEqual([200, 'up\n']);
  expect(await get('/healthz', 'POST')).toEqual([405, 'GET only\n']);
  expect(await get('/toString')).toEqual([404, 'Nothing is here. There is: /healthz, /broken\n']);
  expect(await get('/broken')).toEqual([500, '{"error":"Error"}\n']);
});

test('is off when the setting says so', async () => {
  expect((await serveHealth('off', {}, log)).url).toBeNull();
});

test('a port that is taken is a warning, and the bot runs', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const bot = await startBot({ env: { HEALTH_ADDRESS: `127.0.0.1:${port}` } });
  onTestFinished(() => bot.stop());
  expect(bot.log.join()).toContain('HEALTH_ADDRESS cannot be used');
  expect((await bot.person('U0INES')).id).toBe('U0INES');
});
