import type { Day } from '../kernel/day.ts';

export const PARTNER_KINDS = ['agency', 'firm'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** A collection agency or a law firm that claims are given to. Texts are the team's. */
export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly kind: PartnerKind;
  /** Number of its licence or registration, and the last day on which it holds. */
  readonly licence: string;
  readonly licensedTo: Day;
  /** ISO 3166-1 alpha-2 of where it works. */
  readonly countries: readonly string[];
  /** Its fee: hundredths of a percent of what comes in, and what else it charges in words. */
  readonly rate: number;
  readonly terms: string;
  readonly contact: string;
  /** Takes no new claims from us; what it has goes on. */
  readonly retired: boolean;
}

export type PartnerRequest =
  | { readonly do: 'add-partner'; readonly partner: Omit<Partner, 'retired'> }
  /** The same id keeps its placements. */
  | { readonly do: 'edit-partner'; readonly partner: Omit<Partner, 'retired'> }
  | { readonly do: 'retire-partner'; readonly id: string };

export type PartnerFact =
  | { readonly type: 'partner-added' | 'partner-edited'; readonly partner: Partner }
  | { readonly type: 'partner-retired'; readonly partner: Partner };

export type PartnerRefusal =
  | 'partner-name-missing'
  | 'partner-known'
  | 'licence-missing'
  | 'fee-share-out-of-range'
  | 'no-such-partner'
  | 'countries-missing';

export type PartnerDecision =
  | { readonly partners: readonly Partner[]; readonly facts: readonly [PartnerFact] }
  | { readonly refused: PartnerRefusal };

const WHOLE = 10_000;

export function decidePartner(known: readonly Partner[], request: PartnerRequest): PartnerDecision {
  const id = request.do === 'retire-partner' ? request.id : request.partner.id;
  const before = known.find((each) => each.id === id);
  if (request.do === 'retire-partner') {
    if (!before || before.retired) return { refused: 'no-such-partner' };
    const partner = { ...before, retired: true };
    return { partners: known.map((each) => (each === before ? partner : each)), facts: [{ type: 'partner-retired', partner }] };
  }
  const partner: Partner = { ...request.partner, retired: false };
  if (partner.name.trim() === '') return { refused: 'partner-name-missing' };
  if (partner.licence.trim() === '') return { refused: 'licence-missing' };
  if (partner.countries.length === 0) return { refused: 'countries-missing' };
  if (!Number.isSafeInteger(partner.rate) || partner.rate < 0 || partner.rate > WHOLE) return { refused: 'fee-share-out-of-range' };
  const same = (each: Partner) => each.name.trim().toLowerCase() === partner.name.trim().toLowerCase() && each.id !== id && !each.retired;
  if (known.some(same)) return { refused: 'partner-known' };
  if (request.do === 'edit-partner') {
    if (!before || before.retired) return { refused: 'no-such-partner' };
    return { partners: known.map((each) => (each === before ? partner : each)), facts: [{ type: 'partner-edited', partner }] };
  }
  return { partners: [...known, partner], facts: [{ type: 'partner-added', partner }] };
}

/** Why no claim may be given to it for a customer of this country ('' unknown) today; null: it may. */
export function partnerStop(
  partner: Partner | undefined,
  country: string,
  today: Day,
): 'retired' | 'licence-expired' | 'other-country' | null {
  if (!partner || partner.retired) return 'retired';
  if (today > partner.licensedTo) return 'licence-expired';
  return partner.countries.includes(country) ? null : 'other-country';
}
