import mongoose, { Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from './stores.ts';

const accountSchema = new Schema(
  {
    number: { type: String, required: true, unique: true },
    name: String,
    stage: { type: Number, default: 0, index: true },
    tags: [String],
    contacts: [{ name: String, email: String }],
    extra: { type: Map, of: Number },
    big: BigInt,
    seen: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);
const invoiceSchema = new Schema({
  number: Number,
  account: { type: Schema.Types.ObjectId, ref: 'Account' },
  status: String,
  cents: Number,
});

let running: Awaited<ReturnType<typeof temporaryStore>>;
let connection: mongoose.Connection;
const models = () => ({ Account: connection.model('Account', accountSchema), Invoice: connection.model('Invoice', invoiceSchema) });

beforeAll(async () => {
  running = await temporaryStore();
  connection = await mongoose.createConnection(running.store.uri).asPromise();
});
afterAll(async () => {
  await connection.close();
  await running.close();
});
beforeEach(async () => {
  await connection.dropDatabase();
  await models().Account.init();
  await models().Account.syncIndexes();
});

test('schemas make their collections and indexes, and keep them in step', async () => {
  const { Account } = models();
  expect((await Account.listIndexes()).map((index) => index.name).sort()).toEqual(['_id_', 'number_1', 'stage_1']);
  await Account.collection.createIndex({ name: 1 });
  expect(await Account.syncIndexes()).toEqual(['name_1']);
  expect((await Account.diffIndexes()).toCreate).toEqual([]);
  await Account.createCollection();
  expect((await connection.listCollections()).map((collection) => collection.name)).toContain('accounts');
});

test('what is saved comes back with its types', async () => {
  const { Account } = models();
  const seen = new Date('2026-03-01T10:00:00Z');
  const made = await Account.create({ number: 'A1', tags: ['x'], contacts: [{ name: 'Ann' }], extra: { x: 1 }, big: 2n ** 60n, seen });
  const found = await Account.findById(made._id);
  expect(found?.toObject()).toMatchObject({ number: 'A1', stage: 0, tags: ['x'], big: 2n ** 60n, seen });
  expect(found?.extra?.get('x')).toBe(1);
  expect(found?.createdAt).toBeInstanceOf(Date);
});

test('save raises the version, and a stale one loses', async () => {
  const { Account } = models();
  const made = await Account.create({ number: 'A1', tags: ['a'] });
  const [first, second] = [await Account.findById(made._id), await Account.findById(made._id)];
  first!.name = 'first';
  first!.tags.push('b');
  first!.contacts.push({ name: 'Bob' });
  await first!.save();
  second!.name = 'second';
  await expect(second!.save()).rejects.toMatchObject({ name: 'VersionError' });
  expect(await Account.findById(made._id).lean()).toMatchObject({ name: 'first', tags: ['a', 'b'], contacts: [{ name: 'Bob' }], __v: 1 });
});

test('changes within arrays are saved', async () => {
  const { Account } = models();
  const made = await Account.create({ number: 'A1', contacts: [{ name: 'Ann' }, { name: 'Bob' }] });
  made.contacts[1]!.email = 'bob@example.test';
  await made.save();
  made.contacts.pull(made.contacts[0]!._id);
  await made.save();
  expect((await Account.findById(made._id).lean())?.contacts).toMatchObject([{ name: 'Bob', email: 'bob@example.test' }]);
});

test('a duplicate is told with its key', async () => {
  const { Account } = models();
  await Account.create({ number: 'A1' });
  await expect(Account.create({ number: 'A1' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { number: 1 },
    keyValue: { number: 'A1' },
  });
  const many = Account.insertMany([{ number: 'A2' }, { number: 'A1' }, { number: 'A3' }], { ordered: false });
  await expect(many).rejects.toMatchObject({ code: 11000 });
  expect(await Account.countDocuments()).toBe(3);
});

test('guarded updates, upserts, findOneAndUpdate', async () => {
  const { Account } = models();
  const made = await Account.create({ number: 'A1' });
  const guarded = await Account.updateOne({ _id: made._id, __v: 0 }, { $set: { stage: 2 }, $inc: { __v: 1 } });
  expect(guarded.matchedCount).toBe(1);
  expect((await Account.updateOne({ _id: made._id, __v: 0 }, { $set: { stage: 3 } })).matchedCount).toBe(0);
  const upserted = await Account.findOneAndUpdate({ number: 'A9' }, { $set: { name: 'Zed' } }, { upsert: true, returnDocument: 'after' });
  expect(upserted).toMatchObject({ number: 'A9', name: 'Zed', stage: 0 });
  const raw = await Account.findOneAndUpdate(
    { number: 'A9' },
    { $inc: { stage: 4 } },
    { includeResultMetadata: true, returnDocument: 'after' },
  );
  expect(raw).toMatchObject({ lastErrorObject: { updatedExisting: true }, value: { stage: 4 } });
  expect(await Account.findOneAndDelete({ number: 'A9' }).lean()).toMatchObject({ stage: 4 });
});

test('bulkWrite and insertMany', async () => {
  const { Invoice } = models();
  await Invoice.insertMany([
    { number: 1, status: 'open' },
    { number: 2, status: 'paid' },
  ]);
  const result = await Invoice.bulkWrite([
    { insertOne: { document: { number: 3, status: 'open' } } },
    { updateOne: { filter: { number: 1 }, update: { $set: { status: 'late' } } } },
    { updateMany: { filter: {}, update: { $inc: { number: 100 } } } },
    { deleteOne: { filter: { number: 102 } } },
    { replaceOne: { filter: { number: 999 }, replacement: { number: 999, status: 'new' }, upsert: true } },
  ]);
  expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 4, deletedCount: 1, upsertedCount: 1 });
});

test('populate, lean, select, sort, exists, distinct, counts', async () => {
  const { Account, Invoice } = models();
  const account = await Account.create({ number: 'A1', name: 'Acme' });
  await Invoice.create([
    { number: 1, account: account._id, status: 'open', cents: 5 },
    { number: 2, account: account._id, status: 'paid', cents: 7 },
  ]);
  const populated = await Invoice.findOne({ number: 1 }).populate<{ account: { name: string } }>('account');
  expect(populated?.account.name).toBe('Acme');
  const lean = await Invoice.find({ account: account._id }).sort({ number: -1 }).select('number -_id').lean();
  expect(lean).toEqual([{ number: 2 }, { number: 1 }]);
  expect(await Invoice.exists({ number: 7 })).toBeNull();
  expect((await Invoice.distinct('status')).sort()).toEqual(['open', 'paid']);
  expect(await Invoice.estimatedDocumentCount()).toBe(2);
  const sums = await Invoice.aggregate([{ $match: { account: account._id } }, { $group: { _id: '$account', cents: { $sum: '$cents' } } }]);
  expect(sums).toEqual([{ _id: account._id, cents: 12 }]);
});

test('cursors stream, to the end or not', async () => {
  const { Invoice } = models();
  await Invoice.insertMany(Array.from({ length: 1_000 }, (_, number) => ({ number })));
  let count = 0;
  for await (const invoice of Invoice.find().batchSize(50).cursor()) count += invoice.number! >= 0 ? 1 : 0;
  expect(count).toBe(1_000);
  for await (const _ of Invoice.find().batchSize(50).cursor()) break;
});

test('a session without a transaction works; a transaction is refused', async () => {
  const { Invoice } = models();
  const session = await connection.startSession();
  await Invoice.create([{ number: 1 }], { session });
  expect(await Invoice.countDocuments().session(session)).toBe(1);
  await session.endSession();
  const transaction = connection.transaction(async (inside) => {
    await Invoice.create([{ number: 2 }], { session: inside });
  });
  await expect(transaction).rejects.toThrow();
  expect(await Invoice.countDocuments()).toBe(1);
});
