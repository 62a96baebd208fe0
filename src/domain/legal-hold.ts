import type { Day } from './day.ts';

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

export type LegalHoldFact =
  | { readonly type: 'legal-hold-set'; readonly reason: string }
  | { readonly type: 'legal-hold-lifted'; readonly reason: string };

export type LegalHoldRefusal = 'legal-hold-already' | 'legal-hold-none' | 'reason-missing';

export function decideLegalHold(
  now: LegalHold | null,
  request: LegalHoldRequest,
  by: string,
  today: Day,
): { readonly legalHold: LegalHold | null; readonly fact: LegalHoldFact } | { readonly refused: LegalHoldRefusal } {
  const reason = request.reason.trim();
  if (request.do === 'set-legal-hold' && now) return { refused: 'legal-hold-already' };
  if (request.do === 'lift-legal-hold' && !now) return { refused: 'legal-hold-none' };
  if (reason === '') return { refused: 'reason-missing' };
  return request.do === 'set-legal-hold'
    ? { legalHold: { reason, by, on: today }, fact: { type: 'legal-hold-set', reason } }
    : { legalHold: null, fact: { type: 'legal-hold-lifted', reason } };
}
