import type { Connection } from 'mongoose';
import { type AccountWork, NEW_WORK } from '../domain/account-work.ts';
import type { AccountStore, WorkedAccount } from '../operations/ports.ts';
import { ledgerModels } from './ledger-models.ts';

const KEPT_COMMANDS = 20;

interface Worked {
  _id: string;
  version: number;
  facts?: number;
  commands?: string[];
  collector: string | null;
  work: Omit<AccountWork, 'collector'> | null;
  ledger: { name: string; number: string; zone: string };
}

const workOf = ({ collector, work }: Pick<Worked, 'collector' | 'work'>): AccountWork => ({ ...NEW_WORK, ...work, collector });

export function accountStore(connection: Connection): AccountStore {
  const { collection } = ledgerModels(connection).accounts;
  return {
    async load(id) {
      const found = await collection.findOne<Worked>({ _id: id as never });
      if (!found) return null;
      const { version, facts = 0, commands = [], ledger } = found;
      return { id, name: ledger.name, number: ledger.number, zone: ledger.zone, version, facts, commands, work: workOf(found) };
    },
    async save(before: WorkedAccount, { collector, ...work }, facts, command) {
      const result = await collection.updateOne(
        { _id: before.id as never, version: before.version },
        {
          $set: { collector, work, pending: true },
          $inc: { version: 1, facts: facts.length },
          $push: { outbox: { $each: facts }, commands: { $each: [command], $slice: -KEPT_COMMANDS } } as never,
        },
      );
      return result.matchedCount === 1;
    },
    async all() {
      const found = await collection.find<Worked>({}, { projection: { collector: 1, work: 1 }, batchSize: 5000 }).toArray();
      return new Map(found.map((each) => [each._id, workOf(each)]));
    },
  };
}
