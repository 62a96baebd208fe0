import type { AccountRequest } from '../account/account-work.ts';
import { type ChangeAccountResult, changeAccount } from '../account/change-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { CaseKindRule, StillHolds } from './case.port.ts';
import type { Case } from './case.ts';

export const FIGURES_CHANGED =
  'What it was approved on has changed in the meantime, for example by a payment. It was not carried out; ask anew if it is still needed.';

type Refused = Extract<ChangeAccountResult, { done: false }>['refused'];
type Ended = Awaited<ReturnType<CaseKindRule['carryOut']>>;

export interface OnAccount {
  /** The change as it must be now, or why there can be none. */
  readonly request: () => Promise<AccountRequest | { readonly voided: string }>;
  /** One sentence for what the account's rules refuse. */
  readonly why: (refused: Refused) => string;
  /** The account shows that it was done, also when its command is no longer remembered. */
  readonly isDone?: (
    work: NonNullable<Awaited<ReturnType<Pick<World, 'clock' | 'settings' | 'accounts'>['accounts']['load']>>>['work'],
  ) => boolean;
}

const TRIES = 5;

/**
 * Carries out a case that changes an account. First whether it was done already: a repeat after a crash finishes what was begun, whatever has
 * changed since. Then everything that people decided on is read again, behind the account's version, and the write is guarded by that version,
 * which each change by a person and each import raises: nothing can come in between.
 */
export async function changeByCase(
  world: World,
  of: Case,
  command: string,
  holds: StillHolds,
  { request, why, isDone }: OnAccount,
): Promise<Ended> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const account = await world.accounts.load(of.account);
    if (!account) return { voided: 'The account is not in the ledger any more.' };
    if (account.commands.includes(command) || isDone?.(account.work)) return 'done';
    // Its rows are half new and half old.
    if ((await world.ledger.freshness()).applying) return 'later';
    if (!(await holds())) return { voided: FIGURES_CHANGED };
    const wanted = await request();
    if ('voided' in wanted) return wanted;
    const result = await changeAccount(world, of.account, wanted, 'clock', command, account);
    if (result.done) return 'done';
    if (result.refused !== 'changed-meanwhile') return { voided: why(result.refused) };
  }
  return 'later';
}
