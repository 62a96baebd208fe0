import { changeAccount } from '../account/change-account.op.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { importedTerms } from './imported-terms.ts';

/** What files said of agreements is put on file after each import; may be repeated, and goes on where it was cut off. */
export function termsImporting(world: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>): () => Promise<void> {
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
        if (importedTerms(row, null) === null) return;
        const account = await world.accounts.load(row.id);
        const change = account && importedTerms(row, account.work.agreement);
        if (change) await changeAccount(world, row.id, change, 'import', `import-terms:${row.id}:${change.seen}:${change.imported}`);
      },
    );
    done = String(asOf);
  };
}
