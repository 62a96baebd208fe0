import { addDays, dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { WorkedAccount } from './account.port.ts';
import type { AccountRefusal, AccountRequest } from './account-work.ts';
import { decideAccount } from './decide-account.ts';
import { MOST_DAYS_AHEAD } from './moment.ts';

export type ChangeAccountResult =
  | { readonly done: true; readonly account: WorkedAccount /** The command had been carried out before. */; readonly again: boolean }
  | { readonly done: false; readonly refused: AccountRefusal | 'no-such-account' | 'changed-meanwhile' };

/**
 * One decision about one account, written once: state and facts in one guarded update. A version that moved on is read and decided again once; with
 * `as`, the account as the caller loaded it, it is refused. A command id that was carried out before does nothing. The caller has authorized `by`.
 */
export async function changeAccount(
  world: Pick<World, 'clock' | 'settings' | 'accounts'>,
  id: string,
  request: AccountRequest,
  by: string,
  command: string,
  as?: WorkedAccount,
): Promise<ChangeAccountResult> {
  const now = world.clock.now();
  const { zone } = await world.settings.read();
  const written = await writeOnce({
    ...{ aggregate: `account:${id}`, by, command, now, tries: as ? 1 : 2, absent: 'no-such-account' as const },
    load: async () => as ?? world.accounts.load(id),
    decide(account) {
      const today = dayIn(zoneOf(account, { zone }), now);
      return decideAccount(account.work, request, by, today, addDays(today, MOST_DAYS_AHEAD));
    },
    save: (before, { work }, facts) => world.accounts.save(before, work, facts, command),
  });
  if (!written.done) return written;
  const { stored, decision } = written;
  return { done: true, account: { ...stored, work: (decision ?? stored).work }, again: decision === null };
}
