import type { ChangeAccountResult } from '../account/change-account.op.ts';
import { changeOnFigures } from '../account/change-on-figures.op.ts';
import { dayIn } from '../kernel/day.ts';
import { calendarAround, workingDayAfter } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { DisputeReason, DisputeRequest } from './dispute.ts';
import type { InvoiceRef } from './record-promise.op.ts';

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
export async function recordDispute(world: World, asked: DisputeAsked, by: string, command: string): Promise<RecordDisputeResult> {
  return changeOnFigures(world, asked.account, () => disputeRequest(world, asked), by, command);
}

/** What is asked of the account: the invoice as it is now, and the day by which the dispute is to be resolved. */
export async function disputeRequest(
  world: World,
  { id, account, invoice, reason, note, owner, channel = null, amount }: DisputeAsked,
): Promise<Extract<DisputeRequest, { readonly do: 'record-dispute' }> | { readonly refused: 'invoice-not-open' }> {
  const [{ rules }, settings] = await Promise.all([world.policies.read(), world.settings.read()]);
  const today = dayIn(settings.zone, world.clock.now());
  const until = workingDayAfter(today, rules.disputeDays, calendarAround(world.holidays, settings, today));
  for (const item of await world.ledger.openItems(account)) {
    if (item.entity !== invoice.entity || item.number !== invoice.number) continue;
    const { entity, number, currency, open } = item;
    const what = { id, entity, invoice: number, currency, amount: amount ?? open, open };
    return { do: 'record-dispute', ...what, reason, note, owner, channel, until };
  }
  return { refused: 'invoice-not-open' };
}
