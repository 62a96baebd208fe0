import type { Moment } from '../account/moment.ts';
import type { PlanRequest } from '../arrangements/plan.ts';
import type { OfferRequest } from '../arrangements/settlement.ts';
import type { Day } from '../kernel/day.ts';
import type { MandateRequest } from './mandate.ts';

export type PlacementKind = 'agency' | 'legal';

/** An account that an agency or a law firm follows up instead of us. Amounts in minor units. */
export interface Placement {
  /** Id of the case that decided it. */
  readonly id: string;
  readonly kind: PlacementKind;
  readonly partner: string;
  /** The partner's name when it was placed. */
  readonly name: string;
  readonly entity: string;
  readonly currency: string;
  readonly amount: number;
  readonly invoices: readonly string[];
  /** Hundredths of a percent of what comes in, and court fees. */
  readonly rate: number;
  readonly courtFees: number;
  readonly since: Day;
  /** 'closed': they gave it back; our follow-up still rests until somebody takes it back here. */
  readonly state: 'placed' | 'accepted' | 'paying' | 'closed' | 'recalled';
  readonly recovered: number;
  readonly fees: number;
}

export interface CounselOpinion {
  readonly id: string;
  readonly from: string;
  readonly on: Day;
}

export type PlacementRequest =
  | ({ readonly do: 'place' } & Omit<Placement, 'since' | 'state' | 'recovered' | 'fees'>)
  | { readonly do: 'note-placement'; readonly id: string; readonly step: 'accepted' | 'paying'; readonly note: string }
  /** `fee` is what they keep or invoice of it. */
  | {
      readonly do: 'placement-paid';
      readonly id: string;
      readonly amount: number;
      readonly fee: number;
      readonly on: Day;
      readonly note: string;
    }
  | { readonly do: 'close-placement' | 'recall-placement'; readonly id: string; readonly note: string }
  | { readonly do: 'record-opinion'; readonly id: string; readonly from: string; readonly on: Day; readonly text: string };

type PlacementWords = Pick<Placement, 'kind' | 'partner' | 'name' | 'entity' | 'currency'> & { readonly placement: string };

export type PlacementFact =
  | (PlacementWords & { readonly type: 'account-placed' } & Pick<Placement, 'amount' | 'invoices' | 'rate' | 'courtFees'>)
  | (PlacementWords & { readonly type: 'placement-noted'; readonly step: 'accepted' | 'paying'; readonly note: string })
  | (PlacementWords & {
      readonly type: 'placement-paid';
      readonly amount: number;
      readonly fee: number;
      readonly on: Day;
      readonly note: string;
    })
  | (PlacementWords & { readonly type: 'placement-closed' | 'placement-recalled'; readonly recovered: number; readonly note: string })
  /** Privileged: what counsel says is for us alone. */
  | { readonly type: 'counsel-opinion-recorded'; readonly opinion: string; readonly from: string; readonly on: Day; readonly text: string };

export type PlacementRefusal =
  | 'account-placed'
  | 'placed-already'
  | 'no-such-placement'
  | 'placement-step-past'
  | 'placement-closed'
  | 'amount-not-positive'
  | 'fee-out-of-range'
  | 'paid-in-future'
  | 'opinion-from-missing'
  | 'opinion-text-missing'
  | 'opinion-in-future'
  | 'reason-missing';

export interface Placed {
  readonly placements: readonly Placement[];
  readonly opinions: readonly CounselOpinion[];
}

export type PlacementDecision<Work> =
  | { readonly work: Work; readonly facts: readonly PlacementFact[] }
  | { readonly refused: PlacementRefusal };

/** The placement under which our own follow-up rests; null when there is none. Only a recall ends it. */
export function placementOf({ placements }: Pick<Placed, 'placements'>): Placement | null {
  return placements.find((each) => each.state !== 'recalled') ?? null;
}

/** What of ours speaks to the customer or agrees with them rests with the account; what happened is recorded all the same. */
const RESTS: ReadonlySet<string> = new Set<PlanRequest['do'] | OfferRequest['do'] | MandateRequest['do']>([
  'record-plan',
  'approve-plan',
  'give-plan-notice',
  'make-offer',
  'approve-offer',
  'give-mandate',
]);

export function restsWhilePlaced(placed: Pick<Placed, 'placements'>, request: { readonly do: string }): boolean {
  return RESTS.has(request.do) && placementOf(placed) !== null;
}

const wordsOf = ({ id, kind, partner, name, entity, currency }: Placement): PlacementWords => ({
  ...{ placement: id, kind, partner, name, entity, currency },
});

export function decidePlacement<Work extends Placed>(work: Work, request: PlacementRequest, { today }: Moment): PlacementDecision<Work> {
  if (request.do === 'record-opinion') return recordOpinion(work, request, today);
  if (request.do === 'place') {
    const { do: _, ...asked } = request;
    if (placementOf(work)) return { refused: 'placed-already' };
    if (asked.amount <= 0) return { refused: 'amount-not-positive' };
    const placed: Placement = { ...asked, since: today, state: 'placed', recovered: 0, fees: 0 };
    const { amount, invoices, rate, courtFees } = asked;
    const fact = { type: 'account-placed', ...wordsOf(placed), amount, invoices, rate, courtFees } as const;
    return { work: { ...work, placements: [...work.placements, placed] }, facts: [fact] };
  }
  const of = placementOf(work);
  if (!of || of.id !== request.id) return { refused: 'no-such-placement' };
  const changed = (to: Partial<Placement>, fact: PlacementFact) => ({
    work: { ...work, placements: work.placements.map((each) => (each === of ? { ...of, ...to } : each)) },
    facts: [fact],
  });
  const note = request.note.trim();
  switch (request.do) {
    case 'note-placement': {
      const { step } = request;
      if (of.state === 'closed') return { refused: 'placement-closed' };
      if (ORDER.indexOf(step) <= ORDER.indexOf(of.state)) return { refused: 'placement-step-past' };
      return changed({ state: step }, { type: 'placement-noted', ...wordsOf(of), step, note });
    }
    case 'placement-paid': {
      const { amount, fee, on } = request;
      if (!Number.isSafeInteger(amount) || amount <= 0) return { refused: 'amount-not-positive' };
      if (!Number.isSafeInteger(fee) || fee < 0 || fee > amount) return { refused: 'fee-out-of-range' };
      if (on > today) return { refused: 'paid-in-future' };
      const state = of.state === 'closed' ? 'closed' : 'paying';
      const to = { state, recovered: of.recovered + amount, fees: of.fees + fee } as const;
      return changed(to, { type: 'placement-paid', ...wordsOf(of), amount, fee, on, note });
    }
    case 'close-placement':
      if (of.state === 'closed') return { refused: 'placement-closed' };
      if (note === '') return { refused: 'reason-missing' };
      return changed({ state: 'closed' }, { type: 'placement-closed', ...wordsOf(of), recovered: of.recovered, note });
    case 'recall-placement':
      if (note === '') return { refused: 'reason-missing' };
      return changed({ state: 'recalled' }, { type: 'placement-recalled', ...wordsOf(of), recovered: of.recovered, note });
  }
}

const ORDER: readonly Placement['state'][] = ['placed', 'accepted', 'paying'];

function recordOpinion<Work extends Placed>(
  work: Work,
  request: Extract<PlacementRequest, { do: 'record-opinion' }>,
  today: Day,
): PlacementDecision<Work> {
  const { id, on } = request;
  const [from, text] = [request.from.trim(), request.text.trim()];
  if (from === '') return { refused: 'opinion-from-missing' };
  if (text === '') return { refused: 'opinion-text-missing' };
  if (on > today) return { refused: 'opinion-in-future' };
  const opinions = [...work.opinions, { id, from, on }];
  return { work: { ...work, opinions }, facts: [{ type: 'counsel-opinion-recorded', opinion: id, from, on, text }] };
}

/** What a partner has made of what it was given, in one currency; minor units. `share` in whole percent, rounded down. */
export interface PartnerResult {
  readonly currency: string;
  readonly count: number;
  readonly placed: number;
  readonly recovered: number;
  readonly share: number;
}

export function resultsOf(partner: string, placements: readonly Placement[]): PartnerResult[] {
  const own = Map.groupBy(
    placements.filter((each) => each.partner === partner),
    (each) => each.currency,
  );
  return [...own].sort().map(([currency, list]) => {
    const placed = list.reduce((sum, each) => sum + each.amount, 0);
    const recovered = list.reduce((sum, each) => sum + each.recovered, 0);
    return { currency, count: list.length, placed, recovered, share: Number((BigInt(recovered) * 100n) / BigInt(placed)) };
  });
}
