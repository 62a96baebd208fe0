import { expect, test } from 'vitest';
import { FACT_KINDS, markingOf, typesOfKind } from '../../src/trail/fact-table.ts';
import { decideMarking, MARKINGS, type MarkingRequest, remarked } from '../../src/trail/marking.ts';

test('what passed between the customer and us may be shown; the rest stays in the house', () => {
  for (const type of ['draft-sent', 'draft-sent-by-hand', 'contact-made', 'promise-recorded', 'dispute-recorded', 'reply-received'])
    expect([type, markingOf({ type })]).toEqual([type, 'shareable']);
  for (const type of ['draft-approved', 'draft-rejected', 'collector-assigned', 'held', 'steps-proposed', 'settings-changed'])
    expect([type, markingOf({ type })]).toEqual([type, 'internal']);
});

test('offers to settle are without prejudice, what counsel said is privileged, an unknown type is internal', () => {
  expect(markingOf({ type: 'offer-made', kind: 'settlement' })).toBe('without-prejudice');
  expect(markingOf({ type: 'offer-made', kind: 'discount' })).toBe('internal');
  expect(markingOf({ type: 'counsel-opinion-recorded' })).toBe('privileged');
  expect(markingOf({ type: 'something-of-next-year' })).toBe('internal');
});

test('a person chooses for an interaction; nothing else carries its own mark', () => {
  for (const marking of MARKINGS) expect(markingOf({ type: 'interaction-recorded', marking })).toBe(marking);
  expect(markingOf({ type: 'interaction-recorded', marking: 'public' })).toBe('internal');
  expect(markingOf({ type: 'held', marking: 'shareable' })).toBe('internal');
});

const ask = (part: Partial<MarkingRequest>) =>
  decideMarking({
    do: 'change-marking',
    entry: 'account:1:4',
    from: 'internal',
    to: 'shareable',
    reason: 'agreed',
    mayManage: false,
    ...part,
  });

test('a mark changes by a new fact with a reason', () => {
  expect(ask({})).toEqual({
    fact: { type: 'marking-changed', entry: 'account:1:4', from: 'internal', to: 'shareable', reason: 'agreed' },
  });
  expect(ask({ reason: '  ' })).toEqual({ refused: 'reason-missing' });
  expect(ask({ to: 'internal' })).toEqual({ refused: 'marking-unchanged' });
});

test('privilege is given up by a manager only, also by way of another mark', () => {
  for (const to of ['shareable', 'internal', 'without-prejudice'] as const)
    expect(ask({ from: 'privileged', to })).toEqual({ refused: 'privilege-needs-manager' });
  expect(ask({ from: 'privileged', mayManage: true })).toMatchObject({ fact: { to: 'shareable' } });
});

test('the latest mark of an entry counts', () => {
  const change = (entry: unknown, to: unknown) => ({ type: 'marking-changed', entry, to });
  const marks = remarked([
    change('account:1:4', 'shareable'),
    { type: 'held', entry: 'account:1:5', to: 'shareable' },
    change('account:1:4', 'privileged'),
    change('account:1:6', 'public'),
  ]);
  expect([...marks]).toEqual([['account:1:4', 'privileged']]);
});

/** Decided one by one; what is not named here is our own talk and stays internal. */
const DELIBERATE = {
  shareable: [
    'call-made',
    'charge-claimed',
    'charge-paid',
    'charge-waived',
    'contact-made',
    'dispute-closed',
    'dispute-recorded',
    'draft-sent',
    'draft-sent-by-hand',
    'letter-posted',
    'letter-sent',
    'plan-closed',
    'plan-defaulted',
    'plan-notice-given',
    'plan-recorded',
    'promise-closed',
    'promise-recorded',
    'reply-answered',
    'reply-received',
  ],
  'without-prejudice': ['offer-accepted', 'offer-approved', 'offer-closed', 'offer-made'],
  privileged: ['counsel-opinion-recorded', 'counsel-reviewed'],
};

test('every fact about an account is marked deliberately: a new one is internal until it is named', () => {
  const types = FACT_KINDS.flatMap((kind) => typesOfKind(kind)).filter((type) => type !== 'interaction-recorded');
  const marked = Object.groupBy(types, (type) => markingOf({ type, kind: 'settlement' }));
  const { internal = [], ...leaving } = marked;
  expect(Object.fromEntries(Object.entries(leaving).map(([marking, named]) => [marking, named.toSorted()]))).toEqual(DELIBERATE);
  for (const type of [
    'call-noted',
    'case-requested',
    'case-voted',
    'case-rejected',
    'account-placed',
    'written-off',
    'mandate-given',
    'held',
  ])
    expect(internal, type).toContain(type);
});
