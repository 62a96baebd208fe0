import type { Binary, BSONRegExp, ObjectId } from 'bson';
import { type BsonNumber, compareNumbers } from './numbers.ts';
import { type Doc, isDoc, typeName, typeOrder } from './values.ts';

const NULL = 5;
const NUMBER = 10;
const OBJECT = 20;
const ARRAY = 25;
const BINARY = 30;
const OBJECT_ID = 35;
const BOOLEAN = 40;
const DATE = 45;
const REGEX = 50;

/** MongoDB's order over all values: by type, then within it. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const order = typeOrder(a);
  const other = typeOrder(b);
  if (order !== other) return order - other;
  if (order <= NULL) return 0;
  switch (order) {
    case NUMBER:
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case OBJECT:
      return compareDocs(a as Doc, b as Doc);
    case ARRAY:
      return compareArrays(a as unknown[], b as unknown[]);
    case BINARY:
      return compareBinaries(a as Binary, b as Binary);
    case OBJECT_ID:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case BOOLEAN:
      return Number(a) - Number(b);
    case DATE:
      return (a as Date).getTime() - (b as Date).getTime();
    case REGEX:
      return compareStrings(regexText(a as BSONRegExp), regexText(b as BSONRegExp));
  }
  return 0;
}

export const equal = (a: unknown, b: unknown): boolean => compare(a, b) === 0;

/** By code point, as MongoDB's UTF-8 bytes sort; JavaScript's own order differs beyond U+D7FF. */
function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointOrder(x) - codePointOrder(y);
  }
  return a.length - b.length;
}

/** Moves surrogates behind the rest of the basic plane. */
export const codePointOrder = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

export const regexText = (regex: BSONRegExp): string => `${regex.pattern}\0${regex.options}`;

function compareDocs(a: Doc, b: Doc): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = a[left[i]!];
    const y = b[right[i]!];
    const difference = typeOrder(x) - typeOrder(y) || compareStrings(left[i]!, right[i]!) || compare(x, y);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = compare(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const x = a.value();
  const y = b.value();
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}

/** Same types, same field order, same values: an update that leaves this true changed nothing. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => identical(item, b[i]));
  if (isDoc(a) && isDoc(b)) {
    const fields = Object.keys(b);
    return (
      Object.keys(a).length === fields.length && Object.keys(a).every((field, i) => field === fields[i] && identical(a[field], b[field]))
    );
  }
  return typeName(a) === typeName(b) && compare(a, b) === 0;
}
