import type { AccountWork } from '../account/account-work.ts';
import { addDays, type Day, dayIn, daysBetween } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import type { World } from '../kernel/world.port.ts';
import { writeOnce } from '../kernel/write-once.op.ts';
import { type Book, openOn } from './book.ts';
import { decideLesson, type LessonCase, type LessonRefusal, type LessonRequest } from './lessons.ts';

export type ChangeLessonsResult = { readonly done: true } | { readonly done: false; readonly refused: LessonRefusal | 'changed-meanwhile' };

/** The caller has authorized `by`. */
export async function changeLessons(
  world: Pick<World, 'clock' | 'lessons' | 'settings'>,
  request: LessonRequest,
  by: string,
  command: string,
): Promise<ChangeLessonsResult> {
  const { zone } = await world.settings.read();
  return writeOnce({
    ...{ aggregate: 'lessons', by, command, now: world.clock.now() },
    load: world.lessons.read,
    decide: ({ lessons }) => decideLesson(lessons, request, by, dayIn(zone, world.clock.now())),
    save: (before, { lessons }, facts) => world.lessons.save(before, { lessons }, facts, command),
  });
}

/** Cases that ended long ago are not asked about when this begins. */
const LATELY_DAYS = 35;
/** An account counts as long late from so many days on. */
const LONG_LATE = 60;

/** What ended lately and is worth a question. */
export async function endedCases(works: ReadonlyMap<string, AccountWork>, book: Book, today: Day): Promise<LessonCase[]> {
  const since = addDays(today, -LATELY_DAYS);
  const cases: LessonCase[] = [];
  const byAccount = Map.groupBy(book.invoices, ({ account }) => account);
  for await (const [account, work] of inTurns(works)) {
    const invoices = byAccount.get(account) ?? [];
    const factsOf = (numbers: readonly string[], entity: string, on: Day): LessonCase['facts'] => {
      const own = invoices.filter((each) => each.entity === entity && numbers.includes(each.number));
      const marks = work.ladders.filter((each) => each.entity === entity).flatMap((each) => [...each.marks, ...each.named]);
      return {
        daysLate: Math.max(0, ...own.map(({ due }) => daysBetween(due, on))),
        contacts: new Set(marks.filter(({ invoice }) => numbers.includes(invoice)).map((mark) => mark.on)).size,
        promisesBroken: work.pastPromises.filter(
          ({ outcome, invoices: of }) => outcome === 'broken' && of.some((each) => numbers.includes(each)),
        ).length,
      };
    };
    for (const { id, entity, currency, parts, on, received } of work.writeOffs) {
      const amount = parts.reduce((sum, part) => sum + part.amount, 0);
      const facts = factsOf(
        parts.map(({ invoice }) => invoice),
        entity,
        on,
      );
      if (on >= since) cases.push({ id, account, kind: 'write-off', entity, currency, amount, lost: amount - received, ended: on, facts });
    }
    for (const { id, entity, currency, amount, recovered, invoices: numbers, since: placed, state } of work.placements)
      if ((state === 'closed' || state === 'recalled') && placed >= addDays(today, -365))
        cases.push({
          id,
          account,
          kind: 'placement',
          entity,
          currency,
          amount,
          lost: amount - recovered,
          ended: today,
          facts: factsOf(numbers, entity, today),
        });
    for (const { id, entity, currency, amount, parts, state } of work.plans)
      if (state === 'in-default')
        cases.push({
          id,
          account,
          kind: 'plan-default',
          entity,
          currency,
          amount,
          lost: 0,
          ended: today,
          facts: factsOf(
            parts.map(({ invoice }) => invoice),
            entity,
            today,
          ),
        });
    cases.push(...cleaned(account, invoices, since, today, factsOf));
  }
  return cases;
}

/** An account that was long late and owes nothing overdue any more, once for the day of its last long-late payment. */
function cleaned(
  account: string,
  invoices: Book['invoices'],
  since: Day,
  today: Day,
  factsOf: (numbers: string[], entity: string, on: Day) => LessonCase['facts'],
): LessonCase[] {
  if (invoices.some((each) => each.due < today && openOn(each, today) > 0)) return [];
  const late = invoices.flatMap((each) => {
    const last = each.cuts.at(-1);
    return last && last.by !== 'credit' && last.on >= since && last.on <= today && daysBetween(each.due, last.on) > LONG_LATE
      ? [{ each, on: last.on }]
      : [];
  });
  return [...Map.groupBy(late, ({ each }) => each.currency)].map(([currency, of]) => {
    const ended = of
      .map(({ on }) => on)
      .sort()
      .at(-1)!;
    const entity = of[0]!.each.entity;
    const amount = of.reduce((sum, { each }) => sum + each.total, 0);
    const facts = factsOf(
      of.map(({ each }) => each.number),
      entity,
      ended,
    );
    return { id: `paid:${account}:${currency}:${ended}`, account, kind: 'late-and-paid', entity, currency, amount, lost: 0, ended, facts };
  });
}
