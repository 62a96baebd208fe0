import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { DraftStore, StoredDraft } from '../mails/draft.port.ts';
import { type Draft, isOpen } from '../mails/draft.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, insertNew, newAggregate, saveGuarded } from './aggregate.ts';
import { DRAFT_SHAPE } from './decision-shapes.ts';
import { parsed } from './parsed.ts';

interface DraftDocument extends AggregateDocument {
  readonly account: string;
  /** Waiting or approved; a letter only once it is approved. An account has one open draft at most: one contact a day, entities take turns. */
  readonly open: boolean;
  readonly collector: string | null;
  readonly draft: Draft;
  readonly asOf: string | null;
}

/** Mails a message refers to; mail programs need the last few to show a thread. */
const THREAD = 10;
/** Enough to see what is usual with a customer. */
const LOOKED_BACK = 10;

const schema = new Schema<DraftDocument>(
  {
    ...AGGREGATE_FIELDS,
    account: String,
    open: Boolean,
    collector: String,
    draft: Schema.Types.Mixed,
    asOf: String,
  },
  AGGREGATE_OPTIONS,
);
schema.index({ account: 1 }, { unique: true, partialFilterExpression: { open: true } });
schema.index({ open: 1, collector: 1 });
schema.index({ account: 1, open: 1 });
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

export function draftModel(connection: Connection) {
  return connection.models.draft ?? connection.model<DraftDocument>('draft', schema, 'drafts');
}

const checked = (draft: Draft) => parsed(DRAFT_SHAPE, 'the draft', draft);
const toStored = ({ draft, version, facts, commands, asOf }: DraftDocument): StoredDraft => ({
  draft: checked(draft),
  version,
  facts,
  commands,
  asOf,
});

export function draftStore(connection: Connection): DraftStore {
  const { collection } = draftModel(connection);
  return {
    async load(id) {
      const found = await collection.findOne<DraftDocument>({ _id: id as never });
      return found && toStored(found);
    },
    async prepare(draft, asOf, facts, command) {
      const document: DraftDocument = {
        ...newAggregate(draft.id, facts, command),
        account: draft.account,
        open: isOpen(draft),
        collector: draft.collector,
        draft: checked(draft),
        asOf,
      };
      return insertNew(collection, document);
    },
    save: (before, draft, facts, command) =>
      saveGuarded(
        collection,
        { _id: before.draft.id, version: before.version },
        { draft: checked(draft), open: isOpen(draft), collector: draft.collector },
        facts,
        command,
      ),
    async open(account) {
      const filter = account === undefined ? { open: true } : { open: true, account };
      const found = await collection.find<DraftDocument>(filter, { sort: { _id: 1 } }).toArray();
      return found.map(toStored);
    },
    async queued() {
      const found = await collection.find<DraftDocument>({ open: true, 'draft.state': 'queued' }, { sort: { _id: 1 } }).toArray();
      return found.map(toStored);
    },
    async sentMessageIds(account, entity) {
      const filter = { account, open: false, 'draft.entity': entity, 'draft.delivery.messageId': { $gt: '' } };
      const found = await collection.find<DraftDocument>(filter, { sort: { 'draft.sentOn': -1, _id: 1 }, limit: THREAD }).toArray();
      return found.flatMap(({ draft }) => (draft.state === 'sent' ? [draft.delivery!.messageId] : [])).reverse();
    },
    async lastSent(account) {
      const filter = { account, open: false, 'draft.state': 'sent' };
      const found = await collection.find<DraftDocument>(filter, { sort: { 'draft.sentOn': -1, _id: -1 }, limit: LOOKED_BACK }).toArray();
      return found.map(toStored);
    },
    async closedOn(account, day) {
      const found = await collection.find<DraftDocument>({ account, open: false, 'draft.day': day }, { sort: { _id: 1 } }).toArray();
      return found.map(toStored);
    },
  };
}
