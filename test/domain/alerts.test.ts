import { describe, expect, it } from 'vitest';
import { alertUser, howTold, quiet } from '../../src/domain/alerts.ts';
import { day } from '../../src/domain/day.ts';
import { weekendOf } from '../../src/domain/working-days.ts';
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
  it('the collector, the cover, else somebody who manages; questions to the owner in sales', () => {
    expect(alertUser('limit-passed', teamOf(), 'SARA', 'MARA', MONDAY)).toBe('MARA');
    expect(alertUser('limit-passed', teamOf({ MARA: absent('TOM') }), 'SARA', 'MARA', MONDAY)).toBe('TOM');
    expect(alertUser('limit-passed', teamOf({ MARA: { left: true } }), 'SARA', 'MARA', MONDAY)).toBe('INES');
    expect(alertUser('limit-passed', teamOf(), 'SARA', null, MONDAY)).toBe('INES');
    expect(alertUser('owner-question', teamOf(), 'SARA', 'MARA', MONDAY)).toBe('SARA');
  });
});
