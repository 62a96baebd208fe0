import { once } from 'node:events';
import net from 'node:net';

/** Stands on the wire between a program and a mail server; strikes at a chosen piece, in either direction, and cuts or passes it on. */
export async function wireProxy(serverPort: number) {
  let pieces = 0;
  let strikesAt: (piece: number) => boolean = () => false;
  let strike = () => {};
  let passes = false;
  const sockets = new Set<net.Socket>();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = net.createServer((client) => {
    const remote = net.connect(serverPort, '127.0.0.1');
    for (const [from, to] of [
      [client, remote],
      [remote, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (piece: Buffer) => {
        pieces += 1;
        if (!strikesAt(pieces - 1)) return void to.write(piece);
        strikesAt = () => false;
        strike();
        if (passes) to.write(piece);
        else cutAll();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    /** How many pieces went through since the last `arm`. */
    get pieces() {
      return pieces;
    },
    /** `at`: the first piece, counted from 0, of which it is true. */
    arm(at: (piece: number) => boolean, kill: () => void, { pass = false } = {}) {
      pieces = 0;
      passes = pass;
      strikesAt = at;
      strike = kill;
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
