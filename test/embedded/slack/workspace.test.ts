import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { startWorkspace } from '../../../src/embedded/slack/workspace.ts';
import { CHANNEL, MANIFEST, personOn, SILENT, workspaceForTest } from './bench.ts';
import { PersonOnPage } from './person.ts';
import { order, signIn } from './sign-in.ts';
import { until } from './until.ts';

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'workspace-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

test('tokens, conversation, files, Home and manifest survive a restart; what one person alone saw does not', async () => {
  const dir = await folder();
  const first = await startWorkspace({ dir, limits: 'off' });
  first.install(MANIFEST);
  const client = new WebClient(first.botToken, { slackApiUrl: first.apiUrl });
  const posted = await client.chat.postMessage({
    channel: CHANNEL,
    text: 'before',
    metadata: { event_type: 'card', event_payload: { id: 1 } },
  });
  await client.chat.postEphemeral({ channel: CHANNEL, user: 'U0MARA', text: 'whispered' });
  await client.views.publish({ user_id: 'U0MARA', view: { type: 'home', blocks: [{ type: 'divider' }] } });
  const { channel: direct } = await client.conversations.open({ users: 'U0MARA' });
  await client.files.uploadV2({ channel_id: CHANNEL, filename: 'a.txt', content: 'kept' });
  await first.stop();

  const second = await workspaceForTest({ dir });
  expect([second.botToken, second.appToken, second.signingSecret]).toEqual([first.botToken, first.appToken, first.signingSecret]);
  const mara = await personOn(second);
  const [message, file] = await mara.messages(CHANNEL);
  expect(message).toMatchObject({ text: 'before', ts: posted.ts });
  expect(await mara.snapshot()).toMatchObject({
    home: { blocks: [{ type: 'divider' }] },
    commands: [{ command: '/overdue' }],
    bot: { connected: false },
  });
  expect((await mara.snapshot()).channels.map((each) => each.id)).toContain(direct?.id);
  const again = new WebClient(second.botToken, { slackApiUrl: second.apiUrl });
  const info = (await again.files.info({ file: file!.files![0]!.id })).file!;
  expect(await (await fetch(info.url_private!, { headers: { authorization: `Bearer ${second.botToken}` } })).text()).toBe('kept');
  const later = await again.chat.postMessage({ channel: CHANNEL, text: 'after' });
  expect(Number(later.ts)).toBeGreaterThan(Number(posted.ts));
});

test('without a folder two workspaces have nothing in common', async () => {
  const [one, two] = [await workspaceForTest(), await workspaceForTest()];
  expect(one.botToken).not.toBe(two.botToken);
  expect(one.apiUrl).not.toBe(two.apiUrl);
});

test('a port that is taken is an error and leaves nothing open', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  await expect(startWorkspace({ dir: null, port: (taken.address() as { port: number }).port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

/** A raw request, since fetch chooses Host, Origin and Sec-Fetch-Site itself. */
function status(url: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    sent.on('error', reject);
    sent.end();
  });
}

test("another site's tab, or a foreign name for this address, reaches nothing", async () => {
  const workspace = await workspaceForTest();
  const { url, cookie } = await signIn(workspace.pageLink());
  const { port } = new URL(url);
  const own = { host: new URL(url).host, cookie };
  const snapshot = '/page-api/snapshot?as=U0MARA';
  expect(await status(url, snapshot, own)).toBe(200);
  expect(
    await status(url, snapshot, { cookie, host: `localhost:${port}`, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' }),
  ).toBe(200);
  expect(await status(url, snapshot, { cookie, host: `evil.example:${port}` })).toBe(403);
  expect(await status(url, snapshot, { ...own, origin: 'https://evil.example' })).toBe(403);
  expect(await status(url, snapshot, { ...own, origin: `http://localhost:${port}` })).toBe(403);
  expect(await status(url, snapshot, { ...own, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status(url, snapshot, { ...own, 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await status(url, '/page-api/act', { ...own, origin: 'null' }, 'POST')).toBe(403);
  expect(await status(url, '/page-api/control', { ...own, origin: 'https://evil.example' }, 'POST')).toBe(403);
  expect(await status(url, '/', { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
});

test("the page's socket has the same rules, and the app's wants an unused ticket", async () => {
  const workspace = await workspaceForTest();
  const { url, cookie } = await signIn(workspace.pageLink());
  const { host } = new URL(url);
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const socket = '/page-api/socket?as=U0MARA';
  expect(await status(url, socket, { host, cookie, origin: `http://${host}`, ...upgrade })).toBe(101);
  expect(await status(url, socket, { host, cookie, origin: 'https://evil.example', ...upgrade })).toBe(403);
  expect(await status(url, '/page-api/socket?as=U0NOBODY', { host, cookie, ...upgrade })).toBe(403);
  expect(await status(url, '/page-api/socket?as=U0DORA', { host, cookie, ...upgrade })).toBe(403);
  expect(await status(url, socket, { host, ...upgrade })).toBe(403);
  expect(await status(url, '/socket-mode?ticket=guess', { host, ...upgrade })).toBe(403);
  expect(await status(url, '//', { host, ...upgrade })).toBe(403);
  expect(await status(url, '//', { host })).toBe(404);
  const opened = await fetch(`${workspace.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.appToken}` },
  });
  const { pathname, search } = new URL(((await opened.json()) as { url: string }).url);
  expect(await status(url, pathname + search, { host, ...upgrade })).toBe(101);
  expect(await status(url, pathname + search, { host, ...upgrade })).toBe(403);
});

test('the page and its modules are served, TypeScript as JavaScript, and nothing beside them', async () => {
  const { url: pageUrl, cookie } = await signIn((await workspaceForTest()).pageLink());
  const get = async (path: string) => {
    const response = await fetch(pageUrl + path, { headers: { cookie } });
    return [response.status, response.headers.get('content-type'), await response.text()] as const;
  };
  expect((await get(''))[1]).toBe('text/html; charset=utf-8');
  const [, type, script] = await get('page/main.ts');
  expect(type).toBe('text/javascript; charset=utf-8');
  expect(
    () =>
      new Function(
        script
          .replace(/^\s*import .*$/gm, '')
          .replace(/^export /gm, '')
          .replace(/\bawait\b/g, ''),
      ),
  ).not.toThrow();
  expect((await get('page/npm/preact/dist/preact.mjs'))[0]).toBe(200);
  expect((await get('page/npm/ws/package.json'))[0]).toBe(404);
  expect((await get('page/tsconfig.json'))[0]).toBe(404);
  const { host } = new URL(pageUrl);
  for (const path of ['/page/../workspace.ts', '/page/%2e%2e/workspace.ts', '/page/npm/preact/../ws/index.js', '/page//etc/passwd.png'])
    expect(await status(pageUrl, path, { host })).toBe(404);
});

test('what a person uploaded never runs in the page', async () => {
  const workspace = await workspaceForTest();
  const mara = await personOn(workspace);
  const uploaded = await mara.upload(CHANNEL, '../x.html', '<script>alert(1)</script>');
  const file = 'file' in uploaded ? uploaded.file! : undefined;
  expect(file).toMatchObject({ name: 'x.html', mimetype: 'application/octet-stream' });
  const response = await mara.download(file!.url);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
});

test('people act only as themselves, where they are members', async () => {
  const workspace = await workspaceForTest();
  const tom = await personOn(workspace, 'U0TOM');
  expect(await tom.say('C0BOARD', 'hello')).toEqual({ ok: false, problem: 'You are not in this channel.' });
  expect(await tom.say('C0OLDAR', 'hello')).toMatchObject({ ok: false, problem: expect.stringContaining('archived') });
  expect(await tom.click({ channel: CHANNEL, ts: '1.0' }, 'b', 'a')).toEqual({ ok: false, problem: 'This message is no longer there.' });
  expect(await tom.act({ do: 'read', channel: 'C0BOARD' })).toMatchObject({ ok: false });
  expect((await tom.snapshot()).channels.map((each) => each.name)).not.toContain('board');
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  await client.chat.postMessage({ channel: CHANNEL, text: 'unread' });
  const unread = async () => (await tom.snapshot()).channels.find((each) => each.id === CHANNEL)?.unread;
  expect(await unread()).toBe(1);
  await tom.act({ do: 'read', channel: CHANNEL });
  expect(await unread()).toBe(0);
});

/** scripts/workspace.ts in a process of its own, with what it printed for the bot. */
async function workspaceProcess(...options: string[]) {
  const child = spawn(process.execPath, ['scripts/workspace.ts', '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (data) => {
    printed += data;
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await until(() => printed.includes('SLACK_API_URL') || undefined);
  const env = Object.fromEntries([...printed.matchAll(/^(SLACK_\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
  const client = new WebClient(env.SLACK_BOT_TOKEN, { slackApiUrl: env.SLACK_API_URL!, retryConfig: { retries: 0 }, logger: SILENT });
  const link = /at (http\S+)/.exec(printed)![1]!;
  return { child, ended, env, client, link };
}

test('npm run workspace prints what the bot needs, installs a manifest and stops on a signal', async () => {
  const dir = await folder();
  const manifest = join(dir, 'manifest.json');
  await writeFile(manifest, JSON.stringify(MANIFEST));
  const { child, ended, env, client, link } = await workspaceProcess('--dir', dir, '--manifest', manifest);
  expect(Object.keys(env)).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL']);
  expect((await client.auth.test()).ok).toBe(true);
  const mara = await PersonOnPage.open(link, 'U0MARA');
  onTestFinished(() => mara.close());
  expect(await mara.snapshot()).toMatchObject({ commands: [{ command: '/overdue' }] });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('every message that was answered ok is there after the process was killed', async () => {
  const dir = await folder();
  const first = await workspaceProcess('--dir', dir);
  await order(await signIn(first.link), { do: 'limits', limits: 'off' });
  const answered: string[] = [];
  const posting = (async () => {
    for (let n = 0; ; n++) answered.push((await first.client.chat.postMessage({ channel: CHANNEL, text: `message ${n}` })).ts!);
  })().catch(() => {});
  await until(() => answered[40]);
  first.child.kill('SIGKILL');
  await Promise.all([first.ended, posting]);
  const second = await workspaceProcess('--dir', dir);
  const kept = (await second.client.conversations.history({ channel: CHANNEL, limit: 999 })).messages!.map((message) => message.ts);
  expect(kept).toEqual(expect.arrayContaining(answered));
  expect(kept.length - answered.length).toBeLessThanOrEqual(1);
});
