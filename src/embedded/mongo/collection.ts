import { ObjectId } from 'bson';
import { identical } from './compare.ts';
import type { Disk } from './disk.ts';
import { badValue, StoreError, unsupported } from './errors.ts';
import { Index, type IndexSpec, type Stored } from './index.ts';
import { type Doc, isDoc, typeName } from './values.ts';

const MAX_DEPTH = 100;
const idIndex: IndexSpec = { v: 2, key: { _id: 1 }, name: '_id_', unique: true };

/** The documents of one collection in memory with their indexes; every change goes to the disk's open transaction as well. */
export class Collection {
  readonly id: number;
  readonly namespace: string;
  readonly indexes: Index[];
  readonly documents = new Set<Stored>();
  readonly #disk: Disk;
  #nextRow = 1;

  constructor(id: number, namespace: string, disk: Disk, indexes: readonly IndexSpec[] = [idIndex]) {
    this.id = id;
    this.namespace = namespace;
    this.#disk = disk;
    this.indexes = indexes.map((spec) => new Index(spec));
  }

  get specs(): IndexSpec[] {
    return this.indexes.map((index) => index.spec);
  }

  /** Takes over what the folder holds, at start. */
  load(): void {
    for (const stored of this.#disk.documents(this.id)) {
      for (const index of this.indexes) index.add(index.keys(stored.doc), stored);
      this.documents.add(stored);
      this.#nextRow = stored.row + 1;
    }
  }

  /** Gives the document an _id if it has none, and answers the _id. */
  insert(doc: Doc): unknown {
    const { _id = new ObjectId(), ...rest } = doc;
    const whole = storable({ _id, ...rest });
    const stored: Stored = { row: this.#nextRow, doc: whole };
    const keys = this.#keysFor(whole, null);
    this.#disk.put(this.id, stored.row, whole);
    this.#nextRow++;
    this.documents.add(stored);
    for (const [i, index] of this.indexes.entries()) index.add(keys[i]!, stored);
    return _id;
  }

  /** Puts a new version in place; false if it is the same as the old one. The _id may not change. */
  replace(stored: Stored, doc: Doc): boolean {
    const before = stored.doc;
    if (!identical(doc._id, before._id)) {
      throw new StoreError(66, 'ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    if (identical(before, doc)) return false;
    const keys = this.#keysFor(storable(doc), stored);
    this.#disk.put(this.id, stored.row, doc);
    for (const [i, index] of this.indexes.entries()) {
      const old = index.keys(before);
      const current = keys[i]!;
      if (old.length === current.length && old.every((key, at) => key === current[at])) continue;
      index.remove(old, stored);
      index.add(current, stored);
    }
    stored.doc = doc;
    return true;
  }

  remove(stored: Stored): void {
    this.#disk.remove(this.id, stored.row);
    for (const index of this.indexes) index.remove(index.keys(stored.doc), stored);
    this.documents.delete(stored);
  }

  /** Builds the index over what is there; throws E11000 and leaves all as it was if it cannot be unique. */
  addIndex(spec: IndexSpec): void {
    const index = new Index(spec);
    for (const stored of this.documents) {
      const keys = index.keys(stored.doc);
      index.refuseDuplicates(keys, stored.doc, stored, this.namespace);
      index.add(keys, stored);
    }
    this.indexes.push(index);
    this.#disk.saveIndexes(this.id, this.specs);
  }

  dropIndex(index: Index): void {
    this.indexes.splice(this.indexes.indexOf(index), 1);
    this.#disk.saveIndexes(this.id, this.specs);
  }

  #keysFor(doc: Doc, self: Stored | null): string[][] {
    return this.indexes.map((index) => {
      const keys = index.keys(doc);
      index.refuseDuplicates(keys, doc, self, this.namespace);
      return keys;
    });
  }
}

/** Refuses documents that queries could not address or that would not come back as they were. */
function storable(doc: Doc): Doc {
  if (Array.isArray(doc._id) || typeName(doc._id) === 'regex') {
    throw new StoreError(53, 'InvalidIdField', `The '_id' value cannot be of type ${typeName(doc._id)}`);
  }
  checkValue(doc, 0);
  return doc;
}

function checkValue(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw badValue(`A document may not be nested more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) for (const item of value) checkValue(item, depth + 1);
  else if (isDoc(value)) {
    for (const field of Object.keys(value)) {
      if (field.startsWith('$') || field.includes('.')) throw unsupported(`stored fields with a leading dollar or a dot (${field})`);
      checkValue(value[field], depth + 1);
    }
  } else if (typeName(value) === 'regex') throw unsupported('stored regular expressions');
}
