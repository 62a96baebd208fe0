import fs from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Database } from './database.ts';
import { Disk } from './disk.ts';
import { Server } from './server.ts';
import { socketPlace } from './socket-place.ts';
import { startRecording, usageSeen } from './usage.ts';

/** What the main thread gives the worker. Without a port it listens on a Unix socket. */
export interface WorkerOptions {
  readonly dir: string;
  readonly port?: number;
  readonly record: boolean;
}

export type Question = 'usage' | 'documents' | 'stop';

/** The worker's first message is its URI; then it answers each question once. Errors reach the main thread as the worker's own end. */
const { dir, port, record } = workerData as WorkerOptions;
if (record) startRecording();
const disk = new Disk(dir);
const database = new Database(disk);
const place = port === undefined ? await socketPlace(dir) : { address: { port }, remove: async () => {} };
const server = new Server(database, (error) => {
  throw error;
});
const bound = await server.listen(place.address);
const host = 'path' in place.address ? encodeURIComponent(place.address.path) : `127.0.0.1:${bound}`;
const uri = `mongodb://${host}/arrears?directConnection=true`;
const note = path.join(dir, 'store.uri');
await fs.writeFile(note, uri, { mode: 0o600 });

const answers: Record<Question, () => unknown> = {
  usage: usageSeen,
  documents: () => database.documents(),
  stop: async () => {
    await server.close();
    await fs.rm(note, { force: true });
    await place.remove();
    disk.close();
    parentPort?.close();
  },
};

parentPort?.on('message', async ({ id, question }: { id: number; question: Question }) => {
  const answer = await answers[question]();
  parentPort?.postMessage({ id, answer });
});
parentPort?.postMessage({ uri });
