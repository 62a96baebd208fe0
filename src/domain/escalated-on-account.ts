import type { AccountDecision, AccountWork } from './account-work.ts';
import type { Day } from './day.ts';
import { decideMandate, isMandate, type MandateFact, type MandateRefusal, type MandateRequest } from './mandate.ts';
import { decidePlacement, isPlacement, type PlacementFact, type PlacementRefusal, type PlacementRequest } from './placement.ts';
import { decideSupply, isSupply, type SupplyFact, type SupplyRefusal, type SupplyRequest } from './supply.ts';

/** What decisions do to an account: supply, who follows it up, who negotiates. */
export type EscalationRequest = SupplyRequest | PlacementRequest | MandateRequest;
export type EscalationFact = SupplyFact | PlacementFact | MandateFact;
export type EscalationRefusal = SupplyRefusal | PlacementRefusal | MandateRefusal;

export const isEscalation = (request: { readonly do: string }): request is EscalationRequest =>
  isSupply(request) || isPlacement(request) || isMandate(request);

/** Each has its rules in a file of its own. `latest` is the last day a mandate may name. */
export function decideEscalation(work: AccountWork, request: EscalationRequest, by: string, today: Day, latest: Day): AccountDecision {
  if (isPlacement(request)) {
    const decided = decidePlacement(work, request, today);
    return 'refused' in decided ? decided : { work: { ...work, ...decided.placed }, facts: [decided.fact] };
  }
  if (isMandate(request)) {
    const decided = decideMandate(work.mandate, request, by, today, latest);
    return 'refused' in decided ? decided : { work: { ...work, mandate: decided.mandate }, facts: [decided.fact] };
  }
  const decided = decideSupply(work, request, by, today);
  return 'refused' in decided ? decided : { work: { ...work, ...decided.supplied }, facts: [decided.fact] };
}
