import type { Connection, IndexOptions, Model } from 'mongoose';
import { StoreUnusable } from './connect.ts';

interface IndexSpec {
  readonly name: string;
  readonly key: Record<string, 1 | -1>;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Record<string, unknown>;
  readonly expireAfterSeconds?: number;
}

/**
 * Builds what is missing of the indexes of every registered model, one command a collection, and verifies the unique ones, on which idempotence
 * rests. One whose options changed since an earlier version is dropped and made again. Throws StoreUnusable.
 */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    const wanted = model.schema.indexes().map(([key, options]) => specOf(key as IndexSpec['key'], options));
    if (wanted.length > 0) await build(model, wanted);
  }
}

async function build({ collection }: Model<unknown>, wanted: readonly IndexSpec[]): Promise<void> {
  const built = await builtOn(collection);
  const missing = wanted.filter((spec) => !built.some((found) => found.name === spec.name && same(found, spec)));
  if (missing.length > 0) {
    // A name or a key that is taken with other options is refused by the server: 85, IndexOptionsConflict, and 86, IndexKeySpecsConflict
    // (https://www.mongodb.com/docs/manual/reference/command/createIndexes/).
    const inTheWay = built.filter((found) => missing.some((spec) => found.name === spec.name || sameKey(found, spec)));
    for (const { name } of inTheWay) await dropped(collection, name);
    await collection.createIndexes(missing as never).catch((cause: Error) => {
      throw new StoreUnusable(`${named(missing)} of ${collection.name} cannot be built: ${cause.message}`, { cause });
    });
  }
  const unique = wanted.filter((spec) => spec.unique);
  if (unique.length === 0) return;
  const now = missing.length > 0 ? await builtOn(collection) : built;
  for (const spec of unique) {
    if (!now.some((found) => found.unique === true && sameKey(found, spec)))
      throw new StoreUnusable(`The unique index ${JSON.stringify(spec.key)} of ${collection.name} is missing.`);
  }
}

type Collection = Model<unknown>['collection'];

async function builtOn(collection: Collection): Promise<IndexSpec[]> {
  try {
    return (await collection.indexes()) as IndexSpec[];
  } catch (error) {
    if ((error as { code?: number }).code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

/** Another instance that starts now may have been faster. */
async function dropped(collection: Collection, name: string): Promise<void> {
  await collection.dropIndex(name).catch((error: { code?: number }) => {
    if (error.code !== INDEX_NOT_FOUND) throw error;
  });
}

const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;

/** What mongoose adds for itself is left out. The name is the one MongoDB would give. */
function specOf(key: IndexSpec['key'], { unique, partialFilterExpression, expireAfterSeconds }: IndexOptions): IndexSpec {
  return {
    name: Object.entries(key).flat().join('_'),
    key,
    ...(unique === undefined ? {} : { unique: Boolean(unique) }),
    ...(partialFilterExpression === undefined ? {} : { partialFilterExpression }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: Number(expireAfterSeconds) }),
  };
}

const sameKey = (a: IndexSpec, b: IndexSpec): boolean => JSON.stringify(a.key) === JSON.stringify(b.key);

function same(a: IndexSpec, b: IndexSpec): boolean {
  const options = ({ unique = false, partialFilterExpression, expireAfterSeconds }: IndexSpec) =>
    JSON.stringify([unique, partialFilterExpression ?? null, expireAfterSeconds ?? null]);
  return sameKey(a, b) && options(a) === options(b);
}

const named = (specs: readonly IndexSpec[]): string =>
  `${specs.length === 1 ? 'The index' : 'One of the indexes'} ${specs.map(({ key }) => JSON.stringify(key)).join(', ')}`;
