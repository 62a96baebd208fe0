import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { arrangementSide } from '../../src/arrangements/arrangement-side.slack.ts';
import type { Alert } from '../../src/follow-up/alerts.ts';
import { day } from '../../src/kernel/day.ts';
import type { Told } from '../../src/kernel/told.op.ts';
import type { Renderer } from '../../src/slack/outbound.ts';
import type { SlackWorld } from '../../src/slack/world.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

const NOW = '2026-11-23T10:00:00Z';
const absence = { from: day('2026-11-20'), to: day('2026-11-30'), cover: 'U0SARA' };

/** Mara takes plans; `collector` has the account, Tom is away and Sara covers. */
function portsOf(collector: string | null) {
  const members = ['U0MARA', 'U0TOM', 'U0SARA'].map((user) => ({ user, roles: ['collector'], absence: user === 'U0TOM' ? absence : null }));
  return {
    clock: { now: () => Temporal.Instant.from(NOW) },
    settings: { read: async () => ({ zone: 'Europe/London' }) },
    team: {
      read: async () => ({
        version: 1,
        members: [...members, { user: 'U0GONE', roles: ['collector'], absence: null, left: true }],
        rules: [],
      }),
    },
    accounts: { load: async () => ({ id: 'a1', name: 'Otterby <Ltd>', version: 7, work: { ...NEW_WORK, collector } }) },
    client: { conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D-${users}` } }) } },
  } as unknown as SlackWorld;
}

function side(collector: string | null) {
  const { told, renderers }: { told: Told; renderers: Readonly<Record<string, Renderer>> } = arrangementSide(portsOf(collector));
  return async (fact: object) => {
    const recorded = {
      id: 'account:a1:4',
      aggregate: 'account:a1',
      at: NOW,
      by: 'clock',
      command: 'c',
      takenBy: 'U0MARA',
      currency: 'GBP',
      ...fact,
    };
    const jobs = told[(recorded as unknown as RecordedFact).type]!(recorded as unknown as RecordedFact);
    expect(new Set(jobs.map((job) => job.id)).size).toBe(jobs.length);
    const posts = await Promise.all(jobs.map((job) => renderers[job.kind]!(job.payload, undefined as never)));
    return posts.flatMap((post) =>
      post ? [{ to: post.channel, text: post.messages[0]!.text, blocks: JSON.stringify(post.messages[0]!.blocks) }] : [],
    );
  };
}
const approved = { type: 'plan-approved', plan: 'p', amount: 100_000 };

it('an approved plan goes to whoever took it and to whoever stands in for the collector, each once', async () => {
  const posts = await side('U0TOM')(approved);
  expect(posts.map((post) => post.to).sort()).toEqual(['D-U0MARA', 'D-U0SARA']);
  expect(posts[0]!.text).toContain('The plan of £1,000.00 begins');
  // What is data is escaped.
  expect(posts[0]!.text).toContain('Otterby &lt;Ltd&gt;');
  expect(posts[0]!.blocks).toContain('account-card');
});

it('to one person once, and to nobody who has left', async () => {
  expect((await side('U0MARA')(approved)).map((post) => post.to)).toEqual(['D-U0MARA']);
  expect((await side('U0GONE')(approved)).map((post) => post.to)).toEqual(['D-U0MARA']);
  expect((await side(null)(approved)).map((post) => post.to)).toEqual(['D-U0MARA']);
});

it('what a person did by hand is not told', async () => {
  const tell = side(null);
  const offer = {
    offer: 'o',
    kind: 'settlement',
    pay: 80_000,
    balance: 100_000,
    until: '2026-11-20',
    inTime: 0,
    late: 0,
    credit: 0,
    note: 'x',
  };
  expect(await tell({ type: 'plan-closed', plan: 'p', amount: 1, outcome: 'cancelled', note: 'x' })).toEqual([]);
  expect(await tell({ type: 'offer-closed', ...offer, outcome: 'withdrawn' })).toEqual([]);
  const [lapsed] = await tell({ type: 'offer-closed', ...offer, outcome: 'lapsed', late: 80_000 });
  expect(lapsed!.text).toContain('£0.00 came by that day, £800.00 after it. The full balance stands');
});

it('a missing instalment is an alert of whoever took the plan and of the collector, with what to do', async () => {
  const { told, alertCards }: { told: Told; alertCards: ReturnType<typeof arrangementSide>['alertCards'] } = arrangementSide(
    portsOf('U0TOM'),
  );
  const missed = { type: 'plan-missed', plan: 'p', amount: 100_000, count: 1, due: 25_000, currency: 'GBP', takenBy: 'U0MARA' };
  const [tell, ...more] = told['plan-missed']!({ ...missed, id: 'account:a1:4', aggregate: 'account:a1' } as unknown as RecordedFact);
  expect(more).toEqual([]);
  expect(tell!.payload).toMatchObject({ cause: 'plan-missed', account: 'a1', named: 'U0MARA' });
  const card = await alertCards['plan-missed']({ ...tell!.payload, user: 'U0MARA' } as unknown as Alert);
  expect(card!.text).toContain('1 instalment of the plan of £1,000.00 did not come: £250.00 is missing');
  expect(JSON.stringify(card!.blocks)).toContain('account-call');
});
