import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Programs that the tests start are compiled once for the whole run, not at each start; afterwards the folder is gone, once the workers that still write there have ended. */
export default async function compiledPrograms(): Promise<() => Promise<void>> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-compiled-'));
  process.env.NODE_COMPILE_CACHE = dir;
  return () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
