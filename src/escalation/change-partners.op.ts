import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { decidePartner, type PartnerRefusal, type PartnerRequest } from './partner.ts';

export type ChangePartnersResult =
  | { readonly done: true }
  | { readonly done: false; readonly refused: PartnerRefusal | 'changed-meanwhile' };

/** Adds, edits or retires an agency or law firm. The caller has authorized `by`. */
export async function changePartners(
  world: Pick<World, 'clock' | 'partners'>,
  request: PartnerRequest,
  by: string,
  command: string,
): Promise<ChangePartnersResult> {
  return writeOnce({
    ...{ aggregate: 'partners', by, command, now: world.clock.now() },
    load: world.partners.read,
    decide: ({ partners }) => decidePartner(partners, request),
    save: (before, { partners }, facts) => world.partners.save(before, { partners }, facts, command),
  });
}
