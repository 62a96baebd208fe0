import { hash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import { changePayee } from '../../src/mails/change-payee.op.ts';
import type { Draft } from '../../src/mails/draft.ts';
import { readMailFile } from '../../src/mails/mail-files.op.ts';
import { draftWriter, prepareDrafts, recheckDrafts } from '../../src/mails/prepare-drafts.op.ts';
import { ciiOf } from '../support/e-invoices.ts';
import { type House, openHouse } from '../support/house.ts';

const PDF = Buffer.from('%PDF-1.7\nan invoice\n');
const LINK = 'https://docs.northwind.example/i/LINK';
const COPIES: Readonly<Record<string, string>> = { FILE: '2026/FILE.pdf', LINK, MISSING: 'MISSING.pdf', NONE: '' };

const recordsOf = (number: string, copy: string): LedgerRecord[] => {
  const account = { number, name: `${number} Ltd`, country: 'GB', language: 'en', zone: 'Europe/London', entity: 'NWUK' };
  const email = `ap@${number.toLowerCase()}.example`;
  const said = { stated: 0, settled: '' as const, disputed: 0, cancelled: false, purchaseOrder: '', payLink: '' };
  const dates = { issued: '2026-10-10' as Day, due: '2026-11-17' as Day };
  const invoice = {
    kind: 'invoice' as const,
    account,
    entity: 'NWUK',
    number: `I-${number}`,
    currency: 'GBP',
    total: 10_000,
    ...dates,
    ...said,
  };
  return [
    { kind: 'account', account },
    { kind: 'contact', account, name: 'Imogen Larch', email, phone: '', role: '', rank: 1, doNotContact: false },
    { ...invoice, ...(copy === '' ? {} : { copy }) },
  ];
};

/** Like the invoice in the ledger, but in pounds nobody sells at 19 %: it is made in euros. */
const euros = (records: LedgerRecord[]) =>
  records.map((record) => (record.kind === 'invoice' ? { ...record, currency: 'EUR', total: 11_900 } : record)) as LedgerRecord[];
const MADE = { number: 'I-XML', lines: [10_000], order: '', issued: '2026-10-10', due: '2026-11-17', seller: 'Northwind UK' };

async function pdfWith(xml: string): Promise<Buffer> {
  const pdf = new PDFDocument({ pdfVersion: '1.7' });
  pdf.file(Buffer.from(xml), { name: 'factur-x.xml', type: 'text/xml' });
  pdf.end();
  const parts: Buffer[] = [];
  for await (const part of pdf) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

let house: House;
const books = () => [
  ...Object.entries(COPIES).flatMap(([number, copy]) => recordsOf(number, copy)),
  ...['XML', 'WRONG'].flatMap((number) => euros(recordsOf(number, `${number}.pdf`))),
];
let bytes: Buffer;
beforeAll(async () => {
  house = await openHouse(path.resolve(import.meta.dirname, '../../src'), '2026-10-20T08:00:00Z', books());
  await fs.mkdir(path.join(house.dir, 'invoices/2026'), { recursive: true });
  await fs.writeFile(path.join(house.dir, 'invoices/2026/FILE.pdf'), PDF);
  bytes = await pdfWith(ciiOf(MADE));
  await fs.writeFile(path.join(house.dir, 'invoices/XML.pdf'), bytes);
  const wrong = ciiOf({ ...MADE, number: 'I-WRONG' }).replace('GrandTotalAmount>119.00', 'GrandTotalAmount>119.01');
  await fs.writeFile(path.join(house.dir, 'invoices/WRONG.pdf'), await pdfWith(wrong));
  house.time.now = Temporal.Instant.from('2026-11-23T09:00:00Z');
  await house.importRecords(books());
  await prepareDrafts(house.ports);
});
afterAll(() => house.close());

async function draftOf(number: string): Promise<Draft> {
  const [found] = await house.ports.drafts.open(accountId(number));
  return found!.draft;
}

it('the file that the ledger names is attached with its bytes, and the mail says so', async () => {
  const { content, notices } = await draftOf('FILE');
  expect(content.attachments).toMatchObject([{ name: 'FILE.pdf', type: 'application/pdf', sha256: hash('sha256', PDF), size: PDF.length }]);
  expect(content.body).toContain('Invoice copies are attached.');
  expect(notices).toEqual([]);
});

it('a link stands in the mail below its invoice', async () => {
  const { content, notices } = await draftOf('LINK');
  expect(content.body).toContain(`  Copy of the invoice: ${LINK}\n`);
  expect(content.attachments).toEqual([]);
  expect(notices).toEqual([]);
});

it('a file that is not there is a notice for the reviewer, and the mail does not speak of it', async () => {
  const { content, notices } = await draftOf('MISSING');
  expect(notices).toEqual(['The copy of invoice I-MISSING is not attached: there is no file MISSING.pdf in the folder of invoices.']);
  expect(content.attachments).toEqual([]);
  expect(content.body).not.toContain('copies');
});

it('without a copy in the ledger nothing is said', async () => {
  const { content, notices } = await draftOf('NONE');
  expect([content.attachments, notices]).toEqual([[], []]);
  expect(content.body).not.toMatch(/copies|Copy of/);
});

it('the bytes stay those of the drafting: what happens to the file later changes nothing, and edits keep the line', async () => {
  await fs.writeFile(path.join(house.dir, 'invoices/2026/FILE.pdf'), '%PDF-1.7\nanother\n');
  expect(await recheckDrafts(house.ports)).toBe(0);
  const draft = await draftOf('FILE');
  expect(Buffer.from(await readMailFile(house.ports, draft.content.attachments[0]!.sha256))).toEqual(PDF);
  const writer = draftWriter(house.ports);
  const again = await writer.rewrite(draft, 'firm');
  expect('words' in again && again.words.body).toContain('Invoice copies are attached.');
  const { refused } = await writer.checkEdit(draft, {
    subject: draft.content.subject,
    body: draft.content.body.replace('Dear', 'Good morning'),
  });
  expect(refused).toEqual([]);
});

it('another file in the ledger voids the draft, which is drafted anew', async () => {
  const before = await draftOf('FILE');
  await fs.writeFile(path.join(house.dir, 'invoices/other.pdf'), '%PDF-1.7\nother\n');
  await house.importRecords(recordsOf('FILE', 'other.pdf'));
  expect(await recheckDrafts(house.ports)).toBe(1);
  const after = await draftOf('FILE');
  expect(after.id).not.toBe(before.id);
  expect(after.content.attachments.map(({ name }) => name)).toEqual(['other.pdf']);
});

it('copies that are too large together stay away, each with a notice', async () => {
  await fs.writeFile(path.join(house.dir, 'invoices/huge.pdf'), Buffer.concat([PDF, Buffer.alloc(10_000_001)]));
  await house.importRecords(recordsOf('FILE', 'huge.pdf'));
  expect(await recheckDrafts(house.ports)).toBe(1);
  const { content, notices } = await draftOf('FILE');
  expect(content.attachments).toEqual([]);
  expect(notices.at(-1)).toMatch(
    /^The copy of invoice I-FILE is not attached: with huge\.pdf the copies would have more than 10 MB\. .*send the copy another way/,
  );
});

it('an e-invoice that asks for payment to an account nobody confirmed stops the mail; confirmed by two, its bytes go out as they are', async () => {
  const stopped = await prepareDrafts(house.ports);
  expect(stopped.gaps).toContainEqual(expect.objectContaining({ account: accountId('XML'), why: 'payee-account' }));
  expect(await house.ports.drafts.open(accountId('XML'))).toEqual([]);
  const iban = 'DE02 1203 0000 0000 2020 51';
  expect(await changePayee(house.ports, { do: 'propose', entity: 'NWUK', iban }, 'U1', 'c1')).toEqual(
    expect.objectContaining({ done: true }),
  );
  expect(await changePayee(house.ports, { do: 'confirm', entity: 'NWUK', iban }, 'U1', 'c2')).toMatchObject({
    refused: 'payee-same-person',
  });
  expect((await prepareDrafts(house.ports)).gaps.map(({ account }) => account)).toContain(accountId('XML'));
  await changePayee(house.ports, { do: 'confirm', entity: 'NWUK', iban }, 'U2', 'c3');
  await prepareDrafts(house.ports);
  const { content, notices } = await draftOf('XML');
  expect(content.attachments).toMatchObject([{ name: 'XML.pdf', sha256: hash('sha256', bytes), size: bytes.length }]);
  expect(notices.filter((notice) => !notice.includes('issued by'))).toEqual([]);
});

it('an e-invoice whose sums are wrong stays away from the mail, which says why to its reviewer', async () => {
  const { content, notices } = await draftOf('WRONG');
  expect(content.attachments).toEqual([]);
  expect(notices).toEqual([
    expect.stringMatching(/^The copy of invoice I-WRONG is not attached: .*added up it is EUR 119\.00 \(BR-CO-15\)\.$/),
  ]);
});
