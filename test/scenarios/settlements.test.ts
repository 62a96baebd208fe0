import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { invoice } from '../support/account-days.ts';
import { ArrangedAccount } from '../support/arranged-account.ts';

// 2026-01-05 is a Monday. Two invoices of 1,000.00 pounds; 1,500.00 by Friday 16 January would settle both.

const offered = async () => {
  const account = new ArrangedAccount('2026-01-05', [invoice('A', '2025-11-03'), invoice('B', '2025-11-17')]);
  expect((await account.offer({ invoices: ['A', 'B'], terms: { pay: 150_000 }, until: '2026-01-16' })).done).toBe(true);
  return account;
};
const accept = (account: ArrangedAccount) => account.do({ do: 'accept-offer', id: account.work.offers[0]!.id, acceptedBy: 'Ms Larch' });

describe('a settlement', () => {
  it('Monday 5 January: offered, it rests nothing; accepted, it rests everything', async () => {
    const account = await offered();
    expect(await account.asked()).toBe(200_000);
    await accept(account);
    expect(await account.asked()).toBe(0);
  });

  it('paid by Friday 16 January, its last day: the rest is to be credited and rests until an import shows it', async () => {
    const account = await offered();
    await accept(account);
    account.on('2026-01-15').pay('A', 100_000);
    expect(await account.settle()).toEqual([]);
    // The last day counts, even when the ledger only shows it on Monday.
    account.on('2026-01-19').pay('B', 50_000, '2026-01-16');
    expect(await account.settle()).toEqual(['offer-closed settled', 'posting-owed']);
    expect(account.last('offer-closed')).toMatchObject({ inTime: 150_000, late: 0, credit: 50_000 });
    expect(account.work.postings).toMatchObject([{ amount: 50_000, lines: [{ invoice: 'B', amount: 50_000 }] }]);
    expect(await account.asked()).toBe(0);
    expect(await account.through('2026-02-10')).toEqual([]);
    account.on('2026-02-11').credit('B', 50_000);
    expect(await account.settle()).toEqual(['posting-confirmed']);
    expect(account.work.postings).toEqual([]);
  });

  it('Saturday 17 January, a day late: the full balance stands, less what was paid, and it is told once', async () => {
    const account = await offered();
    await accept(account);
    account.on('2026-01-17').pay('A', 100_000);
    account.pay('B', 50_000);
    // Its two business days of grace are for booking what came in time; what came late stays late.
    expect(await account.through('2026-01-20')).toEqual([]);
    expect(await account.through('2026-01-25')).toEqual(['2026-01-21 offer-closed lapsed']);
    expect(account.last('offer-closed')).toMatchObject({ inTime: 0, late: 150_000, credit: 0 });
    expect(account.work.postings).toEqual([]);
    expect(await account.asked()).toBe(50_000);
  });

  it('Friday 16 January, a penny short: it is not settled', async () => {
    const account = await offered();
    account.on('2026-01-16').pay('A', 100_000);
    account.pay('B', 49_999);
    expect(await account.through('2026-01-21')).toEqual(['2026-01-21 offer-closed lapsed']);
    expect(await account.on('2026-01-21').asked()).toBe(50_001);
  });

  it('Monday 12 January: a credit note is no money and does not settle it', async () => {
    const account = await offered();
    account.on('2026-01-12').credit('A', 100_000);
    account.credit('B', 50_000);
    expect(await account.through('2026-01-21')).toEqual(['2026-01-21 offer-closed lapsed']);
  });

  it('Monday 5 January: money that bounced does not settle it, either', async () => {
    const account = await offered();
    account.pay('A', 100_000);
    account.pay('B', 60_000);
    account.payments = account.payments.map((payment) => ({ ...payment, reversed: true }));
    expect(await account.settle()).toEqual([]);
  });

  it('Monday 5 January: what was paid before the offer does not count; Tuesday’s 800.00 do', async () => {
    const account = new ArrangedAccount('2026-01-05', [invoice('A', '2025-11-03', { open: 300_000 })]);
    account.pay('A', 200_000);
    await account.offer({ invoices: ['A'], terms: { pay: 80_000 }, until: '2026-01-16' });
    expect(await account.settle()).toEqual([]);
    account.on('2026-01-06').pay('A', 80_000);
    expect(await account.settle()).toEqual(['offer-closed settled', 'posting-owed']);
    expect(account.work.postings[0]!.amount).toBe(20_000);
  });

  it('Wednesday 14 January is the last import: however late it gets, it is not called lapsed by that ledger', async () => {
    const account = await offered();
    account.imported = day('2026-01-14');
    expect(await account.through('2026-01-30')).toEqual([]);
  });

  it('Monday 5 January: offers on what is arranged already, of all that is owed, or of yesterday are refused', async () => {
    const account = await offered();
    const other = new ArrangedAccount('2026-01-05', [invoice('A', '2025-11-03')]);
    const until = '2026-01-16';
    expect(await account.offer({ invoices: ['A'], terms: { pay: 1 }, until })).toMatchObject({ refused: 'invoice-in-arrangement' });
    expect(await other.offer({ invoices: ['A'], terms: { pay: 100_000 }, until })).toMatchObject({ refused: 'offer-above-balance' });
    expect(await other.offer({ invoices: ['A'], terms: { pay: 1 }, until: '2026-01-04' })).toMatchObject({ refused: 'offer-in-past' });
    expect(await other.offer({ invoices: [], terms: { pay: 1 }, until })).toMatchObject({ refused: 'no-invoice-chosen' });
    expect(other.facts).toEqual([]);
  });

  it('that gives up more than 5,000.00 is approved by somebody else before it stands', async () => {
    const large = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-11-03', { open: 2_000_000 })]);
    await large.offer({ invoices: ['BIG'], terms: { pay: 1_499_999 }, until: '2026-01-16' });
    expect(large.work.offers[0]!.state).toBe('proposed');
    expect(await accept(large)).toMatchObject({ refused: 'offer-not-open' });
    const { id } = large.work.offers[0]!;
    expect(await large.do({ do: 'approve-offer', id, approvers: ['U0MARA'] })).toMatchObject({ refused: 'approver-requested-it' });
    await large.do({ do: 'approve-offer', id, approvers: ['U0INES'] }, 'clock');
    expect((await accept(large)).done).toBe(true);
    const unheard = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-11-03', { open: 2_000_000 })]);
    await unheard.offer({ invoices: ['BIG'], terms: { pay: 1_000_000 }, until: '2026-01-16' });
    expect(await unheard.through('2026-01-21')).toEqual(['2026-01-21 offer-closed declined']);
    const under = new ArrangedAccount('2026-01-05', [invoice('BIG', '2025-11-03', { open: 2_000_000 })]);
    await under.offer({ invoices: ['BIG'], terms: { pay: 1_500_000 }, until: '2026-01-16' });
    expect(under.work.offers[0]!.state).toBe('offered');
  });
});

describe('a discount for paying early', () => {
  it('of 2.5% is earned by paying in time, without any word of acceptance', async () => {
    const account = new ArrangedAccount('2026-01-05', [invoice('N', '2026-02-04', { open: 33_333 })]);
    await account.offer({ kind: 'discount', invoices: ['N'], terms: { off: 250 }, until: '2026-01-15' });
    // 2.5% of 333.33 is 8.33325: 8.33 is taken off.
    expect(account.work.offers[0]).toMatchObject({ balance: 33_333, pay: 32_500, state: 'offered' });
    account.on('2026-01-15').pay('N', 32_500);
    expect(await account.settle()).toEqual(['offer-closed settled', 'posting-owed']);
    expect(account.work.postings).toMatchObject([{ kind: 'discount', amount: 833 }]);
  });
});
