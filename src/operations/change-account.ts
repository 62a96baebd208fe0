import { type AccountRefusal, type AccountRequest, decideAccount, LONGEST_HOLD_DAYS } from '../domain/account-work.ts';
import { addDays, dayIn } from '../domain/day.ts';
import { stamp } from '../domain/fact.ts';
import type { AccountStore, Clock, SettingsStore, WorkedAccount } from './ports.ts';

export interface ChangeAccountPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly accounts: AccountStore;
}

export type ChangeAccountResult =
  | { readonly done: true; readonly account: WorkedAccount /** The command had been carried out before. */; readonly again: boolean }
  | { readonly done: false; readonly refused: AccountRefusal | 'no-such-account' | 'changed-meanwhile' };

/**
 * One decision about one account, written once: state and facts in one guarded update. A version that moved on is read and decided again once; with
 * `as`, the account as the caller loaded it, it is refused. A command id that was carried out before does nothing. The caller has authorized `by`.
 */
export async function changeAccount(
  ports: ChangeAccountPorts,
  id: string,
  request: AccountRequest,
  by: string,
  command: string,
  as?: WorkedAccount,
): Promise<ChangeAccountResult> {
  const now = ports.clock.now();
  const { zone } = await ports.settings.read();
  for (let tries = as ? 1 : 0; tries < 2; tries += 1) {
    const account = as ?? (await ports.accounts.load(id));
    if (!account) return { done: false, refused: 'no-such-account' };
    if (account.commands.includes(command)) return { done: true, account, again: true };
    const today = dayIn(account.zone || zone, now);
    const decision = decideAccount(account.work, request, by, today, addDays(today, LONGEST_HOLD_DAYS));
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp(decision.facts, `account:${id}`, account.facts, by, command, now);
    if (await ports.accounts.save(account, decision.work, facts, command))
      return { done: true, account: { ...account, work: decision.work }, again: false };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
