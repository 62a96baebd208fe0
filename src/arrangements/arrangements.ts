import type { Moment } from '../account/moment.ts';
import { coversOffer, type Mandate, withoutUse, withUse } from '../escalation/mandate.ts';
import { decideWriteOff, type WriteOff, type WriteOffFact, type WriteOffRefusal, type WriteOffRequest } from '../escalation/write-off.ts';
import type { Day } from '../kernel/day.ts';
import type { WorkingDays } from '../kernel/working-days.ts';
import { type LedgerItem, type PlannedPart, residualsOf } from './collectable.ts';
import { decidePlan, missedOf, type OpenPlan, type PlanFact, type PlanRefusal, type PlanRequest, paidOn } from './plan.ts';
import { type OpenPosting, type PostingFact, type PostingRefusal, type PostingRequest, postingFact } from './posting.ts';
import { awaited, promiseLapsed } from './promise.ts';
import { decideOffer, type OfferFact, type OfferRefusal, type OfferRequest, type OpenOffer } from './settlement.ts';

export interface Arranged {
  readonly plans: readonly OpenPlan[];
  /** Settlements and discounts. */
  readonly offers: readonly OpenOffer[];
  /** What the bookkeepers must credit or take back and no import has shown yet. */
  readonly postings: readonly OpenPosting[];
  /** What was given up and not taken back. */
  readonly writeOffs: readonly WriteOff[];
  /** What a negotiator may concede; null: nobody was given a mandate. */
  readonly mandate: Mandate | null;
}

interface Contacted {
  readonly lastContact: Day | null;
}

export type ArrangementRequest = PlanRequest | OfferRequest | PostingRequest | WriteOffRequest;
export type ArrangementFact = PlanFact | OfferFact | PostingFact | WriteOffFact;
/** An invoice is in one arrangement at a time: two would rest, and count, the same money. */
export type ArrangementRefusal =
  | PlanRefusal
  | OfferRefusal
  | PostingRefusal
  | WriteOffRefusal
  | 'mandate-exceeded'
  | 'invoice-in-arrangement';

export type ArrangementDecision<Work> =
  | { readonly work: Work; readonly facts: readonly ArrangementFact[] }
  | { readonly refused: ArrangementRefusal };

export function decidePlanned<Work extends Arranged & Contacted>(
  work: Work,
  request: PlanRequest,
  moment: Moment,
): ArrangementDecision<Work> {
  if (request.do === 'record-plan' && overlaps(work, request.entity, request.invoices)) return { refused: 'invoice-in-arrangement' };
  const decided = decidePlan(work.plans, request, moment);
  if ('refused' in decided) return decided;
  // A notice is a contact like a mail: nothing else goes out on its day.
  const contact = request.do === 'give-plan-notice' && request.on >= (work.lastContact ?? '') ? { lastContact: request.on } : {};
  return { work: { ...work, plans: decided.plans, ...contact }, facts: [decided.fact] };
}

export function decideOffered<Work extends Arranged>(work: Work, request: OfferRequest, moment: Moment): ArrangementDecision<Work> {
  if (request.do === 'make-offer' && overlaps(work, request.entity, request.invoices)) return { refused: 'invoice-in-arrangement' };
  const decided = decideOffer(work.offers, request, moment);
  if ('refused' in decided) return decided;
  const { offers, fact, posting } = decided;
  const mandate = afterOffer(work.mandate, request, fact, moment);
  if (mandate === 'exceeded') return { refused: 'mandate-exceeded' };
  if (!posting) return { work: { ...work, offers, mandate }, facts: [fact] };
  const postings = [...work.postings, posting];
  return { work: { ...work, offers, mandate, postings }, facts: [fact, postingFact('posting-owed', posting)] };
}

export function decideGivenUp<Work extends Arranged>(work: Work, request: WriteOffRequest, moment: Moment): ArrangementDecision<Work> {
  if (request.do === 'write-off' && overlaps(work, request.entity, request.parts)) return { refused: 'invoice-in-arrangement' };
  const decided = decideWriteOff(work, request, moment);
  if ('refused' in decided) return decided;
  const { changed, fact, owed } = decided;
  return { work: { ...work, ...changed }, facts: owed ? [fact, postingFact('posting-owed', owed)] : [fact] };
}

export function decidePosting<Work extends Pick<Arranged, 'postings'>>(work: Work, request: PostingRequest): ArrangementDecision<Work> {
  const posting = work.postings.find((each) => each.id === request.id);
  if (!posting) return { refused: 'no-such-posting' };
  return {
    work: { ...work, postings: work.postings.filter((each) => each !== posting) },
    facts: [postingFact('posting-confirmed', posting)],
  };
}

/** An offer under a mandate counts towards it, unless it comes to nothing; what the mandate holds is decided here, whoever was faster. */
function afterOffer(
  mandate: Mandate | null,
  request: OfferRequest,
  { offer, balance, pay, currency }: OfferFact,
  { by, today }: Moment,
): Mandate | null | 'exceeded' {
  if (request.do === 'make-offer') {
    if (!request.underMandate) return mandate;
    return mandate && coversOffer(mandate, by, today, { balance, pay, currency })
      ? withUse(mandate, offer, currency, balance - pay)
      : 'exceeded';
  }
  return request.do === 'close-offer' && request.outcome !== 'settled' ? withoutUse(mandate, offer) : mandate;
}

function overlaps({ plans, offers, postings }: Arranged, entity: string, named: readonly { readonly invoice: string }[]): boolean {
  const taken = [...plans, ...offers, ...postings.map((posting) => ({ ...posting, parts: posting.lines }))]
    .filter((each) => each.entity === entity)
    .flatMap((each) => each.parts.map((part) => part.invoice));
  return named.some(({ invoice }) => taken.includes(invoice));
}

/**
 * What rests under plans, accepted offers and credits that are still to be booked. Missed instalments do not rest, unless the period of a
 * notice runs; an offer rests once it is accepted, through its last day and its grace.
 */
export function arrangedParts(
  { plans, offers, postings }: Arranged,
  items: readonly LedgerItem[],
  today: Day,
  calendar: WorkingDays,
  grace: number,
): PlannedPart[] {
  const lapsed = (date: Day) => promiseLapsed({ date }, today, calendar, grace);
  return [
    ...plans
      .filter(({ state }) => state !== 'proposed')
      .flatMap((plan) => restOfPlan(plan, residualsOf(items, plan.entity), today, lapsed)),
    ...offers
      .filter(({ state, until }) => state === 'accepted' && !lapsed(until))
      .flatMap(({ entity, parts }) => restsOf(items, entity, parts)),
    ...givenUpParts(postings, items),
  ].filter(({ amount }) => amount > 0);
}

/** What was settled or written off and the ledger still shows: it is owed no more. */
export function givenUpParts(postings: Arranged['postings'], items: readonly LedgerItem[]): PlannedPart[] {
  const parts = postings.flatMap(({ kind, entity, lines }): PlannedPart[] => {
    if (kind === 'write-off-reversal') return [];
    if (kind !== 'write-off') return restsOf(items, entity, lines);
    // Given up whatever comes in: money counts for the rest of the invoice first.
    const open = residualsOf(items, entity);
    return lines.map(({ invoice, amount }) => ({ entity, invoice, amount: Math.min(amount, open(invoice)), writtenOff: true }));
  });
  return parts.filter(({ amount }) => amount > 0);
}

/** What is still awaited of parts of invoices. */
function restsOf(
  items: readonly LedgerItem[],
  entity: string,
  parts: readonly { invoice: string; amount: number; openThen: number }[],
): PlannedPart[] {
  const open = residualsOf(items, entity);
  return parts.map((part) => ({ entity, invoice: part.invoice, amount: awaited(part, open(part.invoice)) }));
}

function restOfPlan(plan: OpenPlan, openNow: (invoice: string) => number, today: Day, lapsed: (date: Day) => boolean): PlannedPart[] {
  const noticeRuns = plan.state === 'active' && plan.notice !== null && today <= plan.notice.until;
  let asked = noticeRuns ? 0 : missedOf(plan, paidOn(plan, openNow), lapsed).amount;
  return plan.parts.map((part) => {
    const waiting = awaited(part, openNow(part.invoice));
    const taken = Math.min(asked, waiting);
    asked -= taken;
    return { entity: plan.entity, invoice: part.invoice, amount: waiting - taken };
  });
}
