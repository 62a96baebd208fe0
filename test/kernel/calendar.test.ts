import { describe, expect, it } from 'vitest';
import { digestDue } from '../../src/kernel/calendar.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';

const none = { weekend: new Set([6, 7]), holidays: new Set<string>() };
const at = (text: string) => Temporal.Instant.from(text);
const berlin = { hour: 9, zone: 'Europe/Berlin' };

describe('the digest is due', () => {
  it('at the set hour of the zone and not a millisecond before', () => {
    expect(digestDue(at('2026-11-23T07:59:59.999Z'), berlin, none)).toEqual({ due: false });
    expect(digestDue(at('2026-11-23T08:00:00Z'), berlin, none)).toEqual({ due: true, day: '2026-11-23', late: false });
  });

  it('late from a quarter of an hour after it', () => {
    expect(digestDue(at('2026-11-23T08:15:00Z'), berlin, none)).toMatchObject({ late: false });
    expect(digestDue(at('2026-11-23T08:15:01Z'), berlin, none)).toMatchObject({ late: true });
    expect(digestDue(at('2026-11-23T22:59:59Z'), berlin, none)).toMatchObject({ day: '2026-11-23', late: true });
  });

  it('not on days off', () => {
    expect(digestDue(at('2026-11-22T12:00:00Z'), berlin, none)).toEqual({ due: false });
    expect(digestDue(at('2026-11-27T12:00:00Z'), { hour: 9, zone: 'Asia/Riyadh' }, { ...none, weekend: weekendOf('SA') })).toEqual({
      due: false,
    });
    expect(digestDue(at('2026-12-25T12:00:00Z'), berlin, { ...none, holidays: new Set(['2026-12-25']) })).toEqual({ due: false });
  });

  it('after the gap when a clock change skips the set hour', () => {
    const cairo = { hour: 0, zone: 'Africa/Cairo' };
    // On Friday 2026-04-24 Cairo goes from 00:00 to 01:00.
    expect(digestDue(at('2026-04-23T21:59:00Z'), cairo, none)).toMatchObject({ day: '2026-04-23' });
    expect(digestDue(at('2026-04-23T22:00:00Z'), cairo, none)).toMatchObject({ due: true, day: '2026-04-24', late: false });
  });
});
