import { once } from 'node:events';
import net from 'node:net';

/**
 * What stands between the bot and its store: it lets everything through, keeps everything back, forgets the connections there are and serves new ones,
 * or closes whatever comes.
 */
export type ProxyMood = 'pass' | 'stall' | 'forget' | 'close';

export interface StallProxy {
  /** A URI through the proxy to the store behind it. */
  readonly uri: string;
  readonly port: number;
  /** Stalled, it accepts connections and passes nothing on, in either direction; what was kept back goes on with `pass`. */
  be(mood: ProxyMood): void;
  /** Stalls at the first piece in which the program sends this word, such as a collection's name. */
  stallAt(word: string): void;
  close(): Promise<void>;
}

/** Stands on the wire in front of a MongoDB that can be made to hang: TCP is there, and no answer ever comes. */
export async function stallProxy(storePort: number, database = 'arrears'): Promise<StallProxy> {
  let mood: ProxyMood = 'pass';
  const sockets = new Set<net.Socket>();
  let fatal: string | null = null;
  const forgotten = new WeakSet<net.Socket>();
  let kept: (() => void)[] = [];
  const server = net.createServer((client) => {
    if (mood === 'close') return void client.destroy();
    const store = net.connect(storePort, '127.0.0.1');
    for (const [from, to] of [
      [client, store],
      [store, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (piece) => {
        if (forgotten.has(client)) return;
        const pass = () => void (to.destroyed || to.write(piece));
        if (fatal !== null && from === client && piece.includes(fatal)) {
          fatal = null;
          mood = 'stall';
        }
        if (mood === 'stall') kept.push(pass);
        else pass();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    uri: `mongodb://127.0.0.1:${port}/${database}?directConnection=true`,
    be(next) {
      mood = next;
      if (next === 'pass') for (const pass of kept) pass();
      if (next !== 'stall') kept = [];
      if (next === 'forget') for (const socket of sockets) forgotten.add(socket);
      if (next === 'close') for (const socket of sockets) socket.destroy();
    },
    stallAt(word) {
      fatal = word;
    },
    async close() {
      mood = 'close';
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
