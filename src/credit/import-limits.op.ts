import { changeAccount } from '../account/change-account.op.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { NO_CREDIT_FILE } from './credit-file.ts';
import { importedLimits } from './imported-limits.ts';

/** Credit limits that files named are put on file after each import; may be repeated, and goes on where it was cut off. */
export function limitsImporting(world: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>): () => Promise<void> {
  let done = '';
  return async () => {
    const { asOf, applying } = await world.ledger.freshness();
    if (applying || done === String(asOf)) return;
    await eachAlone(
      'accounts',
      await world.ledger.accounts(),
      ({ id }) => id,
      async (row) => {
        // Most accounts say nothing: theirs need not be loaded.
        if (importedLimits(row, NO_CREDIT_FILE) === null) return;
        const account = await world.accounts.load(row.id);
        const change = account && importedLimits(row, account.work.creditFile);
        if (change) await changeAccount(world, row.id, change, 'import', `import-limits:${row.id}:${account.version}`);
      },
    );
    done = String(asOf);
  };
}
