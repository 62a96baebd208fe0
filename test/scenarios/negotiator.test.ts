import { describe, expect, it } from 'vitest';
import { instalmentsOf } from '../../src/arrangements/instalments.ts';
import { recordPlan } from '../../src/arrangements/record-plan.op.ts';
import { recordSettlement } from '../../src/arrangements/record-settlement.op.ts';
import { lapseMandates } from '../../src/escalation/lapse-mandates.op.ts';
import { day } from '../../src/kernel/day.ts';
import { invoice } from '../support/account-days.ts';
import { ArrangedAccount } from '../support/arranged-account.ts';

// 5 January 2026 is a Monday. Above 5,000.00 an offer or plan is decided by somebody else. Tom negotiates; Ines gives the mandate: 20 % of a
// balance, 10,000.00 in all, plans of up to 90 days, until Saturday 28 February.

const MANDATE = {
  do: 'give-mandate',
  ...{ id: 'm1', negotiator: 'U0TOM', off: 20_00, most: { GBP: 10_000_00 } },
  ...{ longest: 90, until: day('2026-02-28') },
} as const;

const handed = async () => {
  const account = new ArrangedAccount('2026-01-05', [
    invoice('A', '2025-09-01', { open: 30_000_00 }),
    invoice('B', '2025-09-02', { open: 30_000_00 }),
    invoice('C', '2025-09-03', { open: 30_000_00 }),
  ]);
  expect((await account.do(MANDATE, 'U0INES')).done).toBe(true);
  return account;
};
const offer = async (account: ArrangedAccount, number: string, off: number, by = 'U0TOM') => {
  const asked = {
    id: `offer:${number}`,
    account: 'a1',
    kind: 'settlement' as const,
    terms: { pay: 30_000_00 - off },
    until: day('2026-02-20'),
  };
  const result = await recordSettlement(
    account.ports,
    { ...asked, invoices: [{ entity: 'NWUK', number }] },
    by,
    `offer:${number}:${off}:${by}`,
  );
  if (!result.done) return result.refused;
  return account.work.offers.find(({ id }) => id === asked.id)!.state;
};
const plan = async (account: ArrangedAccount, first: string, by = 'U0TOM') => {
  const result = await recordPlan(
    account.ports,
    {
      ...{ id: `plan:${first}:${by}`, account: 'a1', amount: null, agreedWith: 'Ms Larch', invoices: [{ entity: 'NWUK', number: 'C' }] },
      instalments: (of, calendar) => instalmentsOf(of, 1, day(first), 'monthly', calendar),
    },
    by,
    `plan:${first}:${by}`,
  );
  return result.done ? account.work.plans.at(-1)!.state : result.refused;
};

describe('a settlement of the negotiator', () => {
  it.each([
    [5_999_99, 'offered'],
    [6_000_00, 'offered'],
    [6_000_01, 'proposed'],
  ])('that gives up %i of 30,000.00 is %s', async (off, state) => {
    expect(await offer(await handed(), 'A', off)).toBe(state);
  });

  it('counts together with those before: 4,999.99 and 5,000.01 are within 10,000.00, a penny more is not', async () => {
    const above = await handed();
    await offer(above, 'A', 5_000_00);
    expect(await offer(above, 'B', 5_000_01)).toBe('proposed');
    const within = await handed();
    await offer(within, 'A', 4_999_99);
    expect(await offer(within, 'B', 5_000_01)).toBe('offered');
    expect(within.work.mandate!.used.map(({ amount }) => amount)).toEqual([4_999_99, 5_000_01]);
  });

  it('that came to nothing gives its part of the mandate back', async () => {
    const account = await handed();
    await offer(account, 'A', 6_000_00);
    await account.do({ do: 'close-offer', id: 'offer:A', outcome: 'withdrawn', inTime: 0, late: 0, remainder: [], note: 'No.' }, 'U0TOM');
    expect(account.work.mandate!.used).toEqual([]);
    expect(await offer(account, 'B', 6_000_00)).toBe('offered');
  });

  it('of anybody else needs the usual approval', async () => {
    expect(await offer(await handed(), 'A', 5_000_01, 'U0MARA')).toBe('proposed');
    expect(await offer(await handed(), 'A', 5_000_00, 'U0MARA')).toBe('offered');
  });

  it('within the mandate until its last day; the day after, the usual approval', async () => {
    const last = await handed();
    last.on('2026-02-28');
    last.imported = day('2026-02-27');
    const asked = { id: 'o', account: 'a1', kind: 'settlement' as const, terms: { pay: 24_000_00 }, until: day('2026-03-20') };
    const invoices = [{ entity: 'NWUK', number: 'A' }];
    await recordSettlement(last.ports, { ...asked, invoices }, 'U0TOM', 'last');
    expect(last.work.offers[0]!.state).toBe('offered');
    const late = await handed();
    late.on('2026-03-01');
    await recordSettlement(late.ports, { ...asked, invoices }, 'U0TOM', 'late');
    expect(late.work.offers[0]!.state).toBe('proposed');
  });
});

describe('a plan of the negotiator', () => {
  it('that ends within 90 days needs no approval; a day longer it does', async () => {
    // 90 days from 5 January are 5 April, a Sunday: the day as agreed counts.
    expect(await plan(await handed(), '2026-04-05')).toBe('active');
    expect(await plan(await handed(), '2026-04-06')).toBe('proposed');
    expect(await plan(await handed(), '2026-02-02', 'U0MARA')).toBe('proposed');
  });
});

describe('a mandate', () => {
  it('is given by somebody else, within bounds, one at a time', async () => {
    const account = new ArrangedAccount('2026-01-05', [invoice('A', '2025-09-01')]);
    expect(await account.do(MANDATE, 'U0TOM')).toMatchObject({ refused: 'mandate-to-oneself' });
    expect(await account.do({ ...MANDATE, off: 10_000 }, 'U0INES')).toMatchObject({ refused: 'mandate-out-of-range' });
    expect(await account.do({ ...MANDATE, until: day('2026-01-05') }, 'U0INES')).toMatchObject({ refused: 'day-not-in-future' });
    expect((await account.do({ ...MANDATE, until: day('2026-01-06') }, 'U0INES')).done).toBe(true);
    expect(await account.do({ ...MANDATE, id: 'm2' }, 'U0INES')).toMatchObject({ refused: 'mandate-runs-already' });
  });

  it('ends the day after its last day, once, and what was agreed stands', async () => {
    const account = await handed();
    await offer(account, 'A', 6_000_00);
    account.on('2026-02-28');
    expect(await lapseMandates(account.ports)).toBe(0);
    account.on('2026-03-01');
    expect(await lapseMandates(account.ports)).toBe(1);
    expect(await lapseMandates(account.ports)).toBe(0);
    expect(account.work.mandate).toBe(null);
    expect(account.last('mandate-ended')).toMatchObject({ negotiator: 'U0TOM', givenBy: 'U0INES', reason: '', by: 'clock' });
    expect(account.work.offers[0]!.state).toBe('offered');
  });

  it('is ended by hand with a reason', async () => {
    const account = await handed();
    expect(await account.do({ do: 'end-mandate', reason: ' ' }, 'U0INES')).toMatchObject({ refused: 'reason-missing' });
    expect((await account.do({ do: 'end-mandate', reason: 'Talks are over.' }, 'U0INES')).done).toBe(true);
    expect(await offer(account, 'A', 6_000_00)).toBe('proposed');
  });
});
