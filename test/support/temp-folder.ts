import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder of one's own, which goes when the stops are run. */
export async function tempFolder(stops: (() => unknown)[]): Promise<string> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-team-'));
  stops.push(() => fs.rm(dir, { recursive: true, force: true }));
  return dir;
}
