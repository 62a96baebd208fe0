import { Binary, BSONRegExp, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { badValue, unsupported } from './errors.ts';

/**
 * A document as the store holds it. An int32 is a number, so is a double with a fraction or beyond int32; a double that looks like an
 * int32 stays a `Double` and an int64 a `Long`, or an unrelated update would change their type. Documents in the store are never
 * changed in place: readers hold on to them.
 */
export type Doc = { [field: string]: unknown };

export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const isInt32 = (value: number): boolean => value === (value | 0) && !Object.is(value, -0);

/** A double in the form the store holds. */
export const double = (value: number): number | Double => (isInt32(value) || Object.is(value, -0) ? new Double(value) : value);

export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Double) return 'double';
  if (value instanceof Long && !(value instanceof Timestamp)) return 'long';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  return isDoc(value) ? 'object' : 'other';
}

const orderOfTypes: Record<string, number> = {
  missing: 4,
  null: 5,
  int: 10,
  double: 10,
  long: 10,
  string: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  regex: 50,
};

/** MongoDB sorts values of different types by type; values of one order compare with each other. */
export const typeOrder = (value: unknown): number => orderOfTypes[typeName(value)]!;

/** Type numbers of the BSON specification, as `$type` takes them. */
export const typeNumbers: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  16: 'int',
  18: 'long',
};

/** Turns what bson decoded with promoteValues:false into the form the store holds; changes documents and arrays in place. */
export function normalise(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = normalise(value[i]);
    return value;
  }
  if (isDoc(value)) {
    for (const field of Object.keys(value)) {
      if (field === '__proto__') throw badValue('A field may not be named __proto__');
      value[field] = normalise(value[field]);
    }
    return value;
  }
  if (value instanceof Int32) return value.value;
  if (value instanceof Double) return double(value.value);
  if (value !== undefined && typeName(value) !== 'other') return value;
  throw unsupported(`values of the BSON type ${(value as { _bsontype?: string } | undefined)?._bsontype ?? 'undefined'}`);
}

/** Copies documents and arrays; leaves are never changed and stay shared. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const field of Object.keys(value)) copy[field] = clone(value[field]);
  return copy as T;
}
