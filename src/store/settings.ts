import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Settings, SettingsStore } from '../team/settings.port.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { AGGREGATE_OPTIONS } from './aggregate.ts';
import { SETTINGS_SHAPE } from './house-shapes.ts';
import { parsed } from './parsed.ts';

interface SettingsDocument extends Settings {
  _id: string;
  facts?: number;
  recent?: string[];
  outbox?: RecordedFact[];
  pending?: boolean;
}

const schema = new Schema<SettingsDocument>(
  { _id: String, version: Number, facts: Number, recent: [String], outbox: [Schema.Types.Mixed], pending: Boolean },
  { ...AGGREGATE_OPTIONS, strict: false },
);

export const SETTINGS_ID = 'settings';
const KEPT_COMMANDS = 20;

export function settingsModel(connection: Connection) {
  return connection.models.settings ?? connection.model<SettingsDocument>('settings', schema, 'settings');
}

export function settingsStore(connection: Connection): SettingsStore {
  const { collection } = settingsModel(connection);
  const filter = { _id: SETTINGS_ID as never };
  const find = async (): Promise<SettingsDocument> => {
    const found = await collection.findOne<SettingsDocument>(filter);
    if (!found) throw new Error('the settings have not been written yet');
    return found;
  };
  const read = async (): Promise<Settings> => {
    const { version, ...settings } = await find();
    return { ...parsed(SETTINGS_SHAPE, SETTINGS_ID, settings), version };
  };
  return {
    async load(defaults) {
      await collection.updateOne(
        filter,
        { $setOnInsert: { version: 1, ...parsed(SETTINGS_SHAPE, SETTINGS_ID, defaults) } },
        { upsert: true },
      );
      return read();
    },
    read,
    async recorded() {
      const { facts = 0, recent = [] } = await find();
      return { facts, commands: recent };
    },
    async save(before, after, facts, command) {
      const result = await collection.updateOne(
        { ...filter, version: before.version },
        {
          $set: { ...parsed(SETTINGS_SHAPE, SETTINGS_ID, after), pending: true },
          $inc: { version: 1, facts: facts.length },
          $push: { outbox: { $each: facts }, recent: { $each: [command], $slice: -KEPT_COMMANDS } } as never,
        },
      );
      return result.matchedCount === 1;
    },
  };
}
