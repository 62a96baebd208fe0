import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { NO_RETENTION, type Retention } from '../domain/retention.ts';
import type { RetentionStore } from '../operations/retention-ports.ts';
import { AGGREGATE_FIELDS, AGGREGATE_OPTIONS, type AggregateDocument, saveOrBegin } from './aggregate.ts';

interface RetentionDocument extends AggregateDocument {
  readonly retention: Retention;
}

const schema = new Schema<RetentionDocument>({ ...AGGREGATE_FIELDS, retention: Schema.Types.Mixed }, AGGREGATE_OPTIONS);

export const RETENTION_ID = 'retention';

export function retentionModel(connection: Connection) {
  return connection.models.retention ?? connection.model<RetentionDocument>('retention', schema, 'retention');
}

/** One document; there is none before anything is set. */
export function retentionStore(connection: Connection): RetentionStore {
  const { collection } = retentionModel(connection);
  return {
    async load() {
      const found = await collection.findOne<RetentionDocument>({ _id: RETENTION_ID as never });
      if (!found) return { ...NO_RETENTION, version: 0, facts: 0, commands: [] };
      const { version, facts, commands, retention } = found;
      return { ...NO_RETENTION, ...retention, version, facts, commands };
    },
    save: ({ version }, retention, facts, command) =>
      saveOrBegin(collection, { _id: RETENTION_ID, version }, { retention }, facts, command),
  };
}
