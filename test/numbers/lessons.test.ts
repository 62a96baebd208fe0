import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { decideLesson, type Lesson, type LessonCase, quarterLessons } from '../../src/numbers/lessons.ts';

const TODAY = day('2026-12-01');
const ended = (id: string, more: Partial<LessonCase> = {}): LessonCase => ({
  ...{ id, account: 'a', kind: 'write-off', entity: 'E', currency: 'GBP', amount: 1_000_00, lost: 1_000_00, ended: day('2026-11-20') },
  facts: { daysLate: 90, contacts: 4, promisesBroken: 1 },
  ...more,
});
const done = (decision: ReturnType<typeof decideLesson>): readonly Lesson[] => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.lessons;
};
const open = (cases: readonly LessonCase[], known: readonly Lesson[] = []) =>
  decideLesson(known, { do: 'open-lessons', cases }, 'clock', TODAY);
const record = (id: string, more: object = {}) =>
  ({
    do: 'record-lesson',
    id,
    cause: 'follow-up-late',
    where: 'follow-up',
    action: { text: 'Call at +7', owner: 'U1', until: day('2026-12-15') },
    ...more,
  }) as const;

describe('what a closed case taught', () => {
  it('is asked once for each case of at least 250 of its currency', () => {
    const lessons = done(open([ended('1'), ended('2', { amount: 249_99 }), ended('3', { currency: 'JPY', amount: 250 })]));
    expect(lessons.map(({ id }) => id)).toEqual(['1', '3']);
    expect(open([ended('1'), ended('3', { currency: 'JPY', amount: 250 })], lessons)).toEqual({ refused: 'nothing-to-open' });
  });

  it('is a cause, a place and one action that comes back until it is done; skipped only with a reason', () => {
    const lessons = done(open([ended('1'), ended('2')]));
    expect(decideLesson(lessons, { do: 'skip-lesson', id: '1', reason: ' ' }, 'U1', TODAY)).toEqual({ refused: 'lesson-text-missing' });
    const past = { text: 'x', owner: 'U1', until: day('2026-11-30') };
    expect(decideLesson(lessons, record('1', { action: past }), 'U1', TODAY)).toEqual({ refused: 'lesson-day-past' });
    const recorded = done(decideLesson(lessons, record('1'), 'U1', TODAY));
    expect(decideLesson(recorded, record('1'), 'U1', TODAY)).toEqual({ refused: 'lesson-closed' });
    expect(quarterLessons(recorded, day('2026-10-01'), TODAY).actions).toHaveLength(1);
    const over = done(decideLesson(recorded, { do: 'end-lesson-action', id: '1' }, 'U1', TODAY));
    expect(quarterLessons(over, day('2026-10-01'), TODAY).actions).toHaveLength(0);
    expect(decideLesson(over, { do: 'end-lesson-action', id: '1' }, 'U1', TODAY)).toEqual({ refused: 'lesson-closed' });
  });

  it('adds up by quarter: what was lost is what was written off, each currency by itself', () => {
    const cases = [
      ended('1'),
      ended('2', { currency: 'EUR', lost: 500_00, amount: 500_00 }),
      ended('3'),
      ended('4', { ended: day('2026-09-30') }),
    ];
    let lessons = done(open(cases));
    lessons = done(decideLesson(lessons, record('1'), 'U1', TODAY));
    lessons = done(decideLesson(lessons, record('2', { cause: 'insolvency' }), 'U1', TODAY));
    lessons = done(decideLesson(lessons, record('4'), 'U1', TODAY));
    const quarter = quarterLessons(lessons, day('2026-10-01'), day('2026-12-31'));
    expect(quarter.causes.map(({ cause, count, lost }) => [cause, count, Object.fromEntries(lost)])).toEqual([
      ['follow-up-late', 1, { GBP: 1_000_00 }],
      ['insolvency', 1, { EUR: 500_00 }],
    ]);
    expect(quarter).toMatchObject({ preventable: 50, open: 1 });
    expect(quarter.actions).toHaveLength(3);
  });
});
