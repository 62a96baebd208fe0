import { type Document, Double, Long } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { everyStore } from './stores.ts';

const day = (text: string) => new Date(text);
const items: Document[] = [
  { _id: 1, account: 'a', entity: 'x', open: 100, due: day('2026-01-03'), tags: ['p', 'q'] },
  { _id: 2, account: 'a', entity: 'y', open: 50, due: day('2026-01-01'), tags: [] },
  { _id: 3, account: 'b', entity: 'x', open: 7, due: day('2026-01-02'), tags: ['p'] },
  { _id: 4, account: 'b', entity: 'x', open: null, due: day('2026-01-05') },
];

const cases: [name: string, pipeline: Document[], expected: Document[]][] = [
  [
    '$match, $sort, $skip, $limit',
    [{ $match: { account: 'a' } }, { $sort: { open: 1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
    [{ _id: 1 }],
  ],
  ['$count', [{ $match: { entity: 'x' } }, { $count: 'n' }], [{ n: 3 }]],
  ['$count of nothing is nothing', [{ $match: { entity: 'z' } }, { $count: 'n' }], []],
  [
    '$group by a path',
    [{ $group: { _id: '$account', sum: { $sum: '$open' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'a', sum: 150 },
      { _id: 'b', sum: 7 },
    ],
  ],
  [
    '$group by a document of paths',
    [{ $group: { _id: { account: '$account', entity: '$entity' }, n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    [
      { _id: { account: 'a', entity: 'x' }, n: 1 },
      { _id: { account: 'a', entity: 'y' }, n: 1 },
      { _id: { account: 'b', entity: 'x' }, n: 2 },
    ],
  ],
  [
    '$group of all',
    [{ $group: { _id: null, n: { $count: {} }, first: { $min: '$due' }, last: { $max: '$due' } } }],
    [{ _id: null, n: 4, first: day('2026-01-01'), last: day('2026-01-05') }],
  ],
  ['$group by what is missing is null', [{ $group: { _id: '$nothing', n: { $sum: 1 } } }], [{ _id: null, n: 4 }]],
  [
    '$min, $max and $avg pass null over',
    [{ $group: { _id: null, lo: { $min: '$open' }, hi: { $max: '$open' }, avg: { $avg: '$open' } } }],
    [{ _id: null, lo: 7, hi: 100, avg: 157 / 3 }],
  ],
  [
    'accumulators of nothing',
    [{ $group: { _id: null, lo: { $min: '$none' }, avg: { $avg: '$none' }, sum: { $sum: '$none' } } }],
    [{ _id: null, lo: null, avg: null, sum: 0 }],
  ],
  [
    '$first and $last',
    [{ $sort: { due: 1 } }, { $group: { _id: '$account', first: { $first: '$open' }, last: { $last: '$open' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'a', first: 50, last: 100 },
      { _id: 'b', first: 7, last: null },
    ],
  ],
  [
    '$push of values and documents',
    [{ $match: { account: 'b' } }, { $group: { _id: null, tags: { $push: '$tags' }, rows: { $push: { id: '$_id', tags: '$tags' } } } }],
    [{ _id: null, tags: [['p']], rows: [{ id: 3, tags: ['p'] }, { id: 4 }] }],
  ],
  [
    '$addToSet',
    [{ $group: { _id: '$account', entities: { $addToSet: '$entity' } } }, { $match: { _id: 'b' } }],
    [{ _id: 'b', entities: ['x'] }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'p' },
      { _id: 1, tags: 'q' },
      { _id: 3, tags: 'p' },
    ],
  ],
  [
    '$unwind that keeps the empty',
    [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1 } }],
    [{ _id: 1, tags: 'p' }, { _id: 1, tags: 'q' }, { _id: 2 }, { _id: 3, tags: 'p' }, { _id: 4 }],
  ],
  [
    '$project renames by path',
    [{ $match: { _id: 3 } }, { $project: { _id: 0, name: '$account', amount: '$open', none: '$nothing' } }],
    [{ name: 'b', amount: 7 }],
  ],
  ['$project excludes', [{ $match: { _id: 3 } }, { $project: { due: 0, tags: 0, entity: 0 } }], [{ _id: 3, account: 'b', open: 7 }]],
  [
    '$match after $group',
    [{ $group: { _id: '$account', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }, { $count: 'groups' }],
    [{ groups: 2 }],
  ],
];

everyStore((fresh) => {
  test.each(cases)('%s', async (_, pipeline, expected) => {
    const collection = await fresh(items);
    expect(await collection.aggregate(pipeline).toArray()).toEqual(expected);
  });

  test('paths through arrays gather what is there', async () => {
    const collection = await fresh([{ _id: 1, lines: [{ n: 1 }, { n: 2 }, {}], sub: { v: 5 } }]);
    expect(await collection.aggregate([{ $project: { _id: 0, ns: '$lines.n', v: '$sub.v' } }]).toArray()).toEqual([{ ns: [1, 2], v: 5 }]);
  });

  test('$unwind below', async () => {
    const collection = await fresh([{ _id: 1, a: { l: [1, 2], k: 0 } }]);
    expect(await collection.aggregate([{ $unwind: '$a.l' }]).toArray()).toEqual([
      { _id: 1, a: { l: 1, k: 0 } },
      { _id: 1, a: { l: 2, k: 0 } },
    ]);
  });

  test('sums keep the type of their parts', async () => {
    const collection = await fresh([
      { _id: 1, i: 2_147_483_647, l: Long.fromNumber(1), d: new Double(1) },
      { _id: 2, i: 1, l: Long.fromNumber(1), d: new Double(1) },
    ]);
    const [sums] = await collection
      .aggregate([{ $group: { _id: null, i: { $sum: '$i' }, l: { $sum: '$l' }, d: { $sum: '$d' } } }], { promoteValues: false })
      .toArray();
    expect(sums).toMatchObject({ i: Long.fromNumber(2_147_483_648), l: Long.fromNumber(2), d: new Double(2) });
  });

  test('reading leaves the documents as they are', async () => {
    const collection = await fresh(items);
    await collection
      .aggregate([{ $unwind: '$tags' }, { $project: { due: 0 } }, { $group: { _id: '$tags', all: { $push: '$open' } } }])
      .toArray();
    expect(await collection.find().toArray()).toEqual(items);
  });

  test('results come in batches', async () => {
    const collection = await fresh(Array.from({ length: 300 }, (_, _id) => ({ _id })));
    expect(await collection.aggregate([{ $match: {} }], { batchSize: 7 }).toArray()).toHaveLength(300);
  });

  describe('malformed', () => {
    test.each([
      ['$group without an _id', { $group: { n: { $sum: 1 } } }],
      ['two stages in one', { $limit: 1, $skip: 1 }],
      ['$limit 0', { $limit: 0 }],
      ['$unwind without a dollar', { $unwind: 'tags' }],
      ['$count of a path', { $count: '$a' }],
      ['$project of nothing', { $project: {} }],
      ['an accumulator that is none', { $group: { _id: null, n: 5 } }],
    ])('%s', async (_, stage) => {
      const collection = await fresh(items);
      await expect(collection.aggregate([stage]).toArray()).rejects.toThrow();
    });
  });
});
