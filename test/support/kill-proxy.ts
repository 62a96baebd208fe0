import { once } from 'node:events';
import net from 'node:net';

const OP_MSG = 2013;
/** Sent when the driver likes, not when the program acts. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'buildInfo']);

export interface KillProxy {
  /** A URI through the proxy to a database of the store. */
  uri(database: string): string;
  /** 'command collection' of every message since the last `arm`, in their order. */
  readonly messages: readonly string[];
  /** From now on the first message that `strikes` picks, by name and number (from 0), is not passed on: `kill` is called, and everything cut. */
  arm(strikes: (name: string, at: number) => boolean, kill: () => void): void;
  close(): Promise<void>;
}

/** Stands on the wire between a program and the store, and strikes at a chosen message. */
export async function killProxy(storePort: number): Promise<KillProxy> {
  let messages: string[] = [];
  let picks: (name: string, at: number) => boolean = () => false;
  let strike = () => {};
  const sockets = new Set<net.Socket>();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  const server = net.createServer((client) => {
    const store = net.connect(storePort, '127.0.0.1');
    for (const socket of [client, store]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        store.destroy();
      });
    }
    store.pipe(client);
    onMessages(client, (message) => {
      const name = nameOf(message);
      if (name === null || !picks(name, messages.push(name) - 1)) {
        store.write(message);
        return;
      }
      picks = () => false;
      strike();
      cutAll();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;

  return {
    uri: (database) => `mongodb://127.0.0.1:${port}/${database}?directConnection=true`,
    get messages() {
      return messages;
    },
    arm(strikes, kill) {
      messages = [];
      picks = strikes;
      strike = kill;
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts the stream into whole messages; each begins with its length. */
function onMessages(socket: net.Socket, each: (message: Buffer) => void): void {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
      const length = waiting.readInt32LE(0);
      each(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  });
}

/** The command is the first element of the first section; null for housekeeping. */
function nameOf(message: Buffer): string | null {
  if (message.readInt32LE(12) !== OP_MSG) return null;
  const end = message.indexOf(0, 26);
  const command = message.toString('utf8', 26, end);
  if (HOUSEKEEPING.has(command)) return null;
  const isText = message[25] === 2;
  return isText ? `${command} ${message.toString('utf8', end + 5, end + 4 + message.readInt32LE(end + 1))}` : command;
}
