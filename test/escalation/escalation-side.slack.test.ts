import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { NO_CHARGES } from '../../src/charges/charges.ts';
import type { CaseCards } from '../../src/escalation/case-cards.slack.ts';
import { escalationSide } from '../../src/escalation/escalation-side.slack.ts';
import type { Alert } from '../../src/follow-up/alerts.ts';
import type { Renderer } from '../../src/slack/outbound.ts';
import type { SlackWorld } from '../../src/slack/world.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

const NOW = '2026-11-23T10:00:00Z';

/** Mara has the account; what is charged on it is kept. */
function side(collector: string | null = 'U0MARA') {
  const members = ['U0MARA', 'U0TOM', 'U0INES'].map((user) => ({ user, roles: ['collector'], absence: null }));
  const charged: unknown[] = [];
  const commands: string[] = [];
  const ports = {
    clock: { now: () => Temporal.Instant.from(NOW) },
    settings: { read: async () => ({ zone: 'Europe/London' }) },
    team: { read: async () => ({ version: 1, members, rules: [] }) },
    accounts: { load: async () => ({ id: 'a1', name: 'Otterby <Ltd>', version: 7, zone: '', work: { ...NEW_WORK, collector } }) },
    client: { conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D-${users}` } }) } },
    charges: {
      load: async () => ({ version: 1, facts: 0, commands, charges: NO_CHARGES }),
      save: async (_account: string, _before: unknown, _after: unknown, facts: unknown[], command: string) => {
        charged.push(...facts);
        commands.push(command);
        return true;
      },
    },
  } as unknown as SlackWorld;
  const { told, renderers, reactions, alertCards } = escalationSide(ports, {} as CaseCards);
  const tells: Readonly<Record<string, (fact: RecordedFact) => readonly { id: string; kind: string; payload: object }[]>> = told;
  const posts: Readonly<Record<string, Renderer>> = renderers;
  const tell = async (fact: object) => {
    const stamped = { id: 'account:a1:4', aggregate: 'account:a1', at: NOW, by: 'U0MARA', command: 'c', currency: 'GBP', ...fact };
    const recorded = stamped as unknown as RecordedFact;
    const jobs = tells[recorded.type]!(recorded);
    expect(new Set(jobs.map((job) => job.id)).size).toBe(jobs.length);
    const sent = [];
    for (const { kind, payload } of jobs) {
      await reactions[kind]?.({ ...payload });
      sent.push((await posts[kind]?.({ ...payload }, undefined as never)) ?? null);
    }
    return sent.flatMap((post) =>
      post ? [{ to: post.channel, text: post.messages[0]!.text, blocks: JSON.stringify(post.messages[0]!.blocks) }] : [],
    );
  };
  return { tell, charged, tells, alertCards };
}

const late = { type: 'write-off-paid', writeOff: 'c-1', invoices: ['A', '<B>'], received: 250_00, amount: 600_00, reason: 'goodwill' };

it('money after a write-off is an alert of who asked for it and of the collector, with the button that takes it back', async () => {
  const { tells, alertCards } = side();
  const fact = { ...late, id: 'account:a1:4', aggregate: 'account:a1', currency: 'GBP', requester: 'U0TOM' } as unknown as RecordedFact;
  const [tell, ...more] = tells['write-off-paid']!(fact);
  expect(more).toEqual([]);
  expect(tell!.payload).toMatchObject({ cause: 'write-off-paid', account: 'a1', named: 'U0TOM' });
  const card = await alertCards['write-off-paid'](tell!.payload as Alert);
  expect(card!.text).toContain('£250.00 has come in on A, &lt;B&gt;, which had been written off');
  expect(card!.text).toContain('Otterby &lt;Ltd&gt;');
  expect(JSON.stringify(card!.blocks)).toContain('write-off-reverse');
});

it('a mandate, given or ended, is told to both', async () => {
  const mandate = { negotiator: 'U0TOM', givenBy: 'U0INES', off: 20_00, most: { GBP: 5_000_00 }, longest: 180, until: '2027-02-28' };
  const given = await side().tell({ type: 'mandate-given', mandate: 'm', ...mandate });
  expect(given.map(({ to }) => to).sort()).toEqual(['D-U0INES', 'D-U0TOM']);
  expect(given[0]!.text).toContain('may give up 20.00 % of a balance and £5,000.00 in all, plans up to 180 days, until 28 Feb 2027');
  const [ended] = await side().tell({ type: 'mandate-ended', mandate: 'm', ...mandate, reason: '' });
  expect(ended!.text).toContain('since 28 Feb 2027 was its last day. What was agreed stands.');
});

it('an agency’s fee becomes a cost of recovery, once however often it is worked on; no fee, no cost', async () => {
  const { tell, charged } = side();
  const paid = { type: 'placement-paid', entity: 'NWUK', name: 'Swift', amount: 400_00, fee: 72_00, on: '2026-11-20', note: '' };
  expect(await tell(paid)).toEqual([]);
  await tell(paid);
  expect(charged).toMatchObject([{ type: 'charge-claimed', kind: 'recovery-cost', amount: 72_00, purpose: 'Fee of Swift', by: 'U0MARA' }]);
  await tell({ ...paid, id: 'account:a1:5', fee: 0 });
  expect(charged).toHaveLength(1);
});
