import type { CaseKindRules } from '../../src/escalation/case.port.ts';
import { openCase } from '../../src/escalation/case.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { day } from '../../src/kernel/day.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { Team } from '../../src/team/team.ts';
import { worldOf } from '../../test/support/world.ts';
import { BENCH_DAY } from './ledger-file.ts';
import { type BenchLine, type BenchSize, round, timed } from './measure.ts';
import { inFolder, withStores } from './stores.ts';

const PEOPLE = 50;
const NOW = Temporal.Instant.from(`${BENCH_DAY}T10:00:00Z`);

/** Fifty people click Approve, each on the next request that waits; two of them decide each. Written with facts, one guarded update a vote. */
export async function benchApprovals({ approvals }: BenchSize): Promise<BenchLine[]> {
  return inFolder((dir) =>
    withStores(dir, async (stores) => {
      await seat(stores);
      for (let n = 0; n < approvals; n += 1) await stores.cases.request(requestOf(stores, n), [], `request:${n}`);
      const clock = { now: () => NOW };
      const ports = worldOf({ ...stores, clock, kinds: KINDS });
      let next = 0;
      const person = async () => {
        for (let n = next++; n < 2 * approvals; n = next++) {
          const id = `c-${n >> 1}`;
          const result = await vote(ports, id, { vote: 'approve', reason: '', seen: 1 }, `P${n % PEOPLE}`);
          if (!result.done) throw new Error(`a vote on ${id} was refused: ${result.refused}`);
        }
      };
      const ms = await timed(() => Promise.all(Array.from({ length: PEOPLE }, person)));
      const decided = (await stores.cases.approved()).length;
      if (decided !== approvals) throw new Error(`${decided} of ${approvals} requests were decided`);
      return [{ bench: 'approvals', people: PEOPLE, decided, decidedPerSecond: round((1000 * decided) / ms) }];
    }),
  );
}

const KINDS: CaseKindRules = {
  'credit-limit': {
    offered: true,
    sixQuestions: false,
    refusal: async () => null,
    basis: async () => null,
    carryOut: async () => 'done',
  },
};

function teamOf(): Omit<Team, 'version'> {
  const members = Array.from({ length: PEOPLE }, (_, n) => ({ user: `P${n}`, roles: ['manager'] as const, absence: null }));
  return { members, rules: [] };
}

async function seat(stores: OpenStore): Promise<void> {
  const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
  const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
  await stores.settings.load({ ...where, commands });
  await stores.team.save(await stores.team.read(), teamOf(), [], 'seat');
}

function requestOf(stores: OpenStore, n: number) {
  const asked = {
    id: `c-${n}`,
    account: `A${n}`,
    entity: '',
    kind: 'credit-limit' as const,
    currency: 'EUR',
    amount: 100_00,
    reason: 'They asked for more.',
    reasonCodes: [],
    about: {},
    answers: {},
    basis: stores.fingerprint(null),
    day: day(BENCH_DAY),
    requester: 'U0MARA',
    needed: { people: 2, financeLeads: 0 },
    substitutes: true,
    expiresAt: NOW.add({ hours: 48 }).toString(),
    remindAt: NOW.add({ hours: 24 }).toString(),
  };
  const decision = openCase(asked, NOW, { version: 1, ...teamOf() }, day(BENCH_DAY));
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.case;
}
