import { Binary, Double, Int32, Long, ObjectId, UUID } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

everyStore((fresh) => {
  describe('values keep their type when another field changes', () => {
    test.each([
      ['a Long beyond 2^53', Long.fromString('9007199254740993')],
      ['a small Long', Long.fromNumber(5)],
      ['a double that looks whole', new Double(1)],
      ['the smallest int32 as a double', new Double(-(2 ** 31))],
      ['minus zero', new Double(-0)],
      ['a double', new Double(1.5)],
      ['a large double', new Double(2 ** 40)],
      ['an int', new Int32(7)],
      ['binary with its subtype', new Binary(Buffer.from('abc'), 5)],
      ['a UUID', new UUID('09190f70-3d30-11e5-8814-0f4df9a59c41')],
      ['an ObjectId', new ObjectId()],
      ['a date', new Date('2024-02-29T12:00:00.001Z')],
      ['text with a zero and an emoji', 'a\0😀'],
      ['null', null],
      ['false', false],
      ['nested', { a: [{ b: new Int32(1) }, []], c: {} }],
    ])('%s', async (_, v) => {
      const collection = await fresh([{ _id: 1, v }]);
      await collection.updateOne({ _id: 1 }, { $set: { other: 1 } });
      const found = await collection.findOne({ _id: 1 }, { promoteValues: false });
      expect(found?.v).toEqual(v);
      expect(found?.v?._bsontype).toBe((v as { _bsontype?: string } | null)?._bsontype);
    });
  });

  test('a missing _id is made, and comes first', async () => {
    const collection = await fresh();
    await collection.insertOne({ name: 'x', _id: 3 });
    const { insertedId } = await collection.insertOne({ name: 'y' } as never);
    const found = await collection.find().toArray();
    expect(found.map((doc) => Object.keys(doc)[0])).toEqual(['_id', '_id']);
    expect(found[1]?._id).toEqual(insertedId);
  });

  test.each([
    ['an array', [1]],
    ['a regular expression', /a/],
  ])('%s cannot be an _id', async (_, _id) => {
    const collection = await fresh();
    await expect(collection.insertOne({ _id } as never)).rejects.toThrow('_id');
  });

  test('an int, a double and a Long of the same value are the same _id', async () => {
    const collection = await fresh([{ _id: 1 }]);
    await expect(collection.insertOne({ _id: Long.fromNumber(1) } as never)).rejects.toMatchObject({ code: 11000 });
    await expect(collection.insertOne({ _id: new Double(1) } as never)).rejects.toMatchObject({ code: 11000 });
  });

  test('documents are found by an _id that is a document, in its field order', async () => {
    const collection = await fresh([{ _id: { account: 'a', entity: 'b' }, n: 1 }]);
    expect(await collection.countDocuments({ _id: { account: 'a', entity: 'b' } })).toBe(1);
    expect(await collection.countDocuments({ _id: { entity: 'b', account: 'a' } })).toBe(0);
  });
});
