import type { Connection } from 'mongoose';
import type { Demand } from '../escalation/demand.ts';
import { carriedOver, type OldContact, type OldLadder } from '../follow-up/carry-over.ts';
import { DEFAULT_POLICY } from '../follow-up/default-policies.ts';
import type { Policies } from '../follow-up/policies.ts';
import type { PolicyStage } from '../follow-up/policy.ts';
import type { Day } from '../kernel/day.ts';

interface StoredAccount {
  readonly _id: string;
  readonly work: { readonly ladders?: readonly OldLadder[]; readonly demands?: readonly Demand[] } | null;
  readonly outbox?: readonly Record<string, unknown>[];
}

/** Ladders as they were while every invoice stood at the stage of the message that named it become a stage for each invoice. May be run again. */
export async function carryLadders(connection: Connection): Promise<void> {
  const accounts = connection.collection<StoredAccount>('accounts');
  const stages = await knownStages(connection);
  for await (const account of accounts.find({ 'work.ladders.0': { $exists: true } }, { projection: { work: 1, outbox: 1 } })) {
    const ladders = account.work?.ladders ?? [];
    if (ladders.every((ladder) => 'marks' in ladder)) continue;
    const [contacts, dues] = await Promise.all([contactsOf(connection, account), duesOf(connection, account._id)]);
    const demands = account.work?.demands ?? [];
    const carried = ladders.map((ladder) => {
      if ('marks' in ladder) return ladder;
      const due = (invoice: string) => dues.get(`${ladder.entity}\n${invoice}`);
      return carriedOver(ladder, { contacts, demands, due, stages });
    });
    await accounts.updateOne({ _id: account._id }, { $set: { 'work.ladders': carried as never } });
  }
}

/** Of all policies that are kept, the newest of a key first, by day. */
async function knownStages(connection: Connection): Promise<PolicyStage[]> {
  const found = await connection.collection<Partial<Policies> & { _id: string }>('policies').findOne({});
  const kept = [...(found?.kept ?? [])].reverse().flatMap((policy) => policy.stages);
  const byKey = new Map<string, PolicyStage>();
  for (const stage of [...kept, ...DEFAULT_POLICY.stages]) if (!byKey.has(stage.key)) byKey.set(stage.key, stage);
  return [...byKey.values()].sort((a, b) => a.offset - b.offset);
}

async function contactsOf(connection: Connection, { _id, outbox = [] }: StoredAccount): Promise<OldContact[]> {
  const filter = { 'entry.aggregate': `account:${_id}`, 'entry.type': 'contact-made' };
  const entries = await connection
    .collection<{ _id: number; fact: string }>('trail')
    .find(filter, { sort: { _id: 1 } })
    .toArray();
  const bodies = await connection
    .collection<{ _id: string; body: Record<string, unknown> }>('trailbodies')
    .find({ _id: { $in: entries.map(({ fact }) => fact) } })
    .toArray();
  const bodyOf = new Map(bodies.map(({ _id: fact, body }) => [fact, body]));
  const known = new Set(entries.map(({ fact }) => fact));
  const waiting = outbox.filter(({ type, id }) => type === 'contact-made' && !known.has(String(id)));
  return [...entries.flatMap(({ fact }) => bodyOf.get(fact) ?? []), ...waiting].flatMap((body): OldContact[] => {
    const { purpose, entity, on, channel, stage, invoices } = body as Partial<OldContact> & { purpose?: string };
    if (purpose !== 'stage' || !stage || !on || !invoices) return [];
    return [{ entity: String(entity), on, channel: String(channel), stage, invoices }];
  });
}

async function duesOf(connection: Connection, account: string): Promise<Map<string, Day>> {
  const invoices = connection.collection<{ _id: string; account: string; entity: string; number: string; due: Day }>('invoices');
  const found = await invoices.find({ account }, { projection: { entity: 1, number: 1, due: 1 } }).toArray();
  return new Map(found.map(({ entity, number, due }) => [`${entity}\n${number}`, due]));
}
