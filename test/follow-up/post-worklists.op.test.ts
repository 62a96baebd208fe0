import { beforeEach, describe, expect, it } from 'vitest';
import { postWorklists } from '../../src/follow-up/post-worklists.op.ts';
import type { Jobs } from '../../src/kernel/jobs.port.ts';
import type { SettingsStore } from '../../src/team/settings.port.ts';
import type { TeamStore } from '../../src/team/team.port.ts';
import type { Member } from '../../src/team/team.ts';
import { worldOf } from '../support/world.ts';

const member = (user: string, more: Partial<Member> = {}): Member => ({ user, roles: ['collector'], absence: null, ...more });
const members = [
  member('U1'),
  member('U2'),
  member('U3', { roles: ['manager'] }),
  member('U4', { roles: ['owner'] }),
  member('U5', { left: true }),
];

let jobs: string[];
const post = (at: string, withDigest = false) =>
  postWorklists(
    worldOf({
      clock: { now: () => Temporal.Instant.from(at) },
      settings: { read: async () => ({ zone: 'Europe/Berlin', digestHour: 9, country: 'DE', region: '' }) } as unknown as SettingsStore,
      team: { read: async () => ({ version: 1, members, rules: [] }) } as unknown as TeamStore,
      jobs: {
        async add({ id }: { id: string }) {
          if (jobs.includes(id)) return false;
          jobs.push(id);
          return true;
        },
      } as unknown as Jobs,
      holidays: () => new Set(['2026-11-24']),
    }),
    withDigest,
  );
beforeEach(() => {
  jobs = [];
});

describe('the day’s lists', () => {
  it('go to whoever collects at the digest’s hour of a business day, once', async () => {
    expect(await post('2026-11-20T07:59:00Z')).toBe(0);
    expect(await post('2026-11-20T08:00:00Z')).toBe(3);
    expect(await post('2026-11-20T08:01:00Z')).toBe(0);
    expect(await post('2026-11-20T22:59:00Z')).toBe(0);
    expect(jobs).toEqual(['worklist:U1:2026-11-20', 'worklist:U2:2026-11-20', 'worklist:U3:2026-11-20']);
  });

  it('stay away on weekends and public holidays', async () => {
    expect(await post('2026-11-21T12:00:00Z')).toBe(0);
    expect(await post('2026-11-24T12:00:00Z')).toBe(0);
    expect(await post('2026-11-25T12:00:00Z')).toBe(3);
  });

  it('come with a digest that goes out on its own, as on the day of installation', async () => {
    expect(await post('2026-11-21T05:00:00Z', true)).toBe(3);
  });

  it('turn with the company’s local date', async () => {
    await post('2026-11-22T23:30:00Z', true);
    expect(jobs[0]).toBe('worklist:U1:2026-11-23');
  });
});
