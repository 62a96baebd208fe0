import type { Reason } from './answer.ts';
import { addDays, businessDaysAfter, type Day, daysFrom, latest } from './days.ts';
import { askedByUs, firstDemandOf, isFormalMail, type Level, levelOf, noticeOf } from './levels.ts';
import type { AccountDay, Invoice, Letter, Placement } from './types.ts';

/** Everything about one invoice on the day before its next stage is looked for. */
export interface Sheet {
  readonly invoice: Invoice;
  /** Calendar days late; zero and less: not late. */
  readonly late: number;
  readonly level: Level | null;
  readonly notice: Level | null;
  readonly firstDemand: Day | null;
  readonly placed: boolean;
  /** Collectable before credit. */
  readonly free: number;
  /** Collectable without what credit covers. */
  readonly amount: number;
  /** Parts that rest by themselves. */
  readonly rests: readonly { readonly word: 'promised' | 'disputed' | 'planned'; readonly amount: number; readonly date: Day | null }[];
  /** "Left out altogether": it waits for a reply, a closed dispute, a hold of the owner, a start, a placement question. */
  readonly leftOut: readonly Reason[];
  readonly formal: boolean;
}

export const activePlacements = (day: AccountDay, entity: string): readonly Placement[] =>
  day.placements.filter((placement) => placement.entity === entity && placement.on <= day.today);

/** "A promise lapses 2 bd after its date": it is free on the 3rd. */
const promiseRuns = (day: AccountDay, on: Day) => day.today < businessDaysAfter(on, day.rules.promiseGrace + 1, day.calendar);

function restsOf(day: AccountDay, invoice: Invoice): Sheet['rests'] {
  const after = day.rules.promiseGrace + 1;
  return [
    ...invoice.promises
      .filter((promise) => promise.on <= day.today && promiseRuns(day, promise.day))
      .map(({ amount, day: on }) => ({ word: 'promised' as const, amount, date: businessDaysAfter(on, after, day.calendar) })),
    ...invoice.disputes
      .filter((dispute) => dispute.openedOn <= day.today)
      .map(({ amount, limit }) => ({ word: 'disputed' as const, amount, date: limit })),
    ...invoice.plans.map(({ amount, nextInstalment }) => ({ word: 'planned' as const, amount, date: nextInstalment })),
  ].filter((part) => part.amount > 0);
}

/** "Invoices that were late before the account came into the ledger wait until their start is confirmed." */
function startWait(day: AccountDay, invoice: Invoice): Reason[] {
  // A step of ours, or a manager's jump, says where it stands.
  const asks = (key: string) => day.policy.some((stage) => stage.key === key && stage.how !== 'decision');
  const jumped = day.jumps.some((jump) => jump.invoice === invoice.number && asks(jump.stage));
  const known = jumped || askedByUs(day, invoice);
  return day.starts
    .filter((start) => start.entity === invoice.entity && invoice.due < start.enteredOn)
    .flatMap((start): Reason[] => {
      if (start.confirmedOn === null || start.confirmedOn > day.today) return known ? [] : [{ code: 'start-unconfirmed', date: null }];
      // "The first messages are spread over 5 bd."
      return start.turnOn !== null && day.today < start.turnOn ? [{ code: 'start-spread', date: start.turnOn }] : [];
    });
}

/**
 * "A reply rests the invoices it is about (chosen by a person; else those of the message it answers; else all issued before it)
 * until it is answered, the entity's other invoices 5 bd at most, other entities not at all."
 */
function replyWait(day: AccountDay, invoice: Invoice): Reason[] {
  return day.replies
    .filter((reply) => reply.entity === invoice.entity && reply.on <= day.today)
    .filter((reply) => reply.answeredOn === null || reply.answeredOn > day.today)
    .flatMap((reply): Reason[] => {
      const chosen = reply.about ?? reply.answers;
      if (chosen === null ? invoice.issued <= reply.on : chosen.includes(invoice.number)) return [{ code: 'reply-waiting', date: null }];
      const until = businessDaysAfter(reply.on, day.rules.replyRestsOthers, day.calendar);
      return day.today < until ? [{ code: 'reply-fresh', date: until }] : [];
    });
}

/** "A dispute that is closed leaves its invoice waiting for 5 bd more: the customer learns the outcome first." */
function closedDisputeWait(day: AccountDay, { disputeClosedOn: closed }: Invoice): Reason[] {
  if (closed === null || closed > day.today) return [];
  const until = businessDaysAfter(closed, day.rules.closedDispute, day.calendar);
  return day.today < until ? [{ code: 'dispute-closed', date: until }] : [];
}

/** "A hold rests the invoices asked about through its day; the others go on." */
function ownerWait(day: AccountDay, invoice: Invoice): Reason[] {
  return day.ownerQuestions
    .filter((question) => question.entity === invoice.entity && question.invoices.includes(invoice.number))
    .filter(({ answer }) => answer !== null && answer.on <= day.today && answer.holdThrough !== null && day.today <= answer.holdThrough)
    .map(({ answer }) => ({ code: 'owner-holds', date: addDays(answer!.holdThrough!, 1) }));
}

/**
 * As soon as "another invoice of that entity becomes late, people are asked 'add it, ask ourselves, rest';
 * after 3 bd without an answer we ask ourselves." The 3 bd run from the due date.
 */
function placementWait(day: AccountDay, invoice: Invoice): Reason[] {
  return activePlacements(day, invoice.entity)
    .filter((placement) => !placement.invoices.includes(invoice.number) && invoice.due >= placement.on && invoice.due < day.today)
    .flatMap((placement): Reason[] => {
      const answer = placement.answers.find((given) => given.invoice === invoice.number)?.answer;
      if (answer === 'ask') return [];
      if (answer !== undefined) return [{ code: 'placement-question', date: null }];
      const until = businessDaysAfter(invoice.due, day.rules.placementQuestion, day.calendar);
      return day.today < until ? [{ code: 'placement-question', date: until }] : [];
    });
}

/** "'No' rests the question for 20 bd (or a chosen day, at most 60)": the day it comes back, or null. */
export function noUntil(day: AccountDay, entity: string, currency: string): Day | null {
  const until = day.noes
    .filter((no) => no.entity === entity && no.currency === currency && no.on <= day.today)
    .map((no) => {
      const chosen = no.until ?? businessDaysAfter(no.on, day.rules.noRests, day.calendar);
      const most = addDays(no.on, day.rules.noAtMost);
      return chosen < most ? chosen : most;
    })
    .filter((back) => day.today < back);
  return until.length === 0 ? null : latest(...until);
}

/** The letter that was sent and whose "deadline and 3 bd more" has not passed. */
export function runningLetter(day: AccountDay, entity: string): Letter | undefined {
  return day.letters.find(
    ({ entity: of, sent }) =>
      of === entity &&
      sent !== null &&
      sent.on <= day.today &&
      day.today <= businessDaysAfter(sent.deadline, day.rules.letterGrace, day.calendar),
  );
}

/** "Deadline + 4 bd": the first day on which the entity's letter does not run any more. */
export const letterRan = (day: AccountDay, entity: string): Day =>
  businessDaysAfter(runningLetter(day, entity)?.sent?.deadline ?? day.today, day.rules.letterGrace + 1, day.calendar);

export const letterRunsFor = (day: AccountDay, sheet: Sheet) =>
  runningLetter(day, sheet.invoice.entity)?.invoices.includes(sheet.invoice.number) ?? false;

export const approvedLetters = (day: AccountDay, entity: string) =>
  day.letters.filter((letter) => letter.entity === entity && letter.sent === null && letter.approvedOn <= day.today);

/** The first day on which a notice has run its 10 bd. */
export const noticeRan = (day: AccountDay, notice: Level): Day =>
  notice.on === null ? '' : businessDaysAfter(notice.on, day.rules.noticeRuns, day.calendar);

/** "From the final notice on an invoice is in formal process until it is paid, placed, given up, or people said no." */
function inFormalProcess(day: AccountDay, sheet: Omit<Sheet, 'formal' | 'amount'>): boolean {
  const first = day.policy.findIndex(isFormalMail);
  const { invoice, level, placed } = sheet;
  if (level === null || first < 0 || level.at < first || placed || invoice.open <= invoice.writtenOff) return false;
  if (noUntil(day, invoice.entity, invoice.currency) === null) return true;
  // "No" is an answer about what is ready; a notice or letter that still runs is not asked about yet.
  return (sheet.notice !== null && day.today < noticeRan(day, sheet.notice)) || letterRunsFor(day, { ...sheet, formal: true, amount: 0 });
}

/**
 * "Collectable is the residual without what is written off, placed, disputed, under a plan or accepted offer, or promised."
 * "Only the part or invoice concerned waits."
 */
function bare(day: AccountDay, invoice: Invoice): Omit<Sheet, 'formal' | 'amount'> {
  const placed = activePlacements(day, invoice.entity).some((placement) => placement.invoices.includes(invoice.number));
  const rests = restsOf(day, invoice);
  const rest = rests.reduce((sum, part) => sum + part.amount, invoice.writtenOff);
  return {
    invoice,
    late: daysFrom(invoice.due, day.today),
    level: levelOf(day, invoice),
    notice: noticeOf(day, invoice),
    firstDemand: firstDemandOf(day, invoice),
    placed,
    free: placed ? 0 : Math.max(0, invoice.open - rest),
    rests,
    leftOut: [
      ...startWait(day, invoice),
      ...replyWait(day, invoice),
      ...closedDisputeWait(day, invoice),
      ...ownerWait(day, invoice),
      ...placementWait(day, invoice),
    ],
  };
}

export const byAge = (a: { readonly invoice: Invoice }, b: { readonly invoice: Invoice }) =>
  a.invoice.due < b.invoice.due || (a.invoice.due === b.invoice.due && a.invoice.number < b.invoice.number) ? -1 : 1;

/** "Unapplied cash and open credit notes of the entity and currency count against the oldest late collectable parts first": then against what is due next. */
export function sheetsOf(day: AccountDay): readonly Sheet[] {
  const left = new Map<string, number>();
  const purse = (of: { readonly entity: string; readonly currency: string }) => `${of.entity} ${of.currency}`;
  for (const credit of day.credits) left.set(purse(credit), (left.get(purse(credit)) ?? 0) + credit.amount);
  return day.invoices
    .filter((invoice) => invoice.open > 0)
    .map((invoice) => bare(day, invoice))
    .sort(byAge)
    .map((sheet) => {
      const there = left.get(purse(sheet.invoice)) ?? 0;
      const covered = Math.min(there, sheet.free);
      left.set(purse(sheet.invoice), there - covered);
      return { ...sheet, amount: sheet.free - covered, formal: inFormalProcess(day, sheet) };
    });
}
