import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../../../src/embedded/mongo/embedded-store.ts';

interface Row extends Document {
  _id: number;
}
/** Gives a fresh collection that holds these documents. */
export type Fresh = (docs?: readonly Document[]) => Promise<Collection<Row>>;

/** A store on a temporary folder with a client; `close` stops both and removes the folder. */
export async function temporaryStore(): Promise<{ store: EmbeddedStore; client: MongoClient; dir: string; close(): Promise<void> }> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
  const failed = (error: Error) => {
    throw error;
  };
  const store = await startEmbeddedStore({ dir, record: true, onDeath: failed });
  const client = await MongoClient.connect(store.uri);
  const close = async () => {
    await client.close();
    await store.stop();
    await fs.rm(dir, { recursive: true, force: true });
  };
  return { store, client, dir, close };
}

const realUri = process.env.MONGODB_TEST_URI;

/** Defines the tests for the embedded store and, when MONGODB_TEST_URI is set, for that MongoDB: what holds for one must hold for both. */
export function everyStore(define: (fresh: Fresh) => void): void {
  describe('embedded store', () => {
    let running: Awaited<ReturnType<typeof temporaryStore>>;
    beforeAll(async () => {
      running = await temporaryStore();
    });
    afterAll(() => running.close());
    define(freshIn(() => running.client));
  });
  if (realUri === undefined) {
    describe('MongoDB', () => test.skip('not run: MONGODB_TEST_URI is not set', () => {}));
    return;
  }
  describe('MongoDB', () => {
    const client = new MongoClient(realUri);
    const database = `arrears_contract_${process.pid}_${Date.now()}`;
    afterAll(async () => {
      await client.db(database).dropDatabase();
      await client.close();
    });
    define(freshIn(() => client, database));
  });
}

let made = 0;

function freshIn(client: () => MongoClient, database = 'contract'): Fresh {
  return async (docs = []) => {
    const collection = client().db(database).collection<Row>(`c${made++}`);
    if (docs.length > 0) await collection.insertMany(docs as Row[]);
    return collection;
  };
}
