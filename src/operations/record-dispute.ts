import type { DisputeReason } from '../domain/dispute.ts';
import { type ChangeAccountPorts, type ChangeAccountResult, changeAccount } from './change-account.ts';
import type { Ledger } from './ports.ts';
import type { InvoiceRef } from './record-promise.ts';

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
}

export type RecordDisputeResult = ChangeAccountResult | { readonly done: false; readonly refused: 'invoice-not-open' };

/** Only the disputed amount rests; the rest of the invoice goes on. */
export async function recordDispute(
  ports: ChangeAccountPorts & { readonly ledger: Ledger },
  asked: DisputeAsked,
  by: string,
  command: string,
): Promise<RecordDisputeResult> {
  const { id, account, invoice, reason, note, owner } = asked;
  for await (const item of ports.ledger.openItems(account)) {
    if (item.entity !== invoice.entity || item.number !== invoice.number) continue;
    const { entity, number, currency, open } = item;
    const amount = asked.amount ?? open;
    return changeAccount(
      ports,
      account,
      { do: 'record-dispute', id, entity, invoice: number, currency, amount, open, reason, note, owner },
      by,
      command,
    );
  }
  return { done: false, refused: 'invoice-not-open' };
}
