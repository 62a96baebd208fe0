import type { AssignedHow } from '../account/account-work.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { type AgeingBucket, bucketOf } from '../ledger/ageing.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { type AssignableAccount, type AssignmentRule, actingFor, leastLoaded, memberOf, ruleMatches, soldBy, type Team } from './team.ts';

/** An account as rules and bulk changes see it. */
export interface AssignableRow extends AssignableAccount {
  readonly id: string;
  readonly collector: string | null;
  /** Buckets in which something is open. */
  readonly buckets: ReadonlySet<AgeingBucket>;
}

/** One account's new collector. `seen` is who had it when this was planned: a change since then is refused. */
export interface Assignment {
  readonly account: string;
  readonly seen: string | null;
  readonly to: string;
  readonly how: AssignedHow;
}

export async function assignableRows(ledger: Ledger, today: Day): Promise<AssignableRow[]> {
  const [accounts, { items }] = await Promise.all([ledger.accounts(), ledger.openBooks()]);
  const rows: AssignableRow[] = [];
  for await (const { id, name, segment, country, entity, collector } of inTurns(accounts)) {
    const open = new Map<string, number>();
    const buckets = new Set<AgeingBucket>();
    const entities = new Set<string>();
    for (const item of items.get(id) ?? []) {
      open.set(item.currency, (open.get(item.currency) ?? 0) + item.open);
      buckets.add(bucketOf(daysBetween(item.due, today)));
      entities.add(item.entity);
    }
    rows.push({ id, name, segment, country, entity, entities, collector, open, buckets });
  }
  return rows;
}

/** Accounts by collector. */
export function loads(rows: readonly AssignableRow[]): Map<string, number> {
  const load = new Map<string, number>();
  for (const { collector } of rows) if (collector) load.set(collector, (load.get(collector) ?? 0) + 1);
  return load;
}

/** What a rule would do today: how many accounts it takes of those that no rule before it takes. */
export interface RulePreview {
  readonly rule: AssignmentRule;
  readonly matches: number;
  readonly unassigned: number;
}

export interface RulePlan {
  readonly accounts: number;
  readonly previews: readonly RulePreview[];
  /** For the accounts nobody has. */
  readonly assignments: readonly Assignment[];
  /** Unassigned accounts a rule matches although nobody it names is there to take them. */
  readonly nobodyThere: number;
}

export function planByRules(rows: readonly AssignableRow[], team: Team, today: Day): RulePlan {
  const load = loads(rows);
  const previews = team.rules.map((rule) => ({ rule, matches: 0, unassigned: 0 }));
  const assignments: Assignment[] = [];
  let nobodyThere = 0;
  for (const row of rows) {
    const preview = previews.find(({ rule }) => ruleMatches(rule, row));
    if (!preview) continue;
    preview.matches += 1;
    if (row.collector !== null) continue;
    preview.unassigned += 1;
    const taken = takerOf(preview.rule.collectors, load, team, today);
    if (!taken) {
      nobodyThere += 1;
      continue;
    }
    assignments.push({ account: row.id, seen: null, to: taken.user, how: taken.cover ? 'cover' : 'by rule' });
    load.set(taken.user, (load.get(taken.user) ?? 0) + 1);
  }
  return { accounts: rows.length, previews, assignments, nobodyThere };
}

/** Whoever is there with the least work; when all are absent, the least loaded of those who cover for them. */
function takerOf(
  users: readonly string[],
  load: ReadonlyMap<string, number>,
  team: Team,
  today: Day,
): { user: string; cover: boolean } | null {
  const user = leastLoaded(users, load, team, today);
  if (user) return { user, cover: false };
  const present = users.filter((each) => !memberOf(team, each)?.left);
  const cover = leastLoaded([...new Set(present.map((each) => actingFor(team, each, today)))], load, team, today);
  return cover ? { user: cover, cover: true } : null;
}

/** Which accounts move to whom. `from` null: those nobody has; `to` null: to the collectors in turn by load. */
export interface MoveQuery {
  readonly from: string | null;
  readonly to: string | null;
  readonly segment?: string;
  readonly entity?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly currency?: string;
  readonly bucket?: AgeingBucket;
}

export function planMove(rows: readonly AssignableRow[], query: MoveQuery, team: Team, today: Day): Assignment[] {
  const load = loads(rows);
  const candidates = team.members.map((member) => member.user).filter((user) => user !== query.from);
  const assignments: Assignment[] = [];
  for (const row of rows) {
    if (row.collector !== query.from || !moves(row, query)) continue;
    const to = query.to ?? leastLoaded(candidates, load, team, today);
    if (to === null || to === row.collector) continue;
    assignments.push({ account: row.id, seen: row.collector, to, how: query.to ? 'in bulk' : 'round-robin' });
    load.set(to, (load.get(to) ?? 0) + 1);
  }
  return assignments;
}

function moves(row: AssignableRow, { segment, entity, country, currency, bucket }: MoveQuery): boolean {
  if (segment !== undefined && row.segment.toLowerCase() !== segment.toLowerCase()) return false;
  if (entity !== undefined && !soldBy(row, entity)) return false;
  if (country !== undefined && row.country !== country) return false;
  if (currency !== undefined && (row.open.get(currency) ?? 0) <= 0) return false;
  return bucket === undefined || row.buckets.has(bucket);
}
