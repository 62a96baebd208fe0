import path from 'node:path';
import { EMBEDDED_STORE_LIMIT, runningStoreUri, startEmbeddedStore } from '../src/embedded/mongo/embedded-store.ts';
import { openStore, type Stores } from '../src/store/open-store.ts';

export interface StorePlace {
  readonly stores: Stores;
  readonly dataDir: string;
  /** Documents the store can hold; undefined with a MongoDB server. */
  readonly documentLimit: number | undefined;
}

/** The store of MONGODB_URI, of the running bot, or one of its own on the data folder; closed afterwards whatever happens. */
export async function withStore<T>(env: NodeJS.ProcessEnv, work: (place: StorePlace) => Promise<T>): Promise<T> {
  const dataDir = env.DATA_DIR || 'data';
  const dir = path.join(dataDir, 'store');
  const shared = env.MONGODB_URI || (await runningStoreUri(dir));
  const own = shared ? null : await startEmbeddedStore({ dir });
  try {
    const stores = await openStore(shared || own!.uri);
    try {
      return await work({ stores, dataDir, documentLimit: env.MONGODB_URI ? undefined : EMBEDDED_STORE_LIMIT });
    } finally {
      await stores.close();
    }
  } finally {
    await own?.stop();
  }
}
