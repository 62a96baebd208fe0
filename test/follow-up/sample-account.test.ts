import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { startMarks } from '../../src/follow-up/start.ts';
import { sampleLedger } from '../../src/importing/sample-ledger.ts';
import { addDays, type Day, day, daysBetween } from '../../src/kernel/day.ts';
import { workingDayAfter } from '../../src/kernel/working-days.ts';
import { invoice, Walk } from '../support/account-days.ts';

const TODAY = day('2026-11-23');
const KAAS = 'De Scheve Molen Kaas B.V.';

/** The sample's own large debtor, as if nothing had been paid: old invoices next to one that is a few days late. */
function kaas(): Walk {
  const records = sampleLedger(TODAY);
  const number = records.flatMap((each) => (each.kind === 'account' && each.account.name === KAAS ? [each.account.number] : []))[0];
  const items = records.flatMap((each) =>
    each.kind === 'invoice' && each.account.number === number
      ? [invoice(each.number, each.due, { entity: each.entity, currency: each.currency, open: each.total, issued: each.issued })]
      : [],
  );
  return new Walk(TODAY, items);
}

it('the sample’s own debtor: people decide about what had its notice ten business days ago, and about nothing younger', () => {
  const walk = kaas();
  const entity = walk.items[0]!.entity;
  const late = walk.items.filter(({ due }) => due < TODAY);
  const oldest = late.filter(({ due }) => daysBetween(due, TODAY) >= 45);
  const young = late.filter(({ due }) => daysBetween(due, TODAY) < 30);
  expect(oldest.length).toBeGreaterThan(0);
  expect(young.length).toBeGreaterThan(0);
  const sent = addDays(TODAY, -12);
  const marks = startMarks(oldest, DEFAULT_POLICY, TODAY, { stage: 'firm', sent });
  walk.record({ do: 'confirm-start', entity, stage: { key: 'firm', offset: 21 }, sent, marks, from: TODAY });
  const noticed = new Map<string, Day>();
  const mailed = new Set<string>();
  let decided = 0;
  for (; daysBetween(walk.today, addDays(TODAY, 90)) >= 0; walk.today = addDays(walk.today, 1)) {
    const { action, proposals } = walk.decide();
    for (const { invoices } of proposals)
      for (const each of invoices) {
        decided += 1;
        expect(noticed.has(each.number), `${each.number} on ${walk.today}`).toBe(true);
        expect(
          workingDayAfter(noticed.get(each.number)!, 10, walk.more.calendar ?? { weekend: new Set([6, 7]), holidays: new Set() }) <=
            walk.today,
        ).toBe(true);
      }
    for (const { invoice: number, stage } of action?.said.took ?? []) {
      if (stage === 'final-notice') {
        noticed.set(number, walk.today);
        expect(mailed.has(number) || oldest.some((each) => each.number === number)).toBe(true);
      }
      mailed.add(number);
    }
    walk.act();
  }
  expect(noticed.size).toBeGreaterThan(0);
  expect(decided).toBeGreaterThan(0);
  for (const { number } of young) expect(mailed.has(number), number).toBe(true);
});
