import net from 'node:net';
import { catalogueCommands } from './catalogue-commands.ts';
import { type Command, type Context, checkCommand } from './command.ts';
import { Cursors } from './cursors.ts';
import type { Database } from './database.ts';
import { DiskFailure, StoreError, unsupported } from './errors.ts';
import { readCommands } from './read-commands.ts';
import { sessionCommands } from './session-commands.ts';
import { sweepExpired } from './ttl.ts';
import { sawCommand } from './usage.ts';
import type { Doc } from './values.ts';
import { Framer, parseRequest, type Request, type Unreadable } from './wire.ts';
import { writeCommands } from './write-commands.ts';

export const commands: Readonly<Record<string, Command>> = { ...sessionCommands, ...catalogueCommands, ...readCommands, ...writeCommands };

const SWEEP_MS = 60_000;

/** Where to listen: a Unix socket's path, or a loopback port (0 for any free one). */
export type Address = { readonly path: string } | { readonly port: number };

interface Waiting {
  readonly socket: net.Socket;
  readonly request: Request | Unreadable;
  readonly reply: Doc;
}

/**
 * Answers MongoDB's driver. Commands run one after another in memory and in the disk's open transaction; the replies of all that arrived
 * together wait for one commit, so that none tells of anything a crash could still undo.
 */
export class Server {
  readonly #context: Omit<Context, 'db'>;
  readonly #onFailure: (error: Error) => void;
  readonly #sockets = new Set<net.Socket>();
  readonly #listener = net.createServer((socket) => this.#accept(socket));
  #waiting: Waiting[] = [];
  #failed = false;
  #sweeping: NodeJS.Timeout | undefined;

  /** `onFailure` is called once if the disk refuses a write: from then on nothing is answered but errors. */
  constructor(database: Database, onFailure: (error: Error) => void) {
    this.#context = { database, cursors: new Cursors() };
    this.#onFailure = onFailure;
  }

  /** Resolves with the port when it listens on one. */
  async listen(address: Address): Promise<number | null> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#listener.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' && 'port' in address;
      reject(taken ? new Error(`The port ${address.port} is taken by another program. Choose another one.`, { cause: error }) : error);
    });
    this.#listener.listen({ ...address, ...('port' in address && { host: '127.0.0.1' }) }, resolve);
    await promise;
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_MS);
    const bound = this.#listener.address();
    return bound !== null && typeof bound === 'object' ? bound.port : null;
  }

  /** Answers what has arrived, then closes all connections. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    this.#flush();
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const socket of this.#sockets) socket.destroySoon();
    const impatient = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, 1_000);
    await closed;
    clearTimeout(impatient);
  }

  #accept(socket: net.Socket): void {
    const framer = new Framer();
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of framer.push(chunk)) this.#receive(socket, parseRequest(message));
      } catch {
        // Whoever sent this does not speak the protocol: there is nothing to answer.
        socket.destroy();
      }
    });
  }

  #receive(socket: net.Socket, request: Request | Unreadable): void {
    const reply = 'error' in request ? errorReply(request.error) : this.#answer(request.body);
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push({ socket, request, reply });
  }

  #answer(body: Doc): Doc {
    const [name = ''] = Object.keys(body);
    sawCommand(name);
    try {
      if (!Object.hasOwn(commands, name)) throw unsupported(`the command ${name}`);
      const command = commands[name]!;
      checkCommand(name, command, body);
      if (this.#failed) throw new StoreError(91, 'ShutdownInProgress', 'The store has stopped');
      return { ...command.run({ ...this.#context, db: String(body.$db ?? 'admin') }, body), ok: 1 };
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): Doc {
    if (error instanceof DiskFailure) this.#stop(error);
    return errorReply(error);
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    let failure: Doc | null = this.#failed ? errorReply(new StoreError(91, 'ShutdownInProgress', 'The store has stopped')) : null;
    try {
      if (!failure) this.#context.database.disk.commit();
    } catch (error) {
      failure = this.#failure(error);
    }
    for (const { socket, request, reply } of waiting) {
      if ('error' in request || request.wantsReply) socket.write(request.reply(failure && reply.ok === 1 ? failure : reply));
    }
  }

  #stop(error: DiskFailure): void {
    if (this.#failed) return;
    this.#failed = true;
    // Everyone who waits hears of it first.
    setImmediate(() => setImmediate(() => this.#onFailure(error)));
  }

  #sweep(): void {
    try {
      this.#context.cursors.sweep(Date.now());
      if (this.#failed) return;
      sweepExpired(this.#context.database, Date.now());
      this.#flush();
      if (!this.#failed) this.#context.database.disk.leaveNoTrace();
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
      this.#stop(error);
    }
  }
}

function errorReply(error: unknown): Doc {
  if (error instanceof StoreError) return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  const message = error instanceof Error ? error.message : String(error);
  return { ok: 0, errmsg: message, code: 8, codeName: 'UnknownError' };
}
