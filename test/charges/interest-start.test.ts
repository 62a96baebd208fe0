import { describe, expect, it } from 'vitest';
import { type DueCircumstances, interestStart } from '../../src/charges/interest-start.ts';
import type { Law } from '../../src/charges/law.ts';
import { ruleOf } from '../../src/charges/law-rules.ts';
import { day } from '../../src/kernel/day.ts';

// 1 June 2026 is a Monday; 1 July a Wednesday; 15 August, a Saturday.

const calendar = { weekend: new Set([6, 7]), holidays: new Set(['2026-06-04']) };
const start = (law: Law, over: Partial<DueCircumstances> = {}) =>
  interestStart(ruleOf(law)!.untermed, {
    issued: day('2026-05-18'),
    due: day('2026-06-01'),
    termsAgreed: false,
    demands: [],
    calendar: ruleOf(law)!.daysOff ? calendar : null,
    ...over,
  });

describe('interest starts', () => {
  it.each<[Law, string | null]>([
    ['UK', '2026-06-17'],
    ['EU:NL', '2026-06-17'],
    ['EU:IE', '2026-06-17'],
    ['EU:LU', '2026-06-17'],
    ['EU:BE', '2026-06-17'],
    ['EU:FI', '2026-06-17'],
    ['FR', '2026-06-01'],
    ['DE', '2026-07-01'],
    ['EU:IT', null],
    ['EU:AT', null],
    ['EU:PL', null],
  ])('by the law of %s without agreed terms behind %s', (law, last) => {
    expect(start(law)?.last ?? null).toBe(last);
    expect(start(law, { termsAgreed: true })).toEqual({ last: '2026-06-01', why: '' });
    if (last !== null) expect(start(law)!.why).toContain('no terms in the agreement');
  });

  it('never before the invoice’s own due date', () => {
    expect(start('UK', { due: day('2026-07-20') })!.last).toBe('2026-07-20');
  });

  // BGB 286(1), (3): an invoice received and due on 1 June is in default from 2 July; a demand before the due date does nothing.
  it.each<[string, string[], string]>([
    ['no demand', [], '2026-07-01'],
    ['a demand on the due date', ['2026-06-01'], '2026-07-01'],
    ['the first of two demands', ['2026-06-20', '2026-06-12'], '2026-06-12'],
    ['a demand behind the 30 days', ['2026-07-15'], '2026-07-01'],
  ])('in Germany behind 30 days from the due date or the first demand: %s', (_, demands, last) => {
    expect(start('DE', { issued: day('2026-06-01'), demands: demands.map((on) => day(on)) })!.last).toBe(last);
  });

  // BGB 193, BGH III ZR 159/06.
  it.each([
    ['2026-05-30', '2026-06-01'],
    ['2026-05-31', '2026-06-01'],
    ['2026-06-04', '2026-06-05'],
  ])('in Germany a term that ends on the day off %s ends on %s', (due, last) => {
    expect(start('DE', { due: day(due), termsAgreed: true })!.last).toBe(last);
    expect(start('UK', { due: day(due), termsAgreed: true })!.last).toBe(due);
  });

  it('a German 30-day term that ends on a Saturday ends on Monday', () => {
    expect(start('DE', { due: day('2026-07-16') })!.last).toBe('2026-08-17');
  });
});
