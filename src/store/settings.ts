import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Settings, SettingsStore } from '../operations/ports.ts';

type SettingsDocument = Settings & { _id: string };

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
  },
  { versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
);

const ID = 'settings';

export function settingsStore(connection: Connection): SettingsStore {
  const model = connection.model<SettingsDocument>('settings', schema, 'settings');
  const read = async (): Promise<Settings> => {
    const found = (await model.findById(ID).lean()) as SettingsDocument | null;
    if (!found) throw new Error('the settings have not been written yet');
    const { _id, ...settings } = found;
    return settings;
  };
  return {
    async load(defaults) {
      await model.updateOne({ _id: ID }, { $setOnInsert: { version: 1, ...defaults } }, { upsert: true });
      return read();
    },
    read,
  };
}
