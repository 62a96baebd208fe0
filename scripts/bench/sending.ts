import nodemailer from 'nodemailer';
import { addDays } from '../../src/domain/day.ts';
import { smtpMailer, smtpOptions } from '../../src/mail/smtp.ts';
import type { LedgerRecord } from '../../src/operations/ledger-record.ts';
import { SEND_TIMES, sendApproved } from '../../src/operations/send-approved.ts';
import { openHouse } from '../../test/support/house.ts';
import { smtpSink } from '../../test/support/smtp-sink.ts';
import { BENCH_DAY } from './ledger-file.ts';
import { type BenchLine, type BenchSize, median, ratio, timed } from './measure.ts';

/** Approved mails through all of the sender's checks and claims, against handing the same mails to the same server with nodemailer alone. */
export async function benchSending({ runs, mails }: BenchSize, src: string): Promise<BenchLine[]> {
  const [ours, bare]: number[][] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const sink = await smtpSink();
    // What was late before an account came into the ledger would wait for its collector.
    const house = await openHouse(src, `${addDays(BENCH_DAY, -30)}T09:00:00Z`, customers(mails));
    try {
      const { prepareDrafts } = await house.load<typeof import('../../src/operations/prepare-drafts.ts')>('operations/prepare-drafts.ts');
      const { changeDraft } = await house.load<typeof import('../../src/operations/change-draft.ts')>('operations/change-draft.ts');
      house.time.now = Temporal.Instant.from(`${BENCH_DAY}T09:00:00Z`);
      await house.importRecords(invoices(mails));
      await prepareDrafts(house.ports);
      const drafts = await house.ports.drafts.open();
      for (const { draft } of drafts) {
        const approve = { do: 'approve' as const, seen: draft.hash, mayApprove: true, at: house.time.now.toString(), send: true };
        await changeDraft(house.ports, draft.id, approve, 'U0MARA', `approve:${draft.id}`);
      }
      const ports = { ...house.ports, mailer: smtpMailer(smtpOptions(sink.url, null)), times: SEND_TIMES, replySecret: null };
      ours!.push(await timed(() => sendApproved(ports)));
      const taken = sink.taken.splice(0);
      if (taken.length !== mails) throw new Error(`${taken.length} of ${mails} mails were sent`);
      const transport = nodemailer.createTransport({
        host: '127.0.0.1',
        port: sink.port,
        ignoreTLS: true,
        pool: true,
        maxConnections: 1,
        maxMessages: Infinity,
      });
      bare!.push(
        await timed(async () => {
          for (const { from, to, bytes } of taken) await transport.sendMail({ envelope: { from, to: [...to] }, raw: bytes });
        }),
      );
      transport.close();
    } finally {
      await house.close();
      await sink.close();
    }
  }
  const perSecond = Math.round(mails / (median(ours!) / 1000));
  return [{ bench: 'sending', mails, timesNodemailer: ratio(ours!, bare!), perSecond, sendMs: ours!, nodemailerMs: bare! }];
}

function customers(count: number): LedgerRecord[] {
  return Array.from({ length: count }, (_, i): LedgerRecord[] => {
    const account = { number: `C${i}`, name: `Amber Freight ${i}`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' };
    const contact = {
      name: 'Anna Adler',
      email: `anna@customer-${i}.example`,
      phone: '',
      role: 'accounts-payable',
      rank: 1,
      doNotContact: false,
    };
    return [
      { kind: 'account', account },
      { kind: 'contact', account: { number: account.number }, ...contact },
    ];
  }).flat();
}

/** A first reminder is due for each today. */
function invoices(count: number): LedgerRecord[] {
  const due = addDays(BENCH_DAY, -4);
  return Array.from({ length: count }, (_, i) => ({
    kind: 'invoice',
    account: { number: `C${i}` },
    entity: 'NWUK',
    number: `INV-${i}`,
    currency: 'GBP',
    total: 123_400,
    issued: addDays(due, -30),
    due,
    stated: 0,
    settled: '',
    disputed: 0,
    cancelled: false,
    purchaseOrder: '',
    payLink: '',
  }));
}
