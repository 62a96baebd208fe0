import type { AccountStatus, CustomerKind } from '../account/account.ts';
import type { Law } from '../charges/law.ts';
import { addDays, type Day } from '../kernel/day.ts';
import { type WorkingDays, workingDayAfter } from '../kernel/working-days.ts';

/** How a letter reached the customer: 'process-server' hands it over in person. */
export const SERVED_BY = ['email', 'post', 'registered-post', 'courier', 'process-server'] as const;
export type ServedBy = (typeof SERVED_BY)[number];

/** The last demand letter that was served for a selling entity. Formal steps rest on its deadline. */
export interface Demand {
  /** Id of the letter, which is a draft's. */
  readonly letter: string;
  readonly entity: string;
  /** Numbers of the invoices it asked for. */
  readonly invoices: readonly string[];
  /** Last day for payment that the letter names. */
  readonly deadline: Day;
  /** The customer's day on which it was sent or posted. */
  readonly sentOn: Day;
  readonly by: ServedBy;
  /** The law firm that sent it for us; '' when we did. */
  readonly firm: string;
}

export interface DemandRequest {
  readonly do: 'serve-demand';
  readonly demand: Demand;
  /** Hex SHA-256 of the PDF that was approved. */
  readonly sha256: string;
  /** As the carrier gave it; '' without one. */
  readonly tracking: string;
}

/** Shareable: it and the bytes of its digest go into the evidence. */
export type DemandFact = Omit<Demand, 'by'> & {
  readonly type: 'letter-sent' | 'letter-posted';
  readonly method: ServedBy;
  readonly sha256: string;
  readonly tracking: string;
};

export type DemandRefusal = 'served-in-future' | 'tracking-missing';

/** Carriers that give a number; without it nobody can show later that the letter arrived. */
const TRACKED: ReadonlySet<ServedBy> = new Set(['registered-post', 'courier']);
export const lacksTracking = (by: ServedBy, tracking: string) => TRACKED.has(by) && tracking.trim() === '';

export function decideDemand(
  before: readonly Demand[],
  { demand, sha256, tracking }: DemandRequest,
  today: Day,
): { readonly demands: readonly Demand[]; readonly fact: DemandFact } | { readonly refused: DemandRefusal } {
  if (demand.sentOn > today) return { refused: 'served-in-future' };
  if (lacksTracking(demand.by, tracking)) return { refused: 'tracking-missing' };
  const { by: method, ...rest } = demand;
  const type = method === 'email' ? 'letter-sent' : 'letter-posted';
  return {
    demands: [...before.filter((each) => each.entity !== demand.entity), demand],
    fact: { type, ...rest, method, sha256, tracking: tracking.trim() },
  };
}

/** Business days behind the deadline that must have passed before an agency or a court is proposed. */
const GRACE = 3;

/** The first day on which a step behind the letter may be proposed, when no reply is open. */
export function formalStepsFrom({ deadline }: Pick<Demand, 'deadline'>, calendar: WorkingDays): Day {
  return addDays(workingDayAfter(deadline, GRACE, calendar), 1);
}

/** Why no formal step may be taken against a customer at all; null: nothing stands against one. */
export type FormalStop =
  | 'kind-unknown'
  | 'law-not-known'
  | 'law-not-listed'
  | 'account-insolvent'
  | 'account-represented'
  | 'account-ceased';

const STOPPED: Readonly<Partial<Record<AccountStatus, FormalStop>>> = {
  insolvent: 'account-insolvent',
  represented: 'account-represented',
  'ceased-trading': 'account-ceased',
};

export function formalStop(status: AccountStatus, kind: CustomerKind, law: Law | null): FormalStop | null {
  const stopped = STOPPED[status];
  if (stopped) return stopped;
  if (kind === 'unknown') return 'kind-unknown';
  return law === null ? 'law-not-known' : null;
}

/** A natural person who is owed a Letter of Claim under the Pre-Action Protocol for Debt Claims (England and Wales, in force since 1 October 2017). */
export function underPreAction(kind: CustomerKind, law: Law): boolean {
  return kind === 'sole-trader' && law === 'UK';
}

/** What the law of the contract asks a formal demand to say besides. */
export function formalTermsOf(kind: CustomerKind, law: Law): 'claim' | 'fr' | 'es' | null {
  if (underPreAction(kind, law)) return 'claim';
  return law === 'FR' ? 'fr' : law === 'EU:ES' ? 'es' : null;
}

/** Days from the letter's date for a reply to a Letter of Claim (Protocol, paragraph 4.1), and for everybody else (own policy). */
const PRE_ACTION_DAYS = 30;
const USUAL_DAYS = 14;
/** Thirty days from receipt to answer an offer to negotiate (Ley Orgánica 1/2025, in force since 3 April 2025), and five for delivery (own policy). */
const SPANISH_DAYS = 35;
const LEAST_WORKING_DAYS = 7;

/** The earliest deadline of a letter that is served on a day: a working day of the customer, since no bank pays on another. */
export function leastDeadline(kind: CustomerKind, law: Law, served: Day, calendar: WorkingDays): Day {
  const days = addDays(served, underPreAction(kind, law) ? PRE_ACTION_DAYS : law === 'EU:ES' ? SPANISH_DAYS : USUAL_DAYS);
  const working = workingDayAfter(served, LEAST_WORKING_DAYS, calendar);
  return workingDayAfter(addDays(days > working ? days : working, -1), 1, calendar);
}
