import { describe, expect, it } from 'vitest';
import { type ApprovalRule, CASE_KINDS, decideTable, FIRST_TABLE, FROM_ZERO, neededFor } from '../../src/escalation/approval-table.ts';
import { day } from '../../src/kernel/day.ts';
import { workingDayAfter } from '../../src/kernel/working-days.ts';

const writeOff = FIRST_TABLE.rules['write-off'];
const one = { people: 1, financeLeads: 0 };
const two = { people: 2, financeLeads: 0 };
const lead = { people: 2, financeLeads: 1 };

describe('who must approve an amount', () => {
  it.each([
    [0, one],
    [499_99, one],
    [500_00, one],
    [500_01, two],
    [4_999_99, two],
    [5_000_00, two],
    [5_000_01, lead],
  ])('a write-off of %d pence', (amount, needed) => {
    expect(neededFor(writeOff, 'GBP', amount)).toEqual(needed);
  });

  it('takes the strictest step for a currency that has none of its own', () => {
    expect(neededFor(writeOff, 'CHF', 1)).toEqual(lead);
    expect(neededFor(FIRST_TABLE.rules.plan, 'JPY', 0)).toEqual({ people: 1, financeLeads: 1 });
  });

  it('has a rule for every kind, from zero on', () => {
    for (const kind of CASE_KINDS) expect(neededFor(FIRST_TABLE.rules[kind], 'EUR', 0).people).toBeGreaterThan(0);
  });
});

it('lapses after business days: weekend and holidays do not count', () => {
  const calendar = { weekend: new Set([6, 7]), holidays: new Set(['2026-12-25', '2026-12-28']) };
  expect(workingDayAfter(day('2026-11-23'), 5, calendar)).toBe('2026-11-30');
  expect(workingDayAfter(day('2026-12-24'), 1, calendar)).toBe('2026-12-29');
});

describe('changing the table', () => {
  const rule = (more: Partial<ApprovalRule>): ApprovalRule => ({ ...writeOff, ...more });
  const change = (more: Partial<ApprovalRule>, seen = 1) =>
    decideTable(FIRST_TABLE, { do: 'set-rule', kind: 'write-off', rule: rule(more), seen });
  const band = (above: number, people = 1, financeLeads = 0) => ({ above, people, financeLeads });

  it('replaces one rule and records both', () => {
    const decision = change({ bands: { EUR: [band(FROM_ZERO, 2)] } });
    expect('rules' in decision && neededFor(decision.rules['write-off'], 'EUR', 1)).toEqual(two);
    expect('rules' in decision && decision.rules.agency).toEqual(FIRST_TABLE.rules.agency);
    expect('facts' in decision && decision.facts).toMatchObject([{ type: 'approval-rule-set', kind: 'write-off', from: writeOff }]);
  });

  it.each([
    ['no currency', { bands: {} }, 'band-missing'],
    ['no step from zero', { bands: { EUR: [band(100)] } }, 'band-missing'],
    ['amounts that do not rise', { bands: { EUR: [band(FROM_ZERO), band(500), band(500)] } }, 'bands-out-of-order'],
    ['nobody', { bands: { EUR: [band(FROM_ZERO, 0)] } }, 'needs-out-of-range'],
    ['six people', { bands: { EUR: [band(FROM_ZERO, 6)] } }, 'needs-out-of-range'],
    ['more leads than people', { bands: { EUR: [band(FROM_ZERO, 1, 2)] } }, 'needs-out-of-range'],
    ['no time', { expiryDays: 0 }, 'expiry-out-of-range'],
    ['31 days', { expiryDays: 31 }, 'expiry-out-of-range'],
    ['a reminder after 73 hours', { remindHours: 73 }, 'expiry-out-of-range'],
    ['nothing new', {}, 'rule-unchanged'],
  ] as const)('refuses %s', (_, more, refused) => {
    expect(change(more)).toEqual({ refused });
  });

  it('refuses a change to a table that somebody else has changed', () => {
    expect(change({ expiryDays: 9 }, 2)).toEqual({ refused: 'table-changed-meanwhile' });
    expect(change({ expiryDays: 9 })).toHaveProperty('rules');
  });
});
