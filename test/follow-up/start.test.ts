import { describe, expect, it } from 'vitest';
import { decideLadder } from '../../src/follow-up/climb.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { ladderOf } from '../../src/follow-up/ladder.ts';
import { BY_AGE, lastDunned, startMarks } from '../../src/follow-up/start.ts';
import { addDays, day } from '../../src/kernel/day.ts';

const TODAY = day('2026-11-30');
const late = (days: number, dunned?: { level: number; on: string | null }) => ({
  ...{ number: `I${days}`, due: addDays(TODAY, -days), open: 10_000 },
  ...(dunned ? { dunned: { level: dunned.level, on: dunned.on === null ? null : day(dunned.on) } } : {}),
});
const stagesOf = (...items: ReturnType<typeof late>[]) =>
  startMarks(items, DEFAULT_POLICY, TODAY, BY_AGE).map(({ invoice, stage, on }) => `${invoice} ${stage} ${on}`);

describe('where an invoice begins that was overdue when it was imported', () => {
  it.each([
    [0, []],
    [6, []],
    [7, ['I7 friendly 2026-11-26']],
    [20, ['I20 friendly 2026-11-13']],
    [21, ['I21 reminder 2026-11-19']],
    [44, ['I44 reminder 2026-10-27']],
    [45, ['I45 firm 2026-11-06']],
    [400, ['I400 firm 2025-11-16']],
  ])('%i days late, by age: %j', (days, wanted) => expect(stagesOf(late(days))).toEqual(wanted));

  it('never with a step that it is too young for, whatever is said of its band', () => {
    const bands = [{ from: 1, stage: 'firm' }];
    const marks = startMarks([late(2), late(12), late(30)], DEFAULT_POLICY, TODAY, bands);
    expect(marks.map(({ invoice, stage }) => `${invoice} ${stage}`)).toEqual(['I12 reminder', 'I30 firm']);
  });

  it('never with a final notice, however often the accounting system has reminded', () => {
    const bands = [{ from: 1, stage: 'final-notice' }];
    const marks = startMarks([late(200), late(300, { level: 9, on: '2026-11-20' })], DEFAULT_POLICY, TODAY, bands);
    expect(marks.every(({ notice, stage }) => notice === null && !['final-notice', 'demand-letter', 'last-step'].includes(stage))).toBe(
      true,
    );
  });

  it.each([
    ['none was sent, though it is old', late(100, { level: 0, on: null }), []],
    ['one, on its day', late(100, { level: 1, on: '2026-11-20' }), ['I100 friendly 2026-11-20']],
    ['two, the day not known', late(100, { level: 2, on: null }), ['I100 reminder 2026-09-01']],
    ['three, sent when it was too young for the third', late(100, { level: 3, on: '2026-09-03' }), ['I100 reminder 2026-09-03']],
    ['one, on a day before it was due: the day is no reminder’s', late(10, { level: 1, on: '2026-11-01' }), ['I10 friendly 2026-11-23']],
  ])('by the reminders of the accounting system: %s', (_, item, wanted) => expect(stagesOf(item)).toEqual(wanted));

  it('counts the accounting system’s last reminder as the last mail, but none of tomorrow', () => {
    expect(lastDunned([late(100, { level: 1, on: '2026-11-20' }), late(90, { level: 1, on: '2026-11-24' }), late(80)], TODAY)).toBe(
      '2026-11-24',
    );
    expect(lastDunned([late(100, { level: 1, on: '2026-12-24' })], TODAY)).toBeNull();
  });
});

describe('taking a starting point back', () => {
  const moment = { by: 'U1', today: TODAY, latest: addDays(TODAY, 400) };
  const items = [late(30), late(60, { level: 2, on: '2026-11-24' })];
  const begun = () => {
    const marks = startMarks(items, DEFAULT_POLICY, TODAY, BY_AGE);
    const request = { do: 'confirm-start', entity: 'E', stage: null, sent: lastDunned(items, TODAY), marks, from: TODAY } as const;
    const decided = decideLadder(ladderOf([], 'E'), request, moment);
    if ('refused' in decided) throw new Error(decided.refused);
    return decided.ladder;
  };

  it('leaves the ladder as it was before', () => {
    const decided = decideLadder(begun(), { do: 'take-back-start', entity: 'E' }, moment);
    expect(decided).toMatchObject({
      ladder: ladderOf([], 'E'),
      facts: [{ type: 'start-taken-back', entity: 'E', invoices: ['I30', 'I60'] }],
    });
  });

  it('is refused where none is set, and once the customer was contacted on it', () => {
    expect(decideLadder(ladderOf([], 'E'), { do: 'take-back-start', entity: 'E' }, moment)).toEqual({ refused: 'no-start-to-take-back' });
    const contacted = { ...begun(), lastContact: TODAY };
    expect(decideLadder(contacted, { do: 'take-back-start', entity: 'E' }, moment)).toEqual({ refused: 'contact-since-start' });
  });
});
