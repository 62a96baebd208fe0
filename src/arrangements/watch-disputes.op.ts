import { changeAccount } from '../account/change-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';
import { MOST_NOTES } from './close-dispute.op.ts';
import { creditArrived, creditedOf, type OpenDispute, pastLimit } from './dispute.ts';

const BY = 'clock';

/**
 * Tells once that a dispute has passed its limit, and ends the rest of what was to be credited when the ledger shows the credit note. May be
 * repeated; nothing is read off half an import. Returns how many changed.
 */
export async function watchDisputes(world: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>): Promise<number> {
  if ((await world.ledger.freshness()).applying) return 0;
  const { zone } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  let changed = 0;
  await eachAlone(
    'accounts',
    await world.accounts.all(),
    ([account]) => account,
    async ([account, { disputes }]) => {
      for (const dispute of disputes) {
        const { id, until } = dispute;
        const request =
          !dispute.overdue && pastLimit(dispute, today)
            ? { change: { do: 'dispute-overdue', id } as const, command: `overdue:${id}:${until}` }
            : await arrived(world, account, dispute);
        if (request && (await changeAccount(world, account, request.change, BY, request.command)).done) changed += 1;
      }
    },
  );
  return changed;
}

async function arrived({ ledger }: Pick<World, 'clock' | 'settings' | 'accounts' | 'ledger'>, account: string, dispute: OpenDispute) {
  if (!dispute.credit) return null;
  const items = await ledger.openItems(account);
  const open = items.some((item) => item.entity === dispute.entity && item.number === dispute.invoice);
  // An invoice with nothing open any more waits for no credit.
  const credited = open ? creditedOf(dispute, await ledger.creditNotes(account, MOST_NOTES)) : dispute.credit.before + dispute.amount;
  if (!creditArrived(dispute, credited)) return null;
  return { change: { do: 'credit-arrived', id: dispute.id, credited } as const, command: `credited:${dispute.id}` };
}
