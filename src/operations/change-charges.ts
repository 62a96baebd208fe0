import { type ChargesRefusal, type ChargesRequest, decideCharges } from '../domain/charges.ts';
import { dayIn } from '../domain/day.ts';
import { stamp } from '../domain/fact.ts';
import type { ChargesStore, StoredCharges } from './charge-ports.ts';
import type { AccountStore, Clock, SettingsStore } from './ports.ts';

export interface ChangeChargesPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly accounts: AccountStore;
  readonly charges: ChargesStore;
}

export type ChangeChargesResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: ChargesRefusal | 'no-such-account' | 'changed-meanwhile' };

/** More claims at the same moment than this are refused; each try has seen somebody else's write go through. */
const TRIES = 5;

/** One decision about what is claimed besides the invoices, written once. `wanted` is asked again when somebody else was faster. */
export async function changeCharges(
  ports: ChangeChargesPorts,
  account: string,
  wanted: (stored: StoredCharges) => ChargesRequest,
  by: string,
  command: string,
): Promise<ChangeChargesResult> {
  const now = ports.clock.now();
  const [worked, { zone }] = await Promise.all([ports.accounts.load(account), ports.settings.read()]);
  if (!worked) return { done: false, refused: 'no-such-account' };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await ports.charges.load(account);
    if (stored.commands.includes(command)) return { done: true };
    const decision = decideCharges(stored.charges, account, wanted(stored), by, dayIn(worked.zone || zone, now));
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp([decision.fact], `charges:${account}`, stored.facts, by, command, now);
    if (await ports.charges.save(account, stored, decision.charges, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
