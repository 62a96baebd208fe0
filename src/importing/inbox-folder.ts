import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dayInName } from '../ledger/file-day.ts';
import type { Inbox, InboxFile } from '../ledger/inbox.port.ts';

/** Under such names programs write before a file is whole, and spreadsheets keep their locks. */
const NOT_YET = /^[.~]|\.(part|partial|filepart|tmp|temp|crdownload|lock|swp)$/i;

/** So long nobody may have written to a file before it counts as whole. */
export const QUIET_MS = 10_000;

/** `quietMs`: see QUIET_MS. Made once: what was seen before tells whether a file still grows, whatever the clock of whoever writes it says. */
export function inboxFolder(folder: string, quietMs = QUIET_MS): Inbox {
  let seen = new Map<string, { readonly size: number; readonly changed: number; readonly since: number }>();
  return {
    async ready() {
      const now = performance.now();
      const here: (InboxFile & { readonly changed: number })[] = [];
      const next: typeof seen = new Map();
      for (const name of await readdir(folder)) {
        if (NOT_YET.test(name)) continue;
        const found = await lstat(path.join(folder, name)).catch(() => null);
        if (!found?.isFile()) continue;
        const before = seen.get(name);
        const same = before?.size === found.size && before.changed === found.mtimeMs;
        const since = same ? before.since : now;
        next.set(name, { size: found.size, changed: found.mtimeMs, since });
        if (same && now - since >= quietMs) here.push({ name, size: found.size, changed: found.mtimeMs });
      }
      seen = next;
      return here.sort(
        (a, b) => compare(dayInName(a.name) ?? '', dayInName(b.name) ?? '') || a.changed - b.changed || compare(a.name, b.name),
      );
    },
    async read({ name }) {
      const file = await open(path.join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(gone);
      if (!file) return null;
      return file.readFile().finally(() => file.close());
    },
    async put({ name }, where, note) {
      const to = path.join(folder, where);
      await mkdir(to, { recursive: true });
      const free = await freeName(to, name);
      if (note) await writeFile(path.join(to, `${free}${note.ending}`), note.bytes, { mode: 0o600 });
      // Another process that watches the folder may have moved it meanwhile.
      await rename(path.join(folder, name), path.join(to, free)).catch(gone);
    },
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function gone(error: { code?: string }): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A name that nothing there has: earlier files of that name stay. */
async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let times = 1; ; times += 1) {
    const free = times === 1 ? name : `${stem} (${times})${ext}`;
    if ((await lstat(path.join(folder, free)).catch(() => null)) === null) return free;
  }
}
