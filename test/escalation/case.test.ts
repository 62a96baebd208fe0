import { describe, expect, it } from 'vitest';
import { type CaseEdit, openCase } from '../../src/escalation/case.ts';
import { decidersOf, relatedTo, whoMayDecide } from '../../src/escalation/case-people.ts';
import { day } from '../../src/kernel/day.ts';
import { absent, approve, decide, done, EXPIRES, MONDAY, member, NOW, newCase, opened, reject, teamOf } from '../support/cases.ts';

const edit = (change: Partial<CaseEdit> = {}, seen = 1) => {
  const { amount, reason, reasonCodes, answers, basis, needed, expiresAt, remindAt } = newCase();
  return {
    do: 'edit' as const,
    seen,
    edit: { amount, reason, reasonCodes, answers, basis, day: MONDAY, needed, expiresAt, remindAt, ...change },
  };
};

describe('two people decide', () => {
  it('approves with the second of two different people, and names both', () => {
    const once = done(opened(), approve(), 'INES');
    expect(once.state).toBe('open');
    const decision = decide(once, approve(), 'PAUL');
    expect(decision).toMatchObject({ case: { state: 'approved' } });
    expect('facts' in decision && decision.facts.map(({ type }) => type)).toEqual(['case-voted', 'case-approved']);
    expect('facts' in decision && decision.facts[1]).toMatchObject({ voters: ['INES', 'PAUL'] });
  });

  it('counts each person once a version', () => {
    expect(decide(done(opened(), approve(), 'INES'), approve(), 'INES')).toEqual({ refused: 'voted-already' });
  });

  it('waits for a finance lead where one is needed, however many managers have approved', () => {
    const of = opened({ amount: 6_000_00 });
    const managers = done(done(of, approve(), 'INES'), approve(), 'OMAR');
    expect(managers.state).toBe('open');
    expect(done(managers, approve(), 'PAUL').state).toBe('approved');
  });

  it('does not count somebody who has lost the role since, or left', () => {
    const once = done(opened(), approve(), 'INES');
    expect(done(once, approve(), 'PAUL', teamOf({ INES: { roles: ['collector'] } })).state).toBe('open');
    expect(done(once, approve(), 'PAUL', teamOf({ INES: { left: true } })).state).toBe('open');
  });

  it('is rejected by one, with a reason', () => {
    const once = done(opened(), approve(), 'INES');
    expect(decide(once, reject('  '), 'PAUL')).toEqual({ refused: 'case-reason-missing' });
    expect(done(once, reject('Too early.'), 'PAUL')).toMatchObject({ state: 'rejected', outcome: 'Too early.' });
  });
});

describe('nobody decides their own', () => {
  it('refuses whoever asked', () => {
    expect(decide(opened({ requester: 'INES' }), approve(), 'INES')).toEqual({ refused: 'approver-requested' });
    expect(decide(opened({ requester: 'INES' }), reject('No.'), 'INES')).toEqual({ refused: 'approver-requested' });
  });

  it('refuses the last editor, and lets an earlier one', () => {
    const edited = done(opened(), edit(), 'INES');
    expect(decide(edited, approve(2), 'INES')).toEqual({ refused: 'approver-edited-case' });
    const again = done(edited, edit({}, 2), 'TOM');
    expect(done(again, approve(3), 'INES').votes).toHaveLength(1);
  });

  it('refuses whoever covers for the requester, also in the cover’s own role and after the absence was deleted', () => {
    const covered = teamOf({ MARA: absent('INES') });
    const of = opened({}, covered);
    expect(decide(of, approve(), 'INES', covered)).toEqual({ refused: 'approver-substitutes-requester' });
    expect(decide(of, approve(), 'INES', teamOf())).toEqual({ refused: 'approver-substitutes-requester' });
  });

  it('refuses whomever the requester covers for, and covers made up later', () => {
    const team = teamOf({ PAUL: absent('MARA') });
    expect(decide(opened({}, team), approve(), 'PAUL')).toEqual({ refused: 'approver-substitutes-requester' });
    expect(decide(opened(), approve(), 'INES', teamOf({ MARA: absent('INES', '2026-11-23') }))).toEqual({
      refused: 'approver-substitutes-requester',
    });
  });

  it('follows a chain of covers', () => {
    const team = teamOf({ MARA: absent('TOM'), TOM: absent('OMAR') });
    expect(relatedTo(team, 'MARA', MONDAY, MONDAY).sort()).toEqual(['MARA', 'OMAR', 'TOM']);
    expect(relatedTo(team, 'OMAR', MONDAY, MONDAY).sort()).toEqual(['MARA', 'OMAR', 'TOM']);
    expect(relatedTo(team, 'MARA', day('2026-12-01'), day('2026-12-01'))).toEqual(['MARA']);
  });
});

describe('substitutes', () => {
  const team = teamOf({ INES: absent('TOM') });

  it('lets a cover decide in the place of an absent approver, who then has no vote of their own', () => {
    const voted = done(opened(), approve(), 'TOM', team);
    expect(voted.votes[0]).toMatchObject({ by: 'TOM', as: 'INES' });
    expect(decide(voted, approve(), 'INES', teamOf())).toEqual({ refused: 'voted-already' });
  });

  it('refuses the absent approver, and a cover where the table allows none', () => {
    expect(decide(opened(), approve(), 'INES', team)).toEqual({ refused: 'approver-absent' });
    expect(decide(opened({ substitutes: false }), approve(), 'TOM', team)).toEqual({ refused: 'approver-lacks-role' });
  });

  it('refuses collectors, strangers and people who left', () => {
    for (const user of ['TOM', 'NOBODY']) expect(decide(opened(), approve(), user)).toEqual({ refused: 'approver-lacks-role' });
    expect(decide(opened(), approve(), 'INES', teamOf({ INES: { left: true } }))).toEqual({ refused: 'approver-lacks-role' });
  });
});

describe('time', () => {
  const atEnd = (ms: number) => EXPIRES.add({ milliseconds: ms });

  it('ends to the millisecond, whether or not anybody has looked', () => {
    expect(done(opened(), approve(), 'INES', teamOf(), atEnd(-1)).votes).toHaveLength(1);
    expect(decide(opened(), approve(), 'INES', teamOf(), atEnd(0))).toEqual({ refused: 'case-expired' });
    expect(decide(opened(), edit(), 'MARA', teamOf(), atEnd(0))).toEqual({ refused: 'case-expired' });
    expect(decide(opened(), { do: 'expire' }, 'clock', teamOf(), atEnd(-1))).toEqual({ refused: 'not-due' });
    expect(done(opened(), { do: 'expire' }, 'clock', teamOf(), atEnd(0)).state).toBe('expired');
  });

  it('reminds once, a day before', () => {
    const dayBefore = EXPIRES.subtract({ hours: 24 });
    expect(decide(opened(), { do: 'remind' }, 'clock', teamOf(), dayBefore.subtract({ milliseconds: 1 }))).toEqual({ refused: 'not-due' });
    const reminded = done(opened(), { do: 'remind' }, 'clock', teamOf(), dayBefore);
    expect(decide(reminded, { do: 'remind' }, 'clock', teamOf(), dayBefore)).toEqual({ refused: 'not-due' });
  });
});

describe('versions and ends', () => {
  it('voids votes by an edit, and refuses a card of the version before', () => {
    const edited = done(done(opened(), approve(), 'PAUL'), edit({ amount: 700_00 }), 'MARA');
    expect(edited).toMatchObject({ revision: 2, amount: 700_00, state: 'open' });
    expect(decide(edited, approve(1), 'INES')).toEqual({ refused: 'case-changed' });
    expect(done(edited, approve(2), 'INES').state).toBe('open');
    expect(done(done(edited, approve(2), 'INES'), approve(2), 'PAUL').state).toBe('approved');
    expect(decide(edited, edit({}, 1), 'TOM')).toEqual({ refused: 'case-changed' });
  });

  it('needs a reason and an amount that is not negative', () => {
    expect(openCase(newCase({ reason: ' ' }), NOW, teamOf(), MONDAY)).toEqual({ refused: 'case-reason-missing' });
    expect(openCase(newCase({ amount: -1 }), NOW, teamOf(), MONDAY)).toEqual({ refused: 'case-amount-negative' });
    expect(decide(opened(), edit({ reason: '' }), 'MARA')).toEqual({ refused: 'case-reason-missing' });
    expect(decide(opened(), edit({ amount: 0.5 }), 'MARA')).toEqual({ refused: 'case-amount-negative' });
  });

  it('is withdrawn by whoever asked or an approver, with a reason', () => {
    const withdraw = (mayManage: boolean, reason = 'Paid meanwhile.') => ({ do: 'withdraw' as const, reason, mayManage });
    expect(decide(opened(), withdraw(false), 'TOM')).toEqual({ refused: 'withdraw-needs-requester' });
    expect(decide(opened(), withdraw(false, ''), 'MARA')).toEqual({ refused: 'case-reason-missing' });
    expect(done(opened(), withdraw(false), 'MARA').state).toBe('withdrawn');
    expect(done(opened(), withdraw(true), 'INES').state).toBe('withdrawn');
  });

  it('stays as it ended, whatever is asked', () => {
    const approved = done(done(opened(), approve(), 'INES'), approve(), 'PAUL');
    const ends = [
      done(opened(), reject('No.'), 'INES'),
      done(opened(), { do: 'withdraw', reason: 'x', mayManage: false }, 'MARA'),
      done(opened(), { do: 'expire' }, 'clock', teamOf(), EXPIRES),
      done(approved, { do: 'void', why: 'A payment came in.' }, 'clock'),
      done(approved, { do: 'carry-out', outcome: '' }, 'clock'),
    ];
    expect(ends.map((each) => each.state)).toEqual(['rejected', 'withdrawn', 'expired', 'void', 'carried-out']);
    for (const end of [...ends, approved])
      for (const request of [approve(), reject('x'), edit(), { do: 'expire' as const }, { do: 'remind' as const }])
        expect(decide(end, request, 'PETRA')).toEqual({ refused: 'case-closed' });
    for (const end of ends) expect(decide(end, { do: 'carry-out', outcome: '' }, 'clock')).toEqual({ refused: 'case-closed' });
  });

  it('is carried out or voided only once it is approved', () => {
    expect(decide(opened(), { do: 'carry-out', outcome: '' }, 'clock')).toEqual({ refused: 'case-closed' });
    expect(decide(opened(), { do: 'void', why: 'x' }, 'clock')).toEqual({ refused: 'case-closed' });
  });
});

describe('who could decide', () => {
  it('lists those who can give the next vote, finance leads first', () => {
    expect(whoMayDecide(opened({ requester: 'OMAR' }), teamOf(), MONDAY).map(({ user }) => user)).toEqual(['PAUL', 'PETRA', 'INES']);
    expect(whoMayDecide(done(opened(), approve(), 'PAUL'), teamOf(), MONDAY).map(({ user }) => user)).toEqual(['PETRA', 'INES', 'OMAR']);
  });

  it('says before anything is created that too few people are there', () => {
    const team = { version: 1, rules: [], members: [member('INES', 'manager'), member('PAUL', 'finance-lead')] };
    expect(decidersOf(opened({ requester: 'INES' }), team, MONDAY)).toEqual({
      enough: false,
      missing: { people: 1, financeLeads: 0 },
      could: ['INES', 'PAUL'],
    });
    expect(decidersOf(opened({ requester: 'MARA' }), team, MONDAY)).toMatchObject({ enough: true });
    expect(decidersOf(opened({ requester: 'PAUL', amount: 9_000_00 }), team, MONDAY)).toMatchObject({
      missing: { people: 1, financeLeads: 1 },
    });
  });
});
