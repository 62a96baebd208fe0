import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { RecordedFact, Settings, SettingsStore } from '../operations/ports.ts';

interface SettingsDocument extends Settings {
  _id: string;
  facts?: number;
  recent?: string[];
  outbox?: RecordedFact[];
  pending?: boolean;
}

const schema = new Schema<SettingsDocument>(
  {
    _id: String,
    version: Number,
    digestChannel: String,
    digestHour: Number,
    zone: String,
    company: String,
    country: String,
    region: String,
    commands: Schema.Types.Mixed,
    formerCommands: Schema.Types.Mixed,
    escalationsChannel: String,
    senders: Schema.Types.Mixed,
    facts: Number,
    recent: [String],
    outbox: [Schema.Types.Mixed],
    pending: Boolean,
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
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
    const { _id, facts, recent, outbox, pending, ...settings } = await find();
    return settings;
  };
  return {
    async load(defaults) {
      await collection.updateOne(filter, { $setOnInsert: { version: 1, ...defaults } }, { upsert: true });
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
          $set: { ...after, pending: true },
          $inc: { version: 1, facts: facts.length },
          $push: { outbox: { $each: facts }, recent: { $each: [command], $slice: -KEPT_COMMANDS } } as never,
        },
      );
      return result.matchedCount === 1;
    },
  };
}
