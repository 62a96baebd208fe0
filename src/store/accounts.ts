import type { Connection } from 'mongoose';
import type { AccountStore } from '../account/account.port.ts';
import { type AccountWork, NEW_WORK } from '../account/account-work.ts';
import { DISPUTE_DEFAULTS } from '../arrangements/dispute.ts';
import { day } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { ACCOUNT_SHAPE } from './account-shape.ts';
import { saveGuarded } from './aggregate.ts';
import { ledgerModels } from './ledger-models.ts';
import { parsed } from './parsed.ts';

interface Worked {
  _id: string;
  version: number;
  facts?: number;
  commands?: string[];
  collector: string | null;
  work: Omit<AccountWork, 'collector'> | null;
  ledger: { name: string; number: string; zone: string };
}

/** What older documents do not hold yet reads as its beginning. */
export const workOf = ({ collector, work }: Pick<Worked, 'collector' | 'work'>): AccountWork => {
  const whole = { ...NEW_WORK, ...work, collector };
  const now = { ...whole, disputes: whole.disputes.map((dispute) => ({ ...DISPUTE_DEFAULTS, ...dispute })) };
  return parsed(ACCOUNT_SHAPE, 'the account’s work', now);
};

/** Whose record is damaged is left alone and seen to be, and keeps nobody else's from being worked on. */
function workOrHold(found: Pick<Worked, 'collector' | 'work'>): AccountWork {
  try {
    return workOf(found);
  } catch (error) {
    const reason = `The stored record is damaged, so nothing is done about this account. Tell your administrator: ${(error as Error).message}`;
    return { ...NEW_WORK, hold: { until: day('9999-12-31'), reason, by: 'clock' } };
  }
}

export function accountStore(connection: Connection): AccountStore {
  const { collection } = ledgerModels(connection).accounts;
  return {
    async load(id) {
      const found = await collection.findOne<Worked>({ _id: id as never });
      if (!found) return null;
      const { version, facts = 0, commands = [], ledger } = found;
      return { id, name: ledger.name, number: ledger.number, zone: ledger.zone, version, facts, commands, work: workOf(found) };
    },
    save(before, after, facts, command) {
      const { collector, ...work } = parsed(ACCOUNT_SHAPE, 'the account’s work', after);
      return saveGuarded(collection, { _id: before.id, version: before.version }, { collector, work }, facts, command);
    },
    async all() {
      const found = await collection
        .find<Worked>({}, { projection: { collector: 1, work: 1 }, sort: { _id: 1 }, batchSize: 500 })
        .toArray();
      const all = new Map<string, AccountWork>();
      for await (const each of inTurns(found)) all.set(each._id, workOrHold(each));
      return all;
    },
  };
}
