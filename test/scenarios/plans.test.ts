import { describe, expect, it } from 'vitest';
import { instalmentsOf, onBusinessDays } from '../../src/arrangements/instalments.ts';
import { instalmentsDue } from '../../src/arrangements/plan.ts';
import { recordPlan } from '../../src/arrangements/record-plan.op.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import type { WorkingDays } from '../../src/kernel/working-days.ts';
import { invoice } from '../support/account-days.ts';
import { ArrangedAccount } from '../support/arranged-account.ts';

// 2026-01-05 is a Monday. Invoices are of 1,000.00 pounds, sold by NWUK, unless it says otherwise.

const three = () => [invoice('A', '2025-11-03'), invoice('B', '2025-11-17'), invoice('C', '2025-12-01')];
/** 3,000.00 over three months: 15 January, 15 February (a Sunday, so the 16th), 15 March (a Sunday, so the 16th). */
const planned = async (more = {}) => {
  const account = new ArrangedAccount('2026-01-05', three(), more);
  await account.plan({ invoices: ['A', 'B', 'C'], first: '2026-01-15' });
  return account;
};
const agreement = { acceleration: true } as never;

describe('a plan that is kept', () => {
  it('Monday 5 January: all of it rests; paid on 15 January, 16 February and 17 March, it ends', async () => {
    const account = await planned();
    expect(account.work.plans[0]!.instalments.map(({ agreed, date, amount }) => `${agreed} ${date} ${amount}`)).toEqual([
      '2026-01-15 2026-01-15 100000',
      '2026-02-15 2026-02-16 100000',
      '2026-03-15 2026-03-16 100000',
    ]);
    expect(await account.asked()).toBe(0);
    account.on('2026-01-15').pay('A', 100_000);
    expect(await account.through('2026-02-16')).toEqual([]);
    // 900.00 and 100.00 come in on two invoices: together the second instalment.
    account.on('2026-02-16').pay('B', 90_000);
    account.pay('C', 10_000);
    expect(await account.through('2026-03-16')).toEqual([]);
    account.on('2026-03-17').pay('B', 10_000);
    account.pay('C', 90_000);
    expect(await account.through('2026-03-20')).toEqual(['2026-03-17 plan-closed completed']);
    expect(account.work.plans).toEqual([]);
  });
});

describe('an instalment that stays away', () => {
  it('Thursday 15 January nothing comes; after Friday and Monday it is told on Tuesday the 20th, and only its part is asked for', async () => {
    const account = await planned();
    // Thursday 15 January: due. Friday and Monday are its grace.
    expect(await account.through('2026-01-19')).toEqual([]);
    expect(await account.on('2026-01-19').asked()).toBe(0);
    expect(await account.through('2026-01-20')).toEqual(['2026-01-20 plan-missed']);
    expect(account.last('plan-missed')).toMatchObject({ count: 1, due: 100_000, takenBy: 'U0MARA' });
    expect(await account.on('2026-01-20').asked()).toBe(100_000);
    expect(await account.through('2026-02-10')).toEqual([]);
  });

  it('Thursday 15 January 400.00 come; on Tuesday the 20th 600.00 are missing', async () => {
    const account = await planned();
    account.on('2026-01-15').pay('A', 40_000);
    expect(await account.through('2026-01-20')).toEqual(['2026-01-20 plan-missed']);
    expect(account.last('plan-missed')).toMatchObject({ count: 1, due: 60_000 });
    expect(await account.on('2026-01-20').asked()).toBe(60_000);
  });

  it('Tuesday 20 January it is missing, Thursday the 22nd it comes after all: the plan goes on', async () => {
    const account = await planned();
    await account.through('2026-01-20');
    account.on('2026-01-22').pay('A', 100_000);
    expect(await account.through('2026-01-31')).toEqual(['2026-01-22 plan-caught-up']);
    expect(await account.on('2026-01-31').asked()).toBe(0);
  });

  it('Wednesday 14 January is the last import: until the next one, on Monday the 26th, nothing is called missing', async () => {
    const account = await planned();
    account.imported = day('2026-01-14');
    expect(await account.through('2026-01-23')).toEqual([]);
    account.imported = null;
    account.applying = true;
    expect(await account.through('2026-01-25')).toEqual([]);
    account.applying = false;
    expect(await account.through('2026-01-26')).toEqual(['2026-01-26 plan-missed']);
  });
});

describe('a plan to its default', () => {
  const given = async (more = {}) => {
    const account = await planned(more);
    await account.through('2026-01-20');
    const { id } = account.work.plans[0]!;
    // Five business days from Wednesday 21 January: through Wednesday 28 January.
    const notice = { do: 'give-plan-notice', id, on: day('2026-01-21'), until: day('2026-01-28'), method: 'email' } as const;
    account.on('2026-01-21');
    expect((await account.do(notice)).done).toBe(true);
    return account;
  };

  it('Wednesday 21 to Wednesday 28 January the notice runs and nothing is asked for; on Thursday, by the agreement, everything is', async () => {
    const account = await given({ work: { agreement } });
    expect(await account.asked()).toBe(0);
    expect(await account.through('2026-01-28')).toEqual([]);
    expect(await account.through('2026-01-29')).toEqual(['2026-01-29 plan-defaulted']);
    expect(account.last('plan-defaulted')).toMatchObject({ accelerated: true, due: 300_000, paid: 0 });
    expect(account.work.plans).toEqual([]);
    expect(await account.on('2026-01-29').asked()).toBe(300_000);
  });

  it('Thursday 29 January, without such a clause: only what is missing; on 19 February the second instalment is missed, too', async () => {
    const account = await given();
    expect(await account.through('2026-01-29')).toEqual(['2026-01-29 plan-defaulted']);
    expect(account.last('plan-defaulted')).toMatchObject({ accelerated: false, due: 100_000 });
    expect(await account.on('2026-01-29').asked()).toBe(100_000);
    // The second instalment was due on Monday 16 February.
    expect(await account.through('2026-02-19')).toEqual(['2026-02-19 plan-missed']);
    expect(await account.on('2026-02-19').asked()).toBe(200_000);
  });

  it('Wednesday 28 January, the notice’s last day: money comes and saves it', async () => {
    const account = await given({ work: { agreement } });
    account.on('2026-01-28').pay('A', 100_000);
    expect(await account.through('2026-02-13')).toEqual(['2026-01-28 plan-caught-up']);
    expect(account.work.plans[0]!.notice).toBeNull();
  });

  it('Thursday 29 January: no import since Wednesday, so no default; with Friday’s it is declared', async () => {
    const account = await given({ work: { agreement } });
    account.imported = day('2026-01-28');
    expect(await account.through('2026-01-29')).toEqual([]);
    account.imported = null;
    expect(await account.through('2026-01-30')).toEqual(['2026-01-30 plan-defaulted']);
  });

  it('Wednesday 21 January: a notice is the contact of its day; one of Thursday the 15th was too early, of Friday the 16th it counts', async () => {
    const account = await given();
    expect(account.work.lastContact).toBe('2026-01-21');
    const early = await planned();
    await early.through('2026-01-20');
    const { id } = early.work.plans[0]!;
    const notice = { do: 'give-plan-notice', id, on: day('2026-01-15'), until: day('2026-01-22'), method: 'email' } as const;
    expect(await early.do(notice)).toMatchObject({ refused: 'notice-too-early' });
    expect((await early.do({ ...notice, on: day('2026-01-16') })).done).toBe(true);
  });

  it('Monday 5 January nothing is missing, so no notice; on Wednesday 21 January none twice', async () => {
    const account = await planned();
    const { id } = account.work.plans[0]!;
    const notice = { do: 'give-plan-notice', id, on: account.today, until: addDays(account.today, 7), method: 'post' } as const;
    expect(await account.do(notice)).toMatchObject({ done: false, refused: 'nothing-missed' });
    const twice = await given();
    expect(await twice.do({ ...notice, id: twice.work.plans[0]!.id })).toMatchObject({ refused: 'notice-runs-already' });
  });
});

describe('what is not a plan', () => {
  it('Monday 5 January: instalments that do not add up, of nothing, or of last Friday are refused, and nothing is recorded', async () => {
    const account = new ArrangedAccount('2026-01-05', three());
    const byHand = (...amounts: number[]) =>
      account.plan({
        invoices: ['A'],
        first: '',
        instalments: (_, calendar) =>
          onBusinessDays(
            amounts.map((amount, n) => ({ agreed: day(`2026-02-0${n + 2}`), amount })),
            calendar,
          ),
      });
    expect(await byHand(50_000, 49_999)).toMatchObject({ done: false, refused: 'plan-does-not-sum' });
    expect(await byHand(100_000, 0)).toMatchObject({ refused: 'instalment-not-positive' });
    expect(await byHand()).toMatchObject({ refused: 'no-instalments' });
    expect(await account.plan({ invoices: ['A'], first: '2026-01-02' })).toMatchObject({ refused: 'instalment-in-past' });
    expect(await account.plan({ invoices: ['A'], first: '2026-02-02', amount: 100_001 })).toMatchObject({ refused: 'plan-above-balance' });
    expect(await account.plan({ invoices: ['X'], first: '2026-02-02' })).toMatchObject({ refused: 'invoice-not-open' });
    expect(account.facts).toEqual([]);
  });

  it('Monday 5 January: a second one on the same invoice is refused', async () => {
    const account = await planned();
    expect(await account.plan({ invoices: ['A'], first: '2026-02-02' })).toMatchObject({ refused: 'invoice-in-arrangement' });
  });

  it('Monday 5 January: 400.00 of A are promised, so that a plan of it covers 600.00', async () => {
    const account = new ArrangedAccount('2026-01-05', three());
    await account.do({
      ...{ do: 'record-promise', id: 'p', entity: 'NWUK', currency: 'GBP', amount: 40_000, date: day('2026-01-20'), saidBy: 'Ms Larch' },
      invoices: [{ invoice: 'A', open: 100_000, free: 100_000 }],
    });
    await account.plan({ invoices: ['A'], first: '2026-02-02' });
    expect(account.work.plans[0]!.amount).toBe(60_000);
  });
});

describe('above 5,000', () => {
  const large = async (open: number) => {
    const account = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-12-01', { open })]);
    await account.plan({ invoices: ['BIG'], first: '2026-01-15' });
    return account;
  };

  it('Monday 5 January: 5,000.00 begin at once, a penny more rests nothing before somebody else has approved it', async () => {
    expect((await large(500_000)).work.plans[0]!.state).toBe('active');
    const account = await large(500_001);
    expect(account.work.plans[0]!.state).toBe('proposed');
    expect(await account.asked()).toBe(500_001);
    const { id } = account.work.plans[0]!;
    expect(await account.do({ do: 'approve-plan', id, approvers: ['U0MARA'] })).toMatchObject({ refused: 'approver-requested-it' });
    const overtaken = await large(500_001);
    overtaken.on('2026-01-16');
    const late = { do: 'approve-plan', id: overtaken.work.plans[0]!.id, approvers: ['U0INES'] } as const;
    expect(await overtaken.do(late, 'clock')).toMatchObject({ refused: 'instalment-in-past' });
    await account.do({ do: 'approve-plan', id, approvers: ['U0INES'] }, 'clock');
    expect(await account.asked()).toBe(0);
  });
});

describe('a plan that was not approved', () => {
  it('Monday 5 January: rejected as too long, it does not begin; the same day a shorter one is recorded', async () => {
    const account = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-12-01', { open: 900_000 })]);
    await account.plan({ invoices: ['BIG'], first: '2026-01-15' });
    const { id } = account.work.plans[0]!;
    account.decided = [{ state: 'open', outcome: '', about: { arrangement: id } }];
    expect(await account.settle()).toEqual([]);
    account.decided = [{ state: 'rejected', outcome: 'Too long', about: { arrangement: id } }];
    expect(await account.settle()).toEqual(['plan-closed declined']);
    expect(account.last('plan-closed')).toMatchObject({ note: 'Too long', takenBy: 'U0MARA' });
    expect((await account.plan({ invoices: ['BIG'], first: '2026-01-15', count: 2 })).done).toBe(true);
  });

  it('Thursday 15 January to the end of February: nothing is called missing of what never began', async () => {
    const account = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-12-01', { open: 900_000 })]);
    await account.plan({ invoices: ['BIG'], first: '2026-01-15' });
    expect(await account.through('2026-02-28')).toEqual([]);
  });
});

describe('the same form sent twice', () => {
  it('Monday 5 January it is one plan; on Tuesday 20 January what is missing is told once', async () => {
    const account = new ArrangedAccount('2026-01-05', three());
    const asked = {
      ...{ id: 'one', account: 'a1', amount: null, agreedWith: 'Ms Larch', invoices: [{ entity: 'NWUK', number: 'A' }] },
      instalments: (of: { amount: number; currency: string }, calendar: WorkingDays) =>
        instalmentsOf(of, 2, day('2026-01-15'), 'weekly', calendar),
    };
    for (const _ of [1, 2]) expect((await recordPlan(account.ports, asked, 'U0MARA', 'submit:V1')).done).toBe(true);
    expect(account.work.plans).toHaveLength(1);
    account.on('2026-01-20');
    expect(await account.settle()).toEqual(['plan-missed']);
    expect(await account.settle()).toEqual([]);
  });
});

describe('a day off of the customer', () => {
  it('Thursday 1 January 2026 moves to Friday, Saturday the 31st to Monday; the instalments behind keep their own days', async () => {
    // Thursday 1 January 2026 is a holiday, Saturday the 31st a weekend.
    const account = new ArrangedAccount('2025-12-22', three(), { holidays: ['2026-01-01'] });
    await account.plan({ invoices: ['A'], first: '2026-01-01', interval: 'weekly' });
    expect(account.work.plans[0]!.instalments.map(({ date }) => date)).toEqual(['2026-01-02', '2026-01-08', '2026-01-15']);
    const monthly = new ArrangedAccount('2025-12-22', three());
    await monthly.plan({ invoices: ['A'], first: '2025-12-31', count: 4 });
    expect(monthly.work.plans[0]!.instalments.map(({ agreed, date }) => `${agreed} ${date}`)).toEqual([
      '2025-12-31 2025-12-31',
      '2026-01-31 2026-02-02',
      '2026-02-28 2026-03-02',
      '2026-03-31 2026-03-31',
    ]);
  });
});

describe('the collector’s list', () => {
  it('Thursday 15 January it shows the first instalment until it is here; by Monday 16 March it shows two', async () => {
    const account = await planned();
    const due = () => instalmentsDue(account.work.plans, account.items, account.today);
    expect(due()).toBe(0);
    account.on('2026-01-15');
    expect(due()).toBe(1);
    account.pay('A', 100_000);
    expect(due()).toBe(0);
    account.on('2026-03-16');
    expect(due()).toBe(2);
  });
});
