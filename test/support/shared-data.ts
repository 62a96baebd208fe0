import fs from 'node:fs';
import path from 'node:path';

/** Sample files beside the project where it is checked out with them; whoever uses one says so aloud when it is absent. */
export const SHARED_DATA = process.env.SHARED_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data');

export function sharedFiles(folder: string): string[] {
  const at = path.join(SHARED_DATA, folder);
  return fs.existsSync(at) ? fs.readdirSync(at).sort() : [];
}
