import { describe, expect, it } from 'vitest';
import { NO_CHARGES } from '../../src/charges/charges.ts';
import { chargesReply } from '../../src/charges/charges.view.ts';
import { type ClaimCircumstances, claimableDebt } from '../../src/charges/claimable.ts';
import { rateTable } from '../../src/charges/interest-rates.ts';
import type { Law } from '../../src/charges/law.ts';
import type { AccountCharges } from '../../src/charges/read-charges.op.ts';
import { day } from '../../src/kernel/day.ts';
import { REFUSED } from '../../src/slack/refusals.ts';

const INVOICE = {
  ...{ id: 'i', account: 'a', entity: 'MAIN', number: 'EU-1', currency: 'EUR', total: 1_000_000, open: 1_000_000, disputed: 0 },
  ...{ issued: day('2026-05-01'), due: day('2026-06-01'), cancelled: false, purchaseOrder: '', payLink: '', copy: '' },
};

/** What a collector reads on 31 August 2026 of one invoice under a law. */
function shown(law: Law, terms: number | null, over: Partial<ClaimCircumstances> = {}): string {
  const agreement = { law, terms, interestRate: null, feeClause: null } as unknown as NonNullable<ClaimCircumstances['agreement']>;
  const debt = claimableDebt(INVOICE, 0, {
    ...{ agreement, kind: 'company', inBusiness: false, today: day('2026-08-31'), charges: NO_CHARGES, rates: rateTable([]) },
    ...{ reminders: [], payments: [], creditNotes: [], calendar: null },
    ...over,
  });
  const read = {
    worked: { work: { agreement, kind: 'company' } },
    terms: new Map([['MAIN', agreement]]),
    row: { id: 'a', name: 'Otterby', kind: 'company' },
    ...{ today: day('2026-08-31'), charges: NO_CHARGES, debts: [debt] },
  } as unknown as AccountCharges;
  return JSON.stringify(chargesReply({ read, inBusiness: false, refusals: REFUSED }).blocks);
}

describe('the card of interest and fees', () => {
  it('says why German interest begins later where no terms were agreed', () => {
    expect(shown('DE', null)).toContain(
      'Interest starts on 2 Jul 2026: no terms in the agreement, so from 30 days after the due date (BGB s.286(1), (3); BGH III ZR 91/07)',
    );
    const reminders = [{ entity: 'MAIN', stage: 'firm', letter: 'firm', invoices: ['EU-1'], on: day('2026-06-10') }];
    expect(shown('DE', null, { reminders })).toContain(
      'Interest starts on 11 Jun 2026: no terms in the agreement, so from the first demand',
    );
    expect(shown('DE', 30)).not.toContain('Interest starts on');
  });

  it('refuses a law by its name, and a rate by its half-year', () => {
    expect(shown('EU:BG', 30)).toContain(':warning: Bulgaria: What this law gives on a late payment was not looked up');
    expect(shown('EU:IT', null)).toContain(':warning: Italy: The payment terms are missing in the agreement and in our standard terms');
    expect(shown('EU:AT', 30)).toContain(
      'the Austrian base rate (Basiszinssatz, UGB s.456) for the first half of 2026 could not be checked at two sources',
    );
  });

  it('shows a rate that is rounded up as the central bank has it, and says so', () => {
    expect(shown('EU:BE', 30)).toContain(
      'at 10.50 % (the main refinancing rate of the European Central Bank for the first half of 2026, rounded up',
    );
  });

  it('leaves interest away where the law gives none in insolvency proceedings', () => {
    const opened = day('2026-07-10');
    expect(shown('EU:IT', 30, { opened })).toContain('from then on this law gives no interest and no fixed sum');
    expect(shown('FR', 30, { opened })).toContain('Interest to 9 Jul 2026');
  });
});
