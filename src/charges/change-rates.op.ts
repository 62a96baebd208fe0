import type { Clock } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { SettingsStore } from '../team/settings.port.ts';
import { decideRates, type RateRequest, type RatesRefusal } from './added-rates.ts';
import type { RatesStore } from './charges.port.ts';

export interface ChangeRatesPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly rates: RatesStore;
}

export type ChangeRatesResult = { readonly done: true } | { readonly done: false; readonly refused: RatesRefusal | 'changed-meanwhile' };

/** Adds a dated reference rate with its source. The caller has authorized `by`. */
export async function changeRates(ports: ChangeRatesPorts, request: RateRequest, by: string, command: string): Promise<ChangeRatesResult> {
  const now = ports.clock.now();
  const { zone } = await ports.settings.read();
  return writeOnce({
    ...{ aggregate: 'rates', by, command, now },
    load: ports.rates.read,
    decide: ({ added }) => decideRates(added, request, by, dayIn(zone, now)),
    save: (before, { added }, facts) => ports.rates.save(before, { added }, facts, command),
  });
}
