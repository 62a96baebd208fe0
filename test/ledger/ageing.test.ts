import { expect, test } from 'vitest';
import { day, daysBetween } from '../../src/kernel/day.ts';
import { AGEING_BUCKETS, bucketOf } from '../../src/ledger/ageing.ts';

test.each([
  [-1, 'current'],
  [0, 'current'],
  [1, '1-30'],
  [30, '1-30'],
  [31, '31-60'],
  [60, '31-60'],
  [61, '61-90'],
  [90, '61-90'],
  [91, '90+'],
  [4000, '90+'],
] as const)('%i days past due is %s', (days, bucket) => expect(bucketOf(days)).toBe(bucket));

test('an invoice due today is current, tomorrow it is late', () => {
  expect(bucketOf(daysBetween(day('2026-02-28'), day('2026-02-28')))).toBe('current');
  expect(bucketOf(daysBetween(day('2026-02-28'), day('2026-03-01')))).toBe('1-30');
});

test('every bucket is listed once, youngest first', () => {
  expect(AGEING_BUCKETS).toEqual([-1, 1, 31, 61, 91].map(bucketOf));
});
