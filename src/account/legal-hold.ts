import type { Day } from '../kernel/day.ts';
import type { ErasureFact } from '../trail/erasure.ts';

/**
 * Set where a claim is expected or brought: nothing of the account is removed or erased, whatever its age. GDPR article 17(3)(e) lets what a
 * legal claim needs be kept (https://eur-lex.europa.eu/eli/reg/2016/679/oj).
 */
export interface LegalHold {
  readonly reason: string;
  readonly by: string;
  readonly on: Day;
}

export type LegalHoldRequest =
  | { readonly do: 'set-legal-hold'; readonly reason: string }
  | { readonly do: 'lift-legal-hold'; readonly reason: string };

type LegalHoldFact =
  | { readonly type: 'legal-hold-set'; readonly reason: string }
  | { readonly type: 'legal-hold-lifted'; readonly reason: string };

/** What of an account may not be removed, and what was. */
export type KeepingFact = LegalHoldFact | ErasureFact;

export type LegalHoldRefusal = 'legal-hold-already' | 'legal-hold-none' | 'reason-missing';

export function decideLegalHold<Work extends { readonly legalHold: LegalHold | null }>(
  work: Work,
  request: LegalHoldRequest,
  by: string,
  today: Day,
): { readonly work: Work; readonly facts: readonly LegalHoldFact[] } | { readonly refused: LegalHoldRefusal } {
  const reason = request.reason.trim();
  const sets = request.do === 'set-legal-hold';
  if (sets && work.legalHold) return { refused: 'legal-hold-already' };
  if (!sets && !work.legalHold) return { refused: 'legal-hold-none' };
  if (reason === '') return { refused: 'reason-missing' };
  const legalHold = sets ? { reason, by, on: today } : null;
  return { work: { ...work, legalHold }, facts: [{ type: sets ? 'legal-hold-set' : 'legal-hold-lifted', reason }] };
}
