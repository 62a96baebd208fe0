import { changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import { afterImport } from '../ledger/after-import.op.ts';
import { importedTerms } from './imported-terms.ts';

/** What files said of agreements is put on file after each import. */
export function termsImporting(world: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>): () => Promise<void> {
  return afterImport(world, async (row) => {
    // Most accounts say nothing: theirs need not be loaded.
    if (importedTerms(row, null) === null) return;
    const account = await world.accounts.load(row.id);
    const change = account && importedTerms(row, account.work.agreement);
    if (change) await changeAccount(world, row.id, change, 'import', `import-terms:${row.id}:${change.seen}:${change.imported}`);
  });
}
