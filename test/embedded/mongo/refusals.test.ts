import { Decimal128, type Document, type MongoClient, Timestamp } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryStore } from './stores.ts';

let running: Awaited<ReturnType<typeof temporaryStore>>;
let client: MongoClient;
beforeAll(async () => {
  running = await temporaryStore();
  client = running.client;
  await client.db('t').collection('c').insertOne({ a: 1 });
});
afterAll(() => running.close());

const find = (filter: Document, options: Document = {}): Document => ({ find: 'c', filter, ...options });
const aggregate = (stage: Document): Document => ({ aggregate: 'c', pipeline: [stage], cursor: {} });
const update = (u: unknown, more: Document = {}): Document => ({ update: 'c', updates: [{ q: {}, u, ...more }] });
const group = (field: Document): Document => aggregate({ $group: { _id: null, x: field } });
const index = (key: Document, more: Document = {}): Document => ({ createIndexes: 'c', indexes: [{ key, name: 'x', ...more }] });

describe('what the store does not know is refused by its name, with the way out', () => {
  test.each<[what: string, command: Document]>([
    ['command bulkWrite', { bulkWrite: 1, ops: [], nsInfo: [] }],
    ['command renameCollection', { renameCollection: 'a.b', to: 'a.c' }],
    ['startTransaction', { ...find({}), startTransaction: true, autocommit: false }],
    ['option collation of find', find({}, { collation: { locale: 'en' } })],
    ['option let of find', find({}, { let: { a: 1 } })],
    ['option tailable of find', find({}, { tailable: true })],
    ['option collation of update', update({ $set: { a: 1 } }, { collation: { locale: 'en' } })],
    ['option validator of create', { create: 'd', validator: {} }],
    ['option capped of create', { create: 'd', capped: true }],
    ['option explain of aggregate', { ...aggregate({ $match: {} }), explain: true }],
    ['write concern w: 2', { insert: 'c', documents: [{}], writeConcern: { w: 2 } }],
    ['read concern snapshot', find({}, { readConcern: { level: 'snapshot' } })],
    ['$expr', find({ $expr: { $eq: ['$a', 1] } })],
    ['$where', find({ $where: 'true' })],
    ['$text', find({ $text: { $search: 'a' } })],
    ['$mod', find({ a: { $mod: [2, 0] } })],
    ['$near', find({ a: { $near: [0, 0] } })],
    ['regular expression option x', find({ a: { $regex: 'a', $options: 'x' } })],
    ['$type decimal', find({ a: { $type: 'decimal' } })],
    ['$slice', find({}, { projection: { a: { $slice: 1 } } })],
    ['a.$', find({ a: 1 }, { projection: { 'a.$': 1 } })],
    ['$meta', find({}, { sort: { a: { $meta: 'textScore' } } })],
    ['$lookup', aggregate({ $lookup: {} })],
    ['$facet', aggregate({ $facet: {} })],
    ['$addFields', aggregate({ $addFields: { a: 1 } })],
    ['$out', aggregate({ $out: 'x' })],
    ['includeArrayIndex', aggregate({ $unwind: { path: '$a', includeArrayIndex: 'i' } })],
    ['$add', group({ $sum: { $add: [1, 2] } })],
    ['$$ROOT', group({ $first: '$$ROOT' })],
    ['$stdDevPop', group({ $stdDevPop: '$a' })],
    ['$concat', aggregate({ $project: { a: { $concat: ['a'] } } })],
    ['$mul', update({ $mul: { a: 2 } })],
    ['$rename', update({ $rename: { a: 'b' } })],
    ['$pullAll', update({ $pullAll: { a: [1] } })],
    ['pipeline', update([{ $set: { a: 1 } }])],
    ['pipeline', update([{ $set: { a: 1 } }], { multi: true })],
    ['pipeline', { findAndModify: 'c', query: {}, update: [{ $set: { a: 1 } }] }],
    ['aggregate of a whole database', { aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }],
    ['$currentDate', update({ $currentDate: { t: { $type: 'timestamp' } } })],
    ['$unknown', update({ $push: { list: { $each: [], $unknown: 1 } } })],
    ['Decimal128', { insert: 'c', documents: [{ v: Decimal128.fromString('1.5') }] }],
    ['Timestamp', { insert: 'c', documents: [{ v: new Timestamp({ t: 1, i: 1 }) }] }],
    ['regular expressions', { insert: 'c', documents: [{ v: /a/ }] }],
    ['(a.b)', { insert: 'c', documents: [{ v: { 'a.b': 1 } }] }],
    ['($a)', { insert: 'c', documents: [{ v: [{ $a: 1 }] }] }],
    ['index option collation', index({ a: 1 }, { collation: { locale: 'en' } })],
    ['"text"', index({ a: 'text' })],
    ['$**', index({ '$**': 1 })],
    ['$nin', index({ a: 1 }, { partialFilterExpression: { a: { $nin: [1] } } })],
  ])('%s', async (what, command) => {
    const asked = client.db('t').command(command);
    const reply = await asked.catch((error) => error);
    const message: string = reply.writeErrors?.[0]?.errmsg ?? reply.message ?? 'no error';
    expect(message).toContain(what);
    expect(message).toContain('MONGODB_URI');
  });
});

test('what asks for nothing or means the same here is let through', async () => {
  const options = {
    hint: { a: 1 },
    comment: 'x',
    maxTimeMS: 1000,
    readConcern: { level: 'majority' },
    noCursorTimeout: false,
    tailable: false,
  };
  const found = await client.db('t').command(find({}, options));
  expect(found.cursor.firstBatch).toHaveLength(1);
  const inserted = await client.db('t').command({ insert: 'd', documents: [{ a: 1 }], writeConcern: { w: 'majority', j: true } });
  expect(inserted.n).toBe(1);
});

test('a transaction by the driver is refused', async () => {
  const session = client.startSession();
  session.startTransaction();
  await expect(client.db('t').collection('c').insertOne({ a: 1 }, { session })).rejects.toThrow();
  await session.abortTransaction().catch(() => {});
  await session.endSession();
  expect(await client.db('t').collection('c').countDocuments()).toBe(1);
});

test('a field named __proto__ is refused and pollutes nothing', async () => {
  const set = update({ $set: { '__proto__.polluted': 1 } });
  const reply = await client
    .db('t')
    .command(set)
    .catch((error) => error);
  expect(JSON.stringify(reply.writeErrors ?? reply.message)).toContain('__proto__');
  expect(({} as Document).polluted).toBeUndefined();
});

test('a document of more than 16 MB is refused', async () => {
  const big = Array.from({ length: 17 }, () => 'x'.repeat(1024 * 1024));
  const collection = client.db('t').collection<Document>('big');
  await collection.insertOne({ _id: 1 as never, list: big.slice(0, 15) });
  await expect(collection.updateOne({}, { $push: { list: { $each: big.slice(0, 2) } } } as never)).rejects.toMatchObject({ code: 10334 });
  expect((await collection.findOne())?.list).toHaveLength(15);
});

test('an invalid name of a collection is refused', async () => {
  await expect(client.db('t').command({ create: 'a$b' })).rejects.toMatchObject({ code: 73 });
  await expect(client.db('t').command({ find: 5 })).rejects.toMatchObject({ code: 2 });
});
