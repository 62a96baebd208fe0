import { type BeyondInsured, beyondInsured } from '../charges/insured.ts';
import { type AccountCase, readAccountDay } from '../follow-up/account-days.op.ts';
import type { Day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';

/** What an arrangement leaves unpaid through a day; `invoices` null: everything that is open. */
export interface Arranging {
  readonly invoices: readonly { readonly entity: string; readonly number: string }[] | null;
  readonly until: Day;
}

export interface InsuredWarning {
  readonly beyond: BeyondInsured;
  /** Names exactly this warning: who records with it has seen it. */
  readonly seen: string;
}

type Print = Pick<World, 'fingerprint'>;

export function insuredWarning(world: Print, { work, day }: AccountCase, { invoices, until }: Arranging): InsuredWarning | null {
  const chosen = day.items.filter(
    ({ entity, number }) => invoices === null || invoices.some((ref) => ref.entity === entity && ref.number === number),
  );
  const beyond = beyondInsured(work.agreement, chosen, until);
  return beyond && { beyond, seen: world.fingerprint(beyond).slice(0, 16) };
}

/** The warning as of now. */
export async function insuredWarningNow(world: World, account: string, arranging: Arranging): Promise<InsuredWarning | null> {
  const of = (await readAccountDay(world, account))?.cases[0];
  return of ? insuredWarning(world, of, arranging) : null;
}

/** A request that goes beyond the insurer's period is refused until whoever records it has seen that; then it says so. */
export function knowingly<Request extends object>(
  world: Print,
  of: AccountCase,
  arranging: Arranging,
  seen: string | undefined,
  request: Request,
): (Request & { readonly beyond?: BeyondInsured }) | { readonly refused: 'beyond-insured' } {
  const warning = insuredWarning(world, of, arranging);
  if (!warning) return request;
  return warning.seen === seen ? { ...request, beyond: warning.beyond } : { refused: 'beyond-insured' };
}
