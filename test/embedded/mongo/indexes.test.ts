import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

everyStore((fresh) => {
  describe('unique', () => {
    test('the error names the index, the key and the value', async () => {
      const collection = await fresh([{ _id: 1, a: 1, b: 'x' }]);
      await collection.createIndex({ a: 1, b: -1 }, { unique: true });
      await expect(collection.insertOne({ _id: 2, a: 1, b: 'x' })).rejects.toMatchObject({
        code: 11000,
        keyPattern: { a: 1, b: -1 },
        keyValue: { a: 1, b: 'x' },
        message: expect.stringContaining('a_1_b_-1'),
      });
    });
    test('a clash by an update is an error and changes nothing', async () => {
      const collection = await fresh([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      await collection.createIndex({ a: 1 }, { unique: true });
      await expect(collection.updateOne({ _id: 2 }, { $set: { a: 1 } })).rejects.toMatchObject({ code: 11000, keyValue: { a: 1 } });
      expect(await collection.find().toArray()).toEqual([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
    });
    test('a value is free again after a delete or a change', async () => {
      const collection = await fresh([
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ]);
      await collection.createIndex({ a: 1 }, { unique: true });
      await collection.deleteOne({ _id: 1 });
      await collection.updateOne({ _id: 2 }, { $set: { a: 1 } });
      await collection.insertOne({ _id: 3, a: 2 });
      expect(await collection.countDocuments()).toBe(2);
    });
    test('missing counts as null', async () => {
      const collection = await fresh([{ _id: 1 }]);
      await collection.createIndex({ a: 1 }, { unique: true });
      await expect(collection.insertOne({ _id: 2, a: null })).rejects.toMatchObject({ code: 11000 });
    });
    test('each element of an array counts', async () => {
      const collection = await fresh([{ _id: 1, a: [1, 2] }]);
      await collection.createIndex({ a: 1 }, { unique: true });
      await expect(collection.insertOne({ _id: 2, a: [2, 3] })).rejects.toMatchObject({ code: 11000, keyValue: { a: 2 } });
      await collection.insertOne({ _id: 3, a: [4, 4] });
    });
    test('sparse lets missing through', async () => {
      const collection = await fresh();
      await collection.createIndex({ a: 1 }, { unique: true, sparse: true });
      await collection.insertMany([{ _id: 1 }, { _id: 2 }]);
      await collection.insertOne({ _id: 3, a: null });
      await expect(collection.insertOne({ _id: 4, a: null })).rejects.toMatchObject({ code: 11000 });
    });
    test('partial counts only what the expression covers', async () => {
      const collection = await fresh();
      await collection.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { open: true } });
      await collection.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 1, open: true },
      ]);
      await expect(collection.insertOne({ _id: 4, a: 1, open: true })).rejects.toMatchObject({ code: 11000 });
      await expect(collection.updateOne({ _id: 1 }, { $set: { open: true } })).rejects.toMatchObject({ code: 11000 });
      await collection.updateOne({ _id: 3 }, { $set: { open: false } });
      await collection.updateOne({ _id: 1 }, { $set: { open: true } });
    });
    test('an index that cannot be unique is not made', async () => {
      const collection = await fresh([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ]);
      await expect(collection.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
      expect(await collection.indexes()).toHaveLength(1);
    });
  });

  describe('catalogue', () => {
    test('indexes are listed as they were made', async () => {
      const collection = await fresh([{ _id: 1 }]);
      await collection.createIndexes([
        { key: { a: 1 }, unique: true, name: 'first' },
        { key: { at: 1 }, expireAfterSeconds: 60 },
        { key: { b: 1 }, sparse: true },
        { key: { c: 1 }, partialFilterExpression: { c: { $gt: 1 } } },
      ]);
      expect(await collection.indexes()).toMatchObject([
        { key: { _id: 1 }, name: '_id_' },
        { key: { a: 1 }, name: 'first', unique: true },
        { key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
        { key: { b: 1 }, name: 'b_1', sparse: true },
        { key: { c: 1 }, name: 'c_1', partialFilterExpression: { c: { $gt: 1 } } },
      ]);
      // That of _id is unique without saying so (listIndexes in MongoDB's manual shows none).
      expect((await collection.indexes())[0]).not.toHaveProperty('unique');
    });
    test('the same index twice is one; another of its name or key is an error', async () => {
      const collection = await fresh();
      await collection.createIndex({ a: 1 });
      await collection.createIndex({ a: 1 });
      expect(await collection.indexes()).toHaveLength(2);
      await expect(collection.createIndex({ b: 1 }, { name: 'a_1' })).rejects.toMatchObject({ code: 86 });
      await expect(collection.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    });
    test('drop by name and all', async () => {
      const collection = await fresh([{ _id: 1, a: 1 }]);
      await collection.createIndex({ a: 1 }, { unique: true });
      await collection.createIndex({ b: 1 });
      await collection.dropIndex('a_1');
      await collection.insertOne({ _id: 2, a: 1 });
      await collection.dropIndexes();
      expect(await collection.indexes()).toHaveLength(1);
      await expect(collection.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
      await expect(collection.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    });
    test('collections are listed, dropped and made again', async () => {
      const collection = await fresh([{ _id: 1 }]);
      const db = collection.db!;
      const name = collection.collectionName;
      await collection.createIndex({ a: 1 }, { unique: true });
      expect(await db.listCollections({ name }).toArray()).toMatchObject([{ name, type: 'collection' }]);
      // "If you try to create a collection or view that already exists and you provide identical options … no action is taken and success is
      // returned": the manual of MongoDB 7.0 and newer (https://www.mongodb.com/docs/manual/reference/command/create/, SERVER-60064).
      // MongoDB 6 says 48.
      const [major = 0] = (await db.admin().buildInfo()).versionArray;
      const again = await db.command({ create: name }).catch((error) => error);
      expect(again).toMatchObject(major >= 7 ? { ok: 1 } : { code: 48 });
      expect(await collection.drop()).toBe(true);
      expect(await db.listCollections({ name }, { nameOnly: true }).toArray()).toEqual([]);
      await expect(collection.indexes()).rejects.toMatchObject({ code: 26 });
      await collection.insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ]);
      expect(await collection.countDocuments()).toBe(2);
    });
    test('two arrays in one index are an error', async () => {
      const collection = await fresh();
      await collection.createIndex({ a: 1, b: 1 });
      await expect(collection.insertOne({ _id: 1, a: [1, 2], b: [1, 2] })).rejects.toMatchObject({ code: 171 });
    });
  });

  test('an index follows changes between scans', async () => {
    const collection = await fresh();
    await collection.createIndex({ n: 1 });
    const model = new Map<number, number>();
    for (let round = 0; round < 30; round++) {
      for (let i = 0; i < 40; i++) {
        const _id = (round * 17 + i * 7) % 200;
        const n = (round * 31 + i * 13) % 97;
        if ((round + i) % 5 === 0) {
          model.delete(_id);
          await collection.deleteOne({ _id });
        } else {
          model.set(_id, n);
          await collection.updateOne({ _id }, { $set: { n } }, { upsert: true });
        }
      }
      const low = (round * 11) % 97;
      const expected = [...model.values()].filter((n) => n >= low && n <= low + 20).sort((a, b) => a - b);
      const found = await collection
        .find({ n: { $gte: low, $lte: low + 20 } })
        .sort({ n: 1 })
        .toArray();
      expect(found.map((doc) => doc.n)).toEqual(expected);
      const last = await collection
        .find({ n: { $gte: low } })
        .sort({ n: -1 })
        .limit(1)
        .toArray();
      expect(last.map((doc) => doc.n)).toEqual(
        [...model.values()]
          .filter((n) => n >= low)
          .sort((a, b) => b - a)
          .slice(0, 1),
      );
    }
  });
});
