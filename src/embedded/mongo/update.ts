import { failedToParse, StoreError, unsupported } from './errors.ts';
import { compileFilter, conditionsOf, isOperators } from './query.ts';
import { updateOperators } from './update-operators.ts';
import { type ArrayFilters, arrayFiltersOf, concretePaths, placeOf, putAt } from './update-paths.ts';
import { pick } from './usage.ts';
import { clone, type Doc, isDoc, typeName } from './values.ts';

/** Makes the new document from an old one, which it leaves alone. `inserting`: the old one is the seed of an upsert. */
export type Change = (
  doc: Doc,
  inserting: boolean,
) => { readonly doc: Doc /** It counts as modified even if it is as before. */; readonly counts: boolean };

interface Step {
  readonly field: string;
  readonly operand: unknown;
  readonly apply: (typeof updateOperators)[string];
}

/** Whether an update is made of operators; otherwise it replaces the document. */
export const isOperatorUpdate = (update: unknown): update is Doc => isOperators(update);

/** Compiles one update; `filter` is the one that found the document, for the positional `$`. */
export function compileUpdate(update: unknown, filter: Doc, arrayFilters: unknown): Change {
  if (Array.isArray(update)) throw unsupported('updates by a pipeline');
  if (!isDoc(update)) throw failedToParse('An update must be a document');
  const filters = arrayFiltersOf(arrayFilters);
  if (!isOperatorUpdate(update)) {
    if (filters.size > 0) throw failedToParse('arrayFilters may not be specified for replacement-style updates');
    return (doc) => ({ doc: replaced(doc, update), counts: false });
  }
  const steps = stepsOf(update);
  refuseUnusedFilters(filters, steps);
  return (doc, inserting) => {
    const copy = clone(doc);
    let counts = false;
    for (const { field, operand, apply } of steps) {
      for (const path of concretePaths(copy, field, filter, filters)) counts = apply(copy, path, operand, inserting) === true || counts;
    }
    return { doc: copy, counts };
  };
}

function replaced(doc: Doc, replacement: Doc): Doc {
  const { _id = doc._id, ...rest } = clone(replacement);
  return _id === undefined ? rest : { _id, ...rest };
}

function stepsOf(update: Doc): Step[] {
  const steps = Object.entries(update).flatMap(([name, fields]) => {
    const apply = pick('update', updateOperators, name);
    if (!isDoc(fields)) throw failedToParse(`Modifiers operate on fields but we found type ${typeName(fields)} instead for ${name}`);
    return Object.entries(fields).map(([field, operand]) => ({ field, operand, apply }));
  });
  // New fields are appended by name whatever the order of the operators: MongoDB walks an update as one tree.
  steps.sort((a, b) => (a.field === b.field ? 0 : comesBefore(a.field.split('.'), b.field.split('.')) ? -1 : 1));
  for (const { field } of steps) {
    if (field.split('.').includes(''))
      throw new StoreError(56, 'EmptyFieldName', `The update path '${field}' contains an empty field name`);
    if (field.startsWith('$'))
      throw new StoreError(52, 'DollarPrefixedFieldName', `The dollar ($) prefixed field '${field}' is not allowed`);
  }
  refuseConflicts(steps.map((step) => step.field));
  return steps;
}

function comesBefore(a: string[], b: string[]): boolean {
  const at = a.findIndex((part, i) => part !== b[i]);
  if (at < 0 || b[at] === undefined) return at < 0;
  const numeric = /^\d+$/.test(a[at]!) && /^\d+$/.test(b[at]);
  return numeric ? Number(a[at]) < Number(b[at]) : a[at]! < b[at];
}

function refuseConflicts(fields: string[]): void {
  const seen = new Set<string>();
  /** Whether what lies below is chosen by a filter, `$[...]`: all of it must be, or none. */
  const parents = new Map<string, boolean>();
  for (const field of fields) {
    const parts = field.split('.');
    const above = parts.slice(1).map((below, i) => ({ parent: parts.slice(0, i + 1).join('.'), filtered: /^\$\[.*\]$/.test(below) }));
    const clashes = ({ parent, filtered }: (typeof above)[number]) => seen.has(parent) || (parents.get(parent) ?? filtered) !== filtered;
    const clash = seen.has(field) || parents.has(field) ? field : above.find(clashes)?.parent;
    if (clash !== undefined)
      throw new StoreError(40, 'ConflictingUpdateOperators', `Updating the path '${field}' would create a conflict at '${clash}'`);
    seen.add(field);
    for (const { parent, filtered } of above) parents.set(parent, filtered);
  }
}

function refuseUnusedFilters(filters: ArrayFilters, steps: readonly Step[]): void {
  const unused = [...filters.keys()].find((name) => !steps.some((step) => step.field.includes(`$[${name}]`)));
  if (unused !== undefined) throw failedToParse(`The array filter for identifier '${unused}' was not used in the update`);
}

/** What an upsert's new document starts from: the fields that the filter says are equal to something. */
export function upsertSeed(filter: Doc): Doc {
  compileFilter(filter);
  const seed: Doc = {};
  for (const [field, condition] of conditionsOf(filter)) {
    const value = isOperators(condition) ? equalityOf(condition) : condition;
    if (value !== undefined && typeName(value) !== 'regex') putAt(placeOf(seed, field.split('.'), true)!, clone(value));
  }
  return seed;
}

function equalityOf(condition: Doc): unknown {
  if ('$eq' in condition) return condition.$eq;
  const only = condition.$in ?? condition.$all;
  return Array.isArray(only) && only.length === 1 && !isOperators(only[0]) ? only[0] : undefined;
}
