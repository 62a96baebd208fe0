import { knowingly } from '../arrangements/beyond-insured.op.ts';
import { readCredited } from '../arrangements/credited.op.ts';
import { type DisputeAsked, disputeRequest } from '../arrangements/record-dispute.op.ts';
import { type PromiseAsked, promiseRequest } from '../arrangements/record-promise.op.ts';
import { explainAccount } from '../follow-up/explain-account.op.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRequest } from './account-work.ts';
import type { CallOutcome, PaymentReason, SaidPaid } from './call.ts';
import { callEntity } from './call-brief.op.ts';
import type { ChangeAccountResult } from './change-account.op.ts';
import { changeOnFigures } from './change-on-figures.op.ts';
import { knownContacts } from './contact-book.ts';

export interface CallAsked {
  readonly account: string;
  /** Contact id; '' for somebody who is not in the list. */
  readonly contact: string;
  readonly outcome: CallOutcome;
  readonly reason: PaymentReason | null;
  readonly note: string;
  /** What was agreed on the phone; both null for every other outcome. */
  readonly promise: Omit<PromiseAsked, 'account'> | null;
  readonly dispute: Omit<DisputeAsked, 'account'> | null;
  /** What they say they have paid; left out for every other outcome. */
  readonly paid?: SaidPaid;
}

type CallRefusal = 'beyond-insured' | 'no-such-account' | 'invoice-not-open' | 'invoices-differ' | 'no-invoice-chosen';
export type LogCallResult = ChangeAccountResult | { readonly done: false; readonly refused: CallRefusal };

/**
 * A call with what was agreed on it, in one change. It is the policy's step when that is a call today, and, where a manager is to make it, when
 * `mayManage` says that `by` is one.
 */
export async function logCall(
  world: World & World,
  asked: CallAsked,
  mayManage: boolean,
  by: string,
  command: string,
): Promise<LogCallResult> {
  return changeOnFigures(world, asked.account, () => callRequest(world, asked, mayManage), by, command);
}

async function callRequest(
  world: World & World,
  asked: CallAsked,
  mayManage: boolean,
): Promise<AccountRequest | { readonly refused: CallRefusal }> {
  const [explanation, rows] = await Promise.all([explainAccount(world, asked.account), world.ledger.contacts(asked.account)]);
  if (!explanation) return { refused: 'no-such-account' };
  const agreed = await agreedOn(world, asked, explanation);
  if (agreed && 'refused' in agreed) return agreed;
  const { action } = explanation.decision;
  const due = action?.stage.channel === 'call' && (action.stage.approval === 'collector' || mayManage) ? action : null;
  const entity = due?.entity ?? agreed?.entity ?? callEntity(explanation);
  const { contact, outcome, reason, note, paid } = asked;
  const items = explanation.day.items.filter((item) => item.entity === entity);
  const called = knownContacts(rows, explanation.work.contacts, asked.account).find((each) => each.id === contact);
  const request = {
    do: 'log-call' as const,
    entity,
    contact,
    name: called?.name ?? '',
    phone: called?.phone ?? '',
    outcome,
    reason,
    note,
    stage: due && { key: due.stage.key, offset: due.stage.offset },
    invoices: due ? due.invoices.map((invoice) => invoice.number) : [],
    ...(due ? { said: due.said } : {}),
    open: items.map((item) => item.number),
    ...(paid ? { paid: { ...paid, invoices: spokenOf(items) } } : {}),
    agreed,
  };
  if (!asked.promise) return request;
  const { invoices, date: until, seen } = asked.promise;
  return knowingly(world, explanation, { invoices, until }, seen, request);
}

const SPOKEN_OF = 20;

/** Of an entity's open invoices those that were due first: nobody reads out more on the telephone. */
function spokenOf(items: readonly { readonly number: string; readonly due: string }[]): string[] {
  return [...items]
    .sort((a, b) => (a.due < b.due ? -1 : 1))
    .slice(0, SPOKEN_OF)
    .map(({ number }) => number);
}

async function agreedOn(
  world: World,
  { account, promise, dispute }: CallAsked,
  explanation: NonNullable<Awaited<ReturnType<typeof explainAccount>>>,
) {
  if (promise) return promiseRequest(explanation, promise, await readCredited(world.ledger, account));
  return dispute && disputeRequest(world, { ...dispute, account });
}
