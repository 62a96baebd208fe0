import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { StoredCharges } from './charges.port.ts';
import { type ChargesRefusal, type ChargesRequest, decideCharges } from './charges.ts';

export type ChangeChargesResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: ChargesRefusal | 'no-such-account' | 'changed-meanwhile' };

/** More claims at the same moment than this are refused; each try has seen somebody else's write go through. */
const TRIES = 5;

/** One decision about what is claimed besides the invoices, written once. `wanted` is asked again when somebody else was faster. */
export async function changeCharges(
  world: Pick<World, 'clock' | 'settings' | 'accounts' | 'charges'>,
  account: string,
  wanted: (stored: StoredCharges) => ChargesRequest,
  by: string,
  command: string,
): Promise<ChangeChargesResult> {
  const now = world.clock.now();
  const [worked, { zone }] = await Promise.all([world.accounts.load(account), world.settings.read()]);
  if (!worked) return { done: false, refused: 'no-such-account' };
  return writeOnce({
    ...{ aggregate: `charges:${account}`, by, command, now, tries: TRIES },
    load: () => world.charges.load(account),
    decide: (stored) => decideCharges(stored.charges, account, wanted(stored), by, dayIn(zoneOf(worked, { zone }), now)),
    save: (before, { charges }, facts) => world.charges.save(account, before, charges, facts, command),
  });
}
