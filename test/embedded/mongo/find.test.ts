import { type Document, Long, ObjectId } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

const oid = (n: number) => new ObjectId(n.toString(16).padStart(24, '0'));
const values = (...list: unknown[]): Document[] => list.map((v, i) => (v === undefined ? { _id: i + 1 } : { _id: i + 1, v }));

const sorts: [name: string, docs: Document[], sort: Document, ids: number[]][] = [
  ['ObjectIds', values(oid(6), oid(5)), { v: 1 }, [2, 1]],
  ['Longs beyond 2^53', values(Long.fromString('10000000000000000'), Long.fromString('9007199254740993')), { v: 1 }, [2, 1]],
  ['mixed types by type', values(new Date(0), true, oid(1), { a: 1 }, 'a', 1, null), { v: 1 }, [7, 6, 5, 4, 3, 2, 1]],
  ['missing ties with null; the second field decides', [{ _id: 2, v: null }, { _id: 1 }, { _id: 3, v: 0 }], { v: 1, _id: 1 }, [1, 2, 3]],
  ['an array by its smallest', values([5, 1], [3, 4]), { v: 1 }, [1, 2]],
  ['descending, an array by its largest', values([5, 1], [3, 4]), { v: -1 }, [1, 2]],
  ['an empty array before null', values(null, []), { v: 1 }, [2, 1]],
  ['a path through an array', values([{ s: 9 }, { s: 2 }], [{ s: 3 }]), { 'v.s': 1 }, [1, 2]],
  // An element that is no document has no such field: null. _getKeysArrEltFixed in MongoDB's src/mongo/db/index/btree_key_generator.cpp.
  [
    'a path through an array with scalars',
    [{ _id: 1, a: [{ c: 5 }, 7] }, { _id: 2, a: { c: 1 } }, { _id: 3 }],
    { 'a.c': 1, _id: 1 },
    [1, 3, 2],
  ],
  [
    'descending, too',
    [
      { _id: 1, a: [7] },
      { _id: 2, a: { c: 1 } },
      { _id: 3, a: [7, { c: 3 }] },
    ],
    { 'a.c': -1 },
    [3, 2, 1],
  ],
  ['text by code point', values('b', 'B', 'a', '😀', '\uffff'), { v: 1 }, [2, 3, 1, 5, 4]],
  ['documents field by field', values({ b: 1, a: 9 }, { b: 1, a: 5 }, { a: 99 }), { v: 1 }, [3, 2, 1]],
  ['NaN before every number', values(1, Number.NaN, -5), { v: 1 }, [2, 3, 1]],
  [
    'both directions',
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 0 },
    ],
    { a: 1, b: -1 },
    [3, 2, 1],
  ],
];

const projections: [name: string, doc: Document, projection: Document, expected: Document][] = [
  ['inclusion keeps the order of the document', { _id: 1, b: 2, a: 1, c: 3 }, { a: 1, b: 1 }, { _id: 1, b: 2, a: 1 }],
  ['inclusion without _id', { _id: 1, a: 1 }, { a: 1, _id: 0 }, { a: 1 }],
  ['only _id', { _id: 1, a: 1 }, { _id: 1 }, { _id: 1 }],
  ['everything but _id', { _id: 1, a: 1 }, { _id: 0 }, { a: 1 }],
  ['exclusion', { _id: 1, a: 1, b: 2 }, { a: 0 }, { _id: 1, b: 2 }],
  ['exclusion below', { _id: 1, a: { b: 1, c: 2 } }, { 'a.b': 0 }, { _id: 1, a: { c: 2 } }],
  ['exclusion in an array', { _id: 1, r: [{ x: 1, y: 2 }, 5] }, { 'r.x': 0 }, { _id: 1, r: [{ y: 2 }, 5] }],
  ['inclusion below', { _id: 1, a: { b: 1, c: 2 } }, { 'a.b': 1 }, { _id: 1, a: { b: 1 } }],
  [
    'inclusion in an array keeps empty documents, drops scalars',
    { _id: 1, r: [{ x: 1, y: 2 }, { y: 3 }, 5] },
    { 'r.x': 1 },
    { _id: 1, r: [{ x: 1 }, {}] },
  ],
  ['inclusion of what is not there', { _id: 1, a: 5 }, { b: 1, 'a.x': 1 }, { _id: 1 }],
  ['true and false', { _id: 1, a: 1, b: 2 }, { a: true, _id: false }, { a: 1 }],
];

everyStore((fresh) => {
  describe('sort', () => {
    test.each(sorts)('%s', async (_, docs, sort, ids) => {
      const collection = await fresh(docs);
      expect(
        (
          await collection
            .find()
            .sort(sort as never)
            .toArray()
        ).map((doc) => doc._id),
      ).toEqual(ids);
    });
    test('with an index on the field the order is the same', async () => {
      for (const [, docs, sort, ids] of sorts.filter(([name]) => !name.includes('2^53'))) {
        const collection = await fresh(docs);
        await collection.createIndex(sort as never);
        expect(
          (
            await collection
              .find()
              .sort(sort as never)
              .toArray()
          ).map((doc) => doc._id),
        ).toEqual(ids);
      }
    });
    test.each([{ v: 2 }, { v: 'up' }])('%o is no sort', async (sort) => {
      const collection = await fresh(values(1));
      await expect(collection.aggregate([{ $sort: sort }]).toArray()).rejects.toThrow();
    });
  });

  describe('projection', () => {
    test.each(projections)('%s', async (_, doc, projection, expected) => {
      const collection = await fresh([doc]);
      const found = await collection.findOne({}, { projection });
      expect(found).toEqual(expected);
      expect(Object.keys(found ?? {})).toEqual(Object.keys(expected));
    });
    test('inclusion and exclusion do not mix', async () => {
      const collection = await fresh([{ _id: 1, a: 1, b: 1 }]);
      await expect(collection.find({}, { projection: { a: 1, b: 0 } }).toArray()).rejects.toThrow('projection');
    });
  });

  describe('pages and batches', () => {
    const numbers = Array.from({ length: 250 }, (_, i) => ({ _id: i }));

    test('skip and limit count after the sort', async () => {
      const collection = await fresh(numbers);
      const found = await collection.find().sort({ _id: -1 }).skip(10).limit(3).toArray();
      expect(found.map((doc) => doc._id)).toEqual([239, 238, 237]);
      expect(await collection.find().skip(300).toArray()).toEqual([]);
    });
    test('batches of any size bring everything once', async () => {
      const collection = await fresh(numbers);
      for (const batchSize of [1, 7, 101, 250, 1000]) {
        const found = await collection.find().batchSize(batchSize).toArray();
        expect(found.map((doc) => doc._id)).toEqual(numbers.map((doc) => doc._id));
      }
    });
    test('a cursor shows what was there when it was opened', async () => {
      const collection = await fresh(numbers);
      const cursor = collection.find().sort({ _id: 1 }).batchSize(10);
      expect(await cursor.next()).toEqual({ _id: 0 });
      await cursor.toArray();
      expect(await collection.countDocuments()).toBe(250);
    });
    test('a cursor closed early is gone', async () => {
      const collection = await fresh(numbers);
      const cursor = collection.find().batchSize(10);
      await cursor.next();
      const id = cursor.id;
      await cursor.close();
      const getMore = { getMore: id, collection: collection.collectionName };
      await expect(collection.db?.command(getMore) ?? Promise.reject(new Error('no db'))).rejects.toThrow();
    });
    test('documents of several megabytes come in several batches', async () => {
      const collection = await fresh();
      for (let i = 0; i < 5; i++) await collection.insertOne({ _id: i, text: 'x'.repeat(6_000_000) });
      expect((await collection.find().toArray()).map((doc) => doc.text.length)).toEqual(Array(5).fill(6_000_000));
    });
  });

  describe('counting', () => {
    test('countDocuments, estimatedDocumentCount, skip and limit', async () => {
      const collection = await fresh(values(1, 2, 2, 3));
      expect(await collection.countDocuments({ v: 2 })).toBe(2);
      expect(await collection.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
      expect(await collection.estimatedDocumentCount()).toBe(4);
      expect(await (await fresh()).countDocuments()).toBe(0);
    });
    test('the count command', async () => {
      const collection = await fresh(values(1, 2, 2, 3));
      const db = collection.db!;
      const count = async (more: object) => (await db.command({ count: collection.collectionName, ...more })).n;
      expect(await count({ query: { v: 2 } })).toBe(2);
      expect(await count({ query: { v: 2 }, skip: 1 })).toBe(1);
      expect(await count({ limit: 3 })).toBe(3);
      expect(await count({ skip: 9 })).toBe(0);
    });
    test('distinct takes arrays apart and filters', async () => {
      const collection = await fresh(values([1, 2], 2, 3, undefined));
      expect((await collection.distinct('v')).sort()).toEqual([1, 2, 3]);
      expect(await collection.distinct('v', { _id: 3 })).toEqual([3]);
    });
  });
});
