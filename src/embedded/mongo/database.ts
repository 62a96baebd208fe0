import { Collection } from './collection.ts';
import type { Disk } from './disk.ts';
import { StoreError } from './errors.ts';

/** All collections of the folder, by namespace ("database.collection"). */
export class Database {
  readonly collections = new Map<string, Collection>();
  readonly disk: Disk;
  #nextId = 1;

  constructor(disk: Disk) {
    this.disk = disk;
    for (const { id, namespace, indexes } of disk.collections()) {
      const collection = new Collection(id, namespace, disk, indexes);
      collection.load();
      this.collections.set(namespace, collection);
      this.#nextId = id + 1;
    }
  }

  /** Creates the collection if it is not there, as MongoDB does on the first write. */
  ensure(namespace: string): Collection {
    const known = this.collections.get(namespace);
    if (known) return known;
    checkNamespace(namespace);
    const collection = new Collection(this.#nextId++, namespace, this.disk);
    this.disk.createCollection(collection.id, namespace, collection.specs);
    this.collections.set(namespace, collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.disk.dropCollection(collection.id);
    this.collections.delete(collection.namespace);
  }

  inDatabase(name: string): Collection[] {
    return [...this.collections.values()].filter((collection) => collection.namespace.startsWith(`${name}.`));
  }

  documents(): number {
    return [...this.collections.values()].reduce((sum, collection) => sum + collection.documents.size, 0);
  }
}

function checkNamespace(namespace: string): void {
  const [database = '', ...rest] = namespace.split('.');
  if (database === '' || rest.join('.') === '' || /[\0$/\\ ]/.test(namespace)) {
    throw new StoreError(73, 'InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
  if (namespace.length > 255) throw new StoreError(73, 'InvalidNamespace', 'A namespace may have at most 255 characters');
}
