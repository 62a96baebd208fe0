import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { afterImport } from '../ledger/after-import.op.ts';
import { NO_CREDIT_FILE } from './credit-file.ts';
import { importedLimits } from './imported-limits.ts';

/** Credit limits that files named are put on file after each import. */
export function limitsImporting(world: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>): () => Promise<void> {
  return afterImport(world, async (row) => {
    // Most accounts say nothing: theirs need not be loaded.
    if (importedLimits(row, NO_CREDIT_FILE) === null) return;
    const account = await world.accounts.load(row.id);
    const change = account && importedLimits(row, account.work.creditFile);
    if (change) await changeAccount(world, row.id, change, 'import', `import-limits:${row.id}:${account.version}`);
  });
}
