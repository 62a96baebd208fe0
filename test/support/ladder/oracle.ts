import type { Answer, Message, Reason } from './answer.ts';
import { addDays, businessDaysAfter, type Day } from './days.ts';
import { laterOn, namesOf, questionToday, turns } from './message.ts';
import { look, type Sight } from './next.ts';
import { peopleOf } from './people.ts';
import { nothingLate, reasonsOf, stopsOf } from './reasons.ts';
import type { AccountDay } from './types.ts';

const entitiesOf = (day: AccountDay) => [...new Set(day.invoices.map((invoice) => invoice.entity))].sort();

/** The one contact of the day, with the owner in sales left as asked so far. */
function contactOf(sight: Sight): Message | null {
  if (stopsOf(sight.day).length > 0) return null;
  return turns(sight, entitiesOf(sight.day))[0]?.message ?? null;
}

/** The same day once the owner in sales has been asked what is to be asked today. */
function withQuestions(day: AccountDay) {
  if (!day.hasOwner || stopsOf(day).length > 0) return { day, questions: [] };
  const sight = look(day);
  const questions = entitiesOf(day).flatMap((entity) => {
    const question = questionToday(sight, entity);
    return question === null ? [] : [{ entity, ...question }];
  });
  const asked = questions.map((question) => ({ ...question, askedOn: day.today, answer: null }));
  return { day: { ...day, ownerQuestions: [...day.ownerQuestions, ...asked] }, questions };
}

/** "The first later day on which this same decision, with nothing changed, makes a contact; searched day by day, 130 at most." */
function nextDateOf(day: AccountDay): Day | null {
  if (day.invoices.every((invoice) => invoice.open === 0) || day.stopped || day.autopay) return null;
  for (let n = 1; n <= day.rules.searchDays; n++) {
    const later = laterOn(day, addDays(day.today, n));
    if (contactOf(look(later)) !== null) return later.today;
  }
  return null;
}

function unique(reasons: readonly Reason[]): Reason[] {
  const kept = new Map<string, Reason>();
  for (const reason of reasons) kept.set(`${reason.code} ${reason.stage ?? ''} ${reason.date ?? ''}`, reason);
  return [...kept.values()];
}

/** Decides what is to be done about one account on one day. */
export function decide(given: AccountDay): Answer {
  const { day, questions } = withQuestions(given);
  const sight = look(day);
  const stops = stopsOf(day);
  const order = stops.length > 0 ? [] : turns(sight, entitiesOf(day));
  const message = order[0]?.message ?? null;
  const named = message === null ? [] : namesOf(message.parts);
  const own = sight.nexts.map((next) => ({ next, reasons: reasonsOf(sight, next) }));

  const entities = entitiesOf(day)
    .filter((entity) => entity !== message?.entity)
    .map((entity) => {
      const turn = order.some((of) => of.entity === entity);
      const other: Reason[] = turn ? [{ code: 'other-entity-first', date: businessDaysAfter(day.today, 1, day.calendar) }] : [];
      const late = own.filter(({ next }) => next.sheet.invoice.entity === entity && next.sheet.late > 0);
      const reasons = [...stops, ...other, ...nothingLate(day, entity), ...late.flatMap((of) => of.reasons)];
      return { entity, reasons: unique(reasons) };
    });

  const invoices = own.map(({ next, reasons }) => {
    const { sheet } = next;
    const around = entities.find((of) => of.entity === sheet.invoice.entity)?.reasons ?? [];
    const missing = sheet.late > 0 && reasons.length === 0 ? around : reasons;
    return {
      invoice: sheet.invoice.number,
      late: sheet.late,
      level: sheet.level && { stage: day.policy[sheet.level.at]!.key, on: sheet.level.on, asked: sheet.level.asked },
      amount: sheet.amount,
      next: next.at === null ? null : day.policy[next.at]!.key,
      inFormalProcess: sheet.formal,
      reasons: sheet.late <= 0 || named.includes(sheet.invoice.number) ? [] : missing,
    };
  });

  const supply = message !== null && day.policy.some((stage) => stage.key === message.stage && stage.stopsSupply);
  return {
    message,
    reasons: message === null ? unique(stops.length > 0 ? stops : entities.flatMap((of) => of.reasons)) : [],
    entities,
    invoices,
    people: [...peopleOf(sight, questions), ...(supply ? [{ kind: 'stop-supply' as const, entity: message.entity }] : [])],
    nextDate: message === null ? nextDateOf(day) : null,
  };
}
