import { addDays, type Day } from '../kernel/day.ts';
import { dayOff, type WorkingDays } from '../kernel/working-days.ts';
import type { Untermed } from './law-rules.ts';

export interface InterestStart {
  /** The last day without interest. */
  readonly last: Day;
  /** Why it begins the day after; '' where that is the agreed due date. */
  readonly why: string;
}

/** What is known of how an invoice came to be due. */
export interface DueCircumstances {
  readonly issued: Day;
  readonly due: Day;
  /** Terms of payment are in the agreement. */
  readonly termsAgreed: boolean;
  /** Days on which the invoice was demanded in writing. */
  readonly demands: readonly Day[];
  /** By which a term moves that ends on a day off; null where the law moves none. */
  readonly calendar: WorkingDays | null;
}

/** Own: a term that was not agreed runs from the invoice's date, as if it had been received on it. */
const TERM = 30;

/**
 * When interest begins. A due date that was not agreed but only stands on the invoice does not start it everywhere: then the law's own term counts,
 * and never an earlier day than the invoice itself gives. Null: what the law says without agreed terms was not checked.
 */
export function interestStart(untermed: Untermed | null, circumstances: DueCircumstances): InterestStart | null {
  const { issued, due, termsAgreed, demands, calendar } = circumstances;
  const moved = (on: Day) => workingDayFrom(on, calendar);
  const shifted = moved(due) === due ? '' : `the due date was a day off and moved to the next working day`;
  if (termsAgreed) return { last: moved(due), why: shifted };
  if (!untermed) return null;
  const { how, source } = untermed;
  if (how === 'due-date') return { last: moved(due), why: `no terms in the agreement, so from the invoice’s due date (${source})` };
  const dueDay = moved(due > issued ? due : issued);
  if (how === 'thirty-days') {
    const end = addDays(issued, TERM);
    const last = moved(end > due ? end : due);
    return { last, why: `no terms in the agreement, so from ${TERM} days after the invoice’s date (${source})` };
  }
  // A demand before the due date starts nothing.
  const demand = demands.filter((on) => on > dueDay).reduce<Day | null>((first, on) => (first === null || on < first ? on : first), null);
  const end = moved(addDays(due > issued ? due : issued, TERM));
  return demand !== null && demand < end
    ? { last: demand, why: `no terms in the agreement, so from the first demand after the due date (${source})` }
    : { last: end, why: `no terms in the agreement, so from ${TERM} days after the due date (${source})` };
}

function workingDayFrom(on: Day, calendar: WorkingDays | null): Day {
  let at = on;
  while (calendar && dayOff(at, calendar) !== null) at = addDays(at, 1);
  return at;
}
