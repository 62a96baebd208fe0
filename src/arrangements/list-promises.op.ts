import type { AccountWork } from '../account/account-work.ts';
import { type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { keptPercent, type PromiseRate, promiseRates } from './past-promises.ts';
import type { OpenPromise } from './promise.ts';

export interface ListedPromise {
  readonly account: string;
  readonly name: string;
  readonly promise: OpenPromise;
}

export interface PromiseReport {
  readonly today: Day;
  /** Of the whole team, by currency, over the last year. */
  readonly rates: readonly PromiseRate[];
  /** Whole per cent kept; null when none has ended. */
  readonly kept: number | null;
  /** Open ones, earliest day first. */
  readonly open: readonly ListedPromise[];
}

/** Promises of all accounts: how many were kept, and what is still promised. */
export async function listPromises(world: Pick<World, 'clock' | 'settings' | 'ledger' | 'accounts'>): Promise<PromiseReport> {
  const [{ zone }, works, rows] = await Promise.all([world.settings.read(), world.accounts.all(), world.ledger.accounts()]);
  const today = dayIn(zone, world.clock.now());
  const rates = promiseRates(
    [...works.values()].flatMap((work) => work.pastPromises),
    today,
  );
  const open = rows
    .flatMap(({ id, name }) => openOf(works.get(id)).map((promise) => ({ account: id, name, promise })))
    .sort((a, b) => (a.promise.date < b.promise.date ? -1 : a.promise.date > b.promise.date ? 1 : a.name < b.name ? -1 : 1));
  return { today, rates, kept: keptPercent(rates), open };
}

const openOf = (work: AccountWork | undefined): readonly OpenPromise[] => work?.promises ?? [];
