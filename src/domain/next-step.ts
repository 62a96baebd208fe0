import type { AccountStatus } from './account.ts';
import { type AccountWork, onHold } from './account-work.ts';
import { addDays, type Day } from './day.ts';

/** The one next action on an account, with what its reason is made of. */
export type NextStep =
  | { readonly do: 'assign' }
  | { readonly do: 'decide-by-hand'; readonly status: Exclude<AccountStatus, 'active'> }
  | { readonly do: 'answer-reply'; readonly replies: number }
  | { readonly do: 'chase-promise'; readonly broken: number }
  | { readonly do: 'check-promise'; readonly due: number }
  | { readonly do: 'wait'; readonly until: Day }
  | { readonly do: 'look-again'; readonly ended: Day }
  | { readonly do: 'check-direct-debit'; readonly invoice: string; readonly daysPastDue: number }
  | { readonly do: 'contact'; readonly invoice: string; readonly daysPastDue: number }
  | { readonly do: 'nothing' };

interface Situation extends Pick<AccountWork, 'collector' | 'status' | 'hold'> {
  readonly autopay: boolean;
  readonly overdue: readonly { readonly oldest: { readonly invoice: string; readonly daysPastDue: number } }[];
  readonly replyWaiting?: number;
  readonly brokenPromises?: number;
  readonly promisesDue?: number;
}

/** A hold that ended is pointed out for a week; then the account is one like any other (own policy). */
const HOLD_JUST_ENDED_DAYS = 7;

/** The first that applies: what stops everything, what the customer did, what we decided, then the oldest overdue invoice. */
export function nextStep(account: Situation, today: Day): NextStep {
  const { collector, status, hold, replyWaiting = 0, brokenPromises = 0, promisesDue = 0 } = account;
  if (collector === null) return { do: 'assign' };
  if (status !== 'active') return { do: 'decide-by-hand', status };
  if (replyWaiting > 0) return { do: 'answer-reply', replies: replyWaiting };
  if (brokenPromises > 0) return { do: 'chase-promise', broken: brokenPromises };
  if (promisesDue > 0) return { do: 'check-promise', due: promisesDue };
  if (hold && onHold(account, today)) return { do: 'wait', until: hold.until };
  if (hold && today <= addDays(hold.until, HOLD_JUST_ENDED_DAYS)) return { do: 'look-again', ended: hold.until };
  const [oldest] = account.overdue.map((part) => part.oldest).sort((a, b) => b.daysPastDue - a.daysPastDue);
  if (!oldest) return { do: 'nothing' };
  return { do: account.autopay ? 'check-direct-debit' : 'contact', ...oldest };
}
