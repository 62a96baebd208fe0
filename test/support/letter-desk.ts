import type { CustomerKind } from '../../src/account/account.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { NoticeMethod } from '../../src/charges/agreement.ts';
import type { Law } from '../../src/charges/law.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type Customer, type ReviewDesk, reviewDesk } from './review-desk.ts';

/** Past the final notice on the Monday: the policy proposes a demand letter. */
export const LATE = '2026-09-15';
export const AFTER_FINAL = { key: 'final-notice', offset: 45 };

export interface LetterCustomer extends Omit<Customer, 'due'> {
  readonly due?: string;
  readonly kind?: CustomerKind;
  readonly law?: Law | null;
  readonly notice?: { readonly method: NoticeMethod; readonly address: string } | null;
}

const byEmail = (number: string) => ({ method: 'email' as const, address: `legal@${number.toLowerCase()}.example` });

const POSTAL = 'Northwind Trading Ltd\n4 Quay Street\nBristol BS1 4QA';

/** A review desk with a channel for decisions, and with what the contracts say. */
export async function letterDesk(customers: readonly LetterCustomer[], env: Readonly<Record<string, string>> = {}) {
  const desk: ReviewDesk = await reviewDesk(
    customers.map((each) => ({ due: LATE, after: AFTER_FINAL, ...each })),
    env,
  );
  const { stores } = desk;
  const before = await stores.settings.read();
  const { version: _, ...settings } = before;
  const NWUK = { ...settings.senders!.NWUK!, postal: POSTAL };
  await stores.settings.save(before, { ...settings, escalationsChannel: 'C0ESCALATE', senders: { NWUK } }, [], 'test');
  const change = async (number: string, request: Parameters<typeof changeAccount>[2]) => {
    const result = await changeAccount(stores, accountId(number), request, 'U0MARA', `${request.do}:${number}`);
    if (!result.done) throw new Error(`${number}: ${result.refused}`);
  };
  for (const { number, kind = 'company', law = 'UK', notice = byEmail(number) } of customers) {
    if (kind !== 'unknown') await change(number, { do: 'set-kind', kind });
    const rest = {
      terms: 30,
      feeClause: null,
      interestRate: null,
      acceleration: false,
      disputeClause: '',
      insuranceDeadline: null,
      document: null,
    };
    await change(number, { do: 'set-agreement', seen: 0, terms: { ...rest, law, notice } });
  }
  return desk;
}

export type LetterDesk = Awaited<ReturnType<typeof letterDesk>>;
