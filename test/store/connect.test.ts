import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectStore, SCHEMA_VERSION } from '../../src/store/connect.ts';
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

test('an address that names no database means arrears', async () => {
  const server = place.uri.replace('/arrears?', '/?');
  const connection = await connectStore(server);
  expect(connection.name).toBe('arrears');
  expect(await connection.collection('meta').findOne({})).toMatchObject({ version: SCHEMA_VERSION });
  await connection.close();
});

test('a store that does not answer is named as that', async () => {
  await expect(connectStore('mongodb://127.0.0.1:9/arrears?serverSelectionTimeoutMS=200')).rejects.toThrow(/does not answer.*MONGODB_URI/);
});
