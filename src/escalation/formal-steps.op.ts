import type { CustomerKind } from '../account/account.ts';
import type { AccountWork } from '../account/account-work.ts';
import type { Law } from '../charges/law.ts';
import type { Limited } from '../charges/limitation-record.ts';
import type { Terms } from '../charges/terms.ts';
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
    'For the law of this contract no limitation period is listed here. Ask counsel until when these invoices can be claimed; a manager records the date with its source under More…, Limitation date…, and the step goes on.',
  'account-insolvent':
    'The customer is insolvent: no formal step is taken. File the claim with the office holder; the insolvency file keeps its deadline.',
  'account-represented': 'The customer is represented by counsel: nobody writes to them directly. Let our own counsel write to theirs.',
  'account-ceased': 'The customer has ceased trading: no formal step reaches anybody. Decide by hand.',
  'time-barred':
    'Everything that could be demanded is past its limitation period, so no formal step is taken on it. If the customer has acknowledged it or paid in part, a manager records that under More…, Limitation date…',
  'no-notice': 'How notice is given, or the customer’s address for it, is missing. A manager enters it under More…, Agreement…',
  'postal-notice':
    'The Pre-Action Protocol asks for a letter on paper with its enclosures. Enter a postal address for notice under More…, Agreement…',
  'notice-first':
    'A demand letter demands only what had a final notice at least ten business days ago, and nothing here has. A manager can skip to the final notice with a reason, under Why?',
  'nothing-to-demand':
    'Nothing of this selling entity is overdue that could be demanded now: it is paid, promised, disputed, planned or covered by credit.',
};

/** Why no formal step may be taken against the customer at all; else the law of the contract. */
export function formalStand(
  { status, agreement, placements }: Pick<AccountWork, 'status' | 'placements'> & { readonly agreement: Pick<Terms, 'law'> | null },
  kind: CustomerKind,
): { readonly stop: Stop } | { readonly law: Law } {
  if (placementOf({ placements }) !== null) return { stop: 'placed' };
  const law = agreement?.law ?? null;
  const stop = formalStop(status, kind, law);
  return stop || law === null ? { stop: stop ?? 'law-not-known' } : { law };
}

/** What of a formal step's invoices is time-barred and left out, and what a court must be asked for soon. */
export interface LimitedStep {
  readonly barred: readonly Limited[];
  readonly near: readonly Limited[];
}

/** One whose date nobody knows stops the step until somebody gives it; a barred one is left out, and the step stops only where nothing else is left. */
export function limitedStep(limited: readonly Limited[]): { readonly stop: Stop } | LimitedStep {
  if (limited.some(({ stand }) => stand === 'unknown')) return { stop: 'law-not-listed' };
  const barred = limited.filter(({ stand }) => stand === 'past');
  if (barred.length > 0 && barred.length === limited.length) return { stop: 'time-barred' };
  return { barred, near: limited.filter(({ stand }) => stand === 'near') };
}
