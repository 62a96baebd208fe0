import { type Day, dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { type CreditFile, creditFileOf, NO_CREDIT_FILE } from './credit-file.ts';
import { exposuresOf, type Headroom, headroomOf } from './exposure.ts';

/** What an account's card and the decisions about it show of its credit. */
export interface CreditStand {
  readonly file: CreditFile;
  readonly rooms: readonly Headroom[];
  readonly today: Day;
}

/** Exposure and headroom of one account and its group as of now. */
export async function readCredit(world: Pick<World, 'ledger' | 'accounts' | 'settings' | 'clock'>, account: string): Promise<CreditStand> {
  const [customers, books, settings, worked] = await Promise.all([
    world.ledger.customers(),
    world.ledger.openBooks(),
    world.settings.read(),
    world.accounts.load(account),
  ]);
  const row = customers.find(({ id }) => id === account);
  const today = dayIn(zoneOf(row, settings), world.clock.now());
  const file = worked ? creditFileOf(worked.work) : NO_CREDIT_FILE;
  const exposures = exposuresOf(customers, books.items, books.credits);
  const top = exposures.top.get(account) ?? account;
  const groupFile = top === account ? file : ((await world.accounts.load(top))?.work.creditFile ?? null);
  return { file, rooms: headroomOf(account, file, groupFile, exposures, today), today };
}
