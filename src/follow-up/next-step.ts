import type { AccountStatus } from '../account/account.ts';
import { type AccountWork, onHold } from '../account/account-work.ts';
import { addDays, type Day } from '../kernel/day.ts';
import type { AccountReason, FollowUp, FollowUpAction } from './follow-up.ts';
import type { ProposedStep } from './proposals.ts';
import type { EntityReason } from './reasons.ts';

/** The one next action on an account, with what its reason is made of. */
export type NextStep =
  | { readonly do: 'assign' }
  | { readonly do: 'decide-by-hand'; readonly status: Exclude<AccountStatus, 'active'> }
  | { readonly do: 'answer-reply'; readonly replies: number }
  | { readonly do: 'chase-promise'; readonly broken: number }
  | { readonly do: 'check-promise'; readonly due: number }
  | { readonly do: 'check-instalment'; readonly due: number }
  | { readonly do: 'trace-contact' }
  | { readonly do: 'wait'; readonly until: Day }
  | { readonly do: 'look-again'; readonly ended: Day }
  | { readonly do: 'check-direct-debit'; readonly invoice: string; readonly daysPastDue: number }
  /** What the policy does today. */
  | { readonly do: 'follow-up'; readonly action: FollowUpAction }
  /** Nothing goes to the customer today, and people have something to decide. */
  | { readonly do: 'decide'; readonly proposal: ProposedStep }
  /** Something is past due, and nothing is done about it today: why. */
  | { readonly do: 'rest'; readonly why: AccountReason | EntityReason }
  | { readonly do: 'nothing' };

interface Situation extends Pick<AccountWork, 'collector' | 'status' | 'hold'> {
  readonly autopay: boolean;
  /** The one decision about the account today; null while it has not been asked for. */
  readonly decision: Pick<FollowUp, 'action' | 'proposals' | 'reasons' | 'entities'> | null;
  readonly overdue: readonly { readonly oldest: { readonly invoice: string; readonly daysPastDue: number } }[];
  readonly replyWaiting?: number;
  readonly brokenPromises?: number;
  readonly promisesDue?: number;
  readonly tracing?: boolean;
  readonly instalmentsDue?: number;
}

/** A hold that ended is pointed out for a week; then the account is one like any other (own policy). */
const HOLD_JUST_ENDED_DAYS = 7;

/** The first that applies: what stops everything, what the customer did, what we decided; then what follow-up decides, and nothing else. */
export function nextStep(account: Situation, today: Day): NextStep {
  const { collector, status, hold, replyWaiting = 0, brokenPromises = 0, promisesDue = 0, instalmentsDue = 0 } = account;
  if (collector === null) return { do: 'assign' };
  if (status !== 'active') return { do: 'decide-by-hand', status };
  if (replyWaiting > 0) return { do: 'answer-reply', replies: replyWaiting };
  if (brokenPromises > 0) return { do: 'chase-promise', broken: brokenPromises };
  if (promisesDue > 0) return { do: 'check-promise', due: promisesDue };
  if (instalmentsDue > 0) return { do: 'check-instalment', due: instalmentsDue };
  if (account.tracing) return { do: 'trace-contact' };
  if (hold && onHold(account, today)) return { do: 'wait', until: hold.until };
  if (hold && today <= addDays(hold.until, HOLD_JUST_ENDED_DAYS)) return { do: 'look-again', ended: hold.until };
  const [oldest] = account.overdue.map((part) => part.oldest).sort((a, b) => b.daysPastDue - a.daysPastDue);
  if (oldest && account.autopay) return { do: 'check-direct-debit', ...oldest };
  return followUp(account.decision);
}

function followUp(decision: Situation['decision']): NextStep {
  if (!decision) return { do: 'nothing' };
  const { action, proposals, reasons, entities } = decision;
  if (action) return { do: 'follow-up', action };
  if (proposals[0]) return { do: 'decide', proposal: proposals[0] };
  const stands = entities.flatMap((stand) => stand.reasons);
  // Where a person has to say something, that comes before what only takes time.
  const why =
    stands.find((reason) => reason === 'start-unconfirmed') ?? reasons[0] ?? stands.find((reason) => reason !== 'nothing-overdue');
  return why && why !== 'nothing-open' ? { do: 'rest', why } : { do: 'nothing' };
}
