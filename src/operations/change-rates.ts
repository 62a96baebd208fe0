import { decideRates, type RateRequest, type RatesRefusal } from '../domain/added-rates.ts';
import { dayIn } from '../domain/day.ts';
import { stamp } from '../domain/fact.ts';
import type { RatesStore } from './charge-ports.ts';
import type { Clock, SettingsStore } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const stored = await ports.rates.load();
    if (stored.commands.includes(command)) return { done: true };
    const decision = decideRates(stored.added, request, by, dayIn(zone, now));
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp([decision.fact], 'rates', stored.facts, by, command, now);
    if (await ports.rates.save(stored, decision.added, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
