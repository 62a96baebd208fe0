import { request } from 'node:http';
import { expect, test } from 'vitest';
import { openPage } from '../../support/browser.ts';
import { CHANNEL, personOn, workspaceForTest } from './bench.ts';
import { order, signIn } from './sign-in.ts';

const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers, redirect: 'manual' });

/** As a browser asks: fetch() sets the Sec-Fetch headers itself. */
function status(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    sent.once('error', reject);
    sent.end();
  });
}

test('another user of the machine is nobody: no page, no data, no act, no order, no file, no socket', async () => {
  const workspace = await workspaceForTest();
  const mara = await personOn(workspace);
  const uploaded = await mara.upload(CHANNEL, 'secret.csv', 'a,b');
  const { pageUrl: url } = workspace;
  const closed = await get(url);
  expect(closed.status).toBe(401);
  expect(await closed.text()).toContain('opens by the address that Arrears printed');
  for (const cookie of ['', `arrears-${new URL(url).port}=guess`, `arrears-${new URL(url).port}=`]) {
    expect((await get(`${url}page-api/snapshot?as=U0ALEX`, { cookie })).status).toBe(401);
    expect((await get(`${url}page-api/messages?as=U0ALEX&channel=${CHANNEL}`, { cookie })).status).toBe(401);
    for (const what of ['act', 'upload', 'manifest', 'control'])
      expect((await fetch(`${url}page-api/${what}`, { method: 'POST', headers: { cookie }, body: '{}' })).status).toBe(401);
  }
  expect((await order({ url, cookie: '' }, { do: 'deactivate', person: 'U0TOM' })).status).toBe(401);
  const file = 'file' in uploaded ? uploaded.file!.url : '';
  const seen = await (await get(new URL(file, url).href, { 'sec-fetch-site': 'same-origin' })).text();
  expect(seen).toContain('Sign in to see this file');
  expect(await (await mara.download(file)).text()).toBe('a,b');
  const socket = new WebSocket(`${url.replace('http', 'ws')}page-api/socket?as=U0ALEX`);
  await new Promise((resolve) => socket.addEventListener('error', resolve));
});

test('a printed address is good once; its cookie is out of reach of scripts and of other sites', async () => {
  const workspace = await workspaceForTest();
  const link = workspace.pageLink();
  const first = await get(link);
  expect(first.status).toBe(200);
  expect(first.headers.getSetCookie()).toEqual([expect.stringMatching(/^arrears-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)]);
  expect((await get(link)).status).toBe(401);
  const { cookie } = await signIn(workspace.pageLink());
  const again = await get(link, { cookie });
  expect([again.status, again.headers.getSetCookie()]).toEqual([200, []]);
  const other = await workspaceForTest();
  expect((await get(`${other.pageUrl}page-api/snapshot`, { cookie })).status).toBe(401);
});

test('no other page shows it in a frame', async () => {
  const workspace = await workspaceForTest();
  const { url, cookie } = await signIn(workspace.pageLink());
  for (const answer of [await get(url, { cookie }), await get(url)]) {
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  }
  const into = (dest: string) =>
    status(url, { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': dest });
  expect(await into('document')).toBe(200);
  for (const dest of ['iframe', 'frame', 'object', 'embed', 'fencedframe']) expect(await into(dest)).toBe(403);
});

test('in a browser the key does not stay in the address, and the page works on after a reload', async () => {
  const workspace = await workspaceForTest();
  const opened = await openPage(`${workspace.pageLink()}#/${CHANNEL}?as=U0INES`);
  const { page } = opened;
  await page.locator('[data-link=open]').waitFor();
  expect(page.url()).toBe(`${workspace.pageUrl}#/${CHANNEL}?as=U0INES`);
  await page.reload();
  await page.locator('[data-link=open]').waitFor();
  expect(await page.evaluate('document.cookie')).toBe('');
  await opened.close();
});
