import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Collection } from '../../../src/embedded/mongo/collection.ts';
import { compare } from '../../../src/embedded/mongo/compare.ts';
import { Database } from '../../../src/embedded/mongo/database.ts';
import { Disk } from '../../../src/embedded/mongo/disk.ts';
import { indexSpec } from '../../../src/embedded/mongo/index.ts';
import { leaves } from '../../../src/embedded/mongo/paths.ts';
import { matching } from '../../../src/embedded/mongo/planner.ts';
import { sortFields } from '../../../src/embedded/mongo/sorting.ts';
import type { Doc } from '../../../src/embedded/mongo/values.ts';

let dir: string;
let disk: Disk;
let database: Database;
beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-test-'));
  disk = new Disk(dir);
  database = new Database(disk);
});
afterAll(async () => {
  disk.close();
  await fs.rm(dir, { recursive: true, force: true });
});

let made = 0;
const collectionOf = (docs: readonly Doc[], indexes: readonly Doc[]): Collection => {
  const collection = database.ensure(`test.c${made++}`);
  for (const index of indexes) collection.addIndex(indexSpec(index));
  for (const [_id, doc] of docs.entries()) collection.insert({ _id, ...doc });
  return collection;
};

const indexes: Doc[] = [
  { key: { a: 1, b: 1 } },
  { key: { b: 1, c: -1 } },
  { key: { c: 1 }, sparse: true },
  { key: { 'd.e': 1 }, partialFilterExpression: { 'd.e': { $exists: true } } },
  { key: { c: 1, a: 1 }, partialFilterExpression: { c: { $gt: 0 } }, name: 'positive' },
];

const scalar = fc.constantFrom<unknown[]>(null, 0, 1, 2, 'a', new Date(1));
const bound = fc.constantFrom<unknown[]>(0, 1, 2, 'a', new Date(1));
const condition = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }).map(($in): unknown => ({ $in })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), bound).map(([operator, operand]): unknown => ({ [operator]: operand })),
  fc.tuple(bound, bound).map(([$gte, $lte]): unknown => ({ $gte, $lte })),
  fc.constantFrom<unknown[]>({ $exists: true }, { $exists: false }, { $ne: 1 }, { $gt: 0 }),
);
const one = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd.e'), condition).map(([field, operand]): Doc => ({ [field]: operand }));
const filter = fc.oneof(
  one,
  fc.tuple(one, one).map(([x, y]): Doc => ({ ...x, ...y })),
  fc.tuple(one, one).map(([x, y]): Doc => ({ ...x, $and: [y] })),
);
const sort = fc.constantFrom<Doc[]>(
  {},
  { b: 1 },
  { b: -1 },
  { b: 1, c: 1 },
  { b: -1, c: -1 },
  { b: 1, c: -1 },
  { a: 1, b: 1 },
  { 'd.e': -1 },
  { c: 1 },
);

const docsOf = (value: fc.Arbitrary<unknown>) =>
  fc.array(fc.record({ a: value, b: scalar, c: scalar, d: fc.record({ e: scalar }) }, { requiredKeys: [] }), {
    minLength: 1,
    maxLength: 20,
  });

describe('indexes change no answer', () => {
  test.each([
    ['with scalars', scalar],
    ['with arrays', fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }))],
  ])('%s: any filter, sort and limit finds the same with and without', (_, value) => {
    fc.assert(
      fc.property(docsOf(value), fc.array(fc.tuple(filter, sort, fc.nat(3)), { minLength: 20, maxLength: 20 }), (docs, queries) => {
        const plain = collectionOf(docs, []);
        const indexed = collectionOf(docs, indexes);
        for (const [query, order, limit] of queries) {
          const ids = (collection: Collection, spec: Doc, count: number) =>
            matching(collection, query, sortFields(spec), count).map(({ doc }) => doc._id);
          const exact = { ...order, _id: 1 };
          expect(ids(indexed, exact, limit)).toEqual(ids(plain, exact, limit));
          expect(ids(indexed, {}, 0).sort()).toEqual(ids(plain, {}, 0).sort());
          // Without the _id ties may fall either way, so the sort's own keys are compared.
          const keys = (collection: Collection) =>
            matching(collection, query, sortFields(order), limit).map(({ doc }) => keysOf(doc, order));
          expect(keys(indexed)).toEqual(keys(plain));
        }
        for (const collection of [plain, indexed]) database.drop(collection);
      }),
      { numRuns: 300 },
    );
  });
});

const keysOf = (doc: Doc, order: Doc): unknown[] =>
  Object.entries(order).map(([field, direction]) => {
    const sorted = leaves(doc, field.split('.'), null).values.toSorted(compare);
    return (direction === 1 ? sorted[0] : sorted.at(-1)) ?? null;
  });

describe('an index is walked instead of the collection', () => {
  const looked = (collection: Collection, query: Doc, order: Doc = {}, limit = 0): number => {
    let count = 0;
    const documents = new Proxy(collection.documents, {
      get: (target, name) => {
        if (name !== Symbol.iterator) return Reflect.get(target, name);
        count += target.size;
        return target[Symbol.iterator].bind(target);
      },
    });
    const watched = Object.create(collection, { documents: { value: documents } }) as Collection;
    matching(watched, query, sortFields(order), limit);
    return count;
  };
  const docs = Array.from({ length: 50 }, (_, i) => ({ a: i % 5, b: i, c: i }));

  test.each<[string, Doc, Doc?, number?]>([
    ['by _id', { _id: 3 }],
    ['by equality and a range', { a: 1, b: { $gt: 10 } }],
    ['by a range', { b: { $lt: 10 } }],
    ['by $in', { a: { $in: [1, 2] } }],
    ['within $and', { $and: [{ a: 1 }, { b: 6 }] }],
    ['for an order alone', {}, { b: -1 }, 1],
    ['by a sparse index where the value cannot be missing', { c: 7 }],
  ])('%s', (_, query, order, limit) => {
    expect(looked(collectionOf(docs, indexes), query, order, limit)).toBe(0);
    expect(looked(collectionOf(docs, []), query, order, limit)).toBe('_id' in query ? 0 : 50);
  });
});
