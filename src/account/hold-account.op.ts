import { knowingly } from '../arrangements/beyond-insured.op.ts';
import { readAccountDay } from '../follow-up/account-days.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { ChangeAccountResult } from './change-account.op.ts';
import { changeOnFigures } from './change-on-figures.op.ts';

export interface HoldAsked {
  readonly account: string;
  readonly until: Day;
  readonly reason: string;
  /** The warning of the credit insurer's period that was shown. */
  readonly seen?: string | undefined;
}

export type HoldAccountResult = ChangeAccountResult | { readonly done: false; readonly refused: 'beyond-insured' };

/** Nobody contacts the customer through a day, whatever is open. The caller has authorized `by`. */
export async function holdAccount(
  world: World,
  { account, until, reason, seen }: HoldAsked,
  by: string,
  command: string,
): Promise<HoldAccountResult> {
  const read = async () => {
    const of = (await readAccountDay(world, account))?.cases[0];
    if (!of) return { refused: 'no-such-account' as const };
    return knowingly(world, of, { invoices: null, until }, seen, { do: 'hold' as const, until, reason });
  };
  return changeOnFigures(world, account, read, by, command);
}
