import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decideRates, type RateRequest, type RatesRefusal } from './added-rates.ts';

export type ChangeRatesResult = { readonly done: true } | { readonly done: false; readonly refused: RatesRefusal | 'changed-meanwhile' };

/** Adds a dated reference rate with its source. The caller has authorized `by`. */
export async function changeRates(
  world: Pick<World, 'clock' | 'settings' | 'rates'>,
  request: RateRequest,
  by: string,
  command: string,
): Promise<ChangeRatesResult> {
  const now = world.clock.now();
  const { zone } = await world.settings.read();
  return writeOnce({
    ...{ aggregate: 'rates', by, command, now },
    load: world.rates.read,
    decide: ({ added }) => decideRates(added, request, by, dayIn(zone, now)),
    save: (before, { added }, facts) => world.rates.save(before, { added }, facts, command),
  });
}
