import type { Connection } from 'mongoose';
import type { Day } from '../kernel/day.ts';
import { idOf } from '../trail/fact-table.ts';
import type { OldRecord } from '../trail/retention.port.ts';
import { caseModel } from './cases.ts';
import { type TrailBody, type TrailDocument, trailModels } from './trail.ts';

/** They say why something was kept or removed, and name nobody. */
const STAY: ReadonlySet<string> = new Set(['person-erased', 'legal-hold-set', 'legal-hold-lifted']);

interface Step {
  readonly fact: string;
  readonly account: string;
  readonly type: string;
  readonly on: Day;
}

export interface OldSteps {
  readonly history: ReadonlyMap<string, OldRecord[]>;
  readonly replies: ReadonlyMap<string, OldRecord[]>;
  /** The day of each account's last entry. */
  readonly last: ReadonlyMap<string, Day>;
}

/** Words of the trail and of decisions, and what customers wrote. */
export async function oldSteps(
  connection: Connection,
  ids: readonly string[],
  through: { readonly correspondence: Day | undefined; readonly history: Day | undefined },
): Promise<OldSteps> {
  const steps = await stepsOf(connection, ids);
  const last = new Map<string, Day>();
  for (const { account, on } of steps) if (on > (last.get(account) ?? '')) last.set(account, on);
  const old = through.history ? steps.filter(({ type, on }) => on <= through.history! && !STAY.has(type)) : [];
  const bodies = await present(connection, old);
  const entries = old
    .filter(({ fact }) => bodies.has(fact))
    .map(({ fact: id, account, on }) => ({ of: 'entry' as const, id, account, on }));
  const decided = through.history ? await oldDecisions(connection, ids, through.history) : [];
  const replies = through.correspondence ? await oldReplies(connection, ids, through.correspondence, steps, last) : [];
  return { history: byAccount([...entries, ...decided]), replies: byAccount(replies), last };
}

type OfAccount = OldRecord & { readonly account: string };

const byAccount = (all: readonly OfAccount[]): Map<string, OldRecord[]> =>
  new Map(
    [...Map.groupBy(all, ({ account }) => account)].map(([account, own]) => [account, own.map(({ account: _, ...record }) => record)]),
  );

/** Entries of earlier versions name their account in the aggregate alone. */
async function stepsOf(connection: Connection, ids: readonly string[]): Promise<Step[]> {
  const { collection } = trailModels(connection).entries;
  const projection = { fact: 1, 'entry.type': 1, 'entry.at': 1, 'entry.account': 1, 'entry.aggregate': 1 };
  const steps = new Map<string, Step>();
  const filters = [{ 'entry.account': { $in: [...ids] } }, { 'entry.aggregate': { $in: ids.map((id) => `account:${id}`) } }];
  for (const filter of filters)
    for await (const { fact, entry } of collection.find<TrailDocument>(filter, { projection, batchSize: 1000 })) {
      const account = entry.account ?? idOf(entry);
      steps.set(fact, { fact, account, type: entry.type, on: entry.at.slice(0, 10) as Day });
    }
  return [...steps.values()];
}

const CHUNK = 1000;

/** Of these steps, whose words are still there. */
async function present(connection: Connection, steps: readonly Step[]): Promise<Set<string>> {
  const { collection } = trailModels(connection).bodies;
  const there = new Set<string>();
  for (let from = 0; from < steps.length; from += CHUNK) {
    const ids = steps.slice(from, from + CHUNK).map(({ fact }) => fact);
    const filter = { _id: { $in: ids as never[] }, salt: { $exists: true } };
    for await (const { _id } of collection.find(filter, { projection: { _id: 1 } })) there.add(String(_id));
  }
  return there;
}

async function oldDecisions(connection: Connection, ids: readonly string[], through: Day): Promise<OfAccount[]> {
  const about = { account: { $in: [...ids] } };
  // Instants as text: the day after begins behind every instant of this one.
  const before = Temporal.PlainDate.from(through).add({ days: 1 }).toString();
  const cases = await caseModel(connection)
    .collection.find<{ _id: string; account: string; case: { closedAt: string } }>(
      { ...about, waiting: false, pending: false, 'case.closedAt': { $lt: before } } as never,
      { projection: { account: 1, 'case.closedAt': 1 } },
    )
    .toArray();
  const said = await connection
    .collection<{ _id: string; account: string; at: string }>('casetexts')
    .find({ ...about, at: { $lt: before } }, { projection: { account: 1, at: 1 } })
    .toArray();
  return [
    ...cases.map(({ _id: id, account, case: { closedAt } }) => ({ of: 'case' as const, id, account, on: closedAt.slice(0, 10) as Day })),
    ...said.map(({ _id: id, account, at }) => ({ of: 'said' as const, id, account, on: at.slice(0, 10) as Day })),
  ];
}

/** The trail says when a reply came in; where its words are gone, the account's last entry counts. */
async function oldReplies(
  connection: Connection,
  ids: readonly string[],
  through: Day,
  steps: readonly Step[],
  last: ReadonlyMap<string, Day>,
): Promise<OfAccount[]> {
  const replies = await connection
    .collection<{ _id: string; account: string }>('replytexts')
    .find({ account: { $in: [...ids] } }, { projection: { account: 1 } })
    .toArray();
  if (replies.length === 0) return [];
  const facts = steps.filter(({ type }) => type === 'reply-received').map(({ fact }) => fact);
  const received = new Map<string, Day>();
  const told = trailModels(connection).bodies.collection.find<Partial<TrailBody>>({ _id: { $in: facts as never[] } });
  for await (const { body } of told) if (body) received.set(String(body.reply), body.received as Day);
  return replies.flatMap(({ _id: id, account }) => {
    const on = received.get(id) ?? last.get(account);
    return on && on <= through ? [{ of: 'reply' as const, id, account, on }] : [];
  });
}

/** Evidence packs that these entries tell of: they hold the account's mails and words, and go with them. */
export async function packsBuilt(connection: Connection, entries: readonly string[]): Promise<string[]> {
  const packs: string[] = [];
  for (let from = 0; from < entries.length; from += CHUNK) {
    const filter = { _id: { $in: entries.slice(from, from + CHUNK) as never[] }, 'body.sha256': { $exists: true } };
    const bodies = trailModels(connection).bodies.collection.find<TrailBody>(filter, { projection: { 'body.sha256': 1 } });
    for await (const { body } of bodies) packs.push(`evidence:${String(body.sha256)}`);
  }
  return packs;
}
