import type { Cursors } from './cursors.ts';
import type { Database } from './database.ts';
import { badValue, unsupported } from './errors.ts';
import { type Doc, isDoc } from './values.ts';

/** What a command works on. */
export interface Context {
  readonly database: Database;
  readonly cursors: Cursors;
  /** The name of the database the command is for. */
  readonly db: string;
}

export interface Command {
  /** The fields it understands beside its own name; any other is refused, so that no option is ignored in silence. */
  readonly options: readonly string[];
  /** Answers the reply without `ok`; throws a StoreError. Changes are committed, and only then is the reply sent, by the server. */
  run(context: Context, command: Doc): Doc;
}

/** Fields that say how to wait or whom to ask: with one member that is on disk before it answers, all mean the same. */
const harmless = [
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'hint',
  'apiVersion',
];

/** Refuses what a command or statement asks for and this store does not know. An option set to false asks for nothing. */
export function checkOptions(what: string, given: Doc, known: readonly string[]): void {
  for (const [option, value] of Object.entries(given)) {
    if (!known.includes(option) && value !== false) throw unsupported(`the option ${option} of ${what}`);
  }
}

export function checkCommand(name: string, command: Command, given: Doc): void {
  if (given.startTransaction !== undefined || given.autocommit !== undefined || given.txnNumber !== undefined) {
    throw unsupported('transactions (startTransaction)');
  }
  checkOptions(name, given, [name, ...command.options, ...harmless]);
  const concern = given.writeConcern;
  if (isDoc(concern) && typeof concern.w === 'number' && concern.w > 1) throw unsupported(`the write concern w: ${concern.w}`);
  if (isDoc(given.readConcern) && given.readConcern.level === 'snapshot') throw unsupported('the read concern snapshot');
}

/** The namespace that a command names in its first field. */
export function namespaceOf({ db }: Context, command: Doc, name: string): string {
  const collection = command[name];
  if (typeof collection !== 'string' || collection === '') throw badValue(`${name} needs the name of a collection`);
  return `${db}.${collection}`;
}

export function docOf(value: unknown, what: string): Doc {
  if (value === undefined) return {};
  if (!isDoc(value)) throw badValue(`${what} must be a document`);
  return value;
}

export function docsOf(value: unknown, what: string): Doc[] {
  if (!Array.isArray(value) || !value.every(isDoc)) throw badValue(`${what} must be an array of documents`);
  return value;
}
