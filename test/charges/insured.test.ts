import { expect, it } from 'vitest';
import { beyondInsured, lastInsuredDay } from '../../src/charges/insured.ts';
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
