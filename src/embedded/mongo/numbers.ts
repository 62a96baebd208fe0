import { Double, Long, Timestamp } from 'bson';
import { badValue } from './errors.ts';
import { double, isInt32 } from './values.ts';

/** A number in the store's form. Decimal128 is refused: money here is whole minor units. */
export type BsonNumber = number | Double | Long;

export const isNumber = (value: unknown): value is BsonNumber =>
  typeof value === 'number' || value instanceof Double || (value instanceof Long && !(value instanceof Timestamp));

/** Rounded to a double where it must be. */
export function toNumber(value: BsonNumber): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return value.toNumber();
}

/** A whole number from a command's option; the fallback, if there is one, when it is absent. */
export function wholeNumber(value: unknown, name: string, fallback?: number): number {
  if (value === undefined && fallback !== undefined) return fallback;
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 0) throw badValue(`${name} must be a whole number of at least 0`);
  return number;
}

/** NaN equals itself and is smaller than every other number. */
export function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  const x = toNumber(a);
  const y = toNumber(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  if (x !== y) return x < y ? -1 : 1;
  if (Number.isSafeInteger(x) || !(a instanceof Long || b instanceof Long)) return 0;
  const exactly = exact(a) - exact(b);
  return exactly < 0n ? -1 : exactly > 0n ? 1 : 0;
}

const exact = (value: BsonNumber): bigint => (value instanceof Long ? value.toBigInt() : BigInt(toNumber(value)));

const isInteger = (value: BsonNumber): boolean => value instanceof Long || (typeof value === 'number' && isInt32(value));

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** Sum with MongoDB's promotion: int, then long, then double. */
export function add(a: BsonNumber, b: BsonNumber): BsonNumber {
  if (typeof a === 'number' && typeof b === 'number' && isInt32(a) && isInt32(b)) return isInt32(a + b) ? a + b : Long.fromNumber(a + b);
  if (isInteger(a) && isInteger(b)) {
    const sum = BigInt(a.toString()) + BigInt(b.toString());
    if (sum < LONG_MIN || sum > LONG_MAX) throw badValue(`${a} + ${b} does not fit in 64 bits`);
    return Long.fromBigInt(sum);
  }
  return double(toNumber(a) + toNumber(b));
}
