import fs from 'node:fs/promises';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, test, vi } from 'vitest';
import { accumulators } from '../../../src/embedded/mongo/accumulators.ts';
import { stages } from '../../../src/embedded/mongo/pipeline.ts';
import { logicalOperators, queryOperators } from '../../../src/embedded/mongo/query.ts';
import { commands } from '../../../src/embedded/mongo/server.ts';
import { pushModifiers, updateOperators } from '../../../src/embedded/mongo/update-operators.ts';
import { temporaryStore } from './stores.ts';

const caseFiles: [kind: string, table: object, file: string][] = [
  ['query operators', { ...queryOperators, ...logicalOperators }, 'query.test.ts'],
  ['update operators', { ...updateOperators, ...pushModifiers }, 'update.test.ts'],
  ['stages and accumulators', { ...stages, ...accumulators }, 'aggregate.test.ts'],
];

test.each(caseFiles)('all %s have cases', async (_, table, file) => {
  const cases = await fs.readFile(path.join(import.meta.dirname, file), 'utf8');
  const used = new Set(cases.matchAll(/(\$[a-zA-Z]+)\b['"]?[:\]]/g).map((match) => match[1]));
  expect(Object.keys(table).filter((name) => !used.has(name))).toEqual([]);
});

test('every command is one that the driver sends, or our backup', async () => {
  const { store, dir, close } = await temporaryStore();
  const client = await MongoClient.connect(store.uri, { heartbeatFrequencyMS: 500 });
  const db = client.db('t');
  const collection = await db.createCollection<{ _id: number; a?: number }>('c');
  await collection.createIndex({ a: 1 });
  await collection.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  await collection.updateOne({ _id: 1 }, { $set: { a: 1 } });
  await collection.findOneAndUpdate({ _id: 1 }, { $set: { a: 2 } });
  await collection.deleteOne({ _id: 3 });
  await collection.find().batchSize(1).toArray();
  const early = collection.find().batchSize(1);
  await early.next();
  await early.close();
  await collection.countDocuments();
  await collection.estimatedDocumentCount();
  await collection.distinct('a');
  await collection.indexes();
  await collection.dropIndexes();
  await db.listCollections().toArray();
  await client.db().admin().listDatabases();
  await client.db().admin().ping();
  await client.db().admin().buildInfo();
  await client.db().admin().command({ fsync: 1 });
  await client.db('admin').command({ arrearsSnapshot: path.join(await fs.mkdtemp(path.join(dir, 'copy-')), 'store.sqlite') });
  await collection.drop();
  await db.dropDatabase();
  // The first hello of a connection has the old form, those of the monitor the new one; ending a client ends its sessions.
  await client.close();
  await client.connect();
  await vi.waitFor(async () => expect((await store.usage()).commands).toEqual(Object.keys(commands).sort()), {
    timeout: 15_000,
    interval: 250,
  });
  await client.close();
  await close();
});
