import fs from 'node:fs/promises';
import path from 'node:path';
import type { OutboxFolder } from '../mails/send.port.ts';

/** Ours only: a draft's id, the beginning of its hash. Whatever else lies in the folder is left alone. */
const OURS = /^[0-9a-f]{16}-[0-9a-f]{8}\.eml$/;

export function outboxFolder(dir: string): OutboxFolder {
  return {
    async names() {
      const found = await fs.readdir(dir).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return found.filter((name) => OURS.test(name));
    },
    async write(name, bytes) {
      await fs.mkdir(dir, { recursive: true });
      const partial = path.join(dir, `${name}.partial`);
      await fs.writeFile(partial, bytes);
      await fs.rename(partial, path.join(dir, name));
    },
    async remove(name) {
      await fs.rm(path.join(dir, name), { force: true });
    },
  };
}
