import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Policies, PoliciesFact } from './policies.ts';

/** The policies of follow-up: one document, which holds every version of each. */
export type PoliciesStore = HouseStore<Policies, PoliciesFact>;
