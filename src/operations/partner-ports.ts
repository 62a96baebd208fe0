import type { Stamped } from '../domain/fact.ts';
import type { Partner, PartnerFact } from '../domain/partner.ts';

/** Agencies and law firms; one document. */
export interface StoredPartners {
  readonly version: number;
  readonly facts: number;
  readonly commands: readonly string[];
  readonly partners: readonly Partner[];
}

export interface PartnerStore {
  load(): Promise<StoredPartners>;
  /** False when the version has moved on. */
  save(before: StoredPartners, partners: readonly Partner[], facts: readonly Stamped<PartnerFact>[], command: string): Promise<boolean>;
}
