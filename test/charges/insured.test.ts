import { describe, expect, it } from 'vitest';
import { insuranceLine } from '../../src/charges/agreement.view.ts';
import { beyondInsured, lastInsuredDay, reportBy } from '../../src/charges/insured.ts';
import { day } from '../../src/kernel/day.ts';

const agreement = { insurance: { policy: 'P-1', extension: 60 } };
const items = [
  { number: 'B', due: day('2026-11-10') },
  { number: 'A', due: day('2026-11-01') },
];

it('the last day is counted from the original due date', () => {
  expect(lastInsuredDay(agreement, day('2026-11-01'))).toBe('2026-12-31');
  expect(lastInsuredDay({ insurance: { policy: 'P-1', extension: null } }, day('2026-11-01'))).toBeNull();
  expect(lastInsuredDay(null, day('2026-11-01'))).toBeNull();
});

it('the last day itself is within the period, the day after is beyond it', () => {
  expect(beyondInsured(agreement, items, day('2026-12-31'))).toBeNull();
  expect(beyondInsured(agreement, items, day('2027-01-01'))).toEqual({
    until: '2027-01-01',
    invoices: [{ invoice: 'A', last: '2026-12-31' }],
  });
});

it('several are named, the earliest last day first', () => {
  expect(beyondInsured(agreement, items, day('2027-02-01'))?.invoices.map(({ invoice }) => invoice)).toEqual(['A', 'B']);
});

describe('what the insurer must be told', () => {
  const of = (reported: string | null = null, within: number | null = 30) => ({
    insurance: { policy: 'P-1', extension: null, reported: reported === null ? null : day(reported) },
    insuranceDeadline: within,
  });
  it('is due so many days after the due date, and not where no deadline is known', () => {
    expect(reportBy(of(), day('2026-11-01'))).toBe('2026-12-01');
    expect(reportBy(of(null, null), day('2026-11-01'))).toBeNull();
    expect(reportBy(null, day('2026-11-01'))).toBeNull();
  });

  it('has been told of what was overdue on the day of the report; what fell due that day or later has a report of its own', () => {
    expect(reportBy(of('2026-11-02'), day('2026-11-01'))).toBeNull();
    expect(reportBy(of('2026-11-02'), day('2026-11-02'))).toBe('2026-12-02');
  });

  it('stands on the card with what comes next', () => {
    const agreement = (more: object) => ({ ...of(), ...more, revision: 1, law: null, by: 'U0INES', on: day('2026-11-01') }) as never;
    const invoices = [
      { number: 'A', due: day('2026-10-01') },
      { number: 'B', due: day('2026-11-10') },
    ];
    const today = day('2026-11-23');
    expect(insuranceLine(agreement({}), invoices, today)).toBe(
      '*Credit insurance*  policy P-1 · :warning: A had to be reported by 31 Oct 2026',
    );
    const { insurance } = of('2026-11-05');
    expect(insuranceLine(agreement({ insurance }), invoices, today)).toBe(
      '*Credit insurance*  policy P-1 · reported to the insurer on 5 Nov 2026 · report B by 10 Dec 2026',
    );
    expect(insuranceLine(agreement({ insurance: null }), invoices, today)).toContain('policy number not entered');
    expect(insuranceLine(agreement({ insurance: null, insuranceDeadline: null }), invoices, today)).toBe('');
  });
});
