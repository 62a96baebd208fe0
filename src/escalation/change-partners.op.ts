import type { Clock } from '../kernel/clock.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import type { PartnerStore } from './partner.port.ts';
import { decidePartner, type PartnerRefusal, type PartnerRequest } from './partner.ts';

export interface ChangePartnersPorts {
  readonly clock: Clock;
  readonly partners: PartnerStore;
}

export type ChangePartnersResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: PartnerRefusal | 'changed-meanwhile' };

/** Adds, edits or retires an agency or law firm. The caller has authorized `by`. */
export async function changePartners(
  ports: ChangePartnersPorts,
  request: PartnerRequest,
  by: string,
  command: string,
): Promise<ChangePartnersResult> {
  return writeOnce({
    ...{ aggregate: 'partners', by, command, now: ports.clock.now() },
    load: ports.partners.read,
    decide: ({ partners }) => decidePartner(partners, request),
    save: (before, { partners }, facts) => ports.partners.save(before, { partners }, facts, command),
  });
}
