import type { World } from '../kernel/world.port.ts';
import type { AccountRequest } from './account-work.ts';
import { type ChangeAccountResult, changeAccount } from './change-account.op.ts';

const TRIES = 5;

/**
 * Changes an account by a request that holds figures of the ledger, such as what of an invoice is free to be promised. The figures are read behind
 * the account's version and the write is guarded by it, which each change by a person and each import raises: of two people who promise the same
 * money at once, the second one's figures are read again. The caller has authorized `by`.
 */
export async function changeOnFigures<Refusal extends string>(
  world: Pick<World, 'clock' | 'settings' | 'accounts'>,
  id: string,
  read: () => Promise<AccountRequest | { readonly refused: Refusal }>,
  by: string,
  command: string,
): Promise<ChangeAccountResult | { readonly done: false; readonly refused: Refusal }> {
  for (let tries = 1; ; tries += 1) {
    const account = await world.accounts.load(id);
    if (!account) return { done: false, refused: 'no-such-account' };
    if (account.commands.includes(command)) return { done: true, account, again: true };
    const request = await read();
    if ('refused' in request) return { done: false, refused: request.refused };
    const result = await changeAccount(world, id, request, by, command, account);
    if (result.done || result.refused !== 'changed-meanwhile' || tries === TRIES) return result;
  }
}
