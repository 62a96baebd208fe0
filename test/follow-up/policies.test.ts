import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, FIRST_POLICIES, LARGE_ACCOUNT_POLICY } from '../../src/follow-up/default-policies.ts';
import { approvalLimit, DEFAULT_RULES } from '../../src/follow-up/follow-up.ts';
import { decidePolicies, latestPolicy, policyFor } from '../../src/follow-up/policies.ts';
import { type Policy, type PolicyStage, policyProblem } from '../../src/follow-up/policy.ts';

const changed = (key: string, change: Partial<PolicyStage>): Policy => ({
  ...DEFAULT_POLICY,
  stages: DEFAULT_POLICY.stages.map((stage) => (stage.key === key ? { ...stage, ...change } : stage)),
});

describe('the company default', () => {
  it('is the ladder that was agreed', () => {
    const told = DEFAULT_POLICY.stages.map(
      (stage) => `${stage.offset} ${stage.channel} ${stage.approval}${stage.proposes.length > 0 ? ` ${stage.proposes.join('|')}` : ''}`,
    );
    expect(told).toEqual([
      '-7 email collector',
      '3 email collector',
      '10 email collector',
      '14 call collector',
      '21 email collector',
      '30 email collector stop-supply',
      '40 call manager',
      '45 email second-person',
      '60 task manager demand-letter',
      '90 task manager agency|legal|write-off',
    ]);
    expect(DEFAULT_POLICY.stages.map((stage) => stage.contact)).toEqual([1, 1, 1, 1, 1, 2, 1, 1, 1, 1]);
    expect(DEFAULT_POLICY.stages.filter((stage) => stage.largeOrFirst).map((stage) => stage.key)).toEqual(['note']);
  });

  it('and the one for large accounts, which calls after a week, hold together', () => {
    expect(policyProblem(DEFAULT_POLICY)).toBeNull();
    expect(policyProblem(LARGE_ACCOUNT_POLICY)).toBeNull();
    expect(LARGE_ACCOUNT_POLICY.stages.find((stage) => stage.channel === 'call')?.offset).toBe(7);
  });
});

describe('a policy is refused', () => {
  it.each<[string, Policy]>([
    ['policy-name-missing', { ...DEFAULT_POLICY, name: ' ' }],
    ['policy-empty', { ...DEFAULT_POLICY, stages: [] }],
    ['stage-key-twice', { ...DEFAULT_POLICY, stages: [DEFAULT_POLICY.stages[1]!, DEFAULT_POLICY.stages[1]!] }],
    ['stages-out-of-order', changed('reminder', { offset: 3 })],
    ['stages-out-of-order', changed('reminder', { offset: 2 })],
    ['no-demand-stage', { ...DEFAULT_POLICY, stages: [DEFAULT_POLICY.stages[0]!] }],
    ['offset-out-of-range', changed('last-step', { offset: 731 })],
    ['offset-out-of-range', changed('note', { offset: -91 })],
    ['gap-out-of-range', changed('firm', { gap: -1 })],
    ['contact-out-of-range', changed('firm', { contact: 0 })],
    ['note-is-no-mail', changed('note', { channel: 'call', template: '' })],
    ['template-missing', changed('firm', { template: '' })],
    ['task-without-proposal', changed('demand-letter', { proposes: [] })],
    ['final-step-without-task', changed('final-notice', { proposes: ['legal'] })],
    ['unknown-currency', changed('firm', { minimum: { XYZ: 1 } })],
    ['minimum-not-positive', changed('firm', { minimum: { GBP: 0 } })],
  ])('as %s', (problem, policy) => {
    expect(policyProblem(policy)).toBe(problem);
  });

  it('but an order that only just rises is fine', () => {
    expect(policyProblem(changed('reminder', { offset: 4 }))).toBeNull();
  });
});

describe('which policy holds', () => {
  it('the account’s before the segment’s before the company’s', () => {
    const names = (chosen: string | null, segment: string) => policyFor(FIRST_POLICIES, chosen, segment).key;
    expect([names(null, 'small'), names(null, 'LARGE'), names('default', 'large'), names(null, '')]).toEqual([
      'default',
      'large',
      'default',
      'default',
    ]);
  });

  it('one that was chosen and is not kept any more falls back', () => {
    expect(policyFor(FIRST_POLICIES, 'gone', 'small').key).toBe('default');
  });
});

describe('saving', () => {
  const { version: _, ...edited } = changed('firm', { gap: 4 });
  const saved = decidePolicies(FIRST_POLICIES, { do: 'save-policy', policy: edited, seen: 1 });
  if ('refused' in saved) throw new Error(saved.refused);

  it('keeps every version', () => {
    expect(latestPolicy(saved.policies, 'default')).toMatchObject({ version: 2 });
    expect(saved.policies.kept.filter((each) => each.key === 'default').map((each) => each.version)).toEqual([1, 2]);
    expect(saved.facts).toMatchObject([{ type: 'policy-saved', policy: { key: 'default', version: 2 } }]);
  });

  it('is refused when somebody was faster, when nothing changed, and for stages out of order', () => {
    expect(decidePolicies(saved.policies, { do: 'save-policy', policy: edited, seen: 1 })).toEqual({ refused: 'policy-changed-meanwhile' });
    expect(decidePolicies(saved.policies, { do: 'save-policy', policy: edited, seen: 2 })).toEqual({ refused: 'policy-unchanged' });
    expect(decidePolicies(saved.policies, { do: 'save-policy', policy: edited, seen: 0 })).toEqual({ refused: 'policy-name-taken' });
    const { version: __, ...muddled } = changed('firm', { offset: 5 });
    expect(decidePolicies(FIRST_POLICIES, { do: 'save-policy', policy: muddled, seen: 1 })).toEqual({ refused: 'stages-out-of-order' });
  });

  it('a segment’s choice is replaced and taken back', () => {
    const first = decidePolicies(FIRST_POLICIES, { do: 'choose-for-segment', segment: 'Large ', policy: 'default' });
    expect(first).toMatchObject({
      policies: { segments: [{ segment: 'Large', policy: 'default' }] },
      facts: [{ from: 'large', to: 'default' }],
    });
    expect(decidePolicies(FIRST_POLICIES, { do: 'choose-for-segment', segment: 'large', policy: null })).toMatchObject({
      policies: { segments: [] },
    });
    expect(decidePolicies(FIRST_POLICIES, { do: 'choose-for-segment', segment: ' ', policy: null })).toEqual({
      refused: 'segment-missing',
    });
    expect(decidePolicies(FIRST_POLICIES, { do: 'choose-for-company', policy: 'gone' })).toEqual({ refused: 'no-such-policy' });
  });

  it('the rules for all never allow less than five business days between demands', () => {
    const rules = (demandGap: number) => decidePolicies(FIRST_POLICIES, { do: 'set-rules', rules: { ...DEFAULT_RULES, demandGap } });
    expect(rules(4)).toEqual({ refused: 'rules-out-of-range' });
    expect(rules(5)).toMatchObject({ facts: [{ type: 'follow-up-rules-set' }] });
  });

  it('a notice of default runs one to sixty business days', () => {
    const notice = (noticeDays: number) => decidePolicies(FIRST_POLICIES, { do: 'set-rules', rules: { ...DEFAULT_RULES, noticeDays } });
    for (const days of [0, 61, 1.5]) expect(notice(days)).toEqual({ refused: 'notice-out-of-range' });
    for (const days of [1, 60]) expect(notice(days)).toMatchObject({ facts: [{ type: 'follow-up-rules-set' }] });
  });
});

it('what needs an approval is above 5,000 of its currency, or what was set for it', () => {
  expect([approvalLimit(DEFAULT_RULES, 'GBP'), approvalLimit(DEFAULT_RULES, 'JPY'), approvalLimit(DEFAULT_RULES, 'KWD')]).toEqual([
    500_000, 5_000, 5_000_000,
  ]);
  const own = { ...DEFAULT_RULES, approvalAbove: { GBP: 0 } };
  expect([approvalLimit(own, 'GBP'), approvalLimit(own, 'EUR')]).toEqual([0, 500_000]);
});
