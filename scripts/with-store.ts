import path from 'node:path';
import { EMBEDDED_STORE_LIMIT, runningStoreUri, startEmbeddedStore } from '../src/embedded/mongo/embedded-store.ts';
import { keepPrivate } from '../src/private-files.ts';
import { type OpenStore, openStore } from '../src/store/open-store.ts';

export interface StorePlace {
  readonly stores: OpenStore;
  readonly dataDir: string;
  /** Documents the store can hold; undefined with a MongoDB server. */
  readonly documentLimit: number | undefined;
}

/** The store of MONGODB_URI, of the running bot, or one of its own on the data folder; closed afterwards whatever happens. */
export function withStore<T>(env: NodeJS.ProcessEnv, work: (place: StorePlace) => Promise<T>): Promise<T> {
  return withStoreUri(env, async (uri) => {
    const stores = await openStore(uri);
    const documentLimit = env.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT;
    return work({ stores, dataDir: env.DATA_DIR || 'data', documentLimit }).finally(() => stores.close());
  });
}

/** The same, for work that needs no more than its address. */
export async function withStoreUri<T>(env: NodeJS.ProcessEnv, work: (uri: string) => Promise<T>): Promise<T> {
  keepPrivate(env.DATA_DIR || 'data');
  const dir = path.join(env.DATA_DIR || 'data', 'store');
  const shared = env.MONGODB_URI || (await runningStoreUri(dir));
  const own = shared ? null : await startEmbeddedStore({ dir });
  try {
    return await work(shared || own!.uri);
  } finally {
    await own?.stop();
  }
}
