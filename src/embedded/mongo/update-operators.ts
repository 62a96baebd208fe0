import { BSONRegExp } from 'bson';
import { compare, equal } from './compare.ts';
import { badValue, typeMismatch, unsupported } from './errors.ts';
import { add, isNumber, toNumber } from './numbers.ts';
import type { Path } from './paths.ts';
import { compileFilter, isOperators } from './query.ts';
import { sortDocs, sortFields } from './sorting.ts';
import { currentValue, type Place, placeOf, putAt } from './update-paths.ts';
import { pick } from './usage.ts';
import { clone, type Doc, isDoc, typeName } from './values.ts';

/**
 * Changes one concrete path of `doc`, a private copy. `inserting` is true while an upsert builds a new document. Answers true when it counts as
 * a change whatever comes out.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most have nothing to say
type UpdateOperator = (doc: Doc, path: Path, operand: unknown, inserting: boolean) => boolean | void;

const set: UpdateOperator = (doc, path, operand) => putAt(placeOf(doc, path, true)!, clone(operand));

const setIf =
  (wins: (difference: number) => boolean): UpdateOperator =>
  (doc, path, operand) => {
    const place = placeOf(doc, path, true)!;
    const current = currentValue(place);
    if (current === undefined || wins(compare(operand, current))) putAt(place, clone(operand));
  };

export const updateOperators: Record<string, UpdateOperator> = {
  $set: set,
  $setOnInsert: (doc, path, operand, inserting) => {
    if (inserting) set(doc, path, operand, inserting);
  },
  $unset: (doc, path) => {
    const place = placeOf(doc, path, false);
    if (!place) return;
    if (!Array.isArray(place.holder)) delete place.holder[place.key];
    else if (Number(place.key) < place.holder.length) place.holder[Number(place.key)] = null;
  },
  $inc: (doc, path, operand) => {
    const name = path.join('.');
    if (!isNumber(operand)) throw typeMismatch(`Cannot increment with non-numeric argument: {${name}: ${JSON.stringify(operand)}}`);
    const place = placeOf(doc, path, true)!;
    const current = currentValue(place);
    if (current !== undefined && !isNumber(current)) {
      throw typeMismatch(`Cannot apply $inc to a value of non-numeric type: '${name}' is of type ${typeName(current)}`);
    }
    putAt(place, current === undefined ? operand : add(current, operand));
  },
  $min: setIf((difference) => difference < 0),
  $max: setIf((difference) => difference > 0),
  $currentDate: (doc, path, operand) => {
    if (operand !== true && !(isDoc(operand) && operand.$type === 'date')) throw unsupported('$currentDate with another type than date');
    putAt(placeOf(doc, path, true)!, new Date());
  },
  $push: (doc, path, operand) => {
    const place = placeOf(doc, path, true)!;
    putAt(place, pushed(arrayAt(place, '$push') ?? [], operand));
    // What is pushed counts even where $slice drops it again; so does a $sort that moves nothing.
    return !isDoc(operand) || !Array.isArray(operand.$each) || operand.$each.length > 0 || operand.$sort !== undefined;
  },
  $addToSet: (doc, path, operand) => {
    const place = placeOf(doc, path, true)!;
    const array = arrayAt(place, '$addToSet') ?? [];
    for (const item of isDoc(operand) && '$each' in operand ? eachOf(operand, ['$each']) : [operand]) {
      if (!array.some((known) => equal(known, item))) array.push(clone(item));
    }
    putAt(place, array);
  },
  $pull: (doc, path, operand) => {
    const place = placeOf(doc, path, false);
    const array = place && arrayAt(place, '$pull');
    if (!place || !array) return;
    const goes = pullTest(operand);
    putAt(
      place,
      array.filter((item) => !goes(item)),
    );
  },
};

function arrayAt(place: Place, operator: string): unknown[] | undefined {
  const current = currentValue(place);
  if (current !== undefined && !Array.isArray(current)) {
    throw badValue(`The field '${place.key}' must be an array for ${operator} but is of type ${typeName(current)}`);
  }
  return current;
}

function eachOf(operand: Doc, known: readonly string[]): unknown[] {
  const unknown = Object.keys(operand).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unsupported(`${unknown} beside $each`);
  if (!Array.isArray(operand.$each)) throw typeMismatch('The argument to $each must be an array');
  return operand.$each;
}

/** What `$push` takes beside `$each`, in the order MongoDB applies them. */
export const pushModifiers: Record<string, (array: unknown[], value: unknown, added: unknown[]) => unknown[]> = {
  $position: (array, value, added) => {
    const at = integer(value, '$position');
    return array.toSpliced(at < 0 ? Math.max(0, array.length + at) : at, 0, ...added);
  },
  $each: (array, _, added) => [...array, ...added],
  $sort: (array, value) => sortElements(array, value),
  $slice: (array, value) => {
    const count = integer(value, '$slice');
    return count < 0 ? array.slice(count) : array.slice(0, count);
  },
};

function pushed(array: unknown[], operand: unknown): unknown[] {
  if (!isDoc(operand) || !('$each' in operand)) return [...array, clone(operand)];
  const added = clone(eachOf(operand, Object.keys(pushModifiers)));
  return Object.keys(pushModifiers)
    .filter((name) => operand[name] !== undefined && !(name === '$each' && operand.$position !== undefined))
    .reduce((result, name) => pick('$push', pushModifiers, name)(result, operand[name], added), array);
}

function integer(value: unknown, name: string): number {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw badValue(`The value for ${name} must be an integer`);
  return number;
}

function sortElements(array: unknown[], spec: unknown): unknown[] {
  if (isDoc(spec)) return sortDocs(array as Doc[], sortFields(spec));
  const direction = integer(spec, '$sort');
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return array.toSorted((a, b) => direction * compare(a, b));
}

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (isOperators(operand) || operand instanceof BSONRegExp) {
    const test = compileFilter({ item: operand });
    return (item) => test({ item });
  }
  if (!isDoc(operand)) return (item) => equal(item, operand);
  const test = compileFilter(operand);
  return (item) => isDoc(item) && test(item);
}
