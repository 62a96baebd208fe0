import type { Binary, BSONRegExp, ObjectId } from 'bson';
import { Long } from 'bson';
import { codePointOrder, regexText } from './compare.ts';
import { unsupported } from './errors.ts';
import { isNumber, toNumber } from './numbers.ts';
import { type Doc, isDoc, typeOrder } from './values.ts';

/** Greater than anything that may follow in a key. */
export const AFTER = '\uffff';

const bits = new DataView(new ArrayBuffer(8));

/** The bits of a double, turned so that they sort like the number. */
function doubleKey(value: number): string {
  if (Number.isNaN(value)) return '\0\0\0\0\0';
  bits.setFloat64(0, value === 0 ? 0 : value);
  const negative = bits.getUint32(0) >= 0x80000000;
  const high = negative ? ~bits.getUint32(0) >>> 0 : (bits.getUint32(0) | 0x80000000) >>> 0;
  const low = negative ? ~bits.getUint32(4) >>> 0 : bits.getUint32(4);
  return String.fromCharCode(1, high >>> 16, high & 0xffff, low >>> 16, low & 0xffff);
}

function stringKey(value: string): string {
  let text = value;
  if (/[\ud800-\uffff]/.test(text))
    text = Array.from({ length: text.length }, (_, i) => String.fromCharCode(codePointOrder(value.charCodeAt(i)))).join('');
  return `${text.includes('\0') ? text.replaceAll('\0', '\0\uffff') : text}\0\0`;
}

/** Whether a key can stand for the value: an int64 beyond a double's precision has none. */
export function isIndexable(value: unknown): boolean {
  if (value instanceof Long) return Number.isSafeInteger(value.toNumber());
  if (Array.isArray(value)) return value.every(isIndexable);
  return !isDoc(value) || Object.values(value).every(isIndexable);
}

/** A string for an index: two keys compare as their values do, equal values have equal keys, and no key is the beginning of another. */
export function keyOf(value: unknown): string {
  if (value === undefined || value === null) return '\u0005';
  const order = String.fromCharCode(typeOrder(value));
  if (typeof value === 'string') return order + stringKey(value);
  if (isNumber(value)) {
    if (!isIndexable(value)) throw unsupported(`the 64-bit integer ${value} in an index or a group: it is larger than 2^53`);
    return order + doubleKey(toNumber(value));
  }
  if (typeof value === 'boolean') return order + Number(value);
  if (value instanceof Date) return order + doubleKey(value.getTime());
  if (Array.isArray(value)) return `${order}${value.map(keyOf).join('')}\0`;
  if ((value as ObjectId)._bsontype === 'ObjectId') return order + (value as ObjectId).toHexString();
  if ((value as Binary)._bsontype === 'Binary') return order + binaryKey(value as Binary);
  if ((value as BSONRegExp)._bsontype === 'BSONRegExp') return order + stringKey(regexText(value as BSONRegExp));
  const fields = Object.entries(value as Doc).map(([field, item]) => String.fromCharCode(typeOrder(item)) + stringKey(field) + keyOf(item));
  return `${order}${fields.join('')}\0`;
}

function binaryKey(value: Binary): string {
  const bytes = value.value();
  return String.fromCharCode(bytes.length >>> 16, bytes.length & 0xffff, value.sub_type) + Buffer.from(bytes).toString('latin1');
}
