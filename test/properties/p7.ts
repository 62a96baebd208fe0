import type { StoredDraft } from '../../src/mails/draft.port.ts';
import { type House, openHouse } from '../support/house.ts';
import { changedCases } from './p7-cases.ts';
import { changedWhileSending } from './p7-sending.ts';

type Change = (house: House, stored: StoredDraft, n: number) => Promise<void>;

const DAY = '2026-11-23';

/** What can happen to an account or a draft between approval and sending. Each must void the approval. */
const CHANGES: Readonly<Record<string, Change>> = {
  async payment(house, { draft }, n) {
    const invoice = draft.content.invoices[0]!;
    await house.importRecords([await receipt(house, draft.account, 'payment', invoice, draft.entity, n)]);
  },
  async 'credit note'(house, { draft }, n) {
    const invoice = draft.content.invoices[0]!;
    await house.importRecords([await receipt(house, draft.account, 'credit-note', invoice, draft.entity, n)]);
  },
  async 'money on account'(house, { draft }, n) {
    const invoice = draft.content.invoices[0]!;
    await house.importRecords([{ ...(await receipt(house, draft.account, 'payment', invoice, draft.entity, n)), allocations: [] }]);
  },
  async promise(house, { draft }, n) {
    const { recordPromise } =
      await house.load<typeof import('../../src/arrangements/record-promise.op.ts')>('arrangements/record-promise.op.ts');
    const number = draft.content.invoices[0]!.number;
    const asked = {
      id: `p${n}`,
      account: draft.account,
      invoices: [{ entity: draft.entity, number }],
      amount: null,
      date: '2026-12-01',
      saidBy: 'AP',
    };
    must(await recordPromise(house.ports, asked as never, 'U0MARA', `promise:${n}`));
  },
  async dispute(house, { draft }, n) {
    const { recordDispute } =
      await house.load<typeof import('../../src/arrangements/record-dispute.op.ts')>('arrangements/record-dispute.op.ts');
    const number = draft.content.invoices[0]!.number;
    const asked = {
      id: `d${n}`,
      account: draft.account,
      invoice: { entity: draft.entity, number },
      amount: 1,
      reason: 'price',
      note: 'wrong price',
      owner: 'U0MARA',
    };
    must(await recordDispute(house.ports, asked as never, 'U0MARA', `dispute:${n}`));
  },
  async hold(house, { draft }, n) {
    await changed(house, draft.account, { do: 'hold', until: '2026-12-01', reason: 'asked to wait' }, n);
  },
  async status(house, { draft }, n) {
    await changed(house, draft.account, { do: 'set-status', status: 'insolvent', reason: 'court notice' }, n);
  },
  async 'do not contact'(house, { draft }) {
    const contacts = await house.ports.ledger.contacts(draft.account);
    const account = await house.ports.ledger.account(draft.account);
    const { name, email, phone, role, rank } = contacts.find((each) => each.email === draft.content.to[0]!.address)!;
    await house.importRecords([
      { kind: 'contact', account: { number: account!.number }, name, email, phone, role, rank, doNotContact: true },
    ]);
  },
  async edit(house, { draft }, n) {
    const { changeDraft } = await house.load<typeof import('../../src/mails/change-draft.op.ts')>('mails/change-draft.op.ts');
    const { approvalBasis } = await house.load<typeof import('../../src/mails/mail-content.ts')>('mails/mail-content.ts');
    const content = { ...draft.content, body: `${draft.content.body}\nThank you.` };
    const words = { subject: content.subject, body: content.body, hash: house.ports.fingerprint(approvalBasis(content)) };
    must(await changeDraft(house.ports, draft.id, { do: 'edit', seen: draft.hash, words, notices: [] }, 'U0TOM', `edit:${n}`));
  },
};

/** Content binding of mails and of decisions. */
export async function p7(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const mails = await changedMails(size, src);
  const cases = await changedCases(size === 'full' ? 3 : 1, src);
  return { held: mails.held && cases.held, figures: { ...mails.figures, ...cases.figures } };
}

/** Up to sending: an approved draft survives no change, and survives being left alone. */
export async function changedMails(size: 'test' | 'full', src: string): Promise<{ held: boolean; figures: Record<string, number> }> {
  const figures = { approved: 0, changes: 0, stillApproved: 0, leftAlone: 0, falselyVoided: 0, staleSends: 0 };
  const names = Object.keys(CHANGES);
  for (let round = 0; round < (size === 'full' ? 12 : 1); round += 1) {
    const house = await openHouse(src, `${DAY}T09:00:00Z`);
    try {
      const { prepareDrafts, recheckDrafts } =
        await house.load<typeof import('../../src/mails/prepare-drafts.op.ts')>('mails/prepare-drafts.op.ts');
      const { markSent } = await house.load<typeof import('../../src/mails/mark-sent.op.ts')>('mails/mark-sent.op.ts');
      await prepareDrafts(house.ports);
      await approveAll(house);
      const approved = (await house.ports.drafts.open()).filter(({ draft }) => draft.state === 'approved');
      figures.approved += approved.length;
      const changedIds = new Set<string>();
      for (const [n, stored] of approved.entries()) {
        // Every ninth is left alone.
        const name = names[(n + round) % (names.length + 1)];
        if (!name) continue;
        await CHANGES[name]!(house, stored, n);
        changedIds.add(stored.draft.id);
        figures.changes += 1;
      }
      await recheckDrafts(house.ports);
      for (const { draft } of approved) {
        const now = (await house.ports.drafts.load(draft.id))!.draft;
        if (changedIds.has(draft.id)) {
          if (now.state === 'approved') figures.stillApproved += 1;
          const sent = await markSent(house.ports, draft.id, draft.hash, DAY as never, 'U0MARA', `sent:${draft.id}`);
          if (sent.done) figures.staleSends += 1;
        } else {
          figures.leftAlone += 1;
          if (now.state !== 'approved') figures.falselyVoided += 1;
        }
      }
    } finally {
      await house.close();
    }
  }
  const held = figures.stillApproved + figures.falselyVoided + figures.staleSends === 0 && figures.changes > 0 && figures.leftAlone > 0;
  const sending = await changedWhileSending(size === 'full' ? 8 : 1, src);
  return { held: held && sending.held, figures: { ...figures, ...sending.figures } };
}

async function approveAll(house: House): Promise<void> {
  const { changeDraft } = await house.load<typeof import('../../src/mails/change-draft.op.ts')>('mails/change-draft.op.ts');
  for (const { draft } of await house.ports.drafts.open()) {
    for (const by of draft.secondPerson ? ['U0MARA', 'U0INES'] : ['U0MARA']) {
      const request = { do: 'approve' as const, seen: draft.hash, mayApprove: by === 'U0INES', at: house.time.now.toString(), send: false };
      must(await changeDraft(house.ports, draft.id, request, by, `approve:${draft.id}:${by}`));
    }
  }
}

async function receipt(
  house: House,
  account: string,
  kind: 'payment' | 'credit-note',
  invoice: { number: string; currency: string },
  entity: string,
  n: number,
) {
  const row = await house.ports.ledger.account(account);
  return {
    kind,
    account: { number: row!.number },
    entity,
    number: `${kind}-${n}`,
    currency: invoice.currency,
    amount: 1,
    date: DAY as never,
    allocations: [{ invoice: invoice.number, amount: 1 }],
    annulled: false,
    reason: '',
  };
}

async function changed(house: House, account: string, request: object, n: number): Promise<void> {
  const { changeAccount } = await house.load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  must(await changeAccount(house.ports, account, request as never, 'U0INES', `change:${n}`));
}

function must(result: { done: boolean }): void {
  if (!result.done) throw new Error(`a change was refused: ${JSON.stringify(result)}`);
}
