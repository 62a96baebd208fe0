import { MongoClient } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { StoreUnusable } from '../../src/store/connect.ts';
import { buildIndexes } from '../../src/store/indexes.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';

let place: LedgerPlace;
let connection: mongoose.Connection;
/** Commands sent by `connection`, as name and collection. */
let sent: string[] = [];
beforeAll(async () => {
  place = await ledgerPlace();
});
beforeEach(async () => {
  connection = await mongoose.createConnection(place.uri, { monitorCommands: true }).asPromise();
  sent = [];
  connection.getClient().on('commandStarted', ({ commandName, command }) => sent.push(`${commandName} ${command[commandName]}`));
  return () => connection.close();
});
afterAll(() => place.close());

const model = (name: string, schema: Schema) => connection.model(name, schema, name);
const schema = () => new Schema({ n: Number, at: Date }, { autoIndex: false, autoCreate: false });

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
  model('doubled', schema().index({ n: 1 }, { unique: true }));
  await connection.collection('doubled').insertMany([{ n: 1 }, { n: 1 }]);
  await expect(buildIndexes(connection)).rejects.toThrow(/index \{"n":1\} of doubled cannot be built/);
  await expect(buildIndexes(connection)).rejects.toBeInstanceOf(StoreUnusable);
});

test('the indexes of a collection are asked for together, and not again once they are there', async () => {
  model('several', schema().index({ n: 1 }, { unique: true }).index({ at: 1 }, { expireAfterSeconds: 60 }).index({ n: 1, at: -1 }));
  await buildIndexes(connection);
  expect(sent.filter((each) => each.startsWith('createIndexes'))).toEqual(['createIndexes several']);
  expect(await connection.collection('several').indexes()).toHaveLength(4);
  sent = [];
  await buildIndexes(connection);
  expect(sent).toEqual(['listIndexes several']);
});

test('an index whose options changed is dropped and made again; the others stay', async () => {
  const before = connection.collection('changing');
  await before.createIndexes([
    { key: { n: 1 } },
    { key: { at: 1 }, expireAfterSeconds: 60 },
    { key: { n: 1, at: 1 }, name: 'by_another_name' },
  ]);
  await before.insertOne({ n: 1 } as never);
  sent = [];
  const changed = schema().index({ n: 1 }, { unique: true, partialFilterExpression: { n: { $gt: 0 } } });
  model('changing', changed.index({ at: 1 }, { expireAfterSeconds: 60 }).index({ n: 1, at: 1 }));
  await buildIndexes(connection);
  expect(sent.filter((each) => /create|drop/.test(each))).toEqual([
    'dropIndexes changing',
    'dropIndexes changing',
    'createIndexes changing',
  ]);
  const named = (await before.indexes()).map(({ name, unique }) => [name, unique ?? false]);
  expect(named.sort()).toEqual([
    ['_id_', false],
    ['at_1', false],
    ['n_1', true],
    ['n_1_at_1', false],
  ]);
  await expect(before.insertOne({ n: 1 } as never)).rejects.toMatchObject({ code: 11000 });
});

test('two instances may start on the same old indexes at once', async () => {
  const client = await MongoClient.connect(place.uri);
  const jobs = client.db().collection('jobs');
  for (const { name } of (await jobs.indexes()).slice(1)) await jobs.dropIndex(name!);
  await jobs.createIndex({ expiresAt: 1 });
  await client.close();
  const both = await Promise.all([openStore(place.uri), openStore(place.uri)]);
  for (const stores of both) await stores.close();
});
