import { Long } from 'bson';
import { type Command, type Context, docOf, namespaceOf } from './command.ts';
import { badValue, unsupported } from './errors.ts';
import { keyOf } from './keys.ts';
import { isNumber, wholeNumber } from './numbers.ts';
import { leaves } from './paths.ts';
import { compilePipeline } from './pipeline.ts';
import { matching } from './planner.ts';
import { compileProjection } from './projection.ts';
import { compileFilter } from './query.ts';
import { sortFields } from './sorting.ts';
import { type Doc, isDoc } from './values.ts';

function documents(context: Context, namespace: string, filter: Doc, sort?: unknown, limit = 0): Doc[] {
  const fields = sort === undefined ? [] : sortFields(sort);
  const collection = context.database.collections.get(namespace);
  if (!collection) compileFilter(filter);
  return collection ? matching(collection, filter, fields, limit).map((stored) => stored.doc) : [];
}

const batchSizeOf = (value: unknown): number | undefined => (value === undefined ? undefined : wholeNumber(value, 'batchSize'));

const find: Command = {
  options: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'noCursorTimeout', 'allowDiskUse'],
  run(context, command) {
    const namespace = namespaceOf(context, command, 'find');
    const skip = wholeNumber(command.skip, 'skip', 0);
    const limit = wholeNumber(command.limit, 'limit', 0);
    const project = compileProjection(command.projection === undefined ? undefined : docOf(command.projection, 'projection'));
    const found = documents(context, namespace, docOf(command.filter, 'filter'), command.sort, limit > 0 ? skip + limit : 0);
    const batchSize = batchSizeOf(command.batchSize);
    const wanted = found.slice(skip, limit > 0 ? skip + limit : undefined);
    return context.cursors.first(namespace, command.singleBatch === true ? wanted.slice(0, batchSize) : wanted, batchSize, project);
  },
};

const getMore: Command = {
  options: ['collection', 'batchSize'],
  run(context, command) {
    const batchSize = batchSizeOf(command.batchSize);
    return context.cursors.next(cursorId(command.getMore), batchSize === 0 ? undefined : batchSize);
  },
};

const killCursors: Command = {
  options: ['cursors'],
  run(context, command) {
    if (!Array.isArray(command.cursors)) throw badValue('cursors must be an array');
    return context.cursors.kill(command.cursors.map(cursorId));
  },
};

function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (isNumber(value)) return BigInt(wholeNumber(value, 'cursor id'));
  throw badValue('A cursor id must be a number');
}

const count: Command = {
  options: ['query', 'limit', 'skip'],
  run(context, command) {
    const namespace = namespaceOf(context, command, 'count');
    const query = docOf(command.query, 'query');
    const skip = wholeNumber(command.skip, 'skip', 0);
    const limit = wholeNumber(command.limit, 'limit', 0);
    if (Object.keys(query).length === 0 && skip + limit === 0)
      return { n: context.database.collections.get(namespace)?.documents.size ?? 0 };
    const found = documents(context, namespace, query).length - skip;
    return { n: Math.max(0, limit > 0 ? Math.min(limit, found) : found) };
  },
};

const distinct: Command = {
  options: ['key', 'query'],
  run(context, command) {
    if (typeof command.key !== 'string' || command.key === '') throw badValue('distinct needs a key');
    const path = command.key.split('.');
    const values = new Map<string, unknown>();
    for (const doc of documents(context, namespaceOf(context, command, 'distinct'), docOf(command.query, 'query'))) {
      for (const value of leaves(doc, path, undefined).values) if (value !== undefined) values.set(keyOf(value), value);
    }
    return { values: [...values.values()] };
  },
};

const aggregate: Command = {
  options: ['pipeline', 'cursor', 'allowDiskUse'],
  run(context, command) {
    if (isNumber(command.aggregate)) throw unsupported('aggregate of a whole database');
    const namespace = namespaceOf(context, command, 'aggregate');
    const pipeline = compilePipeline(command.pipeline);
    const [head] = command.pipeline as Doc[];
    // A leading $match goes through the indexes; running it again over what they gave changes nothing.
    const filter = isDoc(head?.$match) ? head.$match : {};
    const batchSize = isDoc(command.cursor) ? batchSizeOf(command.cursor.batchSize) : undefined;
    return context.cursors.first(namespace, pipeline(documents(context, namespace, filter)), batchSize);
  },
};

export const readCommands: Record<string, Command> = { find, getMore, killCursors, count, distinct, aggregate };
