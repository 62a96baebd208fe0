import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Question, WorkerOptions } from './worker.ts';

/** The store holds all documents in memory, about 2 KB each: up to this many it stays quick. Beyond it, use a MongoDB server. */
export const EMBEDDED_STORE_LIMIT = 200_000;

export interface EmbeddedStore {
  /** For MongoDB's driver; valid until `stop`. */
  readonly uri: string;
  /** What clients have asked for since the start, by name; empty unless started with `record`. */
  usage(): Promise<{ commands: string[]; operators: string[] }>;
  /** How many documents it holds. */
  documents(): Promise<number>;
  /** Answers what has arrived, closes the folder and releases it. */
  stop(): Promise<void>;
}

export interface EmbeddedStoreOptions {
  /** The data folder; made if it is not there, and this process's alone until the store stops. */
  readonly dir: string;
  /** A loopback port to listen on instead of a socket in a private folder. */
  readonly port?: number;
  /** The store has died and takes no more writes: the process should end. By default it does, with code 1. */
  readonly onDeath?: (error: Error) => void;
  readonly record?: boolean;
}

interface Answer {
  readonly uri?: string;
  readonly id?: number;
  readonly answer?: unknown;
}

/**
 * Starts a store that speaks MongoDB's wire protocol in a worker thread, so that a long scan holds up nobody else.
 * Rejects with a message for people if the folder is in use, damaged or not writable.
 */
export async function startEmbeddedStore({ dir, port, onDeath = die, record = false }: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const workerData: WorkerOptions = { dir: path.resolve(dir), record, ...(port !== undefined && { port }) };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, name: 'embedded-store' });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  const started = Promise.withResolvers<string>();
  const exited = Promise.withResolvers<void>();
  let running = false;
  let questions = 0;
  worker.on('message', ({ uri, id, answer }: Answer) => {
    if (uri !== undefined) started.resolve(uri);
    if (id !== undefined) open.get(id)?.resolve(answer);
  });
  const dead = (error: Error) => {
    started.reject(error);
    for (const { reject } of open.values()) reject(error);
    if (running) onDeath(error);
    running = false;
  };
  worker.on('error', dead);
  worker.on('exit', (code) => {
    dead(new Error(`The embedded store ended unexpectedly (code ${code})`));
    exited.resolve();
  });
  const ask = <T>(question: Question): Promise<T> => {
    if (!running) return Promise.reject(new Error('The embedded store has stopped'));
    const id = ++questions;
    const waiting = Promise.withResolvers<unknown>();
    open.set(id, waiting);
    worker.postMessage({ id, question });
    return waiting.promise.finally(() => open.delete(id)) as Promise<T>;
  };
  const uri = await started.promise;
  running = true;
  return {
    uri,
    usage: () => ask('usage'),
    documents: () => ask('documents'),
    stop: async () => {
      if (!running) return;
      running = false;
      worker.postMessage({ id: ++questions, question: 'stop' satisfies Question });
      await exited.promise;
    },
  };
}

function die(error: Error): void {
  console.error(error.message);
  process.exit(1);
}

/** The URI of the store that another process runs on this folder; null if none answers there. */
export async function runningStoreUri(dir: string): Promise<string | null> {
  const uri = await fs.readFile(path.resolve(dir, 'store.uri'), 'utf8').catch(() => null);
  const host = uri && /^mongodb:\/\/([^/?]+)\//.exec(uri)?.[1];
  if (!uri || !host) return null;
  const [name, port] = decodeURIComponent(host).split(/:(?=\d+$)/);
  return (await answers(port ? { host: name, port: Number(port) } : { path: name! })) ? uri : null;
}

function answers(where: net.NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ ...where, timeout: 1_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}
