import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

let dir: string;

/** Programs that the tests start are compiled once for the whole run, not at each start. */
export async function setup(): Promise<void> {
  dir = await mkdtemp(path.join(os.tmpdir(), 'arrears-compiled-'));
  process.env.NODE_COMPILE_CACHE = dir;
}

/** Workers that have not ended may still write there. */
export const teardown = () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
