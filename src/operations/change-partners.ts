import { stamp } from '../domain/fact.ts';
import { decidePartner, type PartnerRefusal, type PartnerRequest } from '../domain/partner.ts';
import type { PartnerStore } from './partner-ports.ts';
import type { Clock } from './ports.ts';

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
  for (let tries = 0; tries < 2; tries += 1) {
    const stored = await ports.partners.load();
    if (stored.commands.includes(command)) return { done: true };
    const decision = decidePartner(stored.partners, request);
    if ('refused' in decision) return { done: false, refused: decision.refused };
    const facts = stamp([decision.fact], 'partners', stored.facts, by, command, ports.clock.now());
    if (await ports.partners.save(stored, decision.partners, facts, command)) return { done: true };
  }
  return { done: false, refused: 'changed-meanwhile' };
}
