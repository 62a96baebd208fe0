import type { CustomerKind } from '../account/account.ts';
import type { AccountWork } from '../account/account-work.ts';
import type { Law } from '../charges/law.ts';
import { limitationEnd, limitationStandOf } from '../charges/limitation.ts';
import type { Terms } from '../charges/terms.ts';
import type { Day } from '../kernel/day.ts';
import { type FormalStop, formalStop } from './demand.ts';
import { placementOf } from './placement.ts';

type Stop = FormalStop | 'placed' | 'time-barred' | 'no-notice' | 'postal-notice' | 'nothing-to-demand' | 'notice-first';

/** One sentence each: what stands in the way of a formal step and what to do. */
export const FORMAL_STOPS: Readonly<Record<Stop, string>> = {
  placed:
    'An agency or a law firm follows this account up, and no letter of ours goes out beside theirs. Recall the account first, under Placement… on its card.',
  'kind-unknown': 'The kind of customer is missing, and the law asks more for natural persons. Set it under More…, Kind of customer…',
  'law-not-known':
    'The governing law is missing: neither the agreement with this customer nor our standard terms name it. A manager enters it under More…, Agreement…',
  'law-not-listed':
    'For the law of this contract no limitation period is listed here, so formal steps are refused. Ask counsel to take them.',
  'account-insolvent':
    'The customer is insolvent: no formal step is taken. File the claim with the office holder; the insolvency file keeps its deadline.',
  'account-represented': 'The customer is represented by counsel: nobody writes to them directly. Let our own counsel write to theirs.',
  'account-ceased': 'The customer has ceased trading: no formal step reaches anybody. Decide by hand.',
  'time-barred': 'The claim is past its limitation period under the law of the contract: no formal step is taken any more.',
  'no-notice': 'How notice is given, or the customer’s address for it, is missing. A manager enters it under More…, Agreement…',
  'postal-notice':
    'The Pre-Action Protocol asks for a letter on paper with its enclosures. Enter a postal address for notice under More…, Agreement…',
  'notice-first':
    'A demand letter demands only what had a final notice at least ten business days ago, and nothing here has. A manager can skip to the final notice with a reason, under Why?',
  'nothing-to-demand':
    'Nothing of this selling entity is overdue that could be demanded now: it is paid, promised, disputed, planned or covered by credit.',
};

/** Why no formal step may be taken on claims with these due dates; null: it may. `near`: a court must be asked soon. */
export function formalStand(
  { status, agreement, placements }: Pick<AccountWork, 'status' | 'placements'> & { readonly agreement: Pick<Terms, 'law'> | null },
  kind: CustomerKind,
  dues: readonly Day[],
  today: Day,
): { readonly stop: Stop } | { readonly law: Law; readonly near: boolean } {
  if (placementOf({ placements }) !== null) return { stop: 'placed' };
  const law = agreement?.law ?? null;
  const stop = formalStop(status, kind, law);
  if (stop || law === null) return { stop: stop ?? 'law-not-known' };
  const ends = dues.map((due) => limitationEnd(law, due));
  if (ends.includes(null)) return { stop: 'law-not-listed' };
  const stands = ends.map((end) => limitationStandOf(end!, today));
  return stands.includes('past') ? { stop: 'time-barred' } : { law, near: stands.includes('near') };
}
