import path from 'node:path';
import type * as CarryOut from '../../src/escalation/carry-out-cases.op.ts';
import type { CaseKindRules } from '../../src/escalation/case.port.ts';
import type * as Voting from '../../src/escalation/vote.op.ts';
import type { OpenStore, openStore } from '../../src/store/open-store.ts';
import { opened } from '../support/cases.ts';
import { worldOf } from '../support/world.ts';

const NOW = Temporal.Instant.from('2026-11-23T10:00:00Z');
const PEOPLE = 50;
const CLICKS = 100;

/**
 * Fifty people click at once, some of them twice or both ways, over two instances of one store; then both carry out what was approved. Each
 * case must end in one state with distinct voters, and be carried out once or not at all.
 */
export async function crowd(runs: number, src: string, uri: string) {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const { openStore: open } = await load<{ openStore: typeof openStore }>('store/open-store.ts');
  const { vote } = await load<typeof Voting>('escalation/vote.op.ts');
  const { carryOutCases } = await load<typeof CarryOut>('escalation/carry-out-cases.op.ts');
  const instances = [await open(uri), await open(uri)];
  const [first] = instances as [OpenStore, OpenStore];
  const clock = { now: () => NOW };
  const executed = new Map<string, number>();
  const kinds: CaseKindRules = {
    'credit-limit': {
      offered: true,
      sixQuestions: false,
      refusal: async () => null,
      basis: async () => null,
      async carryOut({ id }) {
        executed.set(id, (executed.get(id) ?? 0) + 1);
        return 'done';
      },
    },
  };
  const figures = { runs, clicks: 0, counted: 0, notFinal: 0, doubleVoters: 0, twoEnds: 0, wronglyExecuted: 0, lost: 0 };
  try {
    await seat(first);
    for (let run = 0; run < runs; run += 1) {
      const id = `c-crowd-${run}`;
      const basis = first.fingerprint(null);
      const expiresAt = NOW.add({ hours: 48 }).toString();
      const of = opened({
        id,
        kind: 'credit-limit',
        basis,
        needed: { people: 3, financeLeads: 1 },
        expiresAt,
        about: { run: String(run) },
      });
      await first.cases.request({ ...of, openedAt: NOW.toString() }, [], `request:${run}`);
      const clicks = Array.from({ length: CLICKS }, (_, n) => {
        const ports = worldOf({ ...instances[n % 2]!, clock, kinds });
        // Most approve; which click is a rejection differs from run to run, and in every third run there is none.
        const how = run % 3 !== 0 && (n * 7 + run) % 23 === 0 ? 'reject' : 'approve';
        return vote(ports, id, { vote: how, reason: how, seen: 1 }, `P${n % PEOPLE}`);
      });
      const results = await Promise.all(clicks);
      figures.clicks += clicks.length;
      await Promise.all(instances.map((stores) => carryOutCases(worldOf({ ...stores, clock, kinds }))));
      const stored = (await first.cases.load(id))!;
      judge(figures, stored.case, stored.facts, results.filter((each) => each.done && !each.again).length, executed.get(id) ?? 0);
    }
  } finally {
    for (const stores of instances) await stores.close();
  }
  return figures;
}

type Figures = Record<'counted' | 'notFinal' | 'doubleVoters' | 'twoEnds' | 'wronglyExecuted' | 'lost', number>;

function judge(figures: Figures, of: ReturnType<typeof opened>, facts: number, done: number, executed: number): void {
  const { votes, state } = of;
  figures.counted += votes.length;
  if (state !== 'rejected' && state !== 'carried-out') figures.notFinal += 1;
  if (new Set(votes.map((each) => each.by)).size !== votes.length) figures.doubleVoters += 1;
  // A fact a vote, one for the end, one for carrying out.
  if (facts !== votes.length + 1 + (state === 'carried-out' ? 1 : 0)) figures.twoEnds += 1;
  if (executed !== (state === 'carried-out' ? 1 : 0)) figures.wronglyExecuted += 1;
  if (done !== votes.length) figures.lost += 1;
}

async function seat(stores: OpenStore): Promise<void> {
  await stores.settings.load({
    digestChannel: 'collections',
    digestHour: 9,
    zone: 'Europe/London',
    company: '',
    country: 'GB',
    region: '',
    commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
  });
  const team = await stores.team.read();
  const members = Array.from({ length: PEOPLE }, (_, n) => ({
    user: `P${n}`,
    roles: [n % 2 ? 'manager' : 'finance-lead'] as const,
    absence: null,
  }));
  await stores.team.save(team, { members, rules: [] }, [], 'seat');
}
