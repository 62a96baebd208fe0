import type { Task } from './answer.ts';
import { addDays, businessDaysAfter, type Day } from './days.ts';
import { isStale } from './message.ts';
import type { Next, Sight } from './next.ts';
import { demandable } from './parts.ts';
import { approvedLetters, noticeRan, noUntil, runningLetter, type Sheet } from './sheets.ts';
import type { AccountDay } from './types.ts';

export interface DecisionList {
  readonly entity: string;
  readonly currency: string;
  readonly at: number;
  readonly sheets: readonly Sheet[];
}

/** Letters are sent "one at a time", and an approved one is under way. */
export const letterUnderWay = (day: AccountDay, entity: string) =>
  runningLetter(day, entity) !== undefined || approvedLetters(day, entity).length > 0;

/**
 * "10 bd after its final notice and late enough, an invoice is ready for a decision. One proposal per entity and currency;
 * its list is worked out anew each day until somebody decides." "Others that are ready wait" while a letter runs.
 */
export function decisionLists(sight: Sight): readonly DecisionList[] {
  const { day } = sight;
  const ready = sight.due.filter((next) => day.policy[next.at!]!.how === 'decision');
  const books = new Map<string, Next[]>();
  for (const next of ready) {
    const { entity, currency } = next.sheet.invoice;
    if (letterUnderWay(day, entity) || noUntil(day, entity, currency) !== null) continue;
    books.set(`${entity} ${currency}`, [...(books.get(`${entity} ${currency}`) ?? []), next]);
  }
  return [...books.values()].map((book) => {
    const { entity, currency } = book[0]!.sheet.invoice;
    // A question that is open stays the one question while something is left on its list.
    const open = book.find(({ at }) => isProposed(day, { entity, currency, at: at! }));
    const at = open?.at ?? Math.max(...book.map((next) => next.at!));
    return { entity, currency, at, sheets: book.filter((next) => next.at === at).map((next) => next.sheet) };
  });
}

type Question = Pick<DecisionList, 'entity' | 'currency' | 'at'>;

const openProposal = (day: AccountDay, list: Question) =>
  day.proposals.find(
    ({ entity, currency, stage, since }) =>
      entity === list.entity && currency === list.currency && stage === day.policy[list.at]!.key && since <= day.today,
  );
const isProposed = (day: AccountDay, list: Question) => openProposal(day, list) !== undefined;

export const proposedSince = (day: AccountDay, list: Question): Day => openProposal(day, list)?.since ?? day.today;

/** True on every fifth business day after the day. */
export function isRecallDay(day: AccountDay, since: Day, every = 5): boolean {
  for (let at = businessDaysAfter(since, every, day.calendar); at <= day.today; at = businessDaysAfter(at, every, day.calendar))
    if (at === day.today) return true;
  return false;
}

/** The first recall behind today. */
export function nextRecall(day: AccountDay, since: Day): Day {
  let at = since;
  while (at <= day.today) at = businessDaysAfter(at, 5, day.calendar);
  return at;
}

/** A status that stops, direct debit or a hold rests our people's work on the account too, and nobody decides on old payments. */
export const restsAltogether = (day: AccountDay) =>
  day.stopped || day.autopay || isStale(day) || (day.holdThrough !== null && day.today <= day.holdThrough);

function decisions(sight: Sight): Task[] {
  const { day } = sight;
  return decisionLists(sight).map((list) => {
    const since = proposedSince(day, list);
    return {
      kind: 'decide',
      entity: list.entity,
      currency: list.currency,
      stage: day.policy[list.at]!.key,
      invoices: list.sheets.map((sheet) => ({
        invoice: sheet.invoice.number,
        amount: sheet.notice === null ? sheet.amount : demandable(day, sheet, (of) => day.today >= noticeRan(day, of.notice!)),
      })),
      since,
      // "Recalled to its owner each 5 bd and to the finance lead after 10 bd."
      recall: isRecallDay(day, since),
      financeLead: day.today >= businessDaysAfter(since, 10, day.calendar),
    };
  });
}

/** "Unanswered: collector at once, manager after 5 bd, weekly from then on." "From 20 bd on a decision of the manager." */
function replies(day: AccountDay): Task[] {
  return day.replies
    .filter((reply) => reply.on <= day.today && (reply.answeredOn === null || reply.answeredOn > day.today))
    .map(({ entity, on }) => {
      const manager = day.today >= businessDaysAfter(on, 5, day.calendar);
      const decides = day.today >= businessDaysAfter(on, 20, day.calendar);
      return {
        kind: 'answer-reply',
        entity,
        on,
        who: manager ? 'manager' : 'collector',
        remind: on === day.today || isRecallDay(day, on),
        decides,
      };
    });
}

export const keptSmall = (day: AccountDay, sheet: Sheet): Day | null => {
  const kept = day.smallKept.find((of) => of.invoice === sheet.invoice.number && of.on <= day.today);
  const until = kept === undefined ? null : addDays(kept.on, day.rules.smallBalanceKept);
  return until !== null && day.today < until ? until : null;
};

export const inSmallQueue = (day: AccountDay, next: Next) =>
  next.small && next.sheet.amount > 0 && next.sheet.leftOut.length === 0 && keptSmall(day, next.sheet) === null;

function ofInvoice(sight: Sight, next: Next): Task[] {
  const { day } = sight;
  const { sheet } = next;
  const invoice = sheet.invoice.number;
  const tasks: Task[] = [];
  if (inSmallQueue(day, next)) tasks.push({ kind: 'small-balance', invoice, since: addDays(sheet.invoice.due, day.rules.smallBalanceDay) });
  for (const said of next.said) {
    // "Its manager is told"; "tracing".
    if (said.code === 'call-missed') tasks.push({ kind: 'call-missed', invoice, stage: said.stage! });
    if (said.code === 'call-unreached') tasks.push({ kind: 'trace-contact', invoice, stage: said.stage! });
  }
  for (const wait of sheet.leftOut)
    if (wait.code === 'placement-question' && wait.date !== null) tasks.push({ kind: 'placement-question', invoice, until: wait.date });
  if (sheet.late > 0 && sheet.free > 0 && sheet.amount === 0) tasks.push({ kind: 'allocate-credit', invoice });
  return tasks;
}

/** Everything for our own people today. "It raises nothing, blocks no contact." */
export function peopleOf(
  sight: Sight,
  questions: readonly { readonly entity: string; readonly stage: string; readonly invoices: readonly string[] }[],
): Task[] {
  const { day } = sight;
  if (restsAltogether(day)) return replies(day);
  const unconfirmed = sight.sheets.filter((sheet) => sheet.leftOut.some((wait) => wait.code === 'start-unconfirmed'));
  return [
    ...decisions(sight),
    ...questions.map((question): Task => ({ kind: 'ask-owner', ...question })),
    ...replies(day),
    ...[...new Set(unconfirmed.map((sheet) => sheet.invoice.entity))].map((entity): Task => ({ kind: 'confirm-start', entity })),
    ...sight.nexts.flatMap((next) => ofInvoice(sight, next)),
  ];
}
