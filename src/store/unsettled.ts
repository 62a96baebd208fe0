import type { Connection } from 'mongoose';
import { type Charges, leftOf } from '../charges/charges.ts';
import type { Unsettled } from '../trail/retention.ts';
import { caseModel } from './cases.ts';
import { chargesModel } from './charges.ts';
import { draftModel } from './drafts.ts';
import { ledgerModels } from './ledger-models.ts';

/** Of these accounts, each with what is still to be settled. */
export async function unsettledOf(connection: Connection, ids: readonly string[]): Promise<(account: string) => Unsettled> {
  const { invoices, payments, creditNotes } = ledgerModels(connection);
  const about = { account: { $in: [...ids] } };
  const accountsOf = async (collection: typeof invoices.collection, filter: object) =>
    new Set((await collection.distinct('account', { ...about, ...filter } as never)) as string[]);
  const open = await accountsOf(invoices.collection, { $or: [{ open: { $gt: 0 } }, { disputed: { $gt: 0 } }] });
  const paid = await accountsOf(payments.collection, { unapplied: { $gt: 0 } });
  const credited = await accountsOf(creditNotes.collection, { unapplied: { $gt: 0 } });
  const cases = await accountsOf(caseModel(connection).collection as never, { waiting: true });
  // A letter that is asked for waits for a decision, and counts as no open mail.
  const mails = await accountsOf(draftModel(connection).collection as never, { $or: [{ open: true }, { 'draft.state': 'asked' }] });
  const charged = new Set<string>();
  const found = chargesModel(connection).collection.find<{ _id: string; charges: Charges }>({ _id: { $in: [...ids] as never[] } });
  for await (const { _id, charges } of found) if (charges.claimed.some((charge) => leftOf(charge) > 0)) charged.add(_id);
  return (account) => ({
    balance: open.has(account),
    credit: paid.has(account) || credited.has(account),
    decision: cases.has(account),
    charges: charged.has(account),
    mail: mails.has(account),
  });
}
