import { describe, expect, it } from 'vitest';
import { alertUsers, howTold, nextList, quiet, spokenOf } from '../../src/follow-up/alerts.ts';
import { day } from '../../src/kernel/day.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';
import { absent, teamOf } from '../support/cases.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const ours = { weekend: weekendOf('GB'), holidays: new Set(['2026-12-25']) };
const MONDAY = day('2026-11-23');

describe('quiet hours', () => {
  it('last until 8 and from 18 on, over weekends and public holidays, in our zone', () => {
    expect(quiet(at('2026-11-23T07:59:00Z'), 'Europe/London', ours)).toBe(true);
    expect(quiet(at('2026-11-23T08:00:00Z'), 'Europe/London', ours)).toBe(false);
    expect(quiet(at('2026-11-23T17:59:00Z'), 'Europe/London', ours)).toBe(false);
    expect(quiet(at('2026-11-23T18:00:00Z'), 'Europe/London', ours)).toBe(true);
    expect(quiet(at('2026-11-23T07:30:00Z'), 'Europe/Berlin', ours)).toBe(false);
    expect(quiet(at('2026-11-22T12:00:00Z'), 'Europe/London', ours)).toBe(true);
    expect(quiet(at('2026-12-25T12:00:00Z'), 'Europe/London', ours)).toBe(true);
  });
});

describe('nobody is flooded', () => {
  const now = at('2026-11-23T12:00:00Z');
  const sent = (minutes: number, list = false) => ({ at: now.subtract({ minutes }), list });
  it('five within an hour come one by one, the sixth makes a list, and then an hour is silent', () => {
    expect(howTold(5, [], now, null)).toBe('each');
    expect(howTold(6, [], now, null)).toBe('list');
    expect(
      howTold(
        1,
        [1, 2, 3, 4].map((n) => sent(n)),
        now,
        null,
      ),
    ).toBe('each');
    expect(
      howTold(
        1,
        [1, 2, 3, 4, 5].map((n) => sent(n)),
        now,
        null,
      ),
    ).toBe('list');
    expect(howTold(1, [sent(59, true)], now, null)).toBe('later');
    expect(howTold(1, [sent(60, true)], now, null)).toBe('each');
    expect(howTold(0, [], now, null)).toBe('later');
  });
  it('who wants one list a day gets it from the hour of the digest on, once', () => {
    expect(howTold(1, [], now, { hourCame: false })).toBe('later');
    expect(howTold(1, [], now, { hourCame: true })).toBe('list');
    expect(howTold(9, [sent(180, true)], now, { hourCame: true })).toBe('later');
  });
});

describe('an alert goes to who can act', () => {
  const people = (named: string, collector: string | null = 'MARA', several: readonly string[] = []) => ({ named, collector, several });
  it('one of the account: the collector, the cover, else somebody who manages', () => {
    expect(alertUsers('limit-passed', teamOf(), people(''), MONDAY)).toEqual(['MARA']);
    expect(alertUsers('limit-passed', teamOf({ MARA: absent('TOM') }), people(''), MONDAY)).toEqual(['TOM']);
    expect(alertUsers('limit-passed', teamOf({ MARA: { left: true } }), people(''), MONDAY)).toEqual(['INES']);
    expect(alertUsers('limit-passed', teamOf(), people('', null), MONDAY)).toEqual(['INES']);
  });
  it('a question to the owner in sales alone', () => {
    expect(alertUsers('owner-question', teamOf(), people('SARA'), MONDAY)).toEqual(['SARA']);
    expect(alertUsers('owner-question', teamOf(), people(''), MONDAY)).toEqual([]);
  });
  it('a broken promise to who took it or covers for them, else to the collector', () => {
    expect(alertUsers('promise-broken', teamOf(), people('TOM'), MONDAY)).toEqual(['TOM']);
    expect(alertUsers('promise-broken', teamOf({ TOM: absent('MARA') }), people('TOM'), MONDAY)).toEqual(['MARA']);
    expect(alertUsers('promise-broken', teamOf({ TOM: { left: true } }), people('TOM'), MONDAY)).toEqual(['MARA']);
  });
  it('a mail that failed to the collector; where there is none, to who approved it', () => {
    expect(alertUsers('mail-trouble', teamOf(), people('PAUL'), MONDAY)).toEqual(['MARA']);
    expect(alertUsers('mail-trouble', teamOf(), people('PAUL', null), MONDAY)).toEqual(['PAUL']);
  });
  it('an instalment that is missing to who made the plan and the collector, once where they are one', () => {
    expect(alertUsers('plan-missed', teamOf(), people('TOM'), MONDAY)).toEqual(['TOM', 'MARA']);
    expect(alertUsers('plan-missed', teamOf({ TOM: absent('MARA') }), people('TOM'), MONDAY)).toEqual(['MARA']);
    expect(alertUsers('plan-missed', teamOf({ MARA: { left: true } }), people('', 'MARA'), MONDAY)).toEqual(['INES']);
  });
  it('a dispute past its limit to who sees to it and to the managers; a decision to those who can take it', () => {
    expect(alertUsers('dispute-overdue', teamOf(), people('TOM'), MONDAY)).toEqual(['TOM', 'INES', 'OMAR']);
    expect(alertUsers('dispute-overdue', teamOf({ OMAR: { left: true } }), people('INES'), MONDAY)).toEqual(['INES']);
    expect(alertUsers('case-lapses', teamOf(), people('', 'MARA', ['PAUL', 'PETRA', 'PAUL']), MONDAY)).toEqual(['PAUL', 'PETRA']);
  });
});

describe('what ends soon', () => {
  const zone = 'Europe/London';
  it('is spoken of as wanted, unless the quiet hours outlast it: then before them', () => {
    const spoken = (wanted: string, ends: string) => spokenOf(at(wanted), at(ends), zone, ours).toString();
    expect(spoken('2026-11-22T09:00:00Z', '2026-11-23T09:00:00Z')).toBe('2026-11-22T09:00:00Z');
    expect(spoken('2026-11-22T07:00:00Z', '2026-11-23T08:00:00Z')).toBe('2026-11-20T17:00:00Z');
    expect(spoken('2026-11-24T07:30:00Z', '2026-11-24T07:59:00Z')).toBe('2026-11-23T17:30:00Z');
    expect(spoken('2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z')).toBe('2026-11-24T12:00:00Z');
  });
  it('does not wait for a list behind its end; the next list comes on the next working day', () => {
    expect(nextList(at('2026-11-20T12:00:00Z'), 9, zone, ours).toString()).toBe('2026-11-23T09:00:00Z');
    expect(nextList(at('2026-11-23T12:00:00Z'), 7, zone, ours).toString()).toBe('2026-11-24T08:00:00Z');
    expect(nextList(at('2026-11-23T08:30:00Z'), 9, zone, ours).toString()).toBe('2026-11-23T09:00:00Z');
    expect(nextList(at('2026-12-24T12:00:00Z'), 9, zone, ours).toString()).toBe('2026-12-28T09:00:00Z');
  });
});
