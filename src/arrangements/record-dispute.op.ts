import type { ChangeAccountPorts, ChangeAccountResult } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import { calendarAround } from '../follow-up/account-days.op.ts';
import type { PoliciesStore } from '../follow-up/policies.port.ts';
import type { HolidayCalendar } from '../kernel/clock.port.ts';
import { dayIn } from '../kernel/day.ts';
import { workingDayAfter } from '../kernel/working-days.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { DisputeReason, DisputeRequest } from './dispute.ts';
import type { InvoiceRef } from './record-promise.op.ts';

export interface RecordDisputePorts extends ChangeAccountPorts {
  readonly ledger: Ledger;
  readonly policies: PoliciesStore;
  readonly holidays: HolidayCalendar;
}

export interface DisputeAsked {
  readonly id: string;
  readonly account: string;
  readonly invoice: InvoiceRef;
  /** Minor units; null: all that is open. */
  readonly amount: number | null;
  readonly reason: DisputeReason;
  readonly note: string;
  /** Slack user id. */
  readonly owner: string;
  /** Slack channel of the team that can resolve it. */
  readonly channel?: string | null;
}

export type RecordDisputeResult = ChangeAccountResult | { readonly done: false; readonly refused: 'invoice-not-open' };

/** Only the disputed amount rests; the rest of the invoice goes on. It is to be resolved within the business days of ours that the rules give. */
export async function recordDispute(
  ports: RecordDisputePorts,
  asked: DisputeAsked,
  by: string,
  command: string,
): Promise<RecordDisputeResult> {
  return changeOnFigures(ports, asked.account, () => disputeRequest(ports, asked), by, command);
}

/** What is asked of the account: the invoice as it is now, and the day by which the dispute is to be resolved. */
export async function disputeRequest(
  ports: RecordDisputePorts,
  { id, account, invoice, reason, note, owner, channel = null, amount }: DisputeAsked,
): Promise<Extract<DisputeRequest, { readonly do: 'record-dispute' }> | { readonly refused: 'invoice-not-open' }> {
  const [{ rules }, { country, region, zone }] = await Promise.all([ports.policies.read(), ports.settings.read()]);
  const today = dayIn(zone, ports.clock.now());
  const until = workingDayAfter(
    today,
    rules.disputeDays,
    calendarAround(ports.holidays, `${country}/${region}`, Number(today.slice(0, 4))),
  );
  for await (const item of ports.ledger.openItems(account)) {
    if (item.entity !== invoice.entity || item.number !== invoice.number) continue;
    const { entity, number, currency, open } = item;
    const what = { id, entity, invoice: number, currency, amount: amount ?? open, open };
    return { do: 'record-dispute', ...what, reason, note, owner, channel, until };
  }
  return { refused: 'invoice-not-open' };
}
