import { expect, it } from 'vitest';
import type { FollowUp, FollowUpAction } from '../../src/follow-up/follow-up.ts';
import { nextStep } from '../../src/follow-up/next-step.ts';
import type { ProposedStep } from '../../src/follow-up/proposals.ts';
import { day } from '../../src/kernel/day.ts';

const today = day('2026-11-20');
const account = {
  collector: 'U1',
  status: 'active' as const,
  hold: null,
  autopay: false,
  decision: null,
  overdue: [{ oldest: { invoice: 'I-2', daysPastDue: 4 } }, { oldest: { invoice: 'I-1', daysPastDue: 9 } }],
};
const hold = (until: string) => ({ until: day(until), reason: 'x', by: 'U9' });

const decision = (more: Partial<FollowUp>) => ({ action: null, proposals: [], reasons: [], entities: [], ...more });

it('does what follow-up decides and nothing else', () => {
  const action = { entity: 'UK' } as FollowUpAction;
  expect(nextStep({ ...account, decision: decision({ action }) }, today)).toEqual({ do: 'follow-up', action });
  expect(nextStep({ ...account, decision: decision({ reasons: ['weekend'] }) }, today)).toEqual({ do: 'rest', why: 'weekend' });
  expect(nextStep({ ...account, decision: decision({ reasons: ['nothing-open'] }) }, today)).toEqual({ do: 'nothing' });
});

it('names what people decide where nothing goes to the customer', () => {
  const proposal = { entity: 'UK' } as ProposedStep;
  const action = { entity: 'UK' } as FollowUpAction;
  expect(nextStep({ ...account, decision: decision({ proposals: [proposal] }) }, today)).toEqual({ do: 'decide', proposal });
  expect(nextStep({ ...account, decision: decision({ action, proposals: [proposal] }) }, today)).toEqual({ do: 'follow-up', action });
});

it('asks where follow-up begins before it says what only takes time', () => {
  const stand = { entity: 'UK', leading: null, at: null, next: null, jumped: false, invoices: [], reasons: ['start-unconfirmed' as const] };
  expect(nextStep({ ...account, decision: decision({ reasons: ['weekend'], entities: [stand] }) }, today)).toEqual({
    do: 'rest',
    why: 'start-unconfirmed',
  });
});

it('assigns first, since nobody works on it', () => {
  expect(nextStep({ ...account, collector: null, status: 'insolvent', replyWaiting: 1 }, today)).toEqual({ do: 'assign' });
});

it('leaves every status but active to a person, before anything else', () => {
  expect(nextStep({ ...account, status: 'represented', replyWaiting: 1 }, today)).toEqual({ do: 'decide-by-hand', status: 'represented' });
});

it('answers replies before broken promises, and those before promises due', () => {
  const all = { ...account, replyWaiting: 2, brokenPromises: 1, promisesDue: 3, hold: hold('2026-12-01') };
  expect(nextStep(all, today)).toEqual({ do: 'answer-reply', replies: 2 });
  expect(nextStep({ ...all, replyWaiting: 0 }, today)).toEqual({ do: 'chase-promise', broken: 1 });
  expect(nextStep({ ...all, replyWaiting: 0, brokenPromises: 0 }, today)).toEqual({ do: 'check-promise', due: 3 });
  const instalment = { ...all, replyWaiting: 0, brokenPromises: 0, promisesDue: 0, instalmentsDue: 2 };
  expect(nextStep(instalment, today)).toEqual({ do: 'check-instalment', due: 2 });
});

it('waits through the last day of a hold, then asks to look again for a week', () => {
  expect(nextStep({ ...account, hold: hold('2026-11-20') }, today)).toEqual({ do: 'wait', until: '2026-11-20' });
  expect(nextStep({ ...account, hold: hold('2026-11-19') }, today)).toEqual({ do: 'look-again', ended: '2026-11-19' });
  expect(nextStep({ ...account, hold: hold('2026-11-13') }, today)).toEqual({ do: 'look-again', ended: '2026-11-13' });
  expect(nextStep({ ...account, hold: hold('2026-11-12') }, today).do).toBe('nothing');
});

it('asks about the direct debit instead of reminding who pays by it', () => {
  expect(nextStep({ ...account, autopay: true }, today)).toEqual({ do: 'check-direct-debit', invoice: 'I-1', daysPastDue: 9 });
});

it('has nothing to do where nothing is past due', () => {
  expect(nextStep({ ...account, overdue: [] }, today)).toEqual({ do: 'nothing' });
});
