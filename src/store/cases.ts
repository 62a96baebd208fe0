import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { CardPlace, CaseStore, StoredCase } from '../escalation/case.port.ts';
import type { Case } from '../escalation/case.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, insertNew, newAggregate, saveGuarded } from './aggregate.ts';
import { CASE_SHAPE } from './decision-shapes.ts';
import { parsed } from './parsed.ts';

interface CaseDocument extends AggregateDocument {
  readonly account: string;
  readonly state: Case['state'];
  /** Account, entity, kind and mostly what it is about, while it is open or approved: the same thing is not decided twice at once. */
  readonly asks: string;
  readonly waiting: boolean;
  readonly case: Case;
  readonly place: CardPlace | null;
  /** Until when an instance carries it out; epoch when none does. */
  readonly claimedUntil: Date;
}

const schema = new Schema<CaseDocument>(
  {
    ...AGGREGATE_FIELDS,
    account: String,
    state: String,
    asks: String,
    waiting: Boolean,
    case: Schema.Types.Mixed,
    place: Schema.Types.Mixed,
    claimedUntil: Date,
  },
  AGGREGATE_OPTIONS,
);
schema.index({ asks: 1 }, { unique: true, partialFilterExpression: { waiting: true } });
schema.index({ state: 1, _id: 1 });
schema.index({ account: 1 });
schema.index({ 'place.channel': 1, 'place.ts': 1 });
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

export function caseModel(connection: Connection) {
  return connection.models.case ?? connection.model<CaseDocument>('case', schema, 'cases');
}

const checked = (of: Case) => parsed(CASE_SHAPE, 'the case', of);
const toStored = (found: CaseDocument): StoredCase => ({
  case: checked(found.case),
  version: found.version,
  facts: found.facts,
  commands: found.commands,
  place: found.place,
});

/** Two letters, or two partners, at once would be one too many, whatever they say. */
const ONE_AT_A_TIME: ReadonlySet<Case['kind']> = new Set(['demand-letter', 'agency', 'legal']);

function asksOf({ account, entity, kind, about }: Case): string {
  const what = ONE_AT_A_TIME.has(kind) ? [] : Object.keys(about).sort();
  return [account, entity, kind, ...what.map((key) => `${key}=${about[key]}`)].join('\n');
}

export function caseStore(connection: Connection): CaseStore {
  const { collection } = caseModel(connection);
  const load = async (id: string) => {
    const found = await collection.findOne<CaseDocument>({ _id: id as never });
    return found && toStored(found);
  };
  const list = async (filter: object, more: object) => (await collection.find<CaseDocument>(filter, more).toArray()).map(toStored);
  return {
    load,
    async request(of, facts, command) {
      const document: CaseDocument = {
        ...newAggregate(of.id, facts, command),
        account: of.account,
        state: of.state,
        asks: asksOf(of),
        waiting: true,
        case: checked(of),
        place: null,
        claimedUntil: new Date(0),
      };
      if (await insertNew(collection, document)) return 'kept';
      return (await load(of.id)) ? 'there' : 'open';
    },
    save: (before, after, facts, command) =>
      saveGuarded(
        collection,
        { _id: before.case.id, version: before.version },
        { case: checked(after), state: after.state, waiting: after.state === 'open' || after.state === 'approved' },
        facts,
        command,
      ),
    open: (account) => list(account === undefined ? { state: 'open' } : { state: 'open', account }, { sort: { _id: 1 } }),
    approved: () => list({ state: 'approved' }, { sort: { _id: 1 } }),
    ofAccount: (account, limit) => list({ account }, { sort: { 'case.openedAt': -1, _id: 1 }, limit }),
    async claim(id, now, until) {
      const filter = { _id: id as never, state: 'approved', claimedUntil: { $lte: new Date(now.epochMilliseconds) } };
      const update = { $set: { claimedUntil: new Date(until.epochMilliseconds) } };
      const found = await collection.findOneAndUpdate(filter as never, update as never, { returnDocument: 'after' });
      return found && toStored(found as unknown as CaseDocument);
    },
    async place(id, place) {
      await collection.updateOne({ _id: id as never }, { $set: { place } } as never);
    },
    async at({ channel, ts }) {
      const found = await collection.findOne<CaseDocument>({ 'place.channel': channel, 'place.ts': ts });
      return found && toStored(found);
    },
  };
}
