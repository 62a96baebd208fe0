import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { deserialize, serialize } from 'bson';
import { APPLICATION_ID, CLEAN, findFile, makeFile, unusable } from './disk-file.ts';
import { DiskFailure, StoreError } from './errors.ts';
import type { IndexSpec } from './index.ts';
import { type Doc, normalise } from './values.ts';

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** One row of the catalogue. */
export interface CollectionRow {
  readonly id: number;
  readonly namespace: string;
  readonly indexes: readonly IndexSpec[];
}

/** From BSON bytes to the store's form. */
export const decode = (bytes: Uint8Array): Doc => normalise(deserialize(bytes, { promoteValues: false, bsonRegExp: true })) as Doc;

/**
 * The folder's one database file: a table per collection with a BSON row and its checksum per document.
 * Statements run at once inside a transaction that `commit` ends; a failure of the disk is a DiskFailure, after which nothing more may run.
 */
export class Disk {
  readonly #dir: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #writing = false;
  /** Something was written since the log was emptied: it may hold what has been deleted meanwhile. */
  #traces = true;

  /** Takes the folder for this process alone; the lock goes with the process, however it ends. */
  constructor(dir: string) {
    this.#dir = dir;
    const file = path.join(dir, 'store.sqlite');
    const isNew = findFile(dir, file);
    if (isNew) makeFile(dir, file);
    this.#database = new DatabaseSync(file, { timeout: 0 });
    try {
      this.#prepareFile();
    } catch (error) {
      this.#database.close();
      throw this.#openingError(error);
    }
  }

  #prepareFile(): void {
    // What is deleted or replaced is overwritten with zeros: https://sqlite.org/pragma.html#pragma_secure_delete
    this.#database.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;');
    // The lock is taken by the first transaction, and kept.
    this.#database.exec('BEGIN EXCLUSIVE');
    const id = this.#database.prepare('PRAGMA application_id').get()?.application_id;
    if (id !== APPLICATION_ID) throw new Error('it was made by another program');
    this.#database.exec('COMMIT');
    this.#rewriteOnce();
  }

  /** A file from before deleted content was overwritten still holds it in its free places: it is written anew, once. */
  #rewriteOnce(): void {
    if (this.#database.prepare('PRAGMA user_version').get()?.user_version === CLEAN) return;
    try {
      this.#database.exec(`VACUUM; PRAGMA user_version=${CLEAN}`);
    } catch (error) {
      // It takes the space of a second file for a moment; the next start tries again.
      if (sqliteCode(error) !== SQLITE_FULL) throw error;
    }
  }

  #openingError(error: unknown): Error {
    if (sqliteCode(error) === SQLITE_BUSY) {
      return new Error(`The data folder ${this.#dir} is in use by another process. Stop that one first, or choose another folder.`, {
        cause: error,
      });
    }
    return this.#damaged(error);
  }

  #damaged(error: unknown): Error {
    return unusable(this.#dir, error instanceof Error ? error.message : String(error), error);
  }

  collections(): CollectionRow[] {
    try {
      const rows = this.#database.prepare('SELECT id, namespace, indexes FROM collections ORDER BY id').all();
      return rows.map(({ id, namespace, indexes }) => ({
        id: Number(id),
        namespace: String(namespace),
        indexes: decode(indexes as Uint8Array).indexes as IndexSpec[],
      }));
    } catch (error) {
      throw this.#damaged(error);
    }
  }

  /** Reads a collection's documents in the order of their rows; a row whose checksum is wrong is an error. */
  *documents(collection: number): Generator<{ row: number; doc: Doc }> {
    try {
      for (const { row, crc, body } of this.#database.prepare(`SELECT row, crc, body FROM c${collection} ORDER BY row`).iterate()) {
        if (crc32(body as Uint8Array) !== crc) throw new Error(`document ${row} of collection ${collection} is damaged`);
        yield { row: Number(row), doc: decode(body as Uint8Array) };
      }
    } catch (error) {
      throw this.#damaged(error);
    }
  }

  createCollection(id: number, namespace: string, indexes: readonly IndexSpec[]): void {
    this.#run(`CREATE TABLE c${id}(row INTEGER PRIMARY KEY, crc INTEGER NOT NULL, body BLOB NOT NULL) STRICT`);
    this.#run('INSERT INTO collections VALUES(?, ?, ?)', id, namespace, serialize({ indexes }));
  }

  saveIndexes(id: number, indexes: readonly IndexSpec[]): void {
    this.#run('UPDATE collections SET indexes=? WHERE id=?', serialize({ indexes }), id);
  }

  dropCollection(id: number): void {
    this.#run('DELETE FROM collections WHERE id=?', id);
    this.#run(`DROP TABLE c${id}`);
  }

  /** Throws a StoreError, before anything is written, when the document is too large. */
  put(collection: number, row: number, doc: Doc): void {
    const body = serialize(doc);
    if (body.length > MAX_DOCUMENT_BYTES)
      throw new StoreError(10334, 'BSONObjectTooLarge', `The document has ${body.length} bytes; 16 MB is the limit`);
    this.#run(`INSERT OR REPLACE INTO c${collection} VALUES(?, ?, ?)`, row, crc32(body), body);
  }

  remove(collection: number, row: number): void {
    this.#run(`DELETE FROM c${collection} WHERE row=?`, row);
  }

  /** When this returns, everything written so far survives a crash of the process and of the machine. */
  commit(): void {
    if (!this.#writing) return;
    this.#guarded(() => this.#database.exec('COMMIT'));
    this.#writing = false;
  }

  /**
   * When this returns, nothing that was deleted or replaced is left in the file or its log: the log keeps old pages until it is emptied,
   * whatever secure_delete does. https://antonz.org/sqlite-secure-delete/
   */
  leaveNoTrace(): void {
    this.commit();
    if (!this.#traces) return;
    this.#guarded(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    this.#traces = false;
  }

  /**
   * Writes all that is committed into a new file, whole and without free pages: about half a second for 200,000 documents, in which nobody
   * else is answered. Throws a StoreError, and leaves no file, when the place cannot take it; the store goes on.
   * VACUUM INTO gives a consistent copy of a database in use (https://sqlite.org/lang_vacuum.html), but does not wait for the disk.
   */
  snapshot(file: string): void {
    this.commit();
    let made = false;
    try {
      fs.closeSync(fs.openSync(file, 'wx', 0o600));
      made = true;
      this.#database.prepare('VACUUM INTO ?').run(file);
      const descriptor = fs.openSync(file, 'r+');
      fs.fsyncSync(descriptor);
      fs.closeSync(descriptor);
    } catch (error) {
      if (made) fs.rmSync(file, { force: true });
      throw new StoreError(1, 'InternalError', `The store could not be written to ${file}: ${(error as Error).message}`);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #run(sql: string, ...values: (number | string | Uint8Array)[]): void {
    this.#guarded(() => {
      if (!this.#writing) this.#database.exec('BEGIN IMMEDIATE');
      this.#writing = true;
      this.#traces = true;
      let statement = this.#statements.get(sql);
      if (!statement) {
        statement = this.#database.prepare(sql);
        if (values.length > 0) this.#statements.set(sql, statement);
      }
      statement.run(...values);
    });
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new DiskFailure(
        `The data folder ${this.#dir} could not be written: ${(error as Error).message}. The store has stopped; all that it confirmed is kept. Free space there, then start again.`,
        { cause: error },
      );
    }
  }
}

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const sqliteCode = (error: unknown): unknown => (error as { errcode?: unknown }).errcode;
