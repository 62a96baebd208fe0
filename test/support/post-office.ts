import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import type { Draft } from '../../src/mails/draft.ts';
import type { SendTimes } from '../../src/mails/send.port.ts';
import type { SendNeeds } from '../../src/mails/send-plan.op.ts';
import { worldOf } from './world.ts';

const IMPORTED = '2026-10-20T08:00:00Z';
/** A Monday, 9 in London. */
export const MONDAY = '2026-11-23T09:00:00Z';
const DOMAINS = 50;

/** Short, so that a claim left by a killed worker has lapsed for the next one, whose clock is a minute ahead. */
export const TIMES: SendTimes = {
  claimSeconds: 20,
  answerSeconds: 40,
  perMinute: 1_000_000,
  limits: { perMinute: 1_000_000, recipientsPerDay: 1_000_000 },
};

const customer = (n: number): LedgerRecord[] => {
  const account = { number: `C${n}`, name: `Customer ${n} Ltd`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' };
  const email = `ap${n}@customer${n % DOMAINS}.example`;
  return [
    { kind: 'account', account },
    { kind: 'contact', account, name: 'Accounts Payable', email, phone: '', role: 'accounts-payable', rank: 1, doNotContact: false },
    {
      kind: 'invoice',
      account,
      entity: 'NWUK',
      number: `INV-${n}`,
      currency: 'GBP',
      total: 100_00 + n,
      issued: '2026-10-10' as never,
      due: '2026-11-17' as never,
      stated: 0,
      settled: '',
      disputed: 0,
      cancelled: false,
      purchaseOrder: '',
      payLink: '',
    },
  ];
};

/** What a worker needs besides its mailer; `src` is the folder of the program, `uri` its store. */
export async function sendParts(src: string, uri: string, now: () => Temporal.Instant) {
  const load = <T>(file: string): Promise<T> => import(path.join(src, file));
  const { openStore } = await load<typeof import('../../src/store/open-store.ts')>('store/open-store.ts');
  const { holidayCalendar } = await load<typeof import('../../src/schedule/holidays.ts')>('schedule/holidays.ts');
  const { readLetters } = await load<typeof import('../../src/drafting/letters.ts')>('drafting/letters.ts');
  const { drafter } = await load<typeof import('../../src/drafting/draft-for.ts')>('drafting/draft-for.ts');
  const { invoiceFolder } = await load<typeof import('../../src/mail-server/invoice-folder.ts')>('mail-server/invoice-folder.ts');
  const { statementPdf } = await load<typeof import('../../src/reporting/statement-pdf.ts')>('reporting/statement-pdf.ts');
  const { memoryBudget } = await load<typeof import('../../src/drafting/budget.ts')>('drafting/budget.ts');
  const { smtpMailer, smtpOptions } = await load<typeof import('../../src/mail-server/smtp.ts')>('mail-server/smtp.ts');
  const { sendApproved } = await load<typeof import('../../src/mails/send-approved.op.ts')>('mails/send-approved.op.ts');
  const stores = await openStore(uri);
  const clock = { now };
  const log = pino({ level: 'silent' });
  const parts = worldOf({
    ...stores,
    clock,
    holidays: holidayCalendar(),
    people: async () => ({ name: 'Mara Lind', phone: '', email: '' }),
    statementPdf,
    invoiceFiles: invoiceFolder(path.join(os.tmpdir(), 'arrears-no-invoices'), async () => null),
    drafter: drafter({
      letters: readLetters(path.join(src, '../prompts')),
      model: null,
      budget: memoryBudget(0, clock),
      names: async () => [],
      log,
    }),
    times: TIMES,
    replySecret: null,
  });
  const through = (port: number, silence = 8_000): SendNeeds =>
    worldOf({
      ...parts,
      mailer: smtpMailer({ ...smtpOptions(`smtp://127.0.0.1:${port}`, null), silence }),
    });
  return { parts, through, sendApproved, load };
}

/** A store with customers who are each owed a first reminder, drafted and approved. Without a `uri` in an embedded store of its own. */
export async function postOffice(src: string, { customers, uri: given }: { customers: number; uri?: string }) {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-post-'));
  const { startEmbeddedStore } = (await import(
    path.join(src, 'embedded/mongo/embedded-store.ts')
  )) as typeof import('../../src/embedded/mongo/embedded-store.ts');
  const embedded = given ? null : await startEmbeddedStore({ dir, port: 0 });
  const uri = given ?? embedded!.uri;
  const time = { now: Temporal.Instant.from(IMPORTED) };
  const { parts, through, sendApproved, load } = await sendParts(src, uri, () => time.now);
  await settle();
  async function settle() {
    const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
    const sender = {
      name: 'Northwind Ltd',
      address: 'ar@northwind.example',
      remittance: 'remit@northwind.example',
      phone: '+44 20 7946 0100',
    };
    const where = { digestChannel: 'collections', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
    await parts.settings.load({ ...where, commands, senders: { NWUK: sender } });
  }
  const { importLedger } = await load<typeof import('../../src/ledger/import-ledger.op.ts')>('ledger/import-ledger.op.ts');
  const { prepareDrafts } = await load<typeof import('../../src/mails/prepare-drafts.op.ts')>('mails/prepare-drafts.op.ts');
  const { changeDraft } = await load<typeof import('../../src/mails/change-draft.op.ts')>('mails/change-draft.op.ts');
  const { changeAccount } = await load<typeof import('../../src/account/change-account.op.ts')>('account/change-account.op.ts');
  const importRecords = async (records: readonly LedgerRecord[]) => {
    const source = {
      name: 'books',
      declares: 'changes' as const,
      tellsBalances: true,
      async *rows() {
        for (const [index, record] of records.entries()) yield { line: index + 1, record };
      },
    };
    const outcome = await importLedger(
      { intake: parts.intake, clock: parts.clock },
      { source, dryRun: false, confirmVanished: false, sample: false },
    );
    if (outcome.kind !== 'imported') throw new Error(`import refused: ${JSON.stringify(outcome.refusal)}`);
  };
  const all = Array.from({ length: customers }, (_, n) => n);
  await importRecords(all.flatMap(customer));
  for (const { id } of await parts.ledger.accounts())
    await changeAccount(parts, id, { do: 'assign', to: 'U0MARA', how: 'by hand' }, 'U0INES', `assign:${id}`);
  time.now = Temporal.Instant.from(MONDAY);
  await importRecords(customer(0));
  await prepareDrafts(parts);
  const approve = async (draft: Draft) => {
    const request = { do: 'approve' as const, seen: draft.hash, mayApprove: false, at: time.now.toString(), send: true };
    const result = await changeDraft(parts, draft.id, request, 'U0MARA', `approve:${draft.id}:${draft.delivery?.tries ?? 0}`);
    if (!result.done) throw new Error(`not approved: ${result.refused}`);
  };
  const drafts = (await parts.drafts.open()).map(({ draft }) => draft);
  if (drafts.length !== customers) throw new Error(`${drafts.length} drafts for ${customers} customers`);
  return {
    uri,
    port: Number(/:(\d+)\//.exec(uri)?.[1] ?? 0),
    time,
    parts,
    through,
    sendApproved,
    load,
    drafts,
    approve,
    importRecords,
    /** Every draft as it is now. */
    async all(): Promise<Draft[]> {
      const found = [];
      for (const { id } of drafts) found.push((await parts.drafts.load(id))!.draft);
      return found;
    },
    async close() {
      await parts.close();
      await embedded?.stop();
      await fs.rm(dir, { recursive: true, force: true });
    },
  };
}

export type PostOffice = Awaited<ReturnType<typeof postOffice>>;
