import { badValue, failedToParse, StoreError } from './errors.ts';
import { type Path, valueAt } from './paths.ts';
import { compileFilter, conditionsOf, isOperators } from './query.ts';
import { type Doc, isDoc, typeName } from './values.ts';

const isIndex = (part: string): boolean => /^\d+$/.test(part);

/** Tests of `arrayFilters`, by identifier. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/** Reads `[{ 'item.state': 'open' }, …]`: one identifier each. */
export function arrayFiltersOf(filters: unknown): ArrayFilters {
  if (filters === undefined) return new Map();
  if (!Array.isArray(filters)) throw failedToParse('arrayFilters must be an array');
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters.filter(isDoc)) {
    const test = compileFilter(filter);
    const names = new Set(identifiersIn(filter));
    const [name] = names;
    if (name === undefined || names.size > 1) throw failedToParse('Each array filter needs a single top-level field name');
    if (tests.has(name)) throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    tests.set(name, (element) => test({ [name]: element }));
  }
  return tests;
}

const identifiersIn = (filter: Doc): string[] =>
  Object.entries(filter).flatMap(([key, operand]) =>
    key.startsWith('$') ? (Array.isArray(operand) ? operand.filter(isDoc).flatMap(identifiersIn) : []) : [key.split('.')[0]!],
  );

/** Replaces `$`, `$[]` and `$[name]` in an update's path by the element numbers they mean in this document. */
export function concretePaths(doc: Doc, field: string, filter: Doc, arrayFilters: ArrayFilters): Path[] {
  let paths: string[][] = [[]];
  for (const part of field.split('.')) {
    if (part === '$') paths = paths.map((path) => [...path, String(matchedElement(doc, path, filter))]);
    else if (part.startsWith('$[') && part.endsWith(']'))
      paths = paths.flatMap((path) => elementPaths(doc, path, part.slice(2, -1), arrayFilters));
    else paths = paths.map((path) => [...path, part]);
  }
  return paths;
}

function elementPaths(doc: Doc, path: string[], name: string, arrayFilters: ArrayFilters): string[][] {
  const test = name === '' ? () => true : arrayFilters.get(name);
  if (!test) throw badValue(`No array filter found for identifier '${name}'`);
  const array = valueAt(doc, path);
  if (!Array.isArray(array)) throw badValue(`The path '${path.join('.')}' must be an array in order to apply array updates`);
  return [...array.keys()].filter((i) => test(array[i])).map((i) => [...path, String(i)]);
}

/** The element of the array that made the document match the filter. */
function matchedElement(doc: Doc, path: Path, filter: Doc): number {
  const field = path.join('.');
  const array = valueAt(doc, path);
  for (const [key, condition] of conditionsOf(filter)) {
    if (!Array.isArray(array) || (key !== field && !key.startsWith(`${field}.`))) continue;
    const test = elementTest(key.slice(field.length + 1), condition);
    const index = array.findIndex(test);
    if (index >= 0) return index;
  }
  throw badValue('The positional operator did not find the match needed from the query.');
}

function elementTest(rest: string, condition: unknown): (element: unknown) => boolean {
  if (rest !== '') {
    const test = compileFilter({ [`element.${rest}`]: condition });
    return (element) => test({ element });
  }
  const whole = isOperators(condition) && '$elemMatch' in condition;
  const test = compileFilter({ element: whole ? { $elemMatch: condition.$elemMatch } : condition });
  return (element) => test({ element: whole ? [element] : element });
}

/** The document or array that holds the last part of a path. */
export interface Place {
  readonly holder: Doc | unknown[];
  readonly key: string;
}

/** Walks to the holder of a path, creating documents on the way if asked to; null where there is none. */
export function placeOf(doc: Doc, path: Path, create: boolean): Place | null {
  if (path.includes('__proto__')) throw badValue('A field may not be named __proto__');
  let holder: Doc | unknown[] = doc;
  for (const [depth, part] of path.slice(0, -1).entries()) {
    if (Array.isArray(holder) && !isIndex(part)) return blocked(create, part, holder);
    let next = valueAt(holder, [part]);
    if (next === undefined) {
      if (!create) return null;
      next = {};
      putAt({ holder, key: part }, next);
    }
    if (!isDoc(next) && !Array.isArray(next)) return blocked(create, path[depth + 1]!, next);
    holder = next;
  }
  const key = path.at(-1)!;
  if (Array.isArray(holder) && !isIndex(key)) return blocked(create, key, holder);
  return { holder, key };
}

function blocked(create: boolean, part: string, inside: unknown): null {
  if (!create) return null;
  throw new StoreError(28, 'PathNotViable', `Cannot create field '${part}' in a value of type ${typeName(inside)}`);
}

export const currentValue = (place: Place): unknown => valueAt(place.holder, [place.key]);

/** Elements between the end of an array and a new one become null, as MongoDB has it. */
export function putAt({ holder, key }: Place, value: unknown): void {
  if (!Array.isArray(holder)) {
    holder[key] = value;
    return;
  }
  const index = Number(key);
  if (index > holder.length + 100_000) throw badValue(`The array index ${key} is too far beyond the end of the array`);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}
