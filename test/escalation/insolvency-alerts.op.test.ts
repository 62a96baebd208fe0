import { expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import type { StandardTerms } from '../../src/charges/terms.ts';
import type { InsolvencyFile } from '../../src/escalation/insolvency.ts';
import { insolvencyCauses } from '../../src/escalation/insolvency-alerts.op.ts';
import type { AccountCase } from '../../src/follow-up/account-days.op.ts';
import { day } from '../../src/kernel/day.ts';

const FILE: InsolvencyFile = {
  ...{ id: 'i1', revision: 1, procedure: 'Administration', court: '', reference: '', holder: { name: '', email: '', address: '' } },
  ...{ opened: day('2026-11-03'), deadline: day('2026-12-07'), retention: 'no', goods: '', lookBack: 6, by: 'U', on: day('2026-11-03') },
  claim: [
    {
      ...{ entity: 'NWUK', currency: 'GBP', invoices: 2, open: 100_000, interest: 0, why: '' },
      ...{ owedFrom: day('2026-02-14'), owedLast: day('2026-10-01') },
    },
  ],
  ...{ filed: null, dividends: [], closed: null },
};
const told = (today: string, file: Partial<InsolvencyFile> = {}, vat: StandardTerms['vat'] = null) => {
  const work = { ...NEW_WORK, insolvencies: [{ ...FILE, ...file }] };
  const of = { row: { id: 'a' }, work, day: { today: day(today) } } as unknown as AccountCase;
  return insolvencyCauses(of, { NWUK: { vat } as StandardTerms }).map(({ id }) => id.split(':').at(-1));
};

it.each([
  ['2026-11-22', []],
  ['2026-11-23', ['14']],
  ['2026-11-30', ['7']],
  ['2026-12-06', ['1']],
  ['2026-12-07', ['1']],
  ['2026-12-08', ['late']],
])('on %s the filing deadline of 7 December is told as %j', (today, expected) => {
  expect(told(today)).toEqual(expected);
});

it('nothing is told of a claim that was filed, without a deadline or of a closed file', () => {
  expect(told('2026-12-06', { filed: { on: day('2026-12-01'), document: null } })).toEqual([]);
  expect(told('2026-12-06', { deadline: null })).toEqual([]);
  expect(told('2026-12-06', { closed: { on: day('2026-12-01'), note: 'x' } }, 'UK')).toEqual([]);
});

it.each([
  ['2026-08-13', []],
  ['2026-08-14', ['first']],
  ['2027-04-01', ['all']],
  ['2030-07-15', ['ends']],
  ['2030-08-15', []],
])('on %s the relief of VAT of the UK is told as %j', (today, expected) => {
  expect(told(today, { deadline: null }, 'UK')).toEqual(expected);
});

it('in Germany VAT is corrected from the opening on', () => {
  expect(told('2026-11-03', { deadline: null }, 'DE')).toEqual(['from']);
  expect(told('2026-11-03', { deadline: null }, 'other')).toEqual([]);
});
