import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { POST_PER_CHANNEL, RateLimits, TIERS } from '../../../src/embedded/slack/rate-limits.ts';
import { CHANNEL, workspaceForTest } from './bench.ts';

/** How many of `wanted` requests are admitted at this moment. */
const admitted = (limits: RateLimits, key: string, allowance: { perMinute: number; burst: number }, now: number, wanted = 500) =>
  Array.from({ length: wanted }, () => limits.take(key, allowance, now)).filter((wait) => wait === 0).length;

test.each(Object.entries(TIERS))(
  'tier %s takes a burst and then its rate, never much more than one and a half times it in any minute',
  (_tier, allowance) => {
    const limits = new RateLimits('slack');
    expect(admitted(limits, 'm', allowance, 0)).toBe(allowance.burst);
    let inTheMinute = 0;
    for (let now = 1; now <= 60_000; now += 100) inTheMinute += admitted(limits, 'm', allowance, now, 5);
    expect(inTheMinute).toBeGreaterThanOrEqual(allowance.perMinute - 1);
    expect(inTheMinute).toBeLessThanOrEqual(allowance.perMinute);
  },
);

test('Retry-After is long enough and not too long', () => {
  const limits = new RateLimits('slack');
  admitted(limits, 'm', TIERS[2], 0);
  expect(limits.take('m', TIERS[2], 0)).toBe(3);
  expect(limits.take('m', TIERS[2], 2_900)).toBe(1);
  expect(limits.take('m', TIERS[2], 3_000)).toBe(0);
});

test('a factor scales the limits, off lifts them, and one channel does not use up another', () => {
  const limits = new RateLimits({ factor: 10 });
  expect(admitted(limits, 'a', POST_PER_CHANNEL, 0)).toBe(30);
  expect(admitted(limits, 'b', POST_PER_CHANNEL, 0)).toBe(30);
  limits.setting = 'off';
  expect(admitted(limits, 'a', POST_PER_CHANNEL, 0)).toBe(500);
});

test('a channel takes three messages at once, then answers 429 with Retry-After; nothing refused was posted', async () => {
  const workspace = await workspaceForTest({ limits: 'slack' });
  const post = (channel: string) =>
    fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel, text: 'hello' }),
    });
  const burst = [await post(CHANNEL), await post(CHANNEL), await post(CHANNEL), await post(CHANNEL)];
  expect(burst.map((each) => each.status)).toEqual([200, 200, 200, 429]);
  expect(burst[3]?.headers.get('retry-after')).toBe('1');
  expect(await burst[3]?.json()).toEqual({ ok: false, error: 'ratelimited' });
  expect((await post('C0SALES')).status).toBe(200);
  workspace.control({ do: 'limits', limits: 'off' });
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  expect((await client.conversations.history({ channel: CHANNEL })).messages).toHaveLength(3);
});

test('each method counts for itself', async () => {
  const workspace = await workspaceForTest({ limits: 'slack' });
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, rejectRateLimitedCalls: true });
  for (let n = 0; n < TIERS[2].burst; n++) await client.users.list({});
  await expect(client.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
  expect((await client.conversations.list({})).ok).toBe(true);
});
