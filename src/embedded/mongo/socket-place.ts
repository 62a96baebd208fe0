import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Address } from './server.ts';

/** The shortest limit of the systems we run on, in bytes. */
const MAX_SOCKET_PATH = 107;

export interface Place {
  readonly address: Address;
  /** Removes what was made for the socket. */
  remove(): Promise<void>;
}

/**
 * There is no password: only the folder's rights keep others out. So the socket lies in a folder of its own that nobody else may enter,
 * inside the data folder or, where that path is too long for a socket, in a temporary one. Windows has no such sockets in Node: a loopback port.
 */
export async function socketPlace(dir: string): Promise<Place> {
  if (process.platform === 'win32') return { address: { port: 0 }, remove: async () => {} };
  const inside = path.resolve(dir, 'socket');
  const fits = Buffer.byteLength(path.join(inside, 'store.sock')) <= MAX_SOCKET_PATH;
  if (fits) await fs.rm(inside, { recursive: true, force: true });
  if (fits) await fs.mkdir(inside, { mode: 0o700 });
  const folder = fits ? inside : await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-'));
  return { address: { path: path.join(folder, 'store.sock') }, remove: () => fs.rm(folder, { recursive: true, force: true }) };
}
