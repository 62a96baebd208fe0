import { expect, it } from 'vitest';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import { agreementText } from '../../src/charges/agreement.view.ts';
import { interestBasis } from '../../src/charges/interest-rules.ts';
import { day } from '../../src/kernel/day.ts';
import { workingDayAfter } from '../../src/kernel/working-days.ts';
import { accountDay, invoice, Walk } from '../support/account-days.ts';

// 2026-01-05 is a Monday. Otterby owes 1,000.00 pounds since then, sold by NWUK. Mara collects, Ines manages.

const NOTHING: AgreementTerms = {
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
const SIGNED = { name: 'Frame contract 2024', at: 'https://files.example/otterby.pdf', signed: day('2024-03-01') };

const start = () => new Walk('2026-01-12', [invoice('A', '2026-01-05')]);
const agree = (walk: Walk, seen: number, terms: Partial<AgreementTerms>) =>
  walk.record({ do: 'set-agreement', seen, terms: { ...NOTHING, ...terms } }, 'U0INES');
const interest = ({ work: { agreement } }: Walk) =>
  interestBasis({
    law: agreement?.law ?? null,
    agreedRate: agreement?.interestRate ?? null,
    currency: 'GBP',
    kind: 'company',
    inBusiness: false,
  });
/** Otterby disputes 300.00 on this day and asks for an arbiter on the same. */
function arbitration(walk: Walk): void {
  const until = workingDayAfter(walk.today, 10, accountDay(walk.today, []).calendar);
  const what = { id: 'd1', entity: 'NWUK', invoice: 'A', currency: 'GBP', amount: 30_000, open: 100_000 } as const;
  if (walk.work.disputes.length === 0)
    walk.record({ do: 'record-dispute', ...what, reason: 'quality', note: '', owner: 'U0TOM', channel: null, until });
  const step = { kind: 'arbitration', who: 'J. Rhys', ours: [], on: walk.today, cost: 0, note: '' } as const;
  walk.record({ do: 'take-dispute-step', id: 'd1', step, clause: (walk.work.agreement?.disputeClause ?? '') !== '' });
}

it('two weeks with the agreement of one customer: what it says is what can be done', () => {
  const walk = start();
  // Monday 12 January: nothing is on file, so no law gives interest and nobody has agreed to arbitration.
  expect(interest(walk)).toEqual({ refused: 'law-not-known' });
  expect(() => arbitration(walk)).toThrow('arbitration-not-agreed');
  // Wednesday: Ines enters the signed contract. English law gives interest; the clause lets the dispute go to an arbiter.
  walk.goTo('2026-01-14');
  agree(walk, 0, { law: 'UK', terms: 30, disputeClause: 'LCIA rules, seat London', document: SIGNED });
  expect(interest(walk)).toMatchObject({ how: 'statutory' });
  arbitration(walk);
  // The Monday after: an agreed rate of 12 % takes the place of the law's.
  walk.goTo('2026-01-19');
  agree(walk, 1, { law: 'UK', terms: 30, interestRate: 1200, disputeClause: 'LCIA rules, seat London', document: SIGNED });
  expect(interest(walk)).toMatchObject({ how: 'agreed', rate: 1200 });
  // What people read of it names the law, the rate and where the document lies; who entered it and when stands below.
  const shown = agreementText({ agreement: walk.work.agreement, terms: undefined, company: 'NWUK' });
  for (const line of [
    '*Governing law:* United Kingdom (England and Wales)  _Agreed with this customer_',
    '*Payment terms:* 30 days  _Agreed with this customer_',
    '*Interest:* 12.00 % a year, agreed',
    '*Signed document:* <https://files.example/otterby.pdf|Frame contract 2024>, signed 1 Mar 2024',
    '*Entered:* 19 Jan 2026 by <@U0INES>',
  ])
    expect(shown).toContain(line);
});

it('Wednesday 14 January: two people have the form open; the second one is told and overwrites nothing', () => {
  const walk = start();
  walk.goTo('2026-01-14');
  agree(walk, 0, { law: 'UK' });
  expect(() => agree(walk, 0, { law: 'DE' })).toThrow('agreement-changed-meanwhile');
  expect(walk.work.agreement).toMatchObject({ law: 'UK', revision: 1 });
});

it('Wednesday 14 January: what cannot be right is refused, and the agreement of Monday stays', () => {
  const walk = start();
  agree(walk, 0, { law: 'UK', terms: 30 });
  walk.goTo('2026-01-14');
  for (const [terms, refused] of [
    [{ document: { ...SIGNED, signed: day('2026-01-15') } }, 'document-in-future'],
    [{ document: { ...SIGNED, at: 'C:\\contracts\\otterby.pdf' } }, 'document-link'],
    [{ notice: { method: 'post', address: ' ' } }, 'notice-address-missing'],
    [{ interestRate: 12_00_0 }, 'rate-out-of-range'],
  ] as const)
    expect(() => agree(walk, 1, terms)).toThrow(refused);
  expect(walk.work.agreement).toMatchObject({ law: 'UK', terms: 30, revision: 1 });
});
