import type { Reason } from './answer.ts';
import { addDays, businessDaysAfter, type Day, dayOff, latest } from './days.ts';
import { blocksOf } from './gaps.ts';
import { made, statementDayOf, statementsSince } from './levels.ts';
import { isSmall, isStale } from './message.ts';
import { couldBeAsked, counts, gapPassed, type Next, type Sight, waitsForOthers } from './next.ts';
import { decisionLists, keptSmall, nextRecall, proposedSince } from './people.ts';
import { approvedLetters, letterRan, letterRunsFor, noUntil, runningLetter } from './sheets.ts';
import type { AccountDay } from './types.ts';

/**
 * "At most one contact per account and day, over all entities and channels; none on a day off there, on a status that stops,
 * autopay, a hold, or with a ledger older than a business day."
 */
export function stopsOf(day: AccountDay): Reason[] {
  const off = dayOff(day.today, day.calendar);
  const nextDay = businessDaysAfter(day.today, 1, day.calendar);
  const held = day.holdThrough !== null && day.today <= day.holdThrough;
  const all: (Reason | false)[] = [
    day.stopped && { code: 'status-stopped', date: null },
    day.autopay && { code: 'autopay', date: null },
    !day.invoices.some((invoice) => invoice.open > 0) && { code: 'nothing-open', date: null },
    held && { code: 'on-hold', date: addDays(day.holdThrough, 1) },
    isStale(day) && { code: 'stale-ledger', date: null },
    off !== null && { code: off, date: nextDay },
    // A mail that came back was a contact of its day all the same: nobody writes twice on one day.
    (made(day).some((contact) => contact.on === day.today) ||
      day.contacts.some((of) => of.failed && of.kind !== 'call' && of.on === day.today)) && { code: 'contacted-today', date: nextDay },
  ];
  return all.filter((reason) => reason !== false);
}

/** Nothing of it can be asked for at all. */
function notCollectable(next: Next): Reason[] | null {
  const { invoice, placed, rests, free, amount } = next.sheet;
  if (placed) return [{ code: 'placed', date: null }];
  if (invoice.writtenOff >= invoice.open) return [{ code: 'written-off', date: null }];
  if (free === 0) return rests.map((part) => ({ code: part.word, date: part.date }));
  return amount === 0 ? [{ code: 'covered-by-credit', date: null }] : null;
}

/** The statement day, where statements about it still go; null where it is over or they do not come to the minimum. */
function statementDate(sight: Sight, next: Next): Day | null {
  const { day } = sight;
  const { invoice, level } = next.sheet;
  if (isSmall(sight, next) && statementsSince(day, invoice, level) >= day.rules.smallStatements) return null;
  const book = sight.sheets.filter((sheet) => counts(sheet) && sheet.late > 0 && sheet.invoice.entity === invoice.entity);
  const sum = book.filter((sheet) => sheet.invoice.currency === invoice.currency).reduce((total, sheet) => total + sheet.amount, 0);
  const date = statementDayOf(day, invoice, addDays(invoice.due, day.rules.firstDay));
  return sum >= (day.rules.statementMinimum[invoice.currency] ?? 0) && date > day.today ? date : null;
}

function earliest(...days: readonly (Day | null)[]): Day | null {
  return days.reduce((first, day) => (day !== null && (first === null || day < first) ? day : first), null);
}

/** Reasons of an invoice whose next stage is asked of our own people. */
function beforePeople(sight: Sight, next: Next): Reason[] {
  const { day } = sight;
  const { invoice, level } = next.sheet;
  const stage = day.policy[next.at!]!;
  if (!next.lateEnough || !gapPassed(day, next)) {
    const letterTaken = level !== null && day.policy[level.at]!.how === 'decision';
    const date = latest(addDays(invoice.due, stage.days), next.gapUntil);
    return [{ code: letterTaken ? 'after-letter' : 'final-notice-running', date, stage: stage.key }];
  }
  const until = noUntil(day, invoice.entity, invoice.currency);
  if (until !== null) return [{ code: 'decision-no', date: until }];
  if (runningLetter(day, invoice.entity) !== undefined) return [{ code: 'case-running', date: letterRan(day, invoice.entity) }];
  const approved = approvedLetters(day, invoice.entity)[0];
  if (approved !== undefined)
    return [{ code: 'letter-first', date: businessDaysAfter(approved.approvedOn, day.rules.letterFirst, day.calendar) }];
  if (waitsForOthers(day, sight.nexts, next)) return [othersReason(sight, next)];
  const list = decisionLists(sight).find((of) => of.entity === invoice.entity && of.currency === invoice.currency);
  const since = list === undefined ? day.today : proposedSince(day, list);
  return [{ code: 'decision-open', date: earliest(nextRecall(day, since), statementDate(sight, next)), stage: stage.key }];
}

/** "With others that join soon the minimum is reached: their day." */
function othersReason(sight: Sight, next: Next): Reason {
  const { day } = sight;
  const { entity, currency } = next.sheet.invoice;
  const days = sight.nexts
    .filter(({ sheet, at }) => sheet.invoice.entity === entity && sheet.invoice.currency === currency && at === next.at)
    .filter((other) => !couldBeAsked(day, other))
    .map((other) => latest(addDays(other.sheet.invoice.due, day.policy[other.at!]!.days), other.gapUntil))
    .filter((on) => on > day.today);
  return { code: 'waits-for-others', date: earliest(...days), stage: day.policy[next.at!]!.key };
}

/** "Below the minimum of STAGE: it rides along with larger ones." From day 60 the small-balance queue. */
function tooSmall(sight: Sight, next: Next): Reason[] {
  const { day } = sight;
  const { sheet } = next;
  if (next.passed === null) return [];
  const stage = day.policy[next.passed]!.key;
  const kept = keptSmall(day, sheet);
  if (next.small && kept === null) return [{ code: 'small-balance', date: statementDate(sight, next), stage }];
  return [{ code: 'below-minimum', date: kept ?? addDays(sheet.invoice.due, day.rules.smallBalanceDay), stage }];
}

/** Reasons for which an invoice is not asked for today; empty when it could be. */
function ownReasons(sight: Sight, next: Next): Reason[] {
  const { day } = sight;
  const { sheet } = next;
  const { invoice } = sheet;
  const impossible = notCollectable(next);
  if (impossible !== null) return impossible;
  if (sheet.leftOut.length > 0) return [...sheet.leftOut];
  if (letterRunsFor(day, sheet)) return [{ code: 'letter-running', date: letterRan(day, invoice.entity) }];
  const approved = approvedLetters(day, invoice.entity).find((letter) => letter.invoices.includes(invoice.number));
  if (approved) return [{ code: 'letter-first', date: businessDaysAfter(approved.approvedOn, day.rules.letterFirst, day.calendar) }];
  if (next.at === null) return next.passed !== null ? tooSmall(sight, next) : [{ code: 'top-reached', date: statementDate(sight, next) }];
  const stage = day.policy[next.at]!;
  if (next.again && !gapPassed(day, next)) return [{ code: 'amount-grown', date: next.gapUntil }];
  if (stage.how === 'decision' && sheet.notice !== null) return beforePeople(sight, next);
  if (!next.lateEnough)
    return [...tooSmall(sight, next), { code: 'stage-not-reached', date: addDays(invoice.due, stage.days), stage: stage.key }];
  if (!gapPassed(day, next)) return [{ code: 'stage-gap', date: next.gapUntil, stage: stage.key }];
  if (waitsForOthers(day, sight.nexts, next)) return [othersReason(sight, next)];
  const blocks = blocksOf(day, invoice.entity, stage);
  return next.again && blocks.length > 0
    ? [{ code: 'amount-grown', date: latest(...blocks.map((block) => block.date)) }, ...blocks]
    : [...blocks];
}

/** "Every late collectable invoice that is not named today has at least one reason." A day that has passed is no next date. */
export function reasonsOf(sight: Sight, next: Next): readonly Reason[] {
  const ahead = (reason: Reason) => (reason.date !== null && reason.date <= sight.day.today ? { ...reason, date: null } : reason);
  const reasons = ownReasons(sight, next).map(ahead);
  // Stages that were passed over are "said, never alone".
  return reasons.length === 0 ? [] : [...reasons, ...next.said];
}

/** "Nothing is late enough: earliest due date + 3." */
export function nothingLate(day: AccountDay, entity: string | null): Reason[] {
  const open = day.invoices.filter((invoice) => invoice.open > 0 && (entity === null || invoice.entity === entity));
  if (open.length === 0) return [{ code: 'nothing-open', date: null }];
  if (open.some((invoice) => invoice.due < day.today)) return [];
  return [{ code: 'nothing-overdue', date: addDays(earliest(...open.map((invoice) => invoice.due))!, day.rules.firstDay) }];
}
