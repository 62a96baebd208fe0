import { equal } from './compare.ts';
import { StoreError, unsupported } from './errors.ts';
import { keyOf } from './keys.ts';
import { isNumber, toNumber, wholeNumber } from './numbers.ts';
import { leaves, type Path } from './paths.ts';
import { compileFilter, type DocTest, isOperators } from './query.ts';
import { SortedKeys } from './sorted-keys.ts';
import { type Doc, isDoc } from './values.ts';

/** One stored document and the number of its row on disk. `doc` is replaced, never changed. */
export interface Stored {
  readonly row: number;
  doc: Doc;
}

/** What listIndexes shows and the folder keeps. */
export interface IndexSpec {
  readonly v: 2;
  readonly key: Doc;
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Doc;
  readonly expireAfterSeconds?: number;
}

const options = ['v', 'key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'ns'];

/** Reads one entry of createIndexes; refuses what this store's indexes cannot do. */
export function indexSpec(entry: unknown): IndexSpec {
  if (!isDoc(entry) || !isDoc(entry.key) || Object.keys(entry.key).length === 0)
    throw new StoreError(67, 'CannotCreateIndex', 'An index needs a key');
  for (const [option, value] of Object.entries(entry)) {
    if (!options.includes(option) && value !== false) throw unsupported(`the index option ${option}`);
  }
  for (const [field, direction] of Object.entries(entry.key)) {
    const known = isNumber(direction) && Math.abs(toNumber(direction)) === 1;
    if (!known || field.includes('$')) throw unsupported(`the index key { ${field}: ${JSON.stringify(direction)} }`);
  }
  const { key, name, unique, sparse, partialFilterExpression, expireAfterSeconds } = entry;
  if (partialFilterExpression !== undefined) checkPartial(partialFilterExpression);
  return {
    v: 2,
    key,
    name: typeof name === 'string' ? name : Object.entries(key).flat().join('_'),
    ...(unique === true && { unique }),
    ...(sparse === true && { sparse }),
    ...(isDoc(partialFilterExpression) && { partialFilterExpression }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds: wholeNumber(expireAfterSeconds, 'expireAfterSeconds') }),
  };
}

/** Only conditions that one element of an array can fulfil: the planner relies on it. */
function checkPartial(filter: unknown): void {
  compileFilter(filter);
  for (const [field, condition] of Object.entries(filter as Doc)) {
    const names = field.startsWith('$') ? [field] : isOperators(condition) ? Object.keys(condition) : [];
    const unknown = names.find((name) => !['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$type', '$exists'].includes(name));
    if (unknown !== undefined) throw unsupported(`${unknown} in a partialFilterExpression`);
    if (isOperators(condition) && condition.$exists === false) throw unsupported('$exists: false in a partialFilterExpression');
  }
}

export class Index {
  readonly spec: IndexSpec;
  readonly fields: readonly string[];
  /** Whether every document has exactly one key here; only then do bounds on both sides, and order, hold. */
  single = true;
  readonly #paths: readonly Path[];
  readonly #covers: DocTest;
  readonly #byKey = new Map<string, Stored | Set<Stored>>();
  readonly #sorted = new SortedKeys(() => this.#byKey.keys());

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.fields = Object.keys(spec.key);
    this.#paths = this.fields.map((field) => field.split('.'));
    this.#covers = spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : () => true;
  }

  /** The document's keys: one, or one per element where a field holds an array. None if the index leaves it out. */
  keys(doc: Doc): string[] {
    if (!this.#covers(doc)) return [];
    const fields = this.#paths.map((path) => leaves(doc, path, undefined));
    if (this.spec.sparse && fields.every(({ values }) => values.every((value) => value === undefined))) return [];
    const arrays = fields.filter(({ many }) => many).length;
    if (arrays > 1) throw new StoreError(171, 'CannotIndexParallelArrays', `cannot index parallel arrays [${this.fields.join('] [')}]`);
    if (arrays > 0) this.single = false;
    let keys = [''];
    for (const { values } of fields) {
      const parts = values.length === 1 ? [keyOf(values[0])] : [...new Set(values.map(keyOf))];
      keys = keys.flatMap((key) => parts.map((part) => key + part));
    }
    return keys;
  }

  add(keys: readonly string[], stored: Stored): void {
    for (const key of keys) {
      const there = this.#byKey.get(key);
      if (there === undefined) {
        this.#byKey.set(key, stored);
        this.#sorted.added(key);
      } else if (there instanceof Set) there.add(stored);
      else if (there !== stored) this.#byKey.set(key, new Set([there, stored]));
    }
  }

  remove(keys: readonly string[], stored: Stored): void {
    for (const key of keys) {
      const there = this.#byKey.get(key);
      if (there instanceof Set && there.size > 1) there.delete(stored);
      else if (there !== undefined) {
        this.#byKey.delete(key);
        this.#sorted.removed();
      }
    }
  }

  *at(key: string): Generator<Stored> {
    const there = this.#byKey.get(key);
    if (there instanceof Set) yield* there;
    else if (there !== undefined) yield there;
  }

  *range(low: string, high: string, backwards: boolean): Generator<Stored> {
    for (const key of this.#sorted.range(low, high, backwards)) yield* this.at(key);
  }

  /** Throws E11000 if another document than `self` holds one of the keys of a unique index. */
  refuseDuplicates(keys: readonly string[], doc: Doc, self: Stored | null, namespace: string): void {
    if (!this.spec.unique) return;
    for (const key of keys) {
      for (const other of this.at(key)) if (other !== self) throw this.#duplicate(doc, other.doc, namespace);
    }
  }

  #duplicate(doc: Doc, other: Doc, namespace: string): StoreError {
    const keyValue: Doc = {};
    for (const [i, path] of this.#paths.entries()) {
      const taken = leaves(other, path, null).values;
      const clash = leaves(doc, path, null).values.find((value) => taken.some((item) => equal(item ?? null, value ?? null)));
      keyValue[this.fields[i]!] = clash ?? null;
    }
    const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
    const message = `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${shown.join(', ')} }`;
    return new StoreError(11000, 'DuplicateKey', message, { keyPattern: this.spec.key, keyValue });
  }
}
