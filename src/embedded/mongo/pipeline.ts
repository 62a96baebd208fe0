import { accumulators } from './accumulators.ts';
import { badValue, unsupported } from './errors.ts';
import { evaluator } from './expression.ts';
import { keyOf } from './keys.ts';
import { isNumber, wholeNumber } from './numbers.ts';
import { valueAt } from './paths.ts';
import { compileProjection } from './projection.ts';
import { compileFilter } from './query.ts';
import { sortDocs, sortFields } from './sorting.ts';
import { pick } from './usage.ts';
import { type Doc, isDoc } from './values.ts';

type Stage = (operand: unknown) => (docs: Doc[]) => Doc[];

/** What `aggregate` can do, by stage. A stage never changes the documents it is given. */
export const stages: Record<string, Stage> = {
  $match: (operand) => {
    const test = compileFilter(operand);
    return (docs) => docs.filter(test);
  },
  $group: group,
  $sort: (operand) => {
    const fields = sortFields(operand);
    return (docs) => sortDocs(docs, fields);
  },
  $project: (operand) => {
    if (!isDoc(operand) || Object.keys(operand).length === 0) throw badValue('$project needs a nonempty document');
    const project = compileProjection(operand);
    return (docs) => docs.map(project);
  },
  $unwind: unwind,
  $limit: (operand) => {
    const count = wholeNumber(operand, '$limit');
    if (count === 0) throw badValue('$limit must be positive');
    return (docs) => docs.slice(0, count);
  },
  $skip: (operand) => {
    const count = wholeNumber(operand, '$skip');
    return (docs) => docs.slice(count);
  },
  $count: (operand) => {
    if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.'))
      throw badValue('$count needs a field name');
    return (docs) => (docs.length > 0 ? [{ [operand]: docs.length }] : []);
  },
};

/** Compiles a pipeline; throws for a stage this store does not know, before anything has run. */
export function compilePipeline(pipeline: unknown): (docs: Doc[]) => Doc[] {
  if (!Array.isArray(pipeline)) throw badValue('A pipeline must be an array');
  const steps = pipeline.map((stage) => {
    const [name, ...more] = isDoc(stage) ? Object.keys(stage) : [];
    if (name === undefined || more.length > 0) throw badValue('A pipeline stage specification object must contain exactly one field.');
    return pick('stage', stages, name)((stage as Doc)[name]);
  });
  return (docs) => steps.reduce((current, step) => step(current), docs);
}

function group(operand: unknown): (docs: Doc[]) => Doc[] {
  if (!isDoc(operand) || !('_id' in operand)) throw badValue('$group needs an _id');
  const idOf = evaluator(operand._id);
  const fields = Object.entries(operand)
    .filter(([field]) => field !== '_id')
    .map(([field, spec]) => {
      const [name, ...more] = isDoc(spec) ? Object.keys(spec) : [];
      if (name === undefined || more.length > 0) throw badValue(`The field '${field}' must be an accumulator object`);
      const input = (spec as Doc)[name];
      if (name === '$count' && !(isDoc(input) && Object.keys(input).length === 0)) throw badValue('$count takes an empty object');
      return { field, start: pick('accumulator', accumulators, name), valueOfDoc: evaluator(input) };
    });
  return (docs) => {
    const groups = new Map<string, { _id: unknown; running: ReturnType<(typeof accumulators)[string]>[] }>();
    for (const doc of docs) {
      const _id = idOf(doc) ?? null;
      const key = keyOf(_id);
      let found = groups.get(key);
      if (!found) {
        found = { _id, running: fields.map(({ start }) => start()) };
        groups.set(key, found);
      }
      for (const [i, { valueOfDoc }] of fields.entries()) found.running[i]!.add(valueOfDoc(doc));
    }
    return [...groups.values()].map(({ _id, running }) => {
      const result: Doc = { _id };
      for (const [i, { field }] of fields.entries()) result[field] = running[i]!.result();
      return result;
    });
  };
}

function unwind(operand: unknown): (docs: Doc[]) => Doc[] {
  const spec = isDoc(operand) ? operand : { path: operand };
  const unknown = Object.keys(spec).find((key) => key !== 'path' && key !== 'preserveNullAndEmptyArrays');
  if (unknown !== undefined) throw unsupported(`${unknown} of $unwind`);
  if (typeof spec.path !== 'string' || !/^\$[^$]/.test(spec.path))
    throw badValue('The path of $unwind must be a string that begins with a $');
  if (isNumber(spec.preserveNullAndEmptyArrays)) throw badValue('preserveNullAndEmptyArrays must be a boolean');
  const path = spec.path.slice(1).split('.');
  return (docs) =>
    docs.flatMap((doc) => {
      const value = valueAt(doc, path);
      if (Array.isArray(value) && value.length > 0) return value.map((item) => withValue(doc, path, item));
      if (value !== undefined && value !== null && !Array.isArray(value)) return [doc];
      return spec.preserveNullAndEmptyArrays === true ? [Array.isArray(value) ? withValue(doc, path, undefined) : doc] : [];
    });
}

/** A copy of the document with another value, or none, at the path; documents all the way down. */
function withValue(doc: Doc, [field, ...rest]: readonly string[], value: unknown): Doc {
  const next = rest.length === 0 ? value : withValue(doc[field!] as Doc, rest, value);
  if (next !== undefined) return { ...doc, [field!]: next };
  const { [field!]: _, ...without } = doc;
  return without;
}
