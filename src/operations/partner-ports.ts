import type { Partner, PartnerFact } from '../domain/partner.ts';
import type { HouseStore } from './kept.ts';

/** Agencies and law firms. */
export type PartnerStore = HouseStore<{ readonly version: number; readonly partners: readonly Partner[] }, PartnerFact>;
