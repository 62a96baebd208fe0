import { describe, expect, it } from 'vitest';
import { LAWS, type Law } from '../../src/charges/law.ts';
import { type LimitationEvent, limitationEnd, limitationRule, limitationStandOf, type Restart } from '../../src/charges/limitation.ts';
import { day } from '../../src/kernel/day.ts';

const through = (law: Law, due: string, ...events: LimitationEvent[]) => limitationEnd(law, day(due), events)?.until;
const on = (kind: Restart, at: string): LimitationEvent => ({ kind, on: day(at) });

describe('limitation', () => {
  it.each([
    ['UK', '2020-11-23', '2026-11-23'],
    // Scotland's claim is gone a year before England's is barred.
    ['UK:SCT', '2020-11-23', '2025-11-23'],
    ['EU:IE', '2020-11-23', '2026-11-23'],
    ['DE', '2023-01-01', '2026-12-31'],
    ['DE', '2023-12-31', '2026-12-31'],
    ['EU:AT', '2023-11-23', '2026-11-23'],
    ['FR', '2021-11-23', '2026-11-23'],
    ['EU:NL', '2021-11-23', '2026-11-23'],
    ['EU:ES', '2020-02-29', '2025-02-28'],
    ['US:CA', '2022-11-23', '2026-11-23'],
    ['US:NY', '2020-11-23', '2026-11-23'],
  ] as const)('by the law %s a debt of %s can be claimed through %s', (law, due, end) => {
    expect(through(law, due)).toBe(end);
  });

  it('a written acknowledgement or part payment begins the time again in England, a demand does not', () => {
    expect(through('UK', '2020-11-23', on('part-payment', '2024-03-01'))).toBe('2030-03-01');
    expect(through('UK', '2020-11-23', on('acknowledgement', '2024-03-01'))).toBe('2030-03-01');
    expect(through('UK', '2020-11-23', on('written-demand', '2024-03-01'))).toBe('2026-11-23');
  });

  it('in the Netherlands a written demand does, in Germany none does', () => {
    expect(through('EU:NL', '2021-11-23', on('written-demand', '2025-01-15'))).toBe('2030-01-15');
    expect(through('DE', '2023-05-01', on('written-demand', '2025-01-15'))).toBe('2026-12-31');
  });

  it('what came before the debt was due or after its time ended changes nothing', () => {
    expect(through('UK', '2020-11-23', on('part-payment', '2020-11-01'))).toBe('2026-11-23');
    expect(through('UK', '2020-11-23', on('part-payment', '2026-11-24'))).toBe('2026-11-23');
    expect(through('UK', '2020-11-23', on('part-payment', '2026-11-23'))).toBe('2032-11-23');
  });

  it('one restart follows another, in whatever order they are recorded', () => {
    expect(through('UK', '2014-01-10', on('part-payment', '2025-06-01'), on('acknowledgement', '2019-06-01'))).toBe('2031-06-01');
  });

  it('what counsel says goes before the list, and is all there is where nothing is listed', () => {
    const given = { until: day('2027-03-31'), source: 'Letter of counsel of 3 November' };
    expect(limitationEnd('other', day('2020-01-01'))).toBeNull();
    expect(limitationEnd('UK:NI', day('2020-01-01'))).toBeNull();
    expect(limitationEnd('other', day('2020-01-01'), [], given)).toEqual({ ...given, doubtful: false, moved: null });
    expect(limitationEnd('UK', day('2020-01-01'), [on('part-payment', '2024-01-01')], given)?.until).toBe('2027-03-31');
  });

  it('the last day still counts, the day after does not, and ninety days before it is near', () => {
    const end = limitationEnd('UK', day('2020-11-23'))!;
    const stand = (today: string) => limitationStandOf(end, day(today));
    expect(stand('2026-08-24')).toBe('open');
    expect(stand('2026-08-25')).toBe('near');
    expect(stand('2026-11-23')).toBe('near');
    expect(stand('2026-11-24')).toBe('past');
  });

  it('each listed law names its source, and what rests on one source is marked', () => {
    const listed = LAWS.flatMap((law) => limitationRule(law) ?? []);
    expect(listed.length).toBeGreaterThan(15);
    for (const { source, years } of listed) expect([source.length > 10, years >= 2 && years <= 10]).toEqual([true, true]);
    expect(limitationRule('US:TX')?.doubtful).toBe(true);
    expect(limitationRule('UK')?.doubtful).toBeUndefined();
  });
});
