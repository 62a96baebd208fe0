import fs from 'node:fs';
import path from 'node:path';

/**
 * Customers' mails, the ledger and tokens lie here: for their owner alone. New files of this process are; a data folder that an earlier version
 * made readable is closed. A folder that holds anything else is left as it is.
 */
export function keepPrivate(dataDir: string): void {
  if (process.platform === 'win32') return;
  process.umask(0o077);
  const ours = ['store', 'workspace', 'outbox'].some((name) => fs.existsSync(path.join(dataDir, name)));
  if (!ours) return;
  const { mode, uid } = fs.statSync(dataDir);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) fs.chmodSync(dataDir, 0o700);
}
