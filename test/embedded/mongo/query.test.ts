import { Binary, type Document, Long, ObjectId, UUID } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

const oid = (n: number) => new ObjectId(n.toString(16).padStart(24, '0'));
const day = (text: string) => new Date(text);
const long = (text: string) => Long.fromString(text);
const uuid = new UUID('09190f70-3d30-11e5-8814-0f4df9a59c41');
/** Values of one field `v`; the number of each is its _id, from 1. */
const values = (...list: unknown[]): Document[] => list.map((v, i) => (v === undefined ? { _id: i + 1 } : { _id: i + 1, v }));

type Case = [name: string, docs: Document[], filter: Document, ids: number[]];

const equality: Case[] = [
  ['an ObjectId equals itself', values(oid(5), oid(6)), { v: oid(6) }, [2]],
  ['an ObjectId is not its text', values(oid(5)), { v: oid(5).toHexString() }, []],
  ['a date', values(day('2024-01-01'), day('2024-01-02')), { v: day('2024-01-01') }, [1]],
  ['binary', values(new Binary(Buffer.from('ab')), new Binary(Buffer.from('ac'))), { v: new Binary(Buffer.from('ac')) }, [2]],
  ['a UUID', values(uuid), { v: uuid }, [1]],
  ['a Long equals an int', values(long('5')), { v: 5 }, [1]],
  ['Longs beyond 2^53 differ', values(long('9007199254740993'), long('9007199254740992')), { v: long('9007199254740993') }, [1]],
  ['a Long beyond 2^53 is not the next double', values(long('9007199254740993')), { v: 9007199254740992 }, []],
  ['NaN equals NaN', values(Number.NaN, 1), { v: Number.NaN }, [1]],
  ['a boolean is not a number', values(true, 1), { v: 1 }, [2]],
  ['null matches null and missing', values(undefined, null, 1), { v: null }, [1, 2]],
  ['an array holds a value', values([1, 2], [3]), { v: 2 }, [1]],
  ['a whole array', values([1, 2], [2, 1]), { v: [1, 2] }, [1]],
  ['an array within an array', values([[1, 2], 3], [1, 2, 3]), { v: [1, 2] }, [1]],
  ['an embedded document with its field order', values({ a: 1, b: 2 }, { b: 2, a: 1 }), { v: { a: 1, b: 2 } }, [1]],
  ['a dotted path', values({ a: { b: 1 } }, { a: { b: 2 } }), { 'v.a.b': 2 }, [2]],
  ['a dotted path through an array', values([{ s: 1 }, { s: 9 }], [{ s: 2 }]), { 'v.s': 9 }, [1]],
  ['a position in an array', values([5, 6], [6, 5]), { 'v.0': 5 }, [1]],
  ['null below scalars, documents and arrays', values([1, 2], [{ b: 1 }, {}], undefined, 4), { 'v.b': null }, [2, 3, 4]],
  ['a field named like something every object has', [{ _id: 1 }, { _id: 2, constructor: 'x' }], { constructor: 'x' }, [2]],
];

const comparison: Case[] = [
  ['$gt of ObjectIds', values(oid(5), oid(6)), { v: { $gt: oid(5) } }, [2]],
  [
    'a range of dates, its start included',
    values(day('2024-01-01'), day('2024-02-01')),
    { v: { $gte: day('2024-01-01'), $lt: day('2024-02-01') } },
    [1],
  ],
  ['Longs beyond 2^53', values(long('9007199254740993'), long('9007199254740995')), { v: { $gt: long('9007199254740993') } }, [2]],
  ['$gt looks at its own type only', values('z', 5), { v: { $gt: 1 } }, [2]],
  ['$lte null matches null and missing', values(undefined, null, 1), { v: { $lte: null } }, [1, 2]],
  ['NaN is not below 5', values(Number.NaN, 4), { v: { $lt: 5 } }, [2]],
  ['strings by code point', values('\uffff', '😀'), { v: { $gt: '\uffff' } }, [2]],
  ['each bound may be met by another element', values([1, 20]), { v: { $gt: 5, $lt: 10 } }, [1]],
  ['$ne', values(1, 2, undefined), { v: { $ne: 1 } }, [2, 3]],
  ['$ne null', values(undefined, null, 0), { v: { $ne: null } }, [3]],
  ['$ne looks into arrays', values([1, 2], [3]), { v: { $ne: 2 } }, [2]],
  ['$eq', values(1, 2), { v: { $eq: 2 } }, [2]],
  ['$lt and $lte', values(1, 2, 3), { v: { $lte: 2, $lt: 2 } }, [1]],
  ['$in', values(oid(5), 'a', 3), { v: { $in: [oid(5), 3, oid(9)] } }, [1, 3]],
  ['$in with null matches missing', values(undefined, 2), { v: { $in: [null] } }, [1]],
  ['$in with a regular expression', values('ABC', 'abc'), { v: { $in: [/^ab/] } }, [2]],
  [
    '$in across the number types',
    values(1, long('1'), long('9007199254740993'), 2),
    { v: { $in: [1, long('9007199254740993')] } },
    [1, 2, 3],
  ],
  ['$in with whole arrays and documents', values([1, 2], [2, 1], { a: 1 }, [{ a: 1 }]), { v: { $in: [[1, 2], { a: 1 }] } }, [1, 3, 4]],
  ['$in of nothing', values(1), { v: { $in: [] } }, []],
  ['$nin with null leaves missing out', values(undefined, 2), { v: { $nin: [null] } }, [2]],
  ['$nin', values(1, 2, [1, 5]), { v: { $nin: [1] } }, [2]],
];

const shape: Case[] = [
  ['$exists true', values(undefined, null, 1), { v: { $exists: true } }, [2, 3]],
  ['$exists false', values(undefined, null), { v: { $exists: false } }, [1]],
  ['$type by name', values(oid(1), 'x'), { v: { $type: 'objectId' } }, [1]],
  ['$type by number', values('x', 1), { v: { $type: 2 } }, [1]],
  ['$type tells int from double', values(1.5, 1), { v: { $type: 'int' } }, [2]],
  ['$type number', values(1.5, 1, long('1'), 'a'), { v: { $type: 'number' } }, [1, 2, 3]],
  ['$type array', values([1], 1), { v: { $type: 'array' } }, [1]],
  ['$type of elements', values(['a'], [1]), { v: { $type: 'string' } }, [1]],
  ['$type one of several', values('a', true, null), { v: { $type: ['bool', 'null'] } }, [2, 3]],
  ['$type binData and date', values(new Binary(Buffer.from('a')), day('2024-01-01')), { v: { $type: 'binData' } }, [1]],
  ['$size', values([1, 2], [], 1), { v: { $size: 2 } }, [1]],
  ['$all', values([1, 2, 3], [1]), { v: { $all: [1, 3] } }, [1]],
  ['$all of a scalar', values(1), { v: { $all: [1] } }, [1]],
  ['$all of nothing matches nothing', values([1], 1), { v: { $all: [] } }, []],
  [
    '$all with $elemMatch',
    values([{ a: 1 }, { b: 2 }], [{ a: 1 }]),
    { v: { $all: [{ $elemMatch: { a: 1 } }, { $elemMatch: { b: 2 } }] } },
    [1],
  ],
  ['$elemMatch of values: one element meets all', values([1, 20], [7]), { v: { $elemMatch: { $gt: 5, $lt: 10 } } }, [2]],
  [
    '$elemMatch of documents',
    values(
      [
        { p: 'x', s: 5 },
        { p: 'y', s: 9 },
      ],
      [{ p: 'x', s: 9 }],
    ),
    { v: { $elemMatch: { p: 'x', s: { $gte: 8 } } } },
    [2],
  ],
  // Each condition is asked of the element alone (matchesSingleElement): _arrayElementMatchesAll in MongoDB's
  // src/mongo/db/matcher/expression_array.cpp.
  ['$elemMatch of values does not look into arrays in the array', values([[4]], [4]), { v: { $elemMatch: { $gt: 1 } } }, [2]],
  ['$elemMatch with $in does not either', values([[4]], [4]), { v: { $elemMatch: { $in: [4] } } }, [2]],
  ['$elemMatch with $eq of an array', values([[4]], [4]), { v: { $elemMatch: { $eq: [4] } } }, [1]],
  ['$elemMatch with $size', values([[4]], [4]), { v: { $elemMatch: { $size: 1 } } }, [1]],
  ['$elemMatch in $elemMatch', values([[4]], [4]), { v: { $elemMatch: { $elemMatch: { $gt: 1 } } } }, [1]],
  ['$elemMatch with $or', values([{ p: 1 }], [{ p: 3 }]), { v: { $elemMatch: { $or: [{ p: 3 }, { p: 4 }] } } }, [2]],
  ['$elemMatch wants an array', values({ p: 1 }), { v: { $elemMatch: { p: 1 } } }, []],
];

const text: Case[] = [
  ['$regex', values('abc', 'xyz'), { v: { $regex: '^ab' } }, [1]],
  ['$regex with $options', values('ABC', 'xyz'), { v: { $regex: '^ab', $options: 'i' } }, [1]],
  ['a regular expression literal', values('ABC', 'xyz', 5), { v: /^ab/i }, [1]],
  ['$regex over several lines', values('a\nb', 'b'), { v: { $regex: '^b', $options: 'm' } }, [1, 2]],
  ['$regex looks into arrays', values(['x', 'abc']), { v: /^abc$/ }, [1]],
  ['$not with a regular expression matches missing', values('abc', undefined), { v: { $not: /^a/ } }, [2]],
  ['$not with operators', values(1, 9, undefined), { v: { $not: { $gt: 5 } } }, [1, 3]],
];

const logic: Case[] = [
  ['$and', values(1, 2, 3), { $and: [{ v: { $gt: 1 } }, { v: { $lt: 3 } }] }, [2]],
  ['$or', values(1, 2, 3), { $or: [{ v: 1 }, { v: 3 }] }, [1, 3]],
  ['$nor', values(1, 2), { $nor: [{ v: 1 }] }, [2]],
  ['nested', values(1, 2, 3), { $or: [{ $and: [{ v: 1 }, { _id: 1 }] }, { $nor: [{ v: 1 }, { v: 2 }] }] }, [1, 3]],
  [
    'several fields',
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ],
    { a: 1, b: 2 },
    [2],
  ],
  ['an empty filter', values(1, 2), {}, [1, 2]],
];

everyStore((fresh) => {
  describe.each(Object.entries({ equality, comparison, shape, text, logic }))('%s', (_, cases) => {
    test.each(cases)('%s', async (_, docs, filter, ids) => {
      const collection = await fresh(docs);
      const found = await collection.find(filter).sort({ _id: 1 }).toArray();
      expect(found.map((doc) => doc._id)).toEqual(ids);
      expect(await collection.countDocuments(filter)).toBe(ids.length);
    });
  });

  test.each([
    ['$in without an array', { v: { $in: 1 } }],
    ['$and without an array', { $and: {} }],
    ['$or of nothing', { $or: [] }],
    ['$size below zero', { v: { $size: -1 } }],
    ['$not with a value', { v: { $not: 5 } }],
    ['$elemMatch with a value', { v: { $elemMatch: 5 } }],
    ['$all without an array', { v: { $all: 5 } }],
    ['$options without $regex', { v: { $options: 'i' } }],
    ['a regular expression that is none', { v: { $regex: '(' } }],
    ['$ne with a regular expression', { v: { $ne: /a/ } }],
  ])('a malformed filter is an error: %s', async (_, filter) => {
    const collection = await fresh([{ _id: 1, v: 1 }]);
    await expect(collection.find(filter as Document).toArray()).rejects.toThrow();
  });
});
