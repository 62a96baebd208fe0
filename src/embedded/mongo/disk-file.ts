import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Says whose database it is: "ARR1". */
export const APPLICATION_ID = 0x41525231;
/** user_version of a file in which nothing deleted was ever left. */
export const CLEAN = 1;

/** True when there is none yet. An empty file is never one of ours: it was cut off, or a copy failed. */
export function findFile(dir: string, file: string): boolean {
  const { size } = fs.statSync(file, { throwIfNoEntry: false }) ?? { size: null };
  if (size === 0) throw unusable(dir, 'store.sqlite is empty (0 bytes)');
  const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (size === null && log && log.size > 0) throw unusable(dir, 'store.sqlite is missing, but its log store.sqlite-wal is there');
  return size === null;
}

/** The file is there whole or not at all, with narrow rights; the log beside it inherits them. */
export function makeFile(dir: string, file: string): void {
  const draft = `${file}.${process.pid}.new`;
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    fs.closeSync(fs.openSync(draft, 'w', 0o600));
    const database = new DatabaseSync(draft);
    database.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${CLEAN};
      CREATE TABLE collections(id INTEGER PRIMARY KEY, namespace TEXT NOT NULL UNIQUE, indexes BLOB NOT NULL) STRICT`);
    database.close();
    place(draft, file);
    fs.rmSync(draft);
  } catch (error) {
    throw new Error(`The data folder ${dir} cannot be used: ${(error as Error).message}. Change its rights, or choose another folder.`, {
      cause: error,
    });
  }
}

/** Never over another file: a second process may have been as quick. */
function place(draft: string, file: string): void {
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    // Some file systems know no links.
    fs.copyFileSync(draft, file, fs.constants.COPYFILE_EXCL);
  }
}

export function unusable(dir: string, why: string, cause?: unknown): Error {
  return new Error(
    `The data folder ${dir} cannot be read: ${why}. Nothing was changed or deleted. Put back a backup of store.sqlite, or move the folder away to start empty.`,
    { cause },
  );
}
