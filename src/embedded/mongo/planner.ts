import { BSONRegExp } from 'bson';
import type { Collection } from './collection.ts';
import { identical } from './compare.ts';
import type { Index, Stored } from './index.ts';
import { AFTER, isIndexable, keyOf } from './keys.ts';
import { compileFilter, conditionsOf, isOperators } from './query.ts';
import { type SortField, sortDocs } from './sorting.ts';
import type { Doc } from './values.ts';

/** Indexes are used up to this many combinations of `$in` values. */
const MAX_POINTS = 100_000;

interface Plan {
  /** Two for each field that is pinned to values, one for a range; infinite when at most one document can match. */
  readonly score: number;
  readonly ordered: boolean;
  readonly candidates: () => Iterable<Stored>;
}

/** The documents a filter matches, in natural order; with a sort in its order. `limit` counts from the start of that order; 0 is all. */
export function matching(collection: Collection, filter: Doc, sort: readonly SortField[] = [], limit = 0): Stored[] {
  const test = compileFilter(filter);
  const plan = bestPlan(collection, filter, sort);
  const enough = limit > 0 && plan.ordered ? limit : Number.POSITIVE_INFINITY;
  const found: Stored[] = [];
  for (const stored of plan.candidates()) {
    if (!test(stored.doc)) continue;
    found.push(stored);
    if (found.length >= enough) break;
  }
  if (plan.ordered) return found;
  const byDoc = new Map(found.map((stored) => [stored.doc, stored]));
  const sorted = sortDocs([...byDoc.keys()], sort).map((doc) => byDoc.get(doc)!);
  return limit > 0 ? sorted.slice(0, limit) : sorted;
}

function bestPlan(collection: Collection, filter: Doc, sort: readonly SortField[]): Plan {
  let best: Plan = { score: 0, ordered: sort.length === 0, candidates: () => collection.documents };
  const conditions = new Map<string, unknown[]>();
  for (const [field, condition] of conditionsOf(filter)) conditions.set(field, [...(conditions.get(field) ?? []), condition]);
  for (const index of collection.indexes) {
    const plan = planFor(index, conditions, sort);
    if (plan && (plan.score > best.score || (plan.score === best.score && plan.ordered && !best.ordered))) best = plan;
  }
  return best;
}

function planFor(index: Index, conditions: ReadonlyMap<string, unknown[]>, sort: readonly SortField[]): Plan | null {
  if (!holdsAllMatches(index, conditions)) return null;
  let prefixes = [''];
  let pinned = 0;
  for (const field of index.fields) {
    const values = pinnedValues(conditions.get(field) ?? []);
    if (!values || values.length * prefixes.length > MAX_POINTS) break;
    const keys = [...new Set(values.map(keyOf))];
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
    pinned++;
  }
  const next = index.fields[pinned];
  const bounds = next === undefined ? null : rangeBounds(conditions.get(next) ?? [], index.single);
  const backwards = sort[0]?.direction === -1;
  const ordered = sort.length === 0 || (prefixes.length === 1 && index.single && followsIndex(index.fields.slice(pinned), sort));
  const one = index.spec.unique === true && pinned === index.fields.length && prefixes.length === 1;
  const score = one ? Number.POSITIVE_INFINITY : pinned * 2 + (bounds ? 1 : 0);
  if (score === 0 && (!ordered || sort.length === 0)) return null;
  const scan = (prefix: string) =>
    pinned === index.fields.length
      ? index.at(prefix)
      : index.range(prefix + (bounds?.low ?? ''), prefix + (bounds?.high ?? AFTER), backwards && ordered);
  const candidates = () => (index.single ? prefixes.values().flatMap(scan) : new Set(prefixes.values().flatMap(scan)));
  return { score, ordered, candidates };
}

/** Keys are all kept ascending, so an order can be read off if it runs in one direction. */
const followsIndex = (fields: readonly string[], sort: readonly SortField[]): boolean =>
  sort.every((field, i) => field.name === fields[i] && field.direction === sort[0]!.direction);

/** Sparse and partial indexes leave documents out: use them only if the filter cannot match one of those. */
function holdsAllMatches(index: Index, conditions: ReadonlyMap<string, unknown[]>): boolean {
  const { sparse, partialFilterExpression } = index.spec;
  if (sparse && !index.fields.some((field) => cannotBeMissing(conditions.get(field) ?? []))) return false;
  if (!partialFilterExpression) return true;
  return Object.entries(partialFilterExpression).every(([field, wanted]) => {
    if (field.startsWith('$')) return false;
    const given = conditions.get(field) ?? [];
    if (given.some((condition) => identical(condition, wanted))) return true;
    const test = compileFilter({ value: wanted });
    return pinnedValues(given)?.every((value) => value !== null && test({ value })) ?? false;
  });
}

const cannotBeMissing = (conditions: readonly unknown[]): boolean =>
  pinnedValues(conditions)?.every((value) => value !== null) ?? rangeBounds(conditions, false) !== null;

/** The values that equality or `$in` leaves for a field, if keys can stand for them. */
function pinnedValues(conditions: readonly unknown[]): unknown[] | null {
  for (const condition of conditions) {
    if (isOperators(condition) && !('$eq' in condition || '$in' in condition)) continue;
    const values = isOperators(condition) ? ('$eq' in condition ? [condition.$eq] : condition.$in) : [condition];
    if (Array.isArray(values) && values.every(isPoint)) return values;
  }
  return null;
}

const isPoint = (value: unknown): boolean => !Array.isArray(value) && !(value instanceof BSONRegExp) && isIndexable(value);

/** Bounds of `$gt`, `$gte`, `$lt`, `$lte` within the operand's type. An array may meet each with another element: then one must do. */
function rangeBounds(conditions: readonly unknown[], both: boolean): { low: string; high: string } | null {
  for (const condition of conditions.filter(isOperators)) {
    const low = condition.$gte ?? condition.$gt;
    const high = condition.$lte ?? condition.$lt;
    const edge = low ?? high;
    if (edge === undefined || edge === null || ![low ?? edge, high ?? edge].every(isPoint)) continue;
    const type = keyOf(edge)[0]!;
    const useHigh = high !== undefined && high !== null && (both || low === undefined || low === null);
    return { low: low === undefined || low === null ? type : keyOf(low), high: useHigh ? keyOf(high) + AFTER : type + AFTER };
  }
  return null;
}
