import type { Stamped } from '../kernel/fact.ts';
import type { HouseStore } from '../kernel/house-store.port.ts';
import type { AddedRate, RatesFact } from './added-rates.ts';
import type { Charges, ChargesFact } from './charges.ts';

/** What was claimed from one account besides its invoices; an aggregate of its own, since it outlives them. */
export interface StoredCharges {
  /** 0 before the first claim. */
  readonly version: number;
  readonly facts: number;
  readonly commands: readonly string[];
  readonly charges: Charges;
}

export interface ChargesStore {
  load(account: string): Promise<StoredCharges>;
  /** False when the version has moved on. */
  save(account: string, before: StoredCharges, charges: Charges, facts: readonly Stamped<ChargesFact>[], command: string): Promise<boolean>;
}

/** Reference rates that were added to those of the program. */
export type RatesStore = HouseStore<{ readonly version: number; readonly added: readonly AddedRate[] }, RatesFact>;
