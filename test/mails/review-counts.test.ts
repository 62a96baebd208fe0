import { expect, it } from 'vitest';
import { oneDecision, wholeOf } from '../../src/mails/review-counts.ts';
import { countWords } from '../../src/mails/review-counts.view.ts';

it('a decision counts the seconds for which the email was shown, five minutes at most', () => {
  expect(oneDecision(4_400, false)).toEqual({ decisions: 1, seconds: 4, edited: 0 });
  expect(oneDecision(86_400_000, true)).toEqual({ decisions: 1, seconds: 300, edited: 1 });
  expect(oneDecision(-5, false).seconds).toBe(0);
  expect(oneDecision(20_000, false, 18)).toEqual({ decisions: 18, seconds: 20, edited: 0 });
});

it('the whole is told of three people or more, so that it says nothing of one', () => {
  const one = { decisions: 10, seconds: 50, edited: 1 };
  expect(wholeOf([one, one])).toBeNull();
  expect(wholeOf([one, one, { decisions: 0, seconds: 0, edited: 0 }])).toBeNull();
  expect(wholeOf([one, one, one])).toEqual({ decisions: 30, seconds: 150, edited: 3 });
});

it('is said in seconds a decision and the share edited', () => {
  expect(countWords({ decisions: 30, seconds: 150, edited: 3 })).toBe('30 emails decided, 5 seconds each, 10% of them edited');
  expect(countWords({ decisions: 0, seconds: 0, edited: 0 })).toBe('no emails decided yet');
});
