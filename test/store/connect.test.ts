import mongoose, { Schema } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildIndexes, connectStore, SCHEMA_VERSION, StoreUnusable } from '../../src/store/connect.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
beforeAll(async () => {
  place = await ledgerPlace();
});
afterAll(() => place.close());

test('writes are acknowledged by the majority and durable, reads go to the primary', async () => {
  const connection = await connectStore(place.uri);
  const { writeConcern, readPreference } = connection.getClient().options;
  expect(writeConcern).toMatchObject({ w: 'majority', journal: true });
  expect(readPreference?.mode).toBe('primary');
  await connection.close();
});

test('a new store gets the schema version of this program', async () => {
  expect(await place.raw.collection('meta').findOne({})).toEqual({ _id: 'schema', version: SCHEMA_VERSION });
});

test('a store of a newer program is refused and left alone', async () => {
  const meta = place.raw.collection<{ _id: string; version: number }>('meta');
  await meta.updateOne({ _id: 'schema' }, { $set: { version: SCHEMA_VERSION + 1 } });
  await expect(connectStore(place.uri)).rejects.toThrow(/newer version of Arrears .*Nothing was changed\. Start the newer version/);
  await meta.updateOne({ _id: 'schema' }, { $set: { version: SCHEMA_VERSION } });
  await (await connectStore(place.uri)).close();
});

test('the unique indexes of the ledger are there', async () => {
  const unique = async (name: string) =>
    (await place.raw.collection(name).indexes()).filter((index) => index.unique).map((index) => index.key);
  expect(await unique('invoices')).toContainEqual({ entity: 1, number: 1 });
  expect(await unique('payments')).toContainEqual({ entity: 1, number: 1 });
  expect(await unique('creditnotes')).toContainEqual({ entity: 1, number: 1 });
  expect(await unique('accounts')).toContainEqual({ 'ledger.number': 1 });
  expect(await unique('importruns')).toContainEqual({ state: 1 });
});

test('a unique index that the documents contradict is refused by name', async () => {
  const connection = await mongoose.createConnection(place.uri).asPromise();
  connection.model('doubled', new Schema({ n: Number }, { autoIndex: false }).index({ n: 1 }, { unique: true }), 'doubled');
  await connection.collection('doubled').insertMany([{ n: 1 }, { n: 1 }]);
  await expect(buildIndexes(connection)).rejects.toThrow(/index \{"n":1\} of doubled cannot be built/);
  await expect(buildIndexes(connection)).rejects.toBeInstanceOf(StoreUnusable);
  await connection.close();
});

test('a store that does not answer is named as that', async () => {
  await expect(connectStore('mongodb://127.0.0.1:9/arrears?serverSelectionTimeoutMS=200')).rejects.toThrow(/does not answer.*MONGODB_URI/);
});
