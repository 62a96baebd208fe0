import path from 'node:path';
import { type Command, type Context, docOf, docsOf, namespaceOf } from './command.ts';
import { identical } from './compare.ts';
import { badValue, StoreError, unsupported } from './errors.ts';
import { type IndexSpec, indexSpec } from './index.ts';
import { compileFilter } from './query.ts';
import { type Doc, isDoc } from './values.ts';

const create: Command = {
  options: [],
  run(context, command) {
    // One that is there is no error, since MongoDB 7: all of ours have the same options, which is none.
    context.database.ensure(namespaceOf(context, command, 'create'));
    return {};
  },
};

const drop: Command = {
  options: [],
  run(context, command) {
    const collection = context.database.collections.get(namespaceOf(context, command, 'drop'));
    if (collection) context.database.drop(collection);
    return {};
  },
};

const dropDatabase: Command = {
  options: [],
  run({ database, db }) {
    for (const collection of database.inDatabase(db)) database.drop(collection);
    return { dropped: db };
  },
};

const listCollections: Command = {
  options: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run({ database, cursors, db }, command) {
    const test = compileFilter(docOf(command.filter, 'filter'));
    const rows = database.inDatabase(db).map(({ namespace, specs }): Doc => {
      const name = namespace.slice(db.length + 1);
      const short = { name, type: 'collection' };
      return command.nameOnly === true ? short : { ...short, options: {}, info: { readOnly: false }, idIndex: shown(specs[0]!) };
    });
    return cursors.first(`${db}.$cmd.listCollections`, rows.filter(test));
  },
};

const listDatabases: Command = {
  options: ['filter', 'nameOnly', 'authorizedDatabases'],
  run({ database }, command) {
    const test = compileFilter(docOf(command.filter, 'filter'));
    const names = new Set([...database.collections.keys()].map((namespace) => namespace.split('.')[0]!));
    const rows = [...names].map((name): Doc => (command.nameOnly === true ? { name } : { name, sizeOnDisk: 1, empty: false }));
    return { databases: rows.filter(test) };
  },
};

/** MongoDB does not say of the index of _id that it is unique. */
function shown({ unique, ...spec }: IndexSpec): Doc {
  return { ...spec, ...(unique && spec.name !== '_id_' && { unique }) };
}

function existing(context: Context, command: Doc, name: string) {
  const namespace = namespaceOf(context, command, name);
  const collection = context.database.collections.get(namespace);
  if (!collection) throw new StoreError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`);
  return collection;
}

const listIndexes: Command = {
  options: ['cursor'],
  run(context, command) {
    const collection = existing(context, command, 'listIndexes');
    return context.cursors.first(collection.namespace, collection.specs.map(shown));
  },
};

const createIndexes: Command = {
  options: ['indexes', 'commitQuorum'],
  run(context, command) {
    const specs = docsOf(command.indexes, 'indexes').map(indexSpec);
    const collection = context.database.ensure(namespaceOf(context, command, 'createIndexes'));
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (!alreadyThere(collection.specs, spec)) collection.addIndex(spec);
    return { numIndexesBefore, numIndexesAfter: collection.indexes.length };
  },
};

function alreadyThere(known: readonly IndexSpec[], spec: IndexSpec): boolean {
  const sameName = known.find((other) => other.name === spec.name);
  const sameKey = known.find((other) => identical(other.key, spec.key));
  if (sameName && !identical(sameName.key, spec.key)) {
    throw new StoreError(86, 'IndexKeySpecsConflict', `An existing index has the same name as the requested index: ${spec.name}`);
  }
  const found = sameName ?? sameKey;
  if (!found || found.name === '_id_') return found !== undefined;
  if (identical({ ...found, name: '' }, { ...spec, name: '' }) && found.name === spec.name) return true;
  throw new StoreError(85, 'IndexOptionsConflict', `An index on the same key exists with other options or another name: ${found.name}`);
}

const dropIndexes: Command = {
  options: ['index'],
  run(context, command) {
    const collection = existing(context, command, 'dropIndexes');
    const { index: wanted } = command;
    const nIndexesWas = collection.indexes.length;
    const matches = (spec: IndexSpec) =>
      isDoc(wanted) ? identical(spec.key, wanted) : wanted === '*' ? spec.name !== '_id_' : spec.name === wanted;
    if (Array.isArray(wanted)) throw unsupported('dropIndexes with a list');
    const found = collection.indexes.filter((index) => matches(index.spec));
    if (found.length === 0 && wanted !== '*') throw new StoreError(27, 'IndexNotFound', `index not found: ${JSON.stringify(wanted)}`);
    if (found.some((index) => index.spec.name === '_id_')) throw new StoreError(72, 'InvalidOptions', 'cannot drop _id index');
    for (const index of found) collection.dropIndex(index);
    return { nIndexesWas };
  },
};

/** As in MongoDB everything is on disk when it answers; here, too, nothing that was deleted is left there. https://www.mongodb.com/docs/manual/reference/command/fsync/ */
const fsync: Command = {
  options: [],
  run({ database }) {
    database.disk.leaveNoTrace();
    return { numFiles: 1 };
  },
};

/** Our own, for `npm run backup`: another process cannot read a folder that this one holds. */
const arrearsSnapshot: Command = {
  options: [],
  run({ database }, command) {
    const { arrearsSnapshot: file } = command;
    // The name is fixed, so that whoever reaches the store can make no other file.
    if (typeof file !== 'string' || !path.isAbsolute(file) || path.basename(file) !== 'store.sqlite')
      throw badValue('arrearsSnapshot needs the absolute path of a new file store.sqlite');
    database.disk.snapshot(file);
    return {};
  },
};

export const catalogueCommands: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  listIndexes,
  createIndexes,
  dropIndexes,
  fsync,
  arrearsSnapshot,
};
