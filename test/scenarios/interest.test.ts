import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import { changeCharges } from '../../src/charges/change-charges.op.ts';
import { changeRates } from '../../src/charges/change-rates.op.ts';
import { waiverLimit } from '../../src/charges/charges.ts';
import { claimCharges } from '../../src/charges/claim-charges.op.ts';
import { readCharges } from '../../src/charges/read-charges.op.ts';
import { statementsFor } from '../../src/charges/read-statements.op.ts';
import { day } from '../../src/kernel/day.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { invoice, type LedgerPlace, ledgerPlace, payment } from '../support/ledger-place.ts';
import { worldOf } from '../support/world.ts';

// 10,000.00 pounds due Tuesday 31 March 2026. E-1: 10,000.00 euros due Sunday 31 May 2026. D-1: 200.00 dollars due on the same day.

let place: LedgerPlace;
let time = Temporal.Instant.from('2026-05-15T09:00:00Z');
let account = '';
let commands = 0;
const ports = () => worldOf({ ...place.stores, clock: { now: () => time }, holidays: () => new Set<string>() });
const on = (date: string) => {
  time = Temporal.Instant.from(`${date}T09:00:00Z`);
};
const ledger = async (...records: LedgerRecord[]) => void (await place.load(records));
const agree = async (terms: Partial<AgreementTerms>) => {
  const before = (await place.stores.accounts.load(account))!.work.agreement;
  const { revision = 0, by: _, on: __, ...known } = before ?? NOTHING_AGREED;
  const request = { do: 'set-agreement' as const, seen: revision, terms: { ...known, ...terms } };
  return changeAccount(ports(), account, request, 'U0INES', `agree:${++commands}`);
};
const NOTHING_AGREED = {
  revision: 0,
  by: '',
  on: day('2026-01-01'),
  law: null,
  terms: null,
  notice: null,
  feeClause: null,
  interestRate: null,
  acceleration: false,
  disputeClause: '',
  insuranceDeadline: null,
  document: null,
};
const debt = async (number: string) => (await readCharges(ports(), account))!.debts.find((each) => each.invoice === number)!;
const claim = (number: string, what: 'interest' | 'compensation' | { feeOf: string }, seen: number) =>
  claimCharges(ports(), { account, entity: 'MAIN', invoice: number, what, seen, inBusiness: false }, 'U0MARA', `claim:${++commands}`);
const waive = (charge: string, amount: number | null, reason: string, mayManage: boolean) =>
  changeCharges(
    ports(),
    account,
    () => ({ do: 'waive', charge, amount, reason, limit: waiverLimit('GBP'), mayManage }),
    'U0MARA',
    `w:${++commands}`,
  );

beforeAll(async () => {
  place = await ledgerPlace();
  const commandNames = { overdue: 'overdue', account: 'account', collections: 'collections' };
  await place.stores.settings.load({
    digestChannel: 'c',
    digestHour: 9,
    zone: 'Europe/London',
    company: '',
    country: 'GB',
    region: '',
    commands: commandNames,
  });
  await ledger(
    invoice('A-1', { currency: 'GBP', total: 1_000_000, issued: day('2026-03-01'), due: day('2026-03-31') }),
    invoice('E-1', { currency: 'EUR', total: 1_000_000, issued: day('2026-05-01'), due: day('2026-05-31') }),
    invoice('D-1', { currency: 'USD', total: 20_000, issued: day('2026-05-01'), due: day('2026-05-31') }),
  );
  account = (await place.stores.ledger.accounts())[0]!.id;
});
afterAll(() => place.close());

describe('interest and fees of one customer', () => {
  it('15 May: neither the law nor the kind of customer is known, so nothing can be claimed', async () => {
    expect(await claim('A-1', 'interest', 14_486)).toEqual({ done: false, refused: 'law-not-known' });
    await agree({ law: 'UK' });
    expect(await claim('A-1', 'interest', 14_486)).toEqual({ done: false, refused: 'kind-not-known' });
    await changeAccount(ports(), account, { do: 'set-kind', kind: 'company' }, 'U0MARA', 'kind');
  });

  it('15 May: under English law 45 days at 11.75 % are 144.86, and the fixed sum is 100.00', async () => {
    expect(await debt('A-1')).toMatchObject({ interest: { toClaim: 14_486 }, compensation: { amount: 10_000 } });
    expect(await claim('A-1', 'interest', 14_486)).toMatchObject({ done: true });
    expect(await claim('A-1', 'compensation', 10_000)).toMatchObject({ done: true });
  });

  it('the fixed sum is owed once for a debt, and interest once for a day', async () => {
    expect(await claim('A-1', 'compensation', 10_000)).toEqual({ done: false, refused: 'claimed-already' });
    expect(await claim('A-1', 'interest', 14_486)).toEqual({ done: false, refused: 'claimed-already' });
  });

  it('30 June: 4,000.00 came on 15 May; since then 6,000.00 bear interest, at the rate the debt began with', async () => {
    on('2026-06-30');
    await ledger(payment('P-1', 400_000, { 'A-1': 400_000 }, { currency: 'GBP', date: day('2026-05-15') }));
    // 233.71 in all, 144.86 of it claimed before.
    expect(await debt('A-1')).toMatchObject({ interest: { total: 23_371, toClaim: 8_885 } });
    expect(await claim('A-1', 'interest', 8_800)).toEqual({ done: false, refused: 'figures-changed' });
    expect(await claim('A-1', 'interest', 8_885)).toMatchObject({ done: true });
  });

  it('a dollar debt: interest as on any other, but the law states its fixed sum in pounds', async () => {
    // 30 days on 200.00 at 11.75 %.
    expect(await debt('D-1')).toMatchObject({ interest: { toClaim: 193 }, compensation: { refused: 'currency-not-in-law' } });
    await agree({ interestRate: 1200 });
    // 30 days on 200.00 at 12 %.
    expect(await debt('D-1')).toMatchObject({ interest: { toClaim: 197 }, compensation: { refused: 'sum-not-in-law' } });
    await agree({ interestRate: null });
  });

  it('a reminder fee only where the agreement has one, and only for a reminder that was sent', async () => {
    expect((await debt('A-1')).fees).toEqual([]);
    await agree({ feeClause: { amounts: { GBP: 1500 }, from: 'firm' } });
    const sent = (key: string, offset: number, invoices: string[]) =>
      changeAccount(
        ports(),
        account,
        {
          do: 'record-contact',
          entity: 'MAIN',
          on: day('2026-06-30'),
          channel: 'email',
          purpose: 'stage',
          stage: { key, offset },
          invoices,
          open: ['A-1'],
        },
        'U0MARA',
        `sent:${key}`,
      );
    await sent('reminder', 10, ['A-1']);
    expect((await debt('A-1')).fees).toEqual([]);
    await sent('firm', 21, ['A-1']);
    expect((await debt('A-1')).fees).toEqual([{ stage: 'firm', amount: 1500 }]);
    expect(await claim('A-1', { feeOf: 'firm' }, 1500)).toMatchObject({ done: true });
    expect(await claim('A-1', { feeOf: 'firm' }, 1500)).toEqual({ done: false, refused: 'no-fee-for-stage' });
  });

  it('the statement shows it all apart: the balance is that of the invoices alone', async () => {
    const row = (await place.stores.ledger.account(account))!;
    const [, gbp] = await statementsFor(ports(), row, 'MAIN', 'Northwind', []);
    expect(gbp).toMatchObject({ currency: 'GBP', balance: 600_000 });
    expect(gbp!.charges.map(({ kind, rates, amount }) => [kind, rates, amount])).toEqual([
      ['interest', [1175], 14_486],
      ['compensation', [], 10_000],
      ['interest', [1175], 8_885],
      ['reminder-fee', [], 1500],
    ]);
  });

  it('a waiver has a reason; above 100.00 on one claim a manager gives it', async () => {
    const { claimed } = (await place.stores.charges.load(account)).charges;
    const [first, sum] = claimed;
    expect(await waive(sum!.id, null, ' ', false)).toEqual({ done: false, refused: 'reason-missing' });
    expect(await waive(sum!.id, null, 'they paid the rest at once', false)).toMatchObject({ done: true });
    expect(await waive(first!.id, 10_001, 'goodwill', false)).toEqual({ done: false, refused: 'waiver-needs-manager' });
    expect(await waive(first!.id, 20_000, 'goodwill', true)).toEqual({ done: false, refused: 'above-what-is-left' });
    expect(await waive(first!.id, 10_001, 'goodwill', true)).toMatchObject({ done: true });
    expect(await claim('A-1', 'compensation', 10_000)).toEqual({ done: false, refused: 'claimed-already' });
  });

  it('31 August: under German law the rate follows each half-year; a due date on a Sunday moves to Monday', async () => {
    on('2026-08-31');
    await agree({ law: 'DE', terms: 30 });
    // 29 days at 1.27 + 9, 62 days at 1.52 + 9, on 10,000.00 euros.
    expect(await debt('E-1')).toMatchObject({ interest: { starts: '2026-06-02', toClaim: 26_029 }, compensation: { amount: 4_000 } });
  });

  it('without agreed terms German interest starts 30 days after the due date, or the day after the first demand sent behind it', async () => {
    await agree({ terms: null });
    const late = await debt('E-1');
    expect(late.interest).toMatchObject({ starts: '2026-07-01', why: expect.stringContaining('30 days after the due date (BGB s.286') });
    await changeAccount(
      ports(),
      account,
      {
        do: 'record-contact',
        entity: 'MAIN',
        on: day('2026-06-10'),
        channel: 'email',
        purpose: 'stage',
        stage: { key: 'final', offset: 30 },
        invoices: ['E-1'],
        open: ['E-1'],
      },
      'U0MARA',
      'sent:E-1',
    );
    expect((await debt('E-1')).interest).toMatchObject({ starts: '2026-06-11', why: expect.stringContaining('first demand') });
    await agree({ terms: 30 });
  });

  it('a law that was not looked up is refused; so is one whose start without terms was not checked', async () => {
    await agree({ law: 'EU:BG' });
    expect((await debt('E-1')).interest).toEqual({ refused: 'no-rule-for-law' });
    await agree({ law: 'EU:IT', terms: null });
    expect(await debt('E-1')).toMatchObject({
      interest: { refused: 'start-not-checked' },
      compensation: { refused: 'start-not-checked' },
    });
    await agree({ law: 'DE', terms: 30 });
  });

  it('from the day on which insolvency proceedings were opened nothing bears interest', async () => {
    const read = (await readCharges(ports(), account, false, day('2026-07-01')))!;
    expect(read.debts.find(({ invoice: number }) => number === 'E-1')!.interest).toMatchObject({ to: '2026-06-30', steps: [{ days: 29 }] });
  });

  it('a recovery cost is claimed beyond the fixed sum alone, whichever comes first', async () => {
    const cost = (invoice: string, amount: number, id: string) =>
      changeCharges(
        ports(),
        account,
        () => ({ do: 'add-cost', id, entity: 'MAIN', invoice, currency: 'EUR', amount, purpose: 'tracing', document: '' }),
        'U0MARA',
        id,
      );
    await cost('E-1', 2_500, 'cost:1');
    expect((await debt('E-1')).compensation).toMatchObject({ amount: 1_500, of: 4_000 });
    expect(await claim('E-1', 'compensation', 4_000)).toEqual({ done: false, refused: 'figures-changed' });
    expect(await claim('E-1', 'compensation', 1_500)).toMatchObject({ done: true });
    await cost('E-1', 47_500, 'cost:2');
    const { claimed } = (await place.stores.charges.load(account)).charges;
    const euros = claimed.filter(({ currency, kind }) => currency === 'EUR' && kind !== 'interest');
    expect(euros.map(({ amount, covered = 0 }) => [amount, covered])).toEqual([
      [2_500, 0],
      [1_500, 2_500],
      [46_000, 1_500],
    ]);
  });

  it('2 January 2027: the rate of the new half-year is missing and named, until an admin adds it with its source', async () => {
    on('2027-01-02');
    const missing = 'the German base rate (Basiszinssatz, BGB s.247) for the first half of 2027';
    expect(await claim('E-1', 'interest', 1)).toEqual({ done: false, refused: 'rate-missing', missing, half: '2027H1' });
    const rate = { series: 'german-base' as const, half: '2027H1' as never, rate: 152, source: 'Bundesbank, 1 January 2027' };
    expect(await changeRates(ports(), { ...rate, source: '' }, 'U0ALEX', 'rate:0')).toEqual({
      done: false,
      refused: 'rate-source-missing',
    });
    expect(await changeRates(ports(), rate, 'U0ALEX', 'rate:1')).toMatchObject({ done: true });
    expect((await debt('E-1')).interest).toMatchObject({ to: '2027-01-02', steps: [{ days: 29 }, { days: 184 }, { days: 2, rate: 1052 }] });
    const facts = await place.stores.outboxes.pending(1000);
    expect(facts.find(({ type }) => type === 'rate-added')).toMatchObject({
      by: 'U0ALEX',
      source: 'Bundesbank, 1 January 2027',
      from: null,
    });
  });
});
