import path from 'node:path';
import type { CustomerKind } from '../../src/account/account.ts';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { NoticeMethod } from '../../src/charges/agreement.ts';
import type { Law } from '../../src/charges/law.ts';
import { carryOutCases } from '../../src/escalation/carry-out-cases.op.ts';
import { editCase } from '../../src/escalation/edit-case.op.ts';
import { letterKind } from '../../src/escalation/letter-kind.op.ts';
import { letterStand, whyNotAsk, whyNotDeadline } from '../../src/escalation/letter-now.op.ts';
import { type Posted, postLetter } from '../../src/escalation/post-letter.op.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { vote } from '../../src/escalation/vote.op.ts';
import { checkLetterEdit, editLetter, writeLetter } from '../../src/escalation/write-letter.op.ts';
import { type Day, day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { changeDraft } from '../../src/mails/change-draft.op.ts';
import type { Mailer } from '../../src/mails/send.port.ts';
import { SEND_TIMES, sendApproved } from '../../src/mails/send-approved.op.ts';
import { letterFile } from '../../src/reporting/letter-file.ts';
import { statementPdf } from '../../src/reporting/statement-pdf.ts';
import { openHouse } from './house.ts';
import { contact, invoice, payment } from './ledger-place.ts';
import { startOf } from './start-of.ts';
import { worldOf } from './world.ts';

export interface Contract {
  readonly kind?: CustomerKind;
  readonly law?: Law | null;
  readonly notice?: { readonly method: NoticeMethod; readonly address: string } | null;
  /** Of the one invoice of 1,000 pounds. */
  readonly due?: string;
  /** Of a second one of 700 pounds, I-0, with a final notice of its own; left out: there is none. */
  readonly older?: string;
}

const ACCOUNT = accountId('L1');
const ABOUT = { account: ACCOUNT, entity: 'NWUK', currency: 'GBP' };
const KNOWN_SINCE = '2026-10-12T09:00:00Z';
const NORTHWIND = {
  name: 'Northwind Trading Ltd',
  address: 'receivables@northwind-trading.example',
  remittance: 'remittance@northwind-trading.example',
  phone: '+44 20 7946 0100',
};

/** One customer past the final notice, whose letter Mara asks for and others decide; days go by by hand. */
export async function letterHouse({ kind = 'company', law = 'UK', notice, due = '2026-09-15', older }: Contract = {}) {
  const account = { number: 'L1', name: 'Grimblethorpe Joinery Ltd', country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' };
  const owed = { account: 'L1', entity: 'NWUK', currency: 'GBP', total: 100_000 };
  const records: LedgerRecord[] = [
    { kind: 'account', account },
    contact('Imogen Larch', { account: 'L1', email: 'ap@l1.example' }),
    invoice('I-1', { ...owed, issued: day('2018-01-01'), due: day(due) }),
    ...(older ? [invoice('I-0', { ...owed, total: 70_000, issued: day('2018-01-01'), due: day(older) })] : []),
  ];
  const house = await openHouse(path.resolve(import.meta.dirname, '../../src'), KNOWN_SINCE, records);
  const { ports, time } = house;
  const before = await ports.settings.read();
  const { version: _, ...settings } = before;
  await ports.settings.save(before, { ...settings, escalationsChannel: 'C0ESCALATE', senders: { NWUK: NORTHWIND } }, [], 'test');
  const sent: { readonly to: readonly string[]; readonly files: readonly string[] }[] = [];
  const mailer: Mailer = {
    mailbox: 'ar@northwind.example',
    compose: async ({ attachments }) => Buffer.from(JSON.stringify(attachments.map(({ sha256 }) => sha256))),
    async send(_from, to, bytes, lastWord) {
      if (!(await lastWord())) return { outcome: 'withdrawn' };
      sent.push({ to, files: JSON.parse(Buffer.from(bytes).toString()) });
      return { outcome: 'accepted', said: '250 ok' };
    },
  };
  const lettering = worldOf({ ...ports, statementPdf, letterSheets: letterFile });
  const kinds = { 'demand-letter': letterKind(lettering) };
  const all = worldOf({ ...lettering, kinds });
  let commands = 0;
  const next = () => {
    commands += 1;
    return `test:${commands}`;
  };
  const change = async (request: AccountRequest) => {
    const result = await changeAccount(ports, ACCOUNT, request, 'U0MARA', next());
    if (!result.done) throw new Error(result.refused);
  };
  const terms = {
    terms: 30,
    feeClause: null,
    interestRate: null,
    acceleration: false,
    disputeClause: '',
    insuranceDeadline: null,
    document: null,
  };
  if (kind !== 'unknown') await change({ do: 'set-kind', kind });
  await change({
    do: 'set-agreement',
    seen: 0,
    terms: { ...terms, law, notice: notice === undefined ? { method: 'email', address: 'legal@l1.example' } : notice },
  });
  await change(startOf('NWUK', 'final-notice', [{ number: 'I-1', due }, ...(older ? [{ number: 'I-0', due: older }] : [])]));
  const caseNow = async () => (await ports.cases.ofAccount(ACCOUNT, 1))[0]!.case;
  const letterNow = async () => (await ports.drafts.load((await caseNow()).about.letter!))!.draft;
  return {
    ports: all,
    sent,
    change,
    caseNow,
    letterNow,
    close: () => house.close(),
    /** This morning, with the day's ledger; what was approved is carried out and sent. */
    async on(date: string, hour = '10:00') {
      time.now = Temporal.Instant.from(`${date}T${hour}:00Z`);
      await house.importRecords(records.slice(0, 2));
    },
    /** Another invoice, of 500. */
    owe: (number: string, due: string, currency = 'GBP') =>
      house.importRecords([invoice(number, { ...owed, currency, total: 50_000, issued: day('2026-10-24'), due: day(due) })]),
    async pay(amount: number, on = time.now.toString().slice(0, 10)) {
      const more = { account: 'L1', entity: 'NWUK', currency: 'GBP', date: day(on) };
      await house.importRecords([payment(next(), amount, { 'I-1': amount }, more)]);
    },
    /** Mara asks; the answer is why not, or null. */
    async ask(deadline: string, more: { readonly firm?: string; readonly counsel?: string } = {}): Promise<string | null> {
      const stand = await letterStand(all, ABOUT);
      if ('stop' in stand) return stand.stop;
      const not = whyNotAsk(stand) ?? whyNotDeadline(stand, day(deadline));
      if (not) return not;
      const id = `l${next()}`;
      const written = await writeLetter(
        all,
        { ...ABOUT, deadline: day(deadline), firm: more.firm ?? '', counsel: more.counsel ?? null },
        id,
        'U0MARA',
      );
      if (!written.done) return written.says;
      const asked = {
        kind: 'demand-letter' as const,
        ...ABOUT,
        amount: 100_000,
        reason: 'No answer.',
        reasonCodes: [],
        about: { letter: id },
      };
      const result = await requestDecision(all, asked, 'U0MARA', next());
      return result.done ? null : result.refused;
    },
    async approve(by = 'U0INES', seen?: number): Promise<string> {
      const of = await caseNow();
      const result = await vote(all, of.id, { vote: 'approve', reason: '', seen: seen ?? of.revision }, by);
      return result.done ? result.case.state : result.refused;
    },
    async edit(change: (body: string) => string, deadline: Day, by = 'U0MARA'): Promise<string> {
      const [of, draft] = [await caseNow(), await letterNow()];
      const wanted = { subject: draft.content.subject, body: change(draft.content.body), deadline };
      const checked = await checkLetterEdit(all, draft, draft.letter!, wanted);
      if ('field' in checked) return checked.says;
      const edited = await editLetter(all, draft, checked, by, next());
      if (!edited.done) return edited.refused;
      const { amount, reason, reasonCodes, answers } = of;
      const result = await editCase(all, of.id, { amount, reason, reasonCodes, answers }, of.revision, by, next());
      return result.done ? 'saved' : result.refused;
    },
    async review(by: string, words: string): Promise<string> {
      const { id, hash } = await letterNow();
      const result = await changeDraft(ports, id, { do: 'review-letter', seen: hash, words, at: time.now.toString() }, by, next());
      return result.done ? 'recorded' : result.refused;
    },
    async post(posted: Posted): Promise<string> {
      const result = await postLetter(all, (await caseNow()).id, posted, 'U0MARA', next());
      return result.done ? 'recorded' : result.refused;
    },
    /** A few minutes of the clock: carried out, sent, carried out again. */
    async minutes() {
      const sending = worldOf({ ...ports, mailer, times: SEND_TIMES, replySecret: null });
      for (let turn = 0; turn < 3; turn += 1) {
        await carryOutCases(all);
        await sendApproved(sending);
        time.now = time.now.add({ minutes: 3 });
      }
    },
    work: async () => (await ports.accounts.load(ACCOUNT))!.work,
    facts: async () => (await ports.outboxes.pending(200)).map(({ type }) => type),
  };
}

export type LetterHouse = Awaited<ReturnType<typeof letterHouse>>;
