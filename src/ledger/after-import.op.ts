import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow } from './ledger.port.ts';

/** Does `work` for every account once after each import of the ledger; may be repeated, and goes on where it was cut off. */
export function afterImport(world: Pick<World, 'ledger'>, work: (row: AccountRow) => Promise<void>): () => Promise<void> {
  let done = '';
  return async () => {
    const { asOf, applying } = await world.ledger.freshness();
    if (applying || done === String(asOf)) return;
    await eachAlone('accounts', await world.ledger.accounts(), ({ id }) => id, work);
    done = String(asOf);
  };
}
