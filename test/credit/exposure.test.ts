import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CreditLimit, decideCreditFile, fileTasks, NO_CREDIT_FILE } from '../../src/credit/credit-file.ts';
import { exposuresOf, headroomOf, leastLeft, limitAlertId, reached } from '../../src/credit/exposure.ts';
import { day } from '../../src/kernel/day.ts';
import { p24 } from '../properties/p24.ts';
import { withControl } from '../support/control.ts';

const TODAY = day('2026-11-30');
const LATEST = day('2027-05-29');
const limit = (amount: number, more: Partial<CreditLimit> = {}): CreditLimit => ({
  amount,
  until: null,
  by: 'U1',
  on: TODAY,
  version: 1,
  ...more,
});
const books = (open: Record<string, number>) =>
  new Map(Object.entries(open).map(([id, amount]) => [id, [{ currency: 'EUR', open: amount }]]));
const GROUP = [
  { id: 'top', parent: null },
  { id: 'one', parent: 'top' },
  { id: 'two', parent: 'top' },
];

it('5,000 ledgers in small: exposure is what an independent sum says, each alert once', async () => {
  const { held, figures } = await p24('test', path.resolve(import.meta.dirname, '../../src'));
  expect(figures).toMatchObject({ differences: 0, again: 0, missed: 0, wrong: 0 });
  expect(figures.groups).toBeGreaterThan(100);
  expect(figures.alerts).toBeGreaterThan(100);
  expect(held).toBe(true);
});

it('a rule that forgets credit is found out', async () => {
  const { held, figures } = await withControl('p24.patch', (src) => p24('test', src));
  expect(held).toBe(false);
  expect(figures.differences).toBeGreaterThan(0);
});

it('a group of three with a limit of 100: 40 and 40 come to 80 %, the third invoice of 30 passes it', () => {
  const file = { ...NO_CREDIT_FILE, groupLimits: { EUR: limit(100) } };
  const at = (open: Record<string, number>) =>
    headroomOf('one', NO_CREDIT_FILE, file, exposuresOf(GROUP, books(open), new Map()), TODAY)[0]!;
  expect(reached(at({ top: 40 }))).toBeNull();
  expect(reached(at({ top: 40, one: 40 }))).toBe(80);
  expect(at({ top: 40, one: 40, two: 30 })).toMatchObject({ of: 'group', exposure: 110, left: -10 });
  expect(reached(at({ top: 40, one: 40, two: 30 }))).toBe(100);
});

describe('limits', () => {
  const rooms = (own: CreditLimit, open: number, more = {}) =>
    headroomOf(
      'one',
      { ...NO_CREDIT_FILE, limits: { EUR: own }, ...more },
      null,
      exposuresOf(GROUP, books({ one: open }), new Map()),
      TODAY,
    );

  it('0 is cash in advance, which differs from none', () => {
    expect(rooms(limit(0), 1)).toMatchObject([{ left: -1 }]);
    expect(reached(rooms(limit(0), 1)[0]!)).toBe(100);
    expect(reached(rooms(limit(0), 0)[0]!)).toBeNull();
    expect(headroomOf('one', NO_CREDIT_FILE, null, exposuresOf(GROUP, books({ one: 5 }), new Map()), TODAY)).toEqual([]);
    expect(leastLeft([], 'EUR')).toBeNull();
  });

  it('an expired one counts 0 from the day after its last', () => {
    expect(rooms(limit(100, { until: TODAY }), 50)).toMatchObject([{ amount: 100, expired: false, left: 50 }]);
    expect(rooms(limit(100, { until: day('2026-11-29') }), 50)).toMatchObject([{ amount: 0, expired: true, left: -50 }]);
  });

  it('79.9 % says nothing, 80 % does, 100 % is not passed yet', () => {
    expect([799, 800, 1_000, 1_001].map((open) => reached(rooms(limit(1_000), open)[0]!))).toEqual([null, 80, 80, 100]);
  });

  it('the insurer’s cover over its share bounds it: 81 at 90 % stand for 90', () => {
    expect(rooms(limit(100), 0, { insured: { currency: 'EUR', amount: 81, percent: 90 } })).toMatchObject([{ amount: 90 }]);
    expect(rooms(limit(100), 0, { insured: { currency: 'GBP', amount: 81, percent: 90 } })).toMatchObject([{ amount: 100 }]);
  });

  it('a child above its group has what is left of the lesser', () => {
    const own = { ...NO_CREDIT_FILE, limits: { EUR: limit(500) } };
    const found = headroomOf(
      'one',
      own,
      { ...NO_CREDIT_FILE, groupLimits: { EUR: limit(100) } },
      exposuresOf(GROUP, books({ one: 60 }), new Map()),
      TODAY,
    );
    expect(leastLeft(found, 'EUR')).toBe(40);
  });

  it('a customer in credit has no more than its limit, and lends nothing to its group', () => {
    const credits = new Map([['one', [{ currency: 'EUR', unappliedCash: 80, openCredit: 0 }]]]);
    const found = exposuresOf(GROUP, books({ two: 50 }), credits);
    expect(found.own.get('one')?.get('EUR')).toBe(-80);
    expect(found.groups.get('top')?.get('EUR')).toBe(50);
    expect(headroomOf('one', { ...NO_CREDIT_FILE, limits: { EUR: limit(100) } }, null, found, TODAY)).toMatchObject([
      { left: 100, exposure: -80 },
    ]);
  });

  it('an alert has one name for each limit’s version and threshold', () => {
    const [room] = rooms(limit(100), 90);
    expect(limitAlertId('one', room!, 80)).toBe('limit:account:one:EUR:80:1');
    expect(limitAlertId('one', { ...room!, limit: limit(100, { version: 2 }) }, 80)).not.toBe(limitAlertId('one', room!, 80));
  });
});

describe('the file', () => {
  const moment = { by: 'U1', today: TODAY, latest: LATEST };
  const entered = { check: null, deposit: null, security: '', retentionOfTitle: true, insured: null, nextReview: null };
  const work = { creditFile: NO_CREDIT_FILE };
  const set = (more: object, on = work, seen = on.creditFile.revision) =>
    decideCreditFile(on, { do: 'set-credit-file', seen, entered: { ...entered, ...more } }, moment);
  const check = { provider: 'Creditreform', grade: '250', on: TODAY, until: day('2027-11-30') };

  it('of each provider the newest check stands, beside those of others', () => {
    const first = set({ check });
    if ('refused' in first) throw new Error(first.refused);
    const second = set({ check: { ...check, provider: 'Dun & Bradstreet', grade: '2A1' } }, first.work);
    if ('refused' in second) throw new Error(second.refused);
    const third = set({ check: { ...check, provider: 'creditreform', grade: '300' } }, second.work);
    if ('refused' in third) throw new Error(third.refused);
    expect(third.work.creditFile).toMatchObject({ revision: 3, checks: [{ grade: '2A1' }, { grade: '300' }] });
  });

  it.each([
    [{ check: { ...check, provider: ' ' } }, 'check-incomplete'],
    [{ check: { ...check, on: day('2026-12-01') } }, 'check-in-future'],
    [{ check: { ...check, until: day('2026-11-29') } }, 'check-ends-early'],
    [{ deposit: { currency: 'EUR', asked: 0, received: 0, by: null } }, 'deposit-not-positive'],
    [{ insured: { currency: 'EUR', amount: 100, percent: 101 } }, 'insured-percent'],
  ])('%j: %s', (more, refused) => {
    expect(set(more)).toEqual({ refused });
  });

  it('a form of yesterday and one without a change are refused', () => {
    expect(set({}, work, 3)).toEqual({ refused: 'credit-file-changed-meanwhile' });
    expect(set({ retentionOfTitle: false })).toEqual({ refused: 'credit-file-unchanged' });
  });

  it('limits of a file come in once, and another amount is another version', () => {
    const take = (amount: number, on: typeof work) =>
      decideCreditFile(
        on,
        { do: 'import-limits', imported: `EUR ${amount}`, limits: [{ scope: 'account', currency: 'EUR', amount, until: null }] },
        moment,
      );
    const [first] = [take(100, work)];
    if ('refused' in first) throw new Error(first.refused);
    const again = take(100, first.work);
    expect(again).toMatchObject({ facts: [], work: { creditFile: { limits: { EUR: { version: 1 } } } } });
    expect(take(0, first.work)).toMatchObject({
      facts: [{ from: 100, amount: 0 }],
      work: { creditFile: { limits: { EUR: { amount: 0, version: 2 } } } },
    });
    expect(take(-1, work)).toEqual({ refused: 'limit-negative' });
  });

  it('says what is due: a review, a check that ends, a deposit that has not come in full', () => {
    const deposit = { currency: 'EUR', asked: 500, received: 200, by: day('2026-12-05') };
    const file = { ...NO_CREDIT_FILE, nextReview: TODAY, checks: [{ ...check, until: day('2026-12-31') }], deposit };
    expect(fileTasks(file, day('2026-12-05'))).toEqual([
      { what: 'review', day: TODAY },
      { what: 'deposit', day: day('2026-12-05'), currency: 'EUR', missing: 300 },
    ]);
    // More than was asked for is nothing that is missing.
    expect(fileTasks({ ...file, nextReview: null, deposit: { ...deposit, received: 900 } }, TODAY)).toEqual([]);
  });
});
