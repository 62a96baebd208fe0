import type { Reason } from './answer.ts';
import { addDays, businessDaysAfter, latest } from './days.ts';
import { isDemand, isFormal, isFormalMail, madeBy, stageAt } from './levels.ts';
import { letterRan, letterRunsFor, noticeRan, noUntil, type Sheet, sheetsOf } from './sheets.ts';
import type { AccountDay, Stage } from './types.ts';

/** The next stage of one invoice. */
export interface Next {
  readonly sheet: Sheet;
  /** Its place in the policy, or null when there is none. */
  readonly at: number | null;
  readonly jump: boolean;
  /** Its final notice is given again, because more is free than that notice asked. */
  readonly again: boolean;
  readonly lateEnough: boolean;
  /** The first day on which its own gap has passed; '' for at once. */
  readonly gapUntil: string;
  /** The lowest stage that was passed over because its minimum is not reached. */
  readonly passed: number | null;
  /** Reasons for which other stages were passed over. Never said alone. */
  readonly said: readonly Reason[];
  /** Nothing but minimums stands above it, and it is old enough for the small-balance queue. */
  readonly small: boolean;
}

export const minimumOf = (stage: Stage, currency: string) => stage.minimum[currency] ?? 0;
const sum = (sheets: readonly Sheet[]) => sheets.reduce((total, sheet) => total + sheet.amount, 0);

/** A collectable part that is not left out. Amounts are per entity and currency. */
export const counts = (sheet: Sheet) => sheet.amount > 0 && sheet.leftOut.length === 0;

const sameBook = (a: Sheet, b: Sheet) => a.invoice.entity === b.invoice.entity && a.invoice.currency === b.invoice.currency;

/** Nothing is demanded before it is late, whoever jumps it. */
const jumpOf = (day: AccountDay, sheet: Sheet): number => {
  if (sheet.late <= 0) return -1;
  const wanted = day.jumps.filter((jump) => jump.invoice === sheet.invoice.number).map((jump) => stageAt(day, jump.stage));
  return Math.max(-1, ...wanted.filter((at) => at > (sheet.level?.at ?? -1)));
};

/**
 * "All invoices of the currency that are below that stage, late enough for it and not waiting are added up;
 * for a formal stage, what is in formal process is added too." An invoice counts for itself, also while it waits.
 */
export function standing(day: AccountDay, sheets: readonly Sheet[], of: Sheet, at: number, smallest = Number.POSITIVE_INFINITY): number {
  const stage = day.policy[at]!;
  const low = (sheet: Sheet) => counts(sheet) && (sheet.level?.at ?? -1) < at && sheet.late >= Math.min(stage.days, smallest);
  const within = sheets.filter((sheet) => sameBook(sheet, of) && (sheet === of || low(sheet) || (isFormal(stage) && sheet.formal)));
  return sum(within);
}

/**
 * "A call stage is passed over for an invoice below 10,000 if a call of that stage or a higher one spoke of it
 * after its first demand and not more than 10 bd before the stage's day."
 */
function callCovers(day: AccountDay, sheet: Sheet, at: number): boolean {
  const stage = day.policy[at]!;
  const { invoice, firstDemand } = sheet;
  if (firstDemand === null || isLarge(day, sheet)) return false;
  const stageDay = addDays(invoice.due, stage.days);
  return madeBy(day, invoice.entity).some(
    (contact) =>
      contact.kind === 'call' &&
      contact.stage !== null &&
      (contact.days ?? -1) >= stage.days &&
      contact.names.includes(invoice.number) &&
      contact.on > firstDemand &&
      businessDaysAfter(contact.on, stage.covers, day.calendar) >= stageDay,
  );
}

export const isLarge = (day: AccountDay, { invoice }: Sheet) =>
  invoice.open >= (day.rules.large[invoice.currency] ?? Number.POSITIVE_INFINITY);

/** A call stage is passed over "when it stood on the list for 5 bd and nobody made it, or when three days of tries reached nobody. It raises nothing." */
function callGivenUp(day: AccountDay, sheet: Sheet, at: number): 'call-missed' | 'call-unreached' | null {
  for (const listed of day.callsListed) {
    if (listed.invoice !== sheet.invoice.number || listed.stage !== day.policy[at]!.key || listed.on > day.today) continue;
    if (new Set(listed.tries.filter((on) => on <= day.today)).size >= day.rules.callTries) return 'call-unreached';
    if (day.today >= businessDaysAfter(listed.on, day.rules.callMissed, day.calendar)) return 'call-missed';
  }
  return null;
}

/** "If more of an invoice is free than its final notice asked ... the final notice is given again for the whole." */
export function grown(day: AccountDay, sheet: Sheet): boolean {
  const { notice } = sheet;
  return notice !== null && notice.asked !== null && isFormalMail(day.policy[notice.at]!) && sheet.amount > notice.asked;
}

/** "Once it and any letter have run"; and people who said no wait for nothing formal before their day. */
const againFrom = (day: AccountDay, sheet: Sheet) =>
  latest(
    noticeRan(day, sheet.notice!),
    letterRunsFor(day, sheet) ? letterRan(day, sheet.invoice.entity) : null,
    noUntil(day, sheet.invoice.entity, sheet.invoice.currency),
  );

/** Formal stages need what comes before them: a demand before the first notice, a notice before people decide. */
function reachable(day: AccountDay, sheet: Sheet, at: number): boolean {
  const stage = day.policy[at]!;
  // "A first demand is never formal: a formal stage takes only invoices that had a demand before."
  if (isFormal(stage) && sheet.firstDemand === null) return false;
  // "A formal letter demands only invoices with a final notice."
  const noticesBefore = day.policy.slice(0, at).some(isFormalMail);
  return stage.how !== 'decision' || sheet.notice !== null || !noticesBefore;
}

/** "It is the first demand stage above its own, in the policy's order. None is skipped", save for the exceptions in the loop. */
export function nextOf(day: AccountDay, sheets: readonly Sheet[], sheet: Sheet): Next {
  const { level, invoice, late } = sheet;
  // "10 bd after its final notice" holds for every list for people, whatever its own gap says.
  const ran = (at: number) => (day.policy[at]!.how === 'decision' && sheet.notice !== null ? noticeRan(day, sheet.notice) : '');
  const gap = (at: number) => latest(ran(at), level?.on == null ? '' : businessDaysAfter(level.on, day.policy[at]!.ownGap, day.calendar));
  const bare = { sheet, jump: false, again: false, lateEnough: true, passed: null, said: [], small: false };
  if (grown(day, sheet)) {
    const again = sheet.notice!.at;
    const reached =
      standing(day, sheets, sheet, again, Math.min(late, day.rules.smallBalanceDay)) >= minimumOf(day.policy[again]!, invoice.currency);
    if (reached) return { ...bare, at: again, again: true, gapUntil: againFrom(day, sheet) };
  }
  // "It comes next at once; gaps and spacing still hold."
  const jump = jumpOf(day, sheet);
  if (jump >= 0 && reachable(day, sheet, jump)) return { ...bare, at: jump, jump: true, gapUntil: gap(jump) };
  let passed: number | null = null;
  const said: Reason[] = [];
  for (let at = (level?.at ?? -1) + 1; at < day.policy.length; at++) {
    const stage = day.policy[at]!;
    if (!isDemand(stage)) continue;
    const lateEnough = late >= stage.days;
    // A stage to come is judged as of the invoice's own day, with what is late enough by then; from day 60 on as of that day.
    const from = lateEnough ? stage.days : Math.min(late, day.rules.smallBalanceDay);
    const tooLittle = standing(day, sheets, sheet, at, from) < minimumOf(stage, invoice.currency);
    if (tooLittle || !reachable(day, sheet, at)) {
      passed ??= at;
      continue;
    }
    if (stage.how === 'call') {
      const gone = callCovers(day, sheet, at) ? 'call-covered' : callGivenUp(day, sheet, at);
      if (gone !== null) {
        said.push({ code: gone, date: null, stage: stage.key });
        continue;
      }
    }
    return { ...bare, at, lateEnough, gapUntil: gap(at), passed, said };
  }
  return { ...bare, at: null, lateEnough: false, gapUntil: '', passed, said, small: passed !== null && late >= day.rules.smallBalanceDay };
}

export const gapPassed = (day: AccountDay, next: Next) => day.today >= next.gapUntil;

/** Could be asked at its next stage today, as far as the invoice itself goes. "After the letter its invoices rest." */
export const couldBeAsked = (day: AccountDay, next: Next) =>
  next.at !== null && counts(next.sheet) && next.lateEnough && gapPassed(day, next) && !letterRunsFor(day, next.sheet);

/**
 * "If it is reached, but what could be asked today is less (own gaps), they wait for each other."
 * Amounts in formal process help a formal mail; a list for people stands alone ("0.01 alone is no case").
 */
export function waitsForOthers(day: AccountDay, nexts: readonly Next[], of: Next): boolean {
  const stage = day.policy[of.at!]!;
  const book = nexts.filter((next) => sameBook(next.sheet, of.sheet));
  const now = book.filter((next) => next.at === of.at && couldBeAsked(day, next));
  // A list that people decide goes with what a manager put on it; a message takes what was jumped, and the others by their own sum.
  if (stage.how === 'decision' ? now.some((next) => next.jump) : of.jump) return false;
  const helps = stage.how === 'decision' || !isFormal(stage) ? [] : book.filter((next) => next.sheet.formal && !now.includes(next));
  return sum([...now, ...helps].map((next) => next.sheet)) < minimumOf(stage, of.sheet.invoice.currency);
}

/** "The next stage is due when the invoice is late enough, its own gap has passed since its stage before, and it does not wait." */
export const isDue = (day: AccountDay, nexts: readonly Next[], next: Next) => couldBeAsked(day, next) && !waitsForOthers(day, nexts, next);

export interface Sight {
  readonly day: AccountDay;
  readonly sheets: readonly Sheet[];
  readonly nexts: readonly Next[];
  readonly due: readonly Next[];
}

/** All invoices of the account on the day, with their next stages. */
export function look(day: AccountDay): Sight {
  const sheets = sheetsOf(day);
  const nexts = sheets.map((sheet) => nextOf(day, sheets, sheet));
  return { day, sheets, nexts, due: nexts.filter((next) => isDue(day, nexts, next)) };
}
