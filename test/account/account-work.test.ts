import { describe, expect, it } from 'vitest';
import { type AccountRequest, NEW_WORK, onHold } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import { day } from '../../src/kernel/day.ts';

const today = day('2026-11-20');
const latest = day('2027-05-19');
const decide = (request: AccountRequest, work = NEW_WORK) => decideAccount(work, request, 'U9', today, latest);

describe('assigning', () => {
  it('records both collectors and how', () => {
    const decided = decide({ do: 'assign', to: 'U2', how: 'by hand' }, { ...NEW_WORK, collector: 'U1' });
    expect(decided).toEqual({
      work: { ...NEW_WORK, collector: 'U2' },
      facts: [{ type: 'collector-assigned', from: 'U1', to: 'U2', how: 'by hand' }],
    });
  });

  it('refuses when the account already is with that collector', () => {
    expect(decide({ do: 'assign', to: 'U1', how: 'by hand' }, { ...NEW_WORK, collector: 'U1' })).toEqual({ refused: 'already-assigned' });
  });

  it('refuses when another manager was faster', () => {
    expect(decide({ do: 'assign', to: 'U2', how: 'by hand', seen: null }, { ...NEW_WORK, collector: 'U1' })).toEqual({
      refused: 'collector-changed-meanwhile',
    });
  });
});

describe('a hold', () => {
  it('needs a day in the future and a reason', () => {
    expect(decide({ do: 'hold', until: today, reason: 'x' })).toEqual({ refused: 'day-not-in-future' });
    expect(decide({ do: 'hold', until: day('2026-11-21'), reason: ' ' })).toEqual({ refused: 'reason-missing' });
    expect(decide({ do: 'hold', until: day('2027-05-20'), reason: 'x' })).toEqual({ refused: 'hold-too-long' });
    expect(decide({ do: 'hold', until: latest, reason: 'x' })).toMatchObject({ work: { hold: { until: latest, reason: 'x', by: 'U9' } } });
  });

  it('counts through its last day', () => {
    const work = { ...NEW_WORK, hold: { until: today, reason: 'x', by: 'U9' } };
    expect(onHold(work, today)).toBe(true);
    expect(onHold(work, day('2026-11-21'))).toBe(false);
  });

  it('that has run out cannot be lifted', () => {
    expect(decide({ do: 'unhold' }, { ...NEW_WORK, hold: { until: day('2026-11-19'), reason: 'x', by: 'U9' } })).toEqual({
      refused: 'not-held',
    });
  });
});

describe('a status', () => {
  it('is set with a reason and recorded with the one before', () => {
    expect(decide({ do: 'set-status', status: 'insolvent', reason: '' })).toEqual({ refused: 'reason-missing' });
    expect(decide({ do: 'set-status', status: 'active', reason: 'x' })).toEqual({ refused: 'status-unchanged' });
    expect(decide({ do: 'set-status', status: 'insolvent', reason: 'court notice' })).toMatchObject({
      work: { status: 'insolvent', statusReason: 'court notice' },
      facts: [{ type: 'status-set', from: 'active', to: 'insolvent' }],
    });
  });
});
