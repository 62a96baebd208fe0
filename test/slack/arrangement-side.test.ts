import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/domain/account-work.ts';
import { day } from '../../src/domain/day.ts';
import type { RecordedFact } from '../../src/operations/ports.ts';
import { type ArrangementSidePorts, arrangementSide } from '../../src/slack/arrangement-side.ts';
import type { Renderer } from '../../src/slack/outbound.ts';

const NOW = '2026-11-23T10:00:00Z';
const absence = { from: day('2026-11-20'), to: day('2026-11-30'), cover: 'U0SARA' };

/** Mara takes plans; `collector` has the account, Tom is away and Sara covers. */
function side(collector: string | null) {
  const members = ['U0MARA', 'U0TOM', 'U0SARA'].map((user) => ({ user, roles: ['collector'], absence: user === 'U0TOM' ? absence : null }));
  const ports = {
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
  } as unknown as ArrangementSidePorts;
  const { told, renderers }: { told: ReturnType<typeof arrangementSide>['told']; renderers: Readonly<Record<string, Renderer>> } =
    arrangementSide(ports);
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
const missed = { type: 'plan-missed', plan: 'p', amount: 100_000, count: 1, due: 25_000 };

it('a missing instalment goes to whoever took the plan and to whoever stands in for the collector, each once', async () => {
  const posts = await side('U0TOM')(missed);
  expect(posts.map((post) => post.to).sort()).toEqual(['D-U0MARA', 'D-U0SARA']);
  expect(posts[0]!.text).toContain('1 instalment of the plan of £1,000.00 did not come: £250.00 is missing');
  // What is data is escaped.
  expect(posts[0]!.text).toContain('Otterby &lt;Ltd&gt;');
  expect(posts[0]!.blocks).toContain('account-call');
});

it('to one person once, and to nobody who has left', async () => {
  expect((await side('U0MARA')(missed)).map((post) => post.to)).toEqual(['D-U0MARA']);
  expect((await side('U0GONE')(missed)).map((post) => post.to)).toEqual(['D-U0MARA']);
  expect((await side(null)(missed)).map((post) => post.to)).toEqual(['D-U0MARA']);
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
