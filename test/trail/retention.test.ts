import { describe, expect, it, test } from 'vitest';
import { type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import {
  type Count,
  cutOff,
  cutOffs,
  decideRetention,
  KEEP_ALL,
  keptBecause,
  type Months,
  NO_RETENTION,
  NOTHING,
  RECORD_KINDS,
  type Retention,
  type RetentionRequest,
  wrongMonths,
} from '../../src/trail/retention.ts';

const TODAY = day('2026-11-28');

describe('the last day whose records may go', () => {
  it.each([
    // 96 months after the end of 2017 is the end of 2025, and after that of 2018 the end of 2026.
    ['bookkeeping', 96, '2026-11-28', '2017-12-31'],
    ['bookkeeping', 96, '2026-12-31', '2017-12-31'],
    ['bookkeeping', 96, '2027-01-01', '2018-12-31'],
    // Half a year behind the year's end: the last of June is too early, the first of July is not.
    ['correspondence', 42, '2026-06-30', '2021-12-31'],
    ['correspondence', 42, '2026-07-01', '2022-12-31'],
    ['history', 36, '2026-01-01', '2022-12-31'],
    ['drafts', 1, '2026-11-28', '2026-10-28'],
    ['contacts', 12, '2026-11-28', '2025-11-28'],
    ['contacts', 1, '2026-03-31', '2026-02-28'],
  ] as const)('%s for %d months, on %s: %s', (kind, months, today, last) => {
    expect(cutOff(kind, months, day(today))).toBe(last);
  });

  it('does not exist for what is kept for good', () => {
    expect(cutOffs(KEEP_ALL, TODAY)).toEqual({});
    expect(cutOffs({ ...KEEP_ALL, drafts: 3 }, TODAY)).toEqual({ drafts: '2026-08-28' });
  });
});

describe('nothing of an account goes', () => {
  const settled = { balance: false, credit: false, decision: false, charges: false, mail: false };
  const some = [{ id: 'x', state: 'placed' }] as never;
  it.each<[string, Partial<AccountWork>, Partial<typeof settled>, string]>([
    ['a legal hold', { legalHold: { reason: 'claim', by: 'U1', on: TODAY } }, {}, 'legal-hold'],
    ['an open invoice', {}, { balance: true }, 'balance'],
    ['money that is the customer’s', {}, { credit: true }, 'credit'],
    ['a decision that is asked for', {}, { decision: true }, 'decision'],
    ['a negotiator’s mandate', { mandate: some }, {}, 'decision'],
    ['supply that is stopped', { supply: { stopped: true, since: TODAY, case: 'c', doneBy: null } }, {}, 'decision'],
    ['a promise', { promises: some }, {}, 'arrangement'],
    ['a plan', { plans: some }, {}, 'arrangement'],
    ['an offer', { offers: some }, {}, 'arrangement'],
    ['a posting nobody has booked', { postings: some }, {}, 'arrangement'],
    ['a dispute', { disputes: some }, {}, 'dispute'],
    ['an agency', { placements: some }, {}, 'placed'],
    ['interest that is claimed', {}, { charges: true }, 'charges'],
    ['a reply nobody has answered', { replies: some }, {}, 'answer'],
    ['a mail in review', {}, { mail: true }, 'mail'],
  ])('with %s', (_, work, unsettled, reason) => {
    expect(keptBecause({ ...NEW_WORK, ...work }, { ...settled, ...unsettled })).toEqual([reason]);
  });

  it('but a settled account keeps nothing back', () => {
    expect(keptBecause(NEW_WORK, settled)).toEqual([]);
    expect(keptBecause({ ...NEW_WORK, placements: [{ state: 'recalled' }] as never }, settled)).toEqual([]);
  });
});

const count = (on: Day, records = 3): Count => ({
  on,
  cutOffs: {},
  going: { ...NOTHING, drafts: { records, oldest: day('2025-01-01'), newest: day('2025-02-01') } },
  kept: {},
});
function having(...requests: RetentionRequest[]): Retention {
  return requests.reduce<Retention>((now, request) => {
    const decided = decideRetention(now, request, 'U0ALEX');
    if ('refused' in decided) throw new Error(decided.refused);
    return decided.retention;
  }, NO_RETENTION);
}
const months = (set: Partial<Months>): Months => ({ ...KEEP_ALL, ...set });

describe('what is set', () => {
  it('takes nothing away before its count was seen and confirmed', () => {
    const set = having({ do: 'set', months: months({ drafts: 3 }) });
    expect(set).toMatchObject({ inForce: KEEP_ALL, wanted: { drafts: 3 }, counted: null });
    expect(decideRetention(set, { do: 'confirm', revision: 1, on: TODAY }, 'U0ALEX')).toEqual({ refused: 'retention-uncounted' });
    const counted = having({ do: 'set', months: months({ drafts: 3 }) }, { do: 'count', revision: 1, count: count(TODAY) });
    expect(decideRetention(counted, { do: 'confirm', revision: 1, on: TODAY }, 'U0ALEX')).toMatchObject({
      retention: { inForce: { drafts: 3 }, decidedBy: 'U0ALEX' },
      facts: [{ type: 'retention-confirmed', counts: { drafts: { records: 3 } } }],
    });
  });

  it('holds at once where it is longer, and needs another count where it is shorter', () => {
    const confirmed: RetentionRequest[] = [
      { do: 'set', months: months({ drafts: 3, contacts: 24 }) },
      { do: 'count', revision: 1, count: count(TODAY) },
      { do: 'confirm', revision: 1, on: TODAY },
    ];
    expect(having(...confirmed, { do: 'set', months: months({ drafts: 6 }) }).inForce).toEqual(months({ drafts: 6 }));
    const shorter = having(...confirmed, { do: 'set', months: months({ drafts: 1, contacts: 24 }) });
    expect(shorter).toMatchObject({ inForce: { drafts: 3, contacts: 24 }, wanted: { drafts: 1 }, counted: null });
    expect(decideRetention(shorter, { do: 'confirm', revision: 1, on: TODAY }, 'U0PAUL')).toEqual({ refused: 'retention-changed' });
  });

  it('is confirmed by the count of the day alone, and once', () => {
    const counted = having({ do: 'set', months: months({ drafts: 3 }) }, { do: 'count', revision: 1, count: count(day('2026-11-27')) });
    expect(decideRetention(counted, { do: 'confirm', revision: 1, on: TODAY }, 'U0ALEX')).toEqual({ refused: 'retention-uncounted' });
    const once = decideRetention(counted, { do: 'confirm', revision: 1, on: day('2026-11-27') }, 'U0ALEX');
    if ('refused' in once) throw new Error(once.refused);
    expect(decideRetention(once.retention, { do: 'confirm', revision: 1, on: day('2026-11-27') }, 'U0ALEX')).toEqual({
      refused: 'retention-in-force',
    });
  });

  it('is within what laws and the ledger bear', () => {
    expect(wrongMonths(months({ bookkeeping: 35, correspondence: 36, drafts: 0, contacts: 601, history: 36.5 }))).toEqual([
      'bookkeeping',
      'history',
      'drafts',
      'contacts',
    ]);
    expect(wrongMonths(months({ bookkeeping: 36, contacts: 600 }))).toEqual([]);
  });
});

test('a run is recorded with who decided it; one that found nothing adds no entry', () => {
  const ran = (records: number) =>
    decideRetention(
      { ...NO_RETENTION, decidedBy: 'U0ALEX' },
      { do: 'ran', on: TODAY, counts: count(TODAY, records).going, cutOffs: {} },
      'clock',
    );
  expect(ran(2)).toMatchObject({ facts: [{ type: 'records-removed', decidedBy: 'U0ALEX' }] });
  expect(ran(0)).toMatchObject({ facts: [], retention: { lastRun: { on: TODAY } } });
  expect(RECORD_KINDS.length).toBe(Object.keys(KEEP_ALL).length);
});
