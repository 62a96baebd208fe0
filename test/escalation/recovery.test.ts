import { expect, it } from 'vitest';
import { expectedRecovery } from '../../src/escalation/recovery.ts';
import { openQuestions } from '../../src/escalation/six-questions.ts';

it('expects less of an older claim, and takes off what others are paid', () => {
  expect(expectedRecovery('agency', 100_000, 'GBP', 180)).toMatchObject({ share: 55, expected: 55_000, cost: 11_000, net: 44_000 });
  expect(expectedRecovery('agency', 100_000, 'GBP', 181)).toMatchObject({ share: 30, expected: 30_000 });
  expect(expectedRecovery('write-off', 100_000, 'GBP', 400)).toMatchObject({ expected: 10_000, cost: 0, net: 10_000 });
  expect(expectedRecovery('credit-limit', 100_000, 'GBP', 0)).toBe(null);
});

it('leaves only the questions open that neither data nor a person has answered', () => {
  expect(openQuestions({ pattern: 'late' }, { sent: 'Tom, to AP', alternative: '  ' })).toEqual([
    'decision-maker',
    'response',
    'trouble',
    'alternative',
  ]);
});
