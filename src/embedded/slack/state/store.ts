import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Channel, Message, Person, StoredFile, View } from './model.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS channel (id TEXT PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS message (channel TEXT, ts TEXT, thread TEXT, listed INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (channel, ts));
  CREATE INDEX IF NOT EXISTS replies ON message (channel, thread, ts);
  CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, json TEXT NOT NULL, bytes BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS home (person TEXT PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS read_mark (person TEXT, channel TEXT, ts TEXT NOT NULL, PRIMARY KEY (person, channel));
`;

export interface Span {
  /** Exclusive unless `inclusive`. */
  after?: string;
  before?: string;
  inclusive?: boolean;
  limit: number;
}

/** The conversation of one workspace in one SQLite file (workspace.sqlite in `dir`), or in memory when dir is null. */
export class Store {
  #db: DatabaseSync;

  constructor(dir: string | null) {
    if (dir !== null) mkdirSync(dir, { recursive: true, mode: 0o700 });
    const file = dir === null ? ':memory:' : join(dir, 'workspace.sqlite');
    this.#db = new DatabaseSync(file);
    // It holds the conversation, files and tokens; the log beside it takes over the rights.
    if (dir !== null) chmodSync(file, 0o600);
    // WAL survives a killed process; only a power cut may take the last messages, which is fine for a conversation to try things in.
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.#db.exec(TABLES);
  }

  close(): void {
    this.#db.close();
  }

  #rows<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#db
      .prepare(sql)
      .all(...values)
      .map((row) => JSON.parse(String(row.json)) as T);
  }

  #put(sql: string, ...values: SQLInputValue[]): void {
    this.#db.prepare(sql).run(...values);
  }

  setting<T>(name: string): T | undefined {
    return this.#rows<T>('SELECT json FROM setting WHERE name = ?', name)[0];
  }

  saveSetting(name: string, value: unknown): void {
    this.#put('INSERT OR REPLACE INTO setting VALUES (?, ?)', name, JSON.stringify(value));
  }

  people(): Person[] {
    return this.#rows('SELECT json FROM person ORDER BY rowid');
  }

  person(id: string): Person | undefined {
    return this.#rows<Person>('SELECT json FROM person WHERE id = ?', id)[0];
  }

  savePerson(person: Person): void {
    this.#put('INSERT INTO person VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json', person.id, JSON.stringify(person));
  }

  channels(): Channel[] {
    return this.#rows('SELECT json FROM channel ORDER BY rowid');
  }

  channel(id: string): Channel | undefined {
    return this.#rows<Channel>('SELECT json FROM channel WHERE id = ?', id)[0];
  }

  saveChannel(channel: Channel): void {
    this.#put('INSERT INTO channel VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json', channel.id, JSON.stringify(channel));
  }

  message(channel: string, ts: string): Message | undefined {
    return this.#rows<Message>('SELECT json FROM message WHERE channel = ? AND ts = ?', channel, ts)[0];
  }

  saveMessage(message: Message): void {
    const reply = message.threadTs !== undefined && message.threadTs !== message.ts;
    const listed = !reply || message.broadcast === true ? 1 : 0;
    const row = [message.channel, message.ts, reply ? message.threadTs! : null, listed, JSON.stringify(message)] as const;
    this.#put('INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?)', ...row);
  }

  removeMessage(channel: string, ts: string): void {
    this.#put('DELETE FROM message WHERE channel = ? AND ts = ?', channel, ts);
  }

  /** The channel's own messages (no thread replies), newest first. */
  history(channel: string, span: Span): Message[] {
    return this.#messages('channel = ? AND listed = 1', [channel], span, 'DESC');
  }

  /** Replies without the parent, oldest first. */
  replies(channel: string, thread: string, span: Span): Message[] {
    return this.#messages('channel = ? AND thread = ?', [channel, thread], span, 'ASC');
  }

  /** How many replied to a message, who, and when last; a reply has no thread of its own. */
  thread(parent: Message): { count: number; people: string[]; latest: string } {
    const sql = `SELECT json ->> 'user' AS person, count(*) AS count, max(ts) AS latest FROM message
      WHERE channel = ? AND thread = ? GROUP BY 1 ORDER BY min(ts)`;
    const rows = this.#db.prepare(sql).all(parent.channel, parent.ts) as { person: string; count: number; latest: string }[];
    return {
      count: rows.reduce((sum, row) => sum + row.count, 0),
      people: rows.map((row) => row.person),
      latest:
        rows
          .map((row) => row.latest)
          .sort()
          .at(-1) ?? '',
    };
  }

  #messages(where: string, keys: string[], span: Span, order: 'ASC' | 'DESC'): Message[] {
    const equal = span.inclusive ? '=' : '';
    const sql = `SELECT json FROM message WHERE ${where} AND ts >${equal} ? AND ts <${equal} ? ORDER BY ts ${order} LIMIT ?`;
    return this.#rows(sql, ...keys, span.after ?? '', span.before ?? '~', span.limit);
  }

  newestTs(): string {
    return String(this.#db.prepare('SELECT max(ts) AS ts FROM message').get()?.ts ?? '0.000000');
  }

  saveFile(file: StoredFile, bytes: Uint8Array): void {
    this.#put('INSERT OR REPLACE INTO file VALUES (?, ?, ?)', file.id, JSON.stringify(file), bytes);
  }

  changeFile(file: StoredFile): void {
    this.#put('UPDATE file SET json = ? WHERE id = ?', JSON.stringify(file), file.id);
  }

  file(id: string): StoredFile | undefined {
    return this.#rows<StoredFile>('SELECT json FROM file WHERE id = ?', id)[0];
  }

  filesOf(message: Message): StoredFile[] {
    return (message.files ?? []).flatMap((id) => this.file(id) ?? []);
  }

  fileBytes(id: string): Uint8Array | undefined {
    return this.#db.prepare('SELECT bytes FROM file WHERE id = ?').get(id)?.bytes as Uint8Array | undefined;
  }

  home(person: string): View | undefined {
    return this.#rows<View>('SELECT json FROM home WHERE person = ?', person)[0];
  }

  saveHome(view: View): void {
    this.#put('INSERT OR REPLACE INTO home VALUES (?, ?)', view.person, JSON.stringify(view));
  }

  markRead(person: string, channel: string, ts: string): void {
    this.#put('INSERT OR REPLACE INTO read_mark VALUES (?, ?, ?)', person, channel, ts);
  }

  unread(person: string, channel: string): number {
    const sql = `SELECT count(*) AS n FROM message WHERE channel = ? AND listed = 1 AND json ->> 'user' <> ?
      AND ts > coalesce((SELECT ts FROM read_mark WHERE person = ? AND channel = ?), '')`;
    return Number(this.#db.prepare(sql).get(channel, person, person, channel)?.n);
  }
}
