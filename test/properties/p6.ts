import path from 'node:path';
import fc from 'fast-check';
import type * as Table from '../../src/escalation/approval-table.ts';
import type * as Cases from '../../src/escalation/case.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import type { Member, Team } from '../../src/team/team.ts';
import { EXPIRES, MONDAY, newCase, PEOPLE } from '../support/cases.ts';
import { tryPaths } from './p6-paths.ts';

const SIZES = { test: { teams: 1_500, tables: 300 }, full: { teams: 60_000, tables: 5_000 } } as const;

/** P6: no path lets the requester, the last editor or a substitute of theirs approve; thresholds and expiry hold to the unit and the millisecond. */
export async function p6(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const cases = (await import(path.join(src, 'escalation/case.ts'))) as typeof Cases;
  const table = (await import(path.join(src, 'escalation/approval-table.ts'))) as typeof Table;
  const teams = randomTeams(cases, SIZES[size].teams);
  const thresholds = atThresholds(table, SIZES[size].tables);
  const expiry = atTheEnd(cases);
  const paths = await tryPaths(src);
  const figures = { ...paths, ...teams, ...thresholds, ...expiry };
  const faults =
    paths.approvedByBarred +
    paths.rejectedByBarred +
    paths.eligibleRefused +
    teams.barredVotes +
    thresholds.wrongThresholds +
    expiry.wrongAtTheEnd;
  return { held: faults === 0 && teams.votes > 0, figures };
}

const users = PEOPLE.map((each) => each.user);
const anyDay = fc.integer({ min: 18, max: 28 }).map((n) => day(`2026-11-${n}`));
const absence = fc.record({ from: anyDay, to: anyDay, cover: fc.constantFrom(...users) });
const teamArbitrary = fc.tuple(...users.map(() => fc.option(absence, { nil: null, freq: 2 }))).map((absences): Team => {
  const members = PEOPLE.map(
    (each, n): Member => ({ ...each, absence: absences[n] && absences[n].cover !== each.user ? absences[n] : null }),
  );
  return { version: 1, rules: [], members };
});

/** Whoever is joined to a person by covers on the day the vote is given, written down on its own: edges followed one way, then the other. */
function joined(team: Team, user: string, on: Day): Set<string> {
  const edges = team.members.flatMap(({ user: from, absence: gone }) =>
    gone && gone.from <= on && on <= gone.to ? [[from, gone.cover] as const] : [],
  );
  const reach = (next: (at: string) => string[]) => {
    const found = new Set<string>();
    for (const queue = [user]; queue.length > 0; ) for (const at of next(queue.pop()!)) if (!found.has(at)) queue.push(at) && found.add(at);
    return found;
  };
  const covers = reach((at) => edges.filter(([from]) => from === at).map(([, to]) => to));
  const covered = reach((at) => edges.filter(([, to]) => to === at).map(([from]) => from));
  return new Set([user, ...covers, ...covered]);
}

/** Random absences, requesters and editors: everybody tries to approve; whoever is joined to requester or last editor must fail. */
function randomTeams({ openCase, decideCase }: typeof Cases, runs: number) {
  const figures = { teams: runs, votes: 0, barredVotes: 0 };
  const scene = fc.record({
    team: teamArbitrary,
    requester: fc.constantFrom(...users),
    editor: fc.option(fc.constantFrom(...users), { nil: null }),
  });
  for (const { team, requester, editor } of fc.sample(scene, { numRuns: runs, seed: 6 })) {
    const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
    const first = openCase(newCase({ requester, needed: { people: 5, financeLeads: 0 } }), now, team, MONDAY);
    if ('refused' in first) throw new Error(first.refused);
    const { amount, reason, reasonCodes, answers, basis, needed, expiresAt, remindAt } = first.case;
    const edit = { amount, reason, reasonCodes, answers, basis, needed, expiresAt, remindAt, day: MONDAY };
    const edited = editor === null ? first : decideCase(first.case, { do: 'edit', edit, seen: 1 }, editor, now, team, MONDAY);
    if ('refused' in edited) throw new Error(edited.refused);
    const barred = new Set([...joined(team, requester, MONDAY), ...(editor ? joined(team, editor, MONDAY) : [])]);
    let of = edited.case;
    for (const user of users) {
      const vote = decideCase(of, { do: 'vote', vote: 'approve', reason: '', seen: of.revision }, user, now, team, MONDAY);
      if ('refused' in vote) continue;
      figures.votes += 1;
      if (barred.has(user) || barred.has(vote.case.votes.at(-1)!.as)) figures.barredVotes += 1;
      of = vote.case;
    }
  }
  return figures;
}

/** x - 0.01, x and x + 0.01 of every step of the first table and of random ones. */
function atThresholds({ FIRST_TABLE, neededFor, FROM_ZERO }: typeof Table, tables: number) {
  const figures = { thresholds: 0, wrongThresholds: 0 };
  const steps = fc.uniqueArray(
    fc.integer({ min: 1, max: 1_000_000 }).map((n) => n * 10),
    { minLength: 1, maxLength: 4 },
  );
  const random = fc.sample(steps, { numRuns: tables, seed: 6 }).map((amounts) => {
    const bands = [FROM_ZERO, ...amounts.sort((a, b) => a - b)].map((above, n) => ({ above, people: Math.min(5, n + 1), financeLeads: 0 }));
    return { bands: { EUR: bands }, expiryDays: 5, remindHours: 24, substitutes: true };
  });
  for (const rule of [...Object.values(FIRST_TABLE.rules), ...random]) {
    for (const [currency, bands] of Object.entries(rule.bands)) {
      for (const [n, band] of bands.entries()) {
        const below = bands[Math.max(0, n - 1)]!;
        for (const [amount, wanted] of [
          [band.above - 1, below],
          [band.above, n === 0 ? band : below],
          [band.above + 1, band],
        ] as const) {
          if (amount < 0) continue;
          figures.thresholds += 1;
          const needed = neededFor(rule, currency, amount);
          if (needed.people !== wanted.people || needed.financeLeads !== wanted.financeLeads) figures.wrongThresholds += 1;
        }
      }
    }
  }
  return figures;
}

/** A millisecond before the end everything is possible, at it nothing; no job has run. */
function atTheEnd({ openCase, decideCase }: typeof Cases) {
  const figures = { endings: 0, wrongAtTheEnd: 0 };
  const team: Team = { version: 1, rules: [], members: PEOPLE };
  for (const ms of [-1_000, -1, 0, 1, 1_000, 86_400_000]) {
    const opened = openCase(newCase(), Temporal.Instant.from('2026-11-23T09:00:00Z'), team, MONDAY);
    if ('refused' in opened) throw new Error(opened.refused);
    for (const vote of ['approve', 'reject'] as const) {
      figures.endings += 1;
      const decision = decideCase(
        opened.case,
        { do: 'vote', vote, reason: 'x', seen: 1 },
        'INES',
        EXPIRES.add({ milliseconds: ms }),
        team,
        MONDAY,
      );
      if ('refused' in decision !== ms >= 0) figures.wrongAtTheEnd += 1;
    }
  }
  return figures;
}
