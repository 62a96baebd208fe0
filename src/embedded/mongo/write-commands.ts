import type { Collection } from './collection.ts';
import { type Command, type Context, checkOptions, docOf, docsOf, namespaceOf } from './command.ts';
import { identical } from './compare.ts';
import { badValue, failedToParse, StoreError } from './errors.ts';
import { wholeNumber } from './numbers.ts';
import { matching } from './planner.ts';
import { compileProjection } from './projection.ts';
import { compileFilter } from './query.ts';
import { sortFields } from './sorting.ts';
import { compileUpdate, isOperatorUpdate, upsertSeed } from './update.ts';
import type { Doc } from './values.ts';

interface Statement {
  readonly filter: Doc;
  readonly update: unknown;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly arrayFilters: unknown;
  readonly sort: unknown;
}

interface Outcome {
  matched: number;
  modified: number;
  /** Set if a document was inserted. */
  upserted: { _id: unknown } | null;
  before: Doc | null;
  after: Doc | null;
}

function update(context: Context, namespace: string, { filter, update, multi, upsert, arrayFilters, sort }: Statement): Outcome {
  if (multi && !Array.isArray(update) && !isOperatorUpdate(update))
    throw failedToParse('multi update is not supported for replacement-style update');
  const change = compileUpdate(update, filter, arrayFilters);
  const collection = context.database.collections.get(namespace);
  const found = find(collection, filter, sort, multi ? 0 : 1);
  const outcome: Outcome = { matched: found.length, modified: 0, upserted: null, before: null, after: null };
  for (const stored of found) {
    outcome.before = stored.doc;
    const { doc, counts } = change(stored.doc, false);
    if (collection!.replace(stored, doc) || counts) outcome.modified++;
    outcome.after = stored.doc;
  }
  if (found.length > 0 || !upsert) return outcome;
  const seed = upsertSeed(filter);
  const { doc } = change(seed, true);
  if (seed._id !== undefined && !identical(doc._id, seed._id))
    throw new StoreError(66, 'ImmutableField', 'An upsert may not change the _id of its filter');
  outcome.upserted = { _id: context.database.ensure(namespace).insert(doc) };
  outcome.after = find(context.database.collections.get(namespace), { _id: outcome.upserted._id }, undefined, 1)[0]!.doc;
  return outcome;
}

function find(collection: Collection | undefined, filter: Doc, sort: unknown, limit: number) {
  const fields = sort === undefined ? [] : sortFields(sort);
  if (!collection) compileFilter(filter);
  return collection ? matching(collection, filter, fields, limit) : [];
}

/** Runs the statements of one command; an ordered command stops at the first that fails. */
function runAll(command: Doc, statements: readonly Doc[], run: (statement: Doc, index: number) => void): Doc {
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (command.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

const batchOptions = ['ordered'];
const statementOptions = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint'];

const insert: Command = {
  options: ['documents', ...batchOptions],
  run(context, command) {
    const namespace = namespaceOf(context, command, 'insert');
    let n = 0;
    const errors = runAll(command, docsOf(command.documents, 'documents'), (doc) => {
      context.database.ensure(namespace).insert(doc);
      n++;
    });
    return { n, ...errors };
  },
};

const updateCommand: Command = {
  options: ['updates', ...batchOptions],
  run(context, command) {
    const namespace = namespaceOf(context, command, 'update');
    const upserted: Doc[] = [];
    let n = 0;
    let nModified = 0;
    const errors = runAll(command, docsOf(command.updates, 'updates'), (statement, index) => {
      checkOptions('update', statement, statementOptions);
      const { q, u, multi, upsert, arrayFilters } = statement;
      const filter = docOf(q, 'The filter of an update');
      const outcome = update(context, namespace, {
        filter,
        update: u,
        multi: multi === true,
        upsert: upsert === true,
        arrayFilters,
        sort: undefined,
      });
      n += outcome.upserted ? 1 : outcome.matched;
      nModified += outcome.modified;
      if (outcome.upserted) upserted.push({ index, ...outcome.upserted });
    });
    return { n, nModified, ...(upserted.length > 0 && { upserted }), ...errors };
  },
};

const deleteCommand: Command = {
  options: ['deletes', ...batchOptions],
  run(context, command) {
    const collection = context.database.collections.get(namespaceOf(context, command, 'delete'));
    let n = 0;
    const errors = runAll(command, docsOf(command.deletes, 'deletes'), (statement) => {
      checkOptions('delete', statement, ['q', 'limit', 'hint']);
      const found = find(collection, docOf(statement.q, 'The filter of a delete'), undefined, wholeNumber(statement.limit, 'limit', 0));
      for (const stored of found) collection!.remove(stored);
      n += found.length;
    });
    return { n, ...errors };
  },
};

const findAndModify: Command = {
  options: ['query', 'sort', 'update', 'remove', 'new', 'upsert', 'fields', 'arrayFilters'],
  run(context, command) {
    const namespace = namespaceOf(context, command, 'findAndModify');
    const project = compileProjection(command.fields === undefined ? undefined : docOf(command.fields, 'fields'));
    const shown = (doc: Doc | null) => doc && project(doc);
    const filter = docOf(command.query, 'query');
    if (command.remove === true) {
      if (command.update !== undefined) throw badValue('Cannot specify both an update and remove=true');
      const collection = context.database.collections.get(namespace);
      const [stored] = find(collection, filter, command.sort, 1);
      if (stored) collection!.remove(stored);
      return { lastErrorObject: { n: stored ? 1 : 0 }, value: shown(stored?.doc ?? null) };
    }
    const { update: u, upsert, arrayFilters, sort } = command;
    const outcome = update(context, namespace, { filter, update: u, multi: false, upsert: upsert === true, arrayFilters, sort });
    const lastErrorObject = {
      n: outcome.upserted ? 1 : outcome.matched,
      updatedExisting: outcome.matched > 0,
      ...(outcome.upserted && { upserted: outcome.upserted._id }),
    };
    return { lastErrorObject, value: shown(command.new === true ? outcome.after : outcome.before) };
  },
};

export const writeCommands: Record<string, Command> = { insert, update: updateCommand, delete: deleteCommand, findAndModify };
