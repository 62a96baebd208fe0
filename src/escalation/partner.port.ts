import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Partner, PartnerFact } from './partner.ts';

/** Agencies and law firms. */
export type PartnerStore = HouseStore<{ readonly version: number; readonly partners: readonly Partner[] }, PartnerFact>;
