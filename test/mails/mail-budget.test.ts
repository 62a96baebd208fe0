import { expect, it } from 'vitest';
import { leavesAt, type MailBudget, NOTHING_SENT, takeTurn } from '../../src/mails/mail-budget.ts';

const LIMITS = { perMinute: 3, recipientsPerDay: 10 };
const HOUR = 3_600_000;
const NOON = 12 * HOUR;

function taken(budget: MailBudget, now: number, recipients = 1): MailBudget {
  const turn = takeTurn(budget, now, recipients, LIMITS);
  if ('wait' in turn) throw new Error(`no room before ${turn.wait}`);
  return turn.budget;
}

it('within any minute no more mails leave than the mailbox may send, wherever the minute begins', () => {
  let budget = NOTHING_SENT;
  for (const at of [0, 100, 50_000]) budget = taken(budget, NOON + at);
  expect(takeTurn(budget, NOON + 60_999, 1, LIMITS)).toEqual({ wait: NOON + 61_000 });
  budget = taken(budget, NOON + 61_000);
  expect(takeTurn(budget, NOON + 61_050, 1, LIMITS)).toEqual({ wait: NOON + 61_100 });
});

it('recipients of 24 hours count, each address of a mail', () => {
  let budget = taken(NOTHING_SENT, NOON, 4);
  budget = taken(budget, NOON + 5 * HOUR, 6);
  const full = takeTurn(budget, NOON + 6 * HOUR, 1, LIMITS);
  expect(full).toEqual({ wait: NOON + 25 * HOUR });
  expect(takeTurn(budget, NOON + 25 * HOUR, 4, LIMITS)).toHaveProperty('budget');
  expect(takeTurn(budget, NOON + 25 * HOUR, 5, LIMITS)).toEqual({ wait: NOON + 30 * HOUR });
});

it('a mail to more recipients than a day allows is not kept for ever', () => {
  expect(takeTurn(NOTHING_SENT, NOON, 11, LIMITS)).toHaveProperty('budget');
});

it('when the last of many leaves: a thousand at thirty a minute take 34 minutes', () => {
  const limits = { perMinute: 30, recipientsPerDay: 10_000 };
  const last = leavesAt(NOTHING_SENT, NOON, Array<number>(1_000).fill(1), limits);
  expect(last - NOON).toBe(33 * 61_000);
});
