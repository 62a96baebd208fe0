import { expect, test } from 'vitest';
import { countedFetch } from '../../src/slack/call-count.ts';

const API = 'https://slack.example/api/';

/** What is counted of a call that is answered so. */
async function counted(url: string, answer: () => Response | Error): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const send = async () => {
    const came = answer();
    if (came instanceof Error) throw came;
    return came;
  };
  const fetch = countedFetch(API, (method, outcome) => resolve(`${method} ${outcome}`), send);
  const response = await fetch(url, {}).catch(() => null);
  // Whoever called still reads the answer.
  if (response) await response.text();
  return promise;
}

const json = (body: object, status = 200) => Response.json(body, { status, headers: { 'retry-after': '1' } });

test.each([
  [`${API}chat.postMessage`, () => json({ ok: true }), 'chat.postMessage ok'],
  [`${API}chat.postMessage`, () => json({ warning: 'x', ok: true }), 'chat.postMessage ok'],
  [`${API}chat.postMessage`, () => json({ ok: false, error: 'not_in_channel' }), 'chat.postMessage not_in_channel'],
  [`${API}chat.postMessage`, () => json({ ok: false, error: 'canary of somebody' }), 'chat.postMessage refused'],
  [`${API}chat.postMessage`, () => json({ ok: false }, 429), 'chat.postMessage ratelimited'],
  [`${API}users.list`, () => new Response('<p>', { status: 503 }), 'users.list http-5xx'],
  [`${API}users.list`, () => new Response('<p>not JSON'), 'users.list refused'],
  [`${API}users.list`, () => new Error('no line'), 'users.list no-answer'],
  [`${API}canary?name=Somebody`, () => json({ ok: true }), 'other ok'],
  ['https://hooks.slack.example/commands/T1/canary', () => json({ ok: true }), 'answer-or-file ok'],
])('%s is counted by words of our own', async (url, answer, expected) => {
  expect(await counted(url, answer)).toBe(expected);
});
