import { type ChangeAccountResult, changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { Marking } from './marking.ts';

/** Another mark for an entry of an account's file: a new fact, never a change of the old one. `mayManage`: whether `by` may lift privilege. */
export async function changeMarking(
  world: Pick<World, 'clock' | 'settings' | 'accounts' | 'timeline'>,
  asked: {
    readonly account: string;
    readonly entry: string;
    readonly to: Marking;
    readonly reason: string;
    readonly mayManage: boolean;
  },
  by: string,
  command: string,
): Promise<ChangeAccountResult | { readonly done: false; readonly refused: 'no-such-entry' }> {
  const { account, entry, to, reason, mayManage } = asked;
  const found = await world.timeline.entry(account, entry);
  if (!found) return { done: false, refused: 'no-such-entry' };
  return changeAccount(world, account, { do: 'change-marking', entry, from: found.marking, to, reason, mayManage }, by, command);
}
