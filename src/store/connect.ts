import mongoose, { type Connection } from 'mongoose';
import { noteWrite } from '../kernel/writes.op.ts';
import { carryLadders } from './carry-ladders.ts';

/** The store cannot be used as it is; the message says what to do. */
export class StoreUnusable extends Error {
  readonly code = 'store-unusable';
}

interface VersionDocument {
  readonly _id: string;
  readonly version: number;
}

/** Each brings the documents from its index + 1 to the next version. Must bear being run twice: two instances may start together. */
const MIGRATIONS: readonly ((connection: Connection) => Promise<void>)[] = [
  // Legal holds and retention came: a program that knows neither would erase what must be kept.
  async () => {},
  // Each invoice has a stage of its own.
  carryLadders,
];
export const SCHEMA_VERSION = MIGRATIONS.length + 1;

/** Commands by which the driver changes documents (mongodb.com/docs/manual/reference/command/nav-crud). */
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);

/** What the driver throws when no server answers (mongodb driver, src/error.ts and src/cmap/errors.ts). */
const AWAY =
  /^Mongo(ose)?(ServerSelection|Network|NetworkTimeout|PoolCleared|PoolClosed|NotConnected|TopologyClosed|WaitQueueTimeout)Error$/;
/** What mongoose says of a connection it has seen go, by a general error of its own (mongoose, NativeCollection). */
const GONE = 'before initial connection is complete';

/** Whether a failure is the store that cannot be reached; it may be wrapped. */
export function storeIsAway(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1)
    if (AWAY.test(each.name) || each.message.includes(GONE)) return true;
  return false;
}

/**
 * The driver by itself waits 30 seconds for a connection and for ever for an answer (mongodb.com/docs/drivers/node/current/connect/connection-options). A
 * store that hangs is found by the driver's heartbeat: after frequency + connectTimeout, that is 15 seconds, it breaks off what waits, however slow
 * a command may be while the store is well. Not shorter: a process that is busy with a large ledger reads an answer late. timeoutMS would bound each command
 * instead, and with it imports and the building of indexes.
 */
const DRIVER_TIMES = {
  // A person waits for the answer: a store that is away says so within three seconds.
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 10_000,
  heartbeatFrequencyMS: 5_000,
  // For a connection that dies alone, such as one that a firewall has forgotten; longer than the slowest command.
  socketTimeoutMS: 120_000,
} as const;
/** Starting may take as long as three tries. */
const START_TRIES = 3;

/**
 * Connects with acknowledged, durable writes and primary reads, and brings the documents to this version's schema.
 * Register the models after it, then call `buildIndexes`. Throws StoreUnusable.
 */
export async function connectStore(uri: string): Promise<Connection> {
  const connection = await firstConnection(uri);
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  connection.getClient().on('commandStarted', ({ commandName }) => void (WRITES.has(commandName) && noteWrite()));
  return connection;
}

async function firstConnection(uri: string, attempt = 1): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...(namesDatabase(uri) ? {} : { dbName: 'arrears' }),
    writeConcern: { w: 'majority', j: true },
    readPreference: 'primary',
    ...timesFor(uri),
    // Models exist before their collections are asked for; a query must fail at once when the store is gone, not queue up.
    bufferCommands: false,
    monitorCommands: true,
  });
  try {
    await connection.asPromise();
  } catch (cause) {
    await connection.close().catch(() => undefined);
    if (attempt < START_TRIES && storeIsAway(cause)) return firstConnection(uri, attempt + 1);
    throw new StoreUnusable('The store does not answer. Nothing was changed. Check MONGODB_URI, or unset it to use the embedded store.', {
      cause,
    });
  }
  return connection;
}

/** An operator's own choice in the URI counts; there the names may be written in any case. */
function timesFor(uri: string): Partial<typeof DRIVER_TIMES> {
  const chosen = uri.toLowerCase();
  return Object.fromEntries(Object.entries(DRIVER_TIMES).filter(([name]) => !chosen.includes(`${name.toLowerCase()}=`)));
}

/** Without a name the driver would take "test". */
const namesDatabase = (uri: string): boolean => /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);

async function migrate(connection: Connection): Promise<void> {
  const versions = connection.collection<VersionDocument>('meta');
  await versions.updateOne({ _id: 'schema' }, { $setOnInsert: { version: SCHEMA_VERSION } }, { upsert: true });
  const found = (await versions.findOne({ _id: 'schema' }))?.version ?? SCHEMA_VERSION;
  if (found > SCHEMA_VERSION) {
    throw new StoreUnusable(
      `The store was written by a newer version of Arrears (schema ${found}, this program knows ${SCHEMA_VERSION}). ` +
        'Nothing was changed. Start the newer version, or restore a backup made before the upgrade.',
    );
  }
  for (let version = found; version < SCHEMA_VERSION; version += 1) {
    await MIGRATIONS[version - 1]!(connection);
    await versions.updateOne({ _id: 'schema', version }, { $set: { version: version + 1 } });
  }
}
