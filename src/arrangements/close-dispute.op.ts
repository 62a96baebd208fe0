import { type ChangeAccountResult, changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import { creditedOf, type DisputePart } from './dispute.ts';

/** More credit notes of one account than this are not read. */
export const MOST_NOTES = 5000;

export interface DisputeOutcomeAsked {
  readonly account: string;
  readonly id: string;
  /** Summing to the disputed amount; minor units. */
  readonly parts: readonly DisputePart[];
  readonly note: string;
}

/** What is rejected or paid is asked for again until the ledger shows it paid; what is credited rests until it shows the credit note. */
export async function closeDispute(
  world: Pick<World, 'clock' | 'settings' | 'accounts'> & { readonly ledger: Ledger },
  { account, id, parts, note }: DisputeOutcomeAsked,
  by: string,
  command: string,
): Promise<ChangeAccountResult> {
  const found = await world.accounts.load(account);
  if (!found) return { done: false, refused: 'no-such-account' };
  const dispute = found.work.disputes.find((each) => each.id === id);
  const credited = dispute ? creditedOf(dispute, await world.ledger.creditNotes(account, MOST_NOTES)) : 0;
  return changeAccount(world, account, { do: 'close-dispute', id, parts, credited, note }, by, command);
}
