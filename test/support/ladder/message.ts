import type { Line, Message, Parts } from './answer.ts';
import { addDays, businessDaysAfter, type Day } from './days.ts';
import { isOwnersBusiness, ownerKnows, stageToday, takenBy, writtenBlocks, writtenGaps } from './gaps.ts';
import { lastOf, statementDayOf, statementsSince } from './levels.ts';
import { counts, look, type Next, type Sight } from './next.ts';
import { addressing, letterParts, notesAlone, partsOf, sumsOf, wordsOf } from './parts.ts';
import { approvedLetters, letterRunsFor, noticeRan, type Sheet } from './sheets.ts';
import type { AccountDay } from './types.ts';

/** The same day with nothing changed, later: imports go on where they are up to date today. */
export const laterOn = (day: AccountDay, today: Day): AccountDay => ({
  ...day,
  today,
  paymentsUpTo: isStale(day) ? day.paymentsUpTo : today,
});

/** "With a ledger older than a business day." */
export const isStale = (day: AccountDay) => day.today >= businessDaysAfter(day.paymentsUpTo, 2, day.calendar);

function following(day: AccountDay, n: number): AccountDay[] {
  return Array.from({ length: n }, (_, i) => laterOn(day, businessDaysAfter(day.today, i + 1, day.calendar)));
}

function message(sight: Sight, entity: string, rest: Omit<Message, 'entity' | 'sums' | 'deadlineFor' | 'waits'>): Message {
  // "Deadline and consequence belong to part (1) alone."
  const deadlineFor = rest.parts.asked.map((line) => line.invoice);
  return { entity, ...rest, deadlineFor, sums: sumsOf(sight.day, entity, rest.parts), waits: null };
}

function stageMessage(sight: Sight, entity: string, at: number): Message {
  const { day } = sight;
  const stage = day.policy[at]!;
  const takes = new Map(takenBy(sight, entity, at).map((next) => [next.sheet.invoice.number, next.at!]));
  const notes = stage.how === 'mail' && stage.words !== 'formal';
  const waits = day.draftsWaiting.some((draft) => draft.entity === entity && draft.stage === stage.key)
    ? { code: 'draft-waiting', date: null, stage: stage.key }
    : callOpen(day, entity, at, takes);
  return {
    ...message(sight, entity, {
      kind: stage.how === 'call' ? 'call' : 'mail',
      stage: stage.key,
      words: stage.how === 'call' ? null : wordsOf(sight, entity, stage),
      ...addressing(sight, stage, takes),
      approvedBy: stage.approvedBy,
      parts: partsOf(sight, entity, at, takes, notes),
    }),
    waits,
  };
}

/** "The call stands on NAME's list: 5 bd after it was first listed." */
function callOpen(day: AccountDay, entity: string, at: number, takes: ReadonlyMap<string, number>): Message['waits'] {
  const { key, how } = day.policy[at]!;
  const listed = day.callsListed.filter((call) => call.stage === key && takes.has(call.invoice) && call.on <= day.today);
  const here = listed.filter((call) => day.invoices.some((invoice) => invoice.number === call.invoice && invoice.entity === entity));
  if (how !== 'call' || here.length === 0) return null;
  const first = here.map((call) => call.on).reduce((a, b) => (b < a ? b : a));
  return { code: 'call-open', date: businessDaysAfter(first, day.rules.callMissed, day.calendar), stage: key };
}

/** "An approved letter goes first." "It keeps 5 bd from other written demands." */
function letterMessage(sight: Sight, entity: string): Message | null {
  const { day } = sight;
  const gapsHeld = writtenGaps(day, entity).every((gap) => gap.date === null || day.today >= gap.date);
  for (const letter of approvedLetters(day, entity)) {
    const parts = letterParts(sight, letter, (sheet) => day.today >= noticeRan(day, sheet.notice!));
    if (!gapsHeld || parts.asked.length === 0) continue;
    return message(sight, entity, {
      kind: 'letter',
      stage: letter.stage,
      words: 'formal',
      to: 'first',
      copyTo: [],
      attach: [],
      approvedBy: 'people',
      parts,
    });
  }
  return null;
}

/** A statement: "what is under a running final notice or letter does not call for one." */
export function noticeRuns(day: AccountDay, next: Next): boolean {
  const { sheet } = next;
  if (!sheet.formal) return false;
  if (letterRunsFor(day, sheet)) return true;
  if (next.again) return day.today < noticeRan(day, sheet.notice!);
  const letterTaken = sheet.level !== null && day.policy[sheet.level.at]!.how === 'decision';
  const decision = next.at !== null && day.policy[next.at]!.how === 'decision';
  return decision && !letterTaken && (!next.lateEnough || day.today < next.gapUntil);
}

/** Its minimums are not reached and no stage is due: a small balance. "Statements about small balances stop after three." */
export const isSmall = (sight: Sight, next: Next) => next.passed !== null && !sight.due.includes(next);

/** "If a collectable invoice has not been named for 20 bd (since day 3 when never named) and such invoices come to 25." */
export function callsForStatement(sight: Sight, entity: string): readonly Sheet[] {
  const { day } = sight;
  const calling = sight.nexts.filter((next) => {
    const { sheet } = next;
    if (sheet.invoice.entity !== entity || sheet.late <= 0 || !counts(sheet) || noticeRuns(day, next)) return false;
    if (isSmall(sight, next) && statementsSince(day, sheet.invoice, sheet.level) >= day.rules.smallStatements) return false;
    return day.today >= statementDayOf(day, sheet.invoice, addDays(sheet.invoice.due, day.rules.firstDay));
  });
  const per = new Map<string, number>();
  for (const { sheet } of calling) per.set(sheet.invoice.currency, (per.get(sheet.invoice.currency) ?? 0) + sheet.amount);
  const reached = [...per].some(([currency, sum]) => sum >= (day.rules.statementMinimum[currency] ?? 0));
  return reached ? calling.map((next) => next.sheet) : [];
}

/** "A neutral statement of account goes, which takes nothing, unless a mail stage comes within 5 bd." */
function statementMessage(sight: Sight, entity: string): Message | null {
  const { day } = sight;
  if (callsForStatement(sight, entity).length === 0 || writtenBlocks(day, entity).length > 0) return null;
  if (following(day, day.rules.demandGap).some((later) => stageToday(look(later), entity, 'mail') !== null)) return null;
  return message(sight, entity, {
    kind: 'statement',
    stage: null,
    words: 'neutral',
    to: 'first',
    copyTo: [],
    attach: [],
    approvedBy: 'collector',
    parts: partsOf(sight, entity, null, new Map(), true, (sheet) => !noticeRuns(day, sight.nexts.find((next) => next.sheet === sheet)!)),
  });
}

const ONLY_NOTES: Omit<Parts, 'notes'> = { asked: [], firmer: [], open: [], formal: [], resting: [] };

/** "Alone it goes only if no contact was made and no mail comes within 5 bd." */
function noteMessage(sight: Sight, entity: string): Message | null {
  const { day } = sight;
  const notes = notesAlone(sight, entity);
  const last = lastOf(day, entity, () => true);
  const quiet = last === '' || day.today >= businessDaysAfter(last, day.rules.demandGap, day.calendar);
  if (notes.length === 0 || !quiet || day.cannotWrite.includes(entity)) return null;
  const mailComes = (later: AccountDay) => {
    const then = look(later);
    return stageToday(then, entity, 'mail') !== null || statementMessage(then, entity) !== null;
  };
  if (following(day, day.rules.demandGap).some(mailComes)) return null;
  const at = Math.max(...notes.map((note) => day.policy.findIndex((stage) => stage.key === note.stage)));
  const stage = day.policy[at]!;
  return message(sight, entity, {
    kind: 'note',
    stage: stage.key,
    words: wordsOf(sight, entity, stage),
    to: stage.contact,
    copyTo: [],
    attach: [],
    approvedBy: stage.approvedBy,
    parts: { ...ONLY_NOTES, notes },
  });
}

/** The message of one entity, as if it had its turn today. */
export function messageOf(sight: Sight, entity: string): Message | null {
  const letter = letterMessage(sight, entity);
  if (letter !== null) return letter;
  const at = stageToday(sight, entity);
  if (at !== null) return stageMessage(sight, entity, at);
  return statementMessage(sight, entity) ?? noteMessage(sight, entity);
}

/** "The owner in sales is asked 2 bd ahead of a firm or formal mail about (entity, stage)": what to ask today, or null. */
export function questionToday(sight: Sight, entity: string): { readonly stage: string; readonly invoices: readonly string[] } | null {
  const { day } = sight;
  if (!day.hasOwner) return null;
  for (const then of [sight, ...following(day, day.rules.ownerAsked).map(look)]) {
    const at = stageToday(then, entity);
    const stage = at === null ? null : day.policy[at]!;
    if (stage === null || !isOwnersBusiness(stage)) continue;
    // The answer has to hold on the day of the mail.
    if (ownerKnows(then.day, entity, stage)) return null;
    return { stage: stage.key, invoices: takenBy(then, entity, at!).map((next) => next.sheet.invoice.number) };
  }
  return null;
}

export interface Turn {
  readonly entity: string;
  readonly message: Message;
}

/** "Entities take turns: not heard of for longest first, then the oldest invoice": the oldest that its message asks for. */
export function turns(sight: Sight, entities: readonly string[]): readonly Turn[] {
  const heard = (entity: string) => lastOf(sight.day, entity, () => true);
  const dues = new Map(sight.sheets.map(({ invoice }) => [invoice.number, invoice.due]));
  const age = ({ kind, parts }: Message) =>
    (kind === 'note' ? parts.notes : kind === 'statement' ? parts.open : parts.asked).map((line) => dues.get(line.invoice)!).sort()[0] ??
    '9999';
  return entities
    .flatMap((entity) => {
      const found = messageOf(sight, entity);
      return found === null ? [] : [{ entity, message: found }];
    })
    .sort((a, b) => compare(heard(a.entity), heard(b.entity)) || compare(age(a.message), age(b.message)) || compare(a.entity, b.entity));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
export const namesOf = (parts: Parts): readonly string[] => [
  ...new Set(Object.values(parts).flatMap((lines: readonly Line[]) => lines.map((line) => line.invoice))),
];
