import type { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { FIRST_POLICIES } from '../../src/follow-up/default-policies.ts';
import { worklistRenderer } from '../../src/follow-up/worklist-renderer.slack.ts';
import { day } from '../../src/kernel/day.ts';
import type { World } from '../../src/kernel/world.port.ts';
import type { Absence, Member } from '../../src/team/team.ts';
import { worldOf } from '../support/world.ts';

interface Situation {
  readonly refusal?: string;
  readonly absence?: Absence;
  readonly roles?: Member['roles'];
}

/** Mara (U1) collects one account with something overdue; Tom (U2) collects nothing. */
function renderer({ refusal, absence, roles = ['collector'] }: Situation = {}) {
  const account = {
    segment: '',
    country: '',
    region: '',
    zone: '',
    id: 'a',
    name: 'Alder',
    number: 'K1',
    autopay: true,
    owner: '',
    collector: 'U1',
  };
  const item = {
    account: 'a',
    entity: '',
    number: 'I1',
    currency: 'EUR',
    issued: day('2026-10-01'),
    due: day('2026-11-01'),
    open: 100,
    disputed: 0,
  };
  const ports = {
    clock: { now: () => Temporal.Instant.from('2026-11-20T09:00:00Z') },
    settings: { read: async () => ({ zone: 'Europe/London' }) },
    ledger: {
      freshness: async () => ({ asOf: null, sample: false, applying: false }),
      accounts: async () => [account],
      openBooks: async () => ({ items: new Map([['a', [item]]]), credits: new Map(), origins: new Map() }),
      book: async () => ({ invoices: [], receipts: [], firstImport: null }),
    },
    policies: { read: async () => FIRST_POLICIES },
    holidays: () => new Set(),
    accounts: { all: async () => new Map([['a', { ...NEW_WORK, collector: 'U1' }]]) },
    drafts: { open: async () => [] },
    team: {
      read: async () => ({
        version: 1,
        rules: [],
        members: [
          { user: 'U1', roles, absence: absence ?? null },
          { user: 'U2', roles: ['collector'], absence: null },
        ],
      }),
    },
  } as unknown as World;
  const client = {
    conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D-${users}` } }) },
  } as unknown as WebClient;
  const render = worklistRenderer(worldOf({ ...ports, client, homeTeam: 'T1', membership: async () => refusal ?? null }));
  return (user: string, of = '2026-11-20') => render({ user, day: of }, async () => null);
}

it('tells a collector the morning what there is to do, by direct message', async () => {
  const sent = await renderer()('U1');
  expect(sent?.channel).toBe('D-U1');
  expect(JSON.stringify(sent?.messages)).toContain(
    '*Good morning. 1 thing to do today.*\\n1 other\\nLargest: *Alder*, €1.00, 19 days overdue',
  );
});

it('sends nothing to who has nothing to do, has left Slack, or collects no more', async () => {
  expect(await renderer()('U2')).toBeNull();
  expect(await renderer({ refusal: 'deactivated' })('U1')).toBeNull();
  expect(await renderer({ roles: ['owner'] })('U1')).toBeNull();
});

it('sends no list of a day that is over: the next one says it better', async () => {
  expect(await renderer()('U1', '2026-11-19')).toBeNull();
});

it('sends an absent collector’s accounts to the cover, and nothing to the absent', async () => {
  const absence = { from: day('2026-11-20'), to: day('2026-11-20'), cover: 'U2' };
  expect(await renderer({ absence })('U1')).toBeNull();
  const covered = await renderer({ absence })('U2');
  expect(covered?.channel).toBe('D-U2');
  expect(JSON.stringify(covered?.messages)).toContain('1 account of <@U1>, who is away');
});
