import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const FIXTURE = path.resolve(import.meta.dirname, '../fixtures/data-folder');

/** A data folder as a program of schema 1 left it (test/fixtures/data-folder/README.md), unpacked into a temporary folder. */
export async function oldDataFolder(): Promise<string> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-old-'));
  for (const entry of await fs.readdir(FIXTURE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'README.md') continue;
    const from = path.join(entry.parentPath, entry.name);
    const to = path.join(dir, path.relative(FIXTURE, from)).replace(/\.gz$/, '');
    await fs.mkdir(path.dirname(to), { recursive: true });
    const bytes = await fs.readFile(from);
    await fs.writeFile(to, from.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes);
  }
  return dir;
}
