import { BSONRegExp } from 'bson';
import { compare, equal } from './compare.ts';
import { badValue, unsupported } from './errors.ts';
import { isIndexable, keyOf } from './keys.ts';
import { isNumber, toNumber, wholeNumber } from './numbers.ts';
import { type Path, visit } from './paths.ts';
import { pick } from './usage.ts';
import { type Doc, isDoc, typeName, typeNumbers, typeOrder } from './values.ts';

export type DocTest = (doc: Doc) => boolean;
type ValueTest = (value: unknown) => boolean;
/** Tests what lies under `path` in `root`, a document or (inside `$elemMatch`, with an empty path) one value. */
type FieldTest = (root: unknown, path: Path) => boolean;

export const isOperators = (value: unknown): value is Doc => isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;

/** Compiles a filter; throws a StoreError for a malformed one and for operators this store does not know. */
export function compileFilter(filter: unknown): DocTest {
  if (!isDoc(filter)) throw badValue('A filter must be a document');
  const tests = Object.entries(filter).map(([key, operand]) => (key.startsWith('$') ? logicalTest(key, operand) : fieldOf(key, operand)));
  return tests.length === 1 ? tests[0]! : (doc) => tests.every((test) => test(doc));
}

function fieldOf(key: string, condition: unknown): DocTest {
  const path = key.split('.');
  const test = conditionTest(condition);
  return (doc) => test(doc, path);
}

function logicalTest(name: string, operand: unknown): DocTest {
  const combine = pick('query', logicalOperators, name);
  if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${name} must be a nonempty array`);
  return combine(operand.map(compileFilter));
}

export const logicalOperators: Record<string, (tests: DocTest[]) => DocTest> = {
  $and: (tests) => (doc) => tests.every((test) => test(doc)),
  $or: (tests) => (doc) => tests.some((test) => test(doc)),
  $nor: (tests) => (doc) => !tests.some((test) => test(doc)),
};

function conditionTest(condition: unknown): FieldTest {
  if (!isOperators(condition)) return operatorTest('$eq', condition, {});
  const tests = Object.entries(condition).map(([name, operand]) => operatorTest(name, operand, condition));
  return tests.length === 1 ? tests[0]! : (root, path) => tests.every((test) => test(root, path));
}

function operatorTest(name: string, operand: unknown, siblings: Doc): FieldTest {
  return pick('query', queryOperators, name)(operand, siblings);
}

const some =
  (test: ValueTest): FieldTest =>
  (root, path) =>
    // Inside `$elemMatch` each condition is asked of the element alone, even when that is an array.
    visit(root, path, test, path.length > 0);
const someWhole =
  (test: ValueTest): FieldTest =>
  (root, path) =>
    visit(root, path, test, false);
const not =
  (test: FieldTest): FieldTest =>
  (root, path) =>
    !test(root, path);

export const queryOperators: Record<string, (operand: unknown, siblings: Doc) => FieldTest> = {
  $eq: (operand) => some(equals(operand)),
  $ne: (operand) => {
    if (operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
    return not(some(equals(operand)));
  },
  $gt: (operand) => range(operand, (difference) => difference > 0),
  $gte: (operand) => range(operand, (difference) => difference >= 0),
  $lt: (operand) => range(operand, (difference) => difference < 0),
  $lte: (operand) => range(operand, (difference) => difference <= 0),
  $in: (operand) => some(isOneOf(operand, '$in')),
  $nin: (operand) => not(some(isOneOf(operand, '$nin'))),
  $exists: (operand) => {
    const wanted = isNumber(operand) ? toNumber(operand) !== 0 : operand !== false && operand !== null;
    const exists = someWhole((value) => value !== undefined);
    return wanted ? exists : not(exists);
  },
  $type: (operand) => {
    const types = (Array.isArray(operand) ? operand : [operand]).flatMap(typesNamed);
    return some((value) => types.includes(typeName(value)));
  },
  $size: (operand) => {
    const size = wholeNumber(operand, '$size');
    return someWhole((value) => Array.isArray(value) && value.length === size);
  },
  $all: (operand) => {
    if (!Array.isArray(operand)) throw badValue('$all needs an array');
    const tests = operand.map((item) => (isDoc(item) && '$elemMatch' in item ? conditionTest(item) : operatorTest('$eq', item, {})));
    return (root, path) => tests.length > 0 && tests.every((test) => test(root, path));
  },
  $elemMatch: (operand) => {
    const matches = elementTest(operand);
    return someWhole((value) => Array.isArray(value) && value.some(matches));
  },
  $not: (operand) => {
    if (operand instanceof BSONRegExp) return not(some(equals(operand)));
    if (!isOperators(operand)) throw badValue('$not needs a regex or a document of operators');
    return not(conditionTest(operand));
  },
  $regex: (operand, siblings) => {
    const pattern = operand instanceof BSONRegExp ? operand.pattern : operand;
    const options = siblings.$options ?? (operand instanceof BSONRegExp ? operand.options : '');
    if (typeof pattern !== 'string' || typeof options !== 'string') throw badValue('$regex and $options must be strings');
    const regex = regexOf(pattern, options);
    return some((value) => typeof value === 'string' && regex.test(value));
  },
  $options: (_, siblings) => {
    if (siblings.$regex === undefined) throw badValue('$options needs a $regex');
    return () => true;
  },
};

function equals(operand: unknown): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === 'string') return (value) => value === operand;
  if (operand instanceof BSONRegExp) {
    const regex = regexOf(operand.pattern, operand.options);
    return (value) => typeof value === 'string' && regex.test(value);
  }
  return (value) => value !== undefined && equal(value, operand);
}

function isOneOf(operand: unknown, name: string): ValueTest {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  if (operand.some(isOperators)) throw badValue(`cannot nest $ under ${name}`);
  const byKey = (item: unknown) => !(item instanceof BSONRegExp) && isIndexable(item);
  const keys = new Set(operand.filter(byKey).map(keyOf));
  const others = operand.filter((item) => !byKey(item)).map(equals);
  return (value) => (isIndexable(value) && keys.has(keyOf(value))) || others.some((test) => test(value));
}

/** Only values of the operand's own kind are greater or smaller than it. */
function range(operand: unknown, holds: (difference: number) => boolean): FieldTest {
  if (operand === null) return holds(0) ? some((value) => value === null || value === undefined) : () => false;
  if (operand instanceof BSONRegExp) throw badValue("Can't have RegEx as arg to a range");
  const order = typeOrder(operand);
  const nan = isNumber(operand) && Number.isNaN(toNumber(operand));
  return some((value) => {
    if (value === undefined || typeOrder(value) !== order) return false;
    if (isNumber(value) && Number.isNaN(toNumber(value)) !== nan) return false;
    return holds(compare(value, operand));
  });
}

function elementTest(operand: unknown): ValueTest {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const names = Object.keys(operand);
  if (names.length > 0 && names.every((name) => Object.hasOwn(queryOperators, name))) {
    const test = conditionTest(operand);
    return (value) => test(value, []);
  }
  const test = compileFilter(operand);
  return (value) => isDoc(value) && test(value);
}

function typesNamed(operand: unknown): string[] {
  const name = isNumber(operand) ? typeNumbers[toNumber(operand)] : operand;
  if (name === 'number') return ['int', 'long', 'double'];
  if (typeof name !== 'string' || !Object.values(typeNumbers).includes(name)) throw unsupported(`the $type ${operand}`);
  return [name];
}

function regexOf(pattern: string, options: string): RegExp {
  const unknown = /[^ims]/.exec(options);
  if (unknown) throw unsupported(`the regular expression option ${unknown[0]}`);
  try {
    return new RegExp(pattern, options);
  } catch (error) {
    throw badValue(`Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** The conditions that every matching document fulfils, by field: what an index, an upsert and a positional `$` can rely on. */
export function conditionsOf(filter: Doc): [field: string, condition: unknown][] {
  return Object.entries(filter).flatMap(([key, operand]) => {
    if (key === '$and' && Array.isArray(operand)) return operand.filter(isDoc).flatMap(conditionsOf);
    return key.startsWith('$') ? [] : [[key, operand] as [string, unknown]];
  });
}
