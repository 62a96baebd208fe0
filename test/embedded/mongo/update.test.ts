import { type Document, Double, Long, ObjectId } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

const oid = (n: number) => new ObjectId(n.toString(16).padStart(24, '0'));
const day = (text: string) => new Date(text);

type Case = [name: string, doc: Document, update: Document, expected: Document, filter?: Document, arrayFilters?: Document[]];

const fields: Case[] = [
  ['$set creates the path', { _id: 1 }, { $set: { 'a.b.c': 1 } }, { _id: 1, a: { b: { c: 1 } } }],
  ['$set appends new fields by name', { _id: 1, a: 1 }, { $set: { z: 1, b: 2 } }, { _id: 1, a: 1, b: 2, z: 1 }],
  ['new fields of several operators are appended by name', { _id: 1 }, { $set: { c: 1 }, $inc: { a: 1 } }, { _id: 1, a: 1, c: 1 }],
  ['$set beyond an array pads with null', { _id: 1, a: [1] }, { $set: { 'a.3': 9 } }, { _id: 1, a: [1, null, null, 9] }],
  ['$set within an array', { _id: 1, a: [{ x: 1 }] }, { $set: { 'a.0.x': 2 } }, { _id: 1, a: [{ x: 2 }] }],
  ['$set of dates and ObjectIds', { _id: 1 }, { $set: { t: day('2024-01-01'), o: oid(3) } }, { _id: 1, o: oid(3), t: day('2024-01-01') }],
  ['$setOnInsert does nothing to a match', { _id: 1 }, { $setOnInsert: { x: 1 }, $set: { y: 1 } }, { _id: 1, y: 1 }],
  ['$unset', { _id: 1, a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { _id: 1, b: { d: 2 } }],
  ['$unset of an element leaves null', { _id: 1, a: [1, 2] }, { $unset: { 'a.0': '' } }, { _id: 1, a: [null, 2] }],
  ['$unset of what is not there', { _id: 1, a: 1 }, { $unset: { 'x.y': '', 'a.b': '' } }, { _id: 1, a: 1 }],
  ['$inc', { _id: 1, n: 1 }, { $inc: { n: 2 } }, { _id: 1, n: 3 }],
  ['$inc of what is missing', { _id: 1 }, { $inc: { n: 2 } }, { _id: 1, n: 2 }],
  ['$inc with a fraction', { _id: 1, n: 1 }, { $inc: { n: 0.5 } }, { _id: 1, n: 1.5 }],
  [
    '$min and $max',
    { _id: 1, lo: 5, hi: 5, same: 5 },
    { $min: { lo: 3, same: 9 }, $max: { hi: 9, nw: 1 } },
    { _id: 1, lo: 3, hi: 9, same: 5, nw: 1 },
  ],
  ['$min of dates', { _id: 1, t: day('2024-05-01') }, { $min: { t: day('2024-01-01') } }, { _id: 1, t: day('2024-01-01') }],
  ['$max across types', { _id: 1, v: 5 }, { $max: { v: 'a' } }, { _id: 1, v: 'a' }],
  ['several operators', { _id: 1, a: 1, b: [1] }, { $set: { c: 1 }, $inc: { a: 1 }, $push: { b: 2 } }, { _id: 1, a: 2, b: [1, 2], c: 1 }],
  ['a replacement keeps the _id', { _id: 1, a: 1, b: 1 }, { c: 1 }, { _id: 1, c: 1 }],
];

const arrays: Case[] = [
  ['$push', { _id: 1, a: [] }, { $push: { a: { x: 1 } } }, { _id: 1, a: [{ x: 1 }] }],
  ['$push makes an array', { _id: 1 }, { $push: { a: 1 } }, { _id: 1, a: [1] }],
  ['$push of an array as one element', { _id: 1, a: [1] }, { $push: { a: [2, 3] } }, { _id: 1, a: [1, [2, 3]] }],
  ['$push $each', { _id: 1, a: [1] }, { $push: { a: { $each: [2, 3] } } }, { _id: 1, a: [1, 2, 3] }],
  ['$push $position', { _id: 1, a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1 } } }, { _id: 1, a: [1, 8, 9, 2] }],
  ['$push $position from the end', { _id: 1, a: [1, 2, 3] }, { $push: { a: { $each: [9], $position: -1 } } }, { _id: 1, a: [1, 2, 9, 3] }],
  ['$push $slice', { _id: 1, a: [1, 2] }, { $push: { a: { $each: [3], $slice: 2 } } }, { _id: 1, a: [1, 2] }],
  ['$push $slice from the end', { _id: 1, a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { _id: 1, a: [2, 3] }],
  ['$push $slice 0', { _id: 1, a: [1, 2] }, { $push: { a: { $each: [], $slice: 0 } } }, { _id: 1, a: [] }],
  [
    '$push $sort, then $slice',
    { _id: 1, a: [{ s: 3 }] },
    { $push: { a: { $each: [{ s: 5 }, { s: 1 }], $sort: { s: -1 }, $slice: 2 } } },
    { _id: 1, a: [{ s: 5 }, { s: 3 }] },
  ],
  ['$push $sort of values', { _id: 1, a: [3, 1] }, { $push: { a: { $each: [2], $sort: -1 } } }, { _id: 1, a: [3, 2, 1] }],
  ['$addToSet', { _id: 1, a: [oid(1)] }, { $addToSet: { a: { $each: [oid(1), oid(2)] } } }, { _id: 1, a: [oid(1), oid(2)] }],
  ['$addToSet of one value', { _id: 1 }, { $addToSet: { a: 5 } }, { _id: 1, a: [5] }],
  [
    '$addToSet minds the field order',
    { _id: 1, a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      _id: 1,
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [
    '$addToSet of a date that is there',
    { _id: 1, a: [day('2024-01-01')] },
    { $addToSet: { a: day('2024-01-01') } },
    { _id: 1, a: [day('2024-01-01')] },
  ],
  ['$pull of a value', { _id: 1, a: [1, 2, 1] }, { $pull: { a: 1 } }, { _id: 1, a: [2] }],
  ['$pull with an operator', { _id: 1, a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { _id: 1, a: [1] }],
  ['$pull with $in', { _id: 1, a: ['a', 'b', 'c'] }, { $pull: { a: { $in: ['a', 'c'] } } }, { _id: 1, a: ['b'] }],
  [
    '$pull of documents, in any field order',
    {
      _id: 1,
      r: [
        { i: 'A', s: 5 },
        { i: 'B', s: 8, t: 1 },
      ],
    },
    { $pull: { r: { s: 8, i: 'B' } } },
    { _id: 1, r: [{ i: 'A', s: 5 }] },
  ],
  ['$pull by a regular expression', { _id: 1, a: ['ab', 'b'] }, { $pull: { a: /^a/ } }, { _id: 1, a: ['b'] }],
  [
    '$pull by an ObjectId below',
    { _id: 1, r: [{ _id: oid(1) }, { _id: oid(2) }] },
    { $pull: { r: { _id: oid(2) } } },
    { _id: 1, r: [{ _id: oid(1) }] },
  ],
  ['$pull from what is not there', { _id: 1 }, { $pull: { a: 1 } }, { _id: 1 }],
];

const positions: Case[] = [
  ['$', { _id: 1, g: [80, 85, 90] }, { $set: { 'g.$': 82 } }, { _id: 1, g: [82, 85, 90] }, { _id: 1, g: 80 }],
  [
    '$ by a dotted field',
    { _id: 1, l: [{ s: 'a' }, { s: 'b' }] },
    { $set: { 'l.$.d': true } },
    { _id: 1, l: [{ s: 'a' }, { s: 'b', d: true }] },
    { 'l.s': 'b' },
  ],
  [
    '$ within $and',
    { _id: 1, l: [{ s: 'a' }, { s: 'b' }] },
    { $set: { 'l.$.d': 1 } },
    { _id: 1, l: [{ s: 'a' }, { s: 'b', d: 1 }] },
    { $and: [{ _id: 1 }, { 'l.s': 'b' }] },
  ],
  [
    '$ by $elemMatch',
    {
      _id: 1,
      l: [
        { s: 'a', q: 1 },
        { s: 'b', q: 2 },
      ],
    },
    { $inc: { 'l.$.q': 5 } },
    {
      _id: 1,
      l: [
        { s: 'a', q: 1 },
        { s: 'b', q: 7 },
      ],
    },
    { l: { $elemMatch: { s: 'b', q: { $gt: 1 } } } },
  ],
  ['$ by $elemMatch of values', { _id: 1, g: [1, 7] }, { $set: { 'g.$': 0 } }, { _id: 1, g: [1, 0] }, { g: { $elemMatch: { $gt: 5 } } }],
  ['$[]', { _id: 1, g: [1, 2] }, { $inc: { 'g.$[]': 10 } }, { _id: 1, g: [11, 12] }],
  ['$[name]', { _id: 1, g: [95, 102, 90] }, { $set: { 'g.$[e]': 100 } }, { _id: 1, g: [95, 100, 90] }, { _id: 1 }, [{ e: { $gte: 100 } }]],
  [
    '$[name] of documents',
    {
      _id: 1,
      g: [
        { x: 80, m: 1 },
        { x: 90, m: 1 },
      ],
    },
    { $set: { 'g.$[el].m': 100 } },
    {
      _id: 1,
      g: [
        { x: 80, m: 1 },
        { x: 90, m: 100 },
      ],
    },
    { _id: 1 },
    [{ 'el.x': { $gte: 85 } }],
  ],
  [
    '$[name] with $or',
    { _id: 1, g: [1, 5, 9] },
    { $inc: { 'g.$[e]': 1 } },
    { _id: 1, g: [2, 5, 10] },
    { _id: 1 },
    [{ $or: [{ e: 1 }, { e: 9 }] }],
  ],
  [
    '$[] and $[name]',
    { _id: 1, g: [{ q: [1, 8] }, { q: [9] }] },
    { $inc: { 'g.$[].q.$[s]': 1 } },
    { _id: 1, g: [{ q: [1, 9] }, { q: [10] }] },
    { _id: 1 },
    [{ s: { $gte: 8 } }],
  ],
];

const upserts: [name: string, filter: Document, update: Document, expected: Document][] = [
  ['equalities of the filter are the start', { a: 1, 'b.c': 2, d: { $gt: 5 } }, { $set: { e: 1 } }, { a: 1, b: { c: 2 }, e: 1 }],
  ['$eq, $and, an $in of one', { $and: [{ a: { $eq: 1 } }, { b: { $in: [7] } }] }, { $set: { e: 1 } }, { a: 1, b: 7, e: 1 }],
  [
    '$setOnInsert, $inc, $push, $addToSet',
    { k: 'x' },
    { $setOnInsert: { c: 1 }, $inc: { n: 1 }, $push: { a: 1 }, $addToSet: { s: 2 } },
    { k: 'x', a: [1], c: 1, n: 1, s: [2] },
  ],
  ['dates and ObjectIds', { o: oid(1), t: day('2024-01-01') }, { $set: { e: 1 } }, { o: oid(1), t: day('2024-01-01'), e: 1 }],
];

const faults: [name: string, doc: Document, update: Document, code: number, filter?: Document, arrayFilters?: Document[]][] = [
  ['$set of _id', { _id: 1 }, { $set: { _id: 2 } }, 66],
  ['one path twice', { _id: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path and one below it', { _id: 1 }, { $set: { a: 1, 'a.b': 2 } }, 40],
  // parseAndMerge in MongoDB's src/mongo/db/update/update_object_node.cpp: below one field all are elements by filter, or none.
  ['elements by filter beside a field', { _id: 1, a: [{ c: 1 }] }, { $set: { 'a.$[]': 1, 'a.c': 2 } }, 40],
  ['a field beside elements by filter', { _id: 1, a: [{ c: 1 }] }, { $set: { 'a.$[].c': 1, 'a.0.c': 2 } }, 40],
  ['elements by filter beside a field, where nothing is', { _id: 1 }, { $set: { 'a.$[]': 1 }, $inc: { 'a.c': 2 } }, 40],
  ['$inc of text', { _id: 1, a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by text', { _id: 1, a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$push to text', { _id: 1, a: 'x' }, { $push: { a: 1 } }, 2],
  ['$set below a scalar', { _id: 1, a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['$set of a name in an array', { _id: 1, a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['an empty part of a path', { _id: 1 }, { $set: { 'a..b': 1 } }, 56],
  ['an array filter that is not used', { _id: 1, a: [1] }, { $set: { b: 1 } }, 9, { _id: 1 }, [{ z: 1 }]],
  ['an array filter that is not given', { _id: 1, a: [1] }, { $set: { 'a.$[z]': 1 } }, 2],
  ['$ without a match', { _id: 1, a: [1] }, { $set: { 'a.$': 1 } }, 2],
];

everyStore((fresh) => {
  describe.each(Object.entries({ fields, arrays, positions }))('%s', (_, cases) => {
    test.each(cases)('%s', async (_, doc, update, expected, filter = { _id: 1 }, arrayFilters = undefined) => {
      const collection = await fresh([doc]);
      const result = Object.keys(update)[0]!.startsWith('$')
        ? await collection.updateOne(filter, update, arrayFilters && { arrayFilters })
        : await collection.replaceOne(filter, update);
      const found = await collection.findOne();
      expect(found).toEqual(expected);
      expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
      // What was pushed counts as a change even when $slice drops it at once: performPush in MongoDB's src/mongo/db/update/push_node.cpp
      // answers kNoOp only where nothing is inserted, sorted or cut.
      const changed = '$push' in update || JSON.stringify(doc) !== JSON.stringify(expected);
      expect(result).toMatchObject({ matchedCount: 1, modifiedCount: changed ? 1 : 0 });
    });
  });

  describe('types of sums', () => {
    test.each([
      ['ints become a Long when they outgrow int32', 2_147_483_647, 1, Long.fromNumber(2_147_483_648)],
      ['a Long stays exact', Long.fromString('9007199254740993'), 1, Long.fromString('9007199254740994')],
      ['a double stays a double', new Double(1), 1, new Double(2)],
      ['a Long and a double', Long.fromNumber(1), new Double(0.5), new Double(1.5)],
    ])('%s', async (_, n, by, expected) => {
      const collection = await fresh([{ _id: 1, n }]);
      await collection.updateOne({}, { $inc: { n: by } } as Document);
      const found = await collection.findOne({}, { promoteValues: false });
      expect(found?.n).toEqual(expected);
      expect(found?.n._bsontype).toBe(expected._bsontype);
    });
    test('a sum beyond 64 bits is an error', async () => {
      const collection = await fresh([{ _id: 1, n: Long.MAX_VALUE }]);
      await expect(collection.updateOne({}, { $inc: { n: Long.fromNumber(1) } } as Document)).rejects.toMatchObject({ code: 2 });
    });
  });

  describe('upsert', () => {
    test.each(upserts)('%s', async (_, filter, update, expected) => {
      const collection = await fresh();
      const result = await collection.updateOne(filter, update, { upsert: true });
      expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
      expect(await collection.findOne()).toEqual({ _id: result.upsertedId, ...expected });
    });
    test('the _id of the filter is the new one', async () => {
      const collection = await fresh();
      await collection.updateOne({ _id: 7 }, { $set: { a: 1 } }, { upsert: true });
      await collection.replaceOne({ _id: 8 }, { b: 1 }, { upsert: true });
      expect(await collection.find().toArray()).toEqual([
        { _id: 7, a: 1 },
        { _id: 8, b: 1 },
      ]);
    });
    test('a replacement may repeat the _id of the filter', async () => {
      const collection = await fresh();
      for (const _id of [oid(7), { account: 'a', entity: 'b' }] as never[]) {
        await collection.replaceOne({ _id }, { _id, b: 1 } as never, { upsert: true });
        await collection.replaceOne({ _id }, { _id, b: 2 } as never, { upsert: true });
        expect(await collection.findOne({ _id })).toEqual({ _id, b: 2 });
      }
    });
    test('a match is updated and nothing inserted', async () => {
      const collection = await fresh([{ _id: 1, k: 'x' }]);
      const result = await collection.updateOne({ k: 'x' }, { $set: { a: 1 } }, { upsert: true });
      expect(result).toMatchObject({ matchedCount: 1, upsertedCount: 0 });
    });
    test('another _id than the filter asks for is an error', async () => {
      const collection = await fresh();
      await expect(collection.updateOne({ _id: 7 }, { $set: { _id: 8 } }, { upsert: true })).rejects.toMatchObject({ code: 66 });
    });
  });

  test.each(faults)('an error that changes nothing: %s', async (_, doc, update, code, filter = { _id: 1 }, arrayFilters = undefined) => {
    const collection = await fresh([doc]);
    await expect(collection.updateOne(filter, update, arrayFilters && { arrayFilters })).rejects.toMatchObject({ code });
    expect(await collection.findOne()).toEqual(doc);
  });

  test('$currentDate sets the time of now', async () => {
    const collection = await fresh([{ _id: 1 }]);
    const before = Date.now();
    await collection.updateOne({}, { $currentDate: { at: true, too: { $type: 'date' } } as never });
    const found = await collection.findOne();
    expect(found?.at.getTime()).toBeGreaterThanOrEqual(before);
    expect(found?.too).toBeInstanceOf(Date);
  });

  test('updateMany counts matched and modified', async () => {
    const collection = await fresh([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ]);
    expect(await collection.updateMany({}, { $set: { a: 2 } })).toMatchObject({ matchedCount: 3, modifiedCount: 2 });
  });

  test('a guarded update matches its version once', async () => {
    const collection = await fresh([{ _id: 1, version: 1 }]);
    const both = [1, 2].map(() => collection.updateOne({ _id: 1, version: 1 }, { $inc: { version: 1 } }));
    const matched = (await Promise.all(both)).map((result) => result.matchedCount);
    expect(matched.sort()).toEqual([0, 1]);
  });

  describe('findOneAnd…', () => {
    test('update answers the document before or after', async () => {
      const collection = await fresh([{ _id: 1, a: 1 }]);
      expect(await collection.findOneAndUpdate({ _id: 1 }, { $inc: { a: 1 } })).toEqual({ _id: 1, a: 1 });
      expect(
        await collection.findOneAndUpdate({ _id: 1 }, { $inc: { a: 1 } }, { returnDocument: 'after', projection: { a: 1, _id: 0 } }),
      ).toEqual({ a: 3 });
      expect(await collection.findOneAndUpdate({ _id: 9 }, { $inc: { a: 1 } })).toBeNull();
    });
    test('update upserts', async () => {
      const collection = await fresh();
      expect(await collection.findOneAndUpdate({ _id: 9 }, { $inc: { a: 1 } }, { upsert: true })).toBeNull();
      expect(await collection.findOneAndUpdate({ _id: 8 }, { $inc: { a: 1 } }, { upsert: true, returnDocument: 'after' })).toEqual({
        _id: 8,
        a: 1,
      });
    });
    test('the sort picks the first', async () => {
      const collection = await fresh([
        { _id: 1, p: 5 },
        { _id: 2, p: 9 },
      ]);
      expect((await collection.findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { p: -1 } }))?._id).toBe(2);
      expect((await collection.findOneAndDelete({}, { sort: { p: 1 } }))?._id).toBe(1);
    });
    test('delete and replace', async () => {
      const collection = await fresh([{ _id: 1, a: 1 }]);
      expect(await collection.findOneAndReplace({ _id: 1 }, { b: 1 }, { returnDocument: 'after' })).toEqual({ _id: 1, b: 1 });
      expect(await collection.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, b: 1 });
      expect(await collection.findOneAndDelete({ _id: 1 })).toBeNull();
    });
    test('of several at once each gets another document', async () => {
      const collection = await fresh(Array.from({ length: 20 }, (_, _id) => ({ _id, state: 'queued' })));
      const claim = () => collection.findOneAndUpdate({ state: 'queued' }, { $set: { state: 'taken' } });
      const claimed = await Promise.all(Array.from({ length: 25 }, claim));
      expect(new Set(claimed.map((doc) => doc?._id)).size).toBe(21);
      expect(claimed.filter((doc) => doc === null)).toHaveLength(5);
    });
  });

  describe('delete', () => {
    test('one and many', async () => {
      const collection = await fresh([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 2 },
      ]);
      expect(await collection.deleteOne({ a: 1 })).toMatchObject({ deletedCount: 1 });
      expect(await collection.deleteMany({ a: { $in: [1, 2] } })).toMatchObject({ deletedCount: 2 });
      expect(await collection.deleteMany({})).toMatchObject({ deletedCount: 0 });
    });
  });

  describe('bulkWrite', () => {
    const mixed = [
      { insertOne: { document: { _id: 3, s: 'new' } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { s: 'late' } } } },
      { updateMany: { filter: {}, update: { $inc: { n: 100 } } } },
      { deleteOne: { filter: { _id: 2 } } },
      { replaceOne: { filter: { _id: 9 }, replacement: { n: 9 }, upsert: true } },
    ];
    test.each([true, false])('all kinds, ordered: %s', async (ordered) => {
      const collection = await fresh([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ]);
      const result = await collection.bulkWrite(mixed, { ordered });
      expect(result).toMatchObject({ insertedCount: 1, deletedCount: 1, upsertedCount: 1 });
      expect(await collection.findOne({ _id: 9 })).toMatchObject({ n: 9 });
    });
    test('ordered stops at the first error, unordered does the rest', async () => {
      const inserts = [{ _id: 1 }, { _id: 1 }, { _id: 2 }].map((document) => ({ insertOne: { document } }));
      const ordered = await fresh();
      await expect(ordered.bulkWrite(inserts)).rejects.toMatchObject({ code: 11000 });
      expect(await ordered.countDocuments()).toBe(1);
      const unordered = await fresh();
      await expect(unordered.bulkWrite(inserts, { ordered: false })).rejects.toMatchObject({ code: 11000, result: { insertedCount: 2 } });
      expect(await unordered.countDocuments()).toBe(2);
    });
    test('more statements than fit into one batch', async () => {
      const collection = await fresh();
      const inserts = Array.from({ length: 2_500 }, (_, _id) => ({ insertOne: { document: { _id } } }));
      expect(await collection.bulkWrite(inserts, { ordered: false })).toMatchObject({ insertedCount: 2_500 });
    });
  });

  test('200 concurrent increments all count', async () => {
    const collection = await fresh([{ _id: 1, n: 0 }]);
    await Promise.all(Array.from({ length: 200 }, () => collection.updateOne({ _id: 1 }, { $inc: { n: 1 } })));
    expect(await collection.findOne()).toEqual({ _id: 1, n: 200 });
  });
});
