import PDFDocument from 'pdfkit';
import { lawName } from '../charges/law.ts';
import type { Day } from '../kernel/day.ts';
import { formatTotal } from '../kernel/money.ts';
import type { EvidenceClaim, EvidenceIndex } from '../trail/evidence.port.ts';
import { EVIDENCE_WORDS } from '../trail/evidence.ts';
import { mediumDate } from './dates.ts';
import { type EvidenceSheet, numberPages, oneLine, sheet } from './evidence-sheet.ts';
import { GREY, LEFT, NO_DEFAULT_FONT, withFonts } from './paper.ts';

/** The first document of an evidence pack, in English: claim, what was agreed and said, what is in the pack, every step, how to check it. */
export async function evidencePdf(index: EvidenceIndex): Promise<Uint8Array> {
  const title = `Evidence: ${oneLine(index.seller)} and ${oneLine(index.customer.name)}`;
  const pdf = new PDFDocument({ size: 'A4', margin: 0, bufferPages: true, font: NO_DEFAULT_FONT, lang: 'en-GB', info: { Title: title } });
  withFonts(pdf);
  const chunks = Array.fromAsync(pdf as AsyncIterable<Buffer>);
  const page = sheet(pdf);
  cover(page, index);
  for (const claim of index.claims) await claimed(page, claim);
  await said(page, index);
  page.heading('Contents of this pack');
  await page.table(
    [
      ['File', 0.3],
      ['What it is', 0.34],
      ['SHA-256', 0.36],
    ],
    index.files.map(({ name, what, sha256 }) => [name, what, `${sha256.slice(0, 32)} ${sha256.slice(32)}`]),
  );
  page.heading(
    'Timeline',
    `Everything on file that may be shown outside the company, oldest first. Times in ${index.zone}. “No” is the number of the entry.`,
  );
  await page.table(
    [
      ['No', 0.07],
      ['When', 0.17],
      ['Channel', 0.11],
      ['With', 0.15],
      ['What', 0.36],
      ['Recorded by', 0.14],
    ],
    index.steps.map(({ seq, when, channel, contact, what, who }) => [String(seq), when, channel, contact, what, who]),
  );
  await staysOut(page, index);
  howToCheck(page, index);
  numberPages(pdf, title);
  pdf.end();
  return Buffer.concat(await chunks);
}

function cover({ pdf, pairs, text }: EvidenceSheet, { seller, customer, today, by, asOf, without, absent }: EvidenceIndex): void {
  pdf.font('bold').fontSize(22).text('Evidence', LEFT, 84);
  pdf
    .font('regular')
    .fontSize(11)
    .fillColor(GREY)
    .text('Unpaid invoices, what was agreed and what was done', LEFT, 116)
    .fillColor('#000000');
  pairs(
    [
      ['Creditor', seller],
      ['Customer', `${customer.name}${customer.country ? ` (${customer.country})` : ''}`],
      ['Customer number', customer.number],
      ['Made on', `${day(today)}, by ${by}`],
      ['Balances', asOf],
      ...(without.length > 0 ? [['Left out', leftOutWords(without)] as [string, string]] : []),
      ...(absent ? [['Not readable', absent] as [string, string]] : []),
    ],
    150,
  );
  text(
    'This pack holds only what may be shown outside the company. Offers to settle, advice of counsel and internal notes are no part of it.',
  );
}

const leftOutWords = (kinds: EvidenceIndex['without']) =>
  kinds.map((kind, at) => (at === 0 ? EVIDENCE_WORDS[kind] : EVIDENCE_WORDS[kind].toLowerCase())).join('; ');

/** What the numbers that are missing in the timeline stand for, without a word of it. */
async function staysOut({ heading, table }: EvidenceSheet, { withheld, zone }: EvidenceIndex): Promise<void> {
  if (withheld.length === 0) return;
  const on = (at: string) => day(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());
  heading(
    'On file and not in this pack',
    'Steps that were recorded about this customer and stay within the company. They are counted, so that the timeline is complete; their words are no part of this pack.',
  );
  await table(
    [
      ['What', 0.52],
      ['Entries', 0.12, 'right'],
      ['First', 0.18, 'right'],
      ['Last', 0.18, 'right'],
    ],
    withheld.map(({ words, count, first, last }) => [words, String(count), on(first), on(last)]),
  );
}

async function claimed({ heading, table, text }: EvidenceSheet, { currency, invoices, credit, charges }: EvidenceClaim): Promise<void> {
  const money = (amount: number) => formatTotal({ amount, currency }, 'en-GB');
  const sum = invoices.reduce((total, { open }) => total + open, 0);
  heading(`Claim in ${currency}: ${money(sum - credit)}`);
  const total = (label: string, amount: number) => ['', '', '', '', label, money(amount)];
  const rows = invoices.map(({ number, issued, due, daysLate, total: all, open }) => [
    number,
    day(issued),
    day(due),
    daysLate > 0 ? String(daysLate) : '',
    all === null ? '' : money(all),
    money(open),
  ]);
  const sums = credit > 0 ? [total('Sum', sum), total('Less credit', -credit), total('Owed', sum - credit)] : [total('Owed', sum)];
  await table(
    [
      ['Invoice', 0.24],
      ['Issued', 0.15],
      ['Due', 0.15],
      ['Days late', 0.12, 'right'],
      ['Invoiced', 0.17, 'right'],
      ['Open', 0.17, 'right'],
    ],
    [...rows, ...sums],
    sums.length,
  );
  if (charges.length === 0) return text('No interest, fixed sum, fee or cost has been claimed so far.');
  heading(`Interest, fees and costs in ${currency}, apart from the invoices`);
  const claimedSum = charges.reduce((all, { amount }) => all + amount, 0);
  await table(
    [
      ['Claim', 0.18],
      ['Invoice', 0.18],
      ['Days', 0.22],
      ['How it was worked out', 0.25],
      ['Open', 0.17, 'right'],
    ],
    [
      ...charges.map(({ kind, invoice, period, source, amount }) => [
        kind.replace('-', ' '),
        invoice || 'whole account',
        period ? `${day(period.from)} to ${day(period.to)}` : '',
        source,
        money(amount),
      ]),
      ['', '', '', 'Sum', money(claimedSum)],
    ],
    1,
  );
}

const OUTCOMES: Readonly<Record<string, string>> = {
  credited: 'covered by a credit note',
  'partly-kept': 'partly kept',
  credit: 'credited',
};
const outcomeOf = (outcome: string) => OUTCOMES[outcome] ?? outcome;

async function said({ heading, pairs, table, text }: EvidenceSheet, { agreement, promises, disputes, zone }: EvidenceIndex): Promise<void> {
  const when = (at: string) => day(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());
  heading('Agreement');
  if (!agreement) text('No agreement is on file.');
  else {
    const { law, terms, document } = agreement;
    const signed = document?.signed ? `, signed ${day(document.signed)}` : '';
    pairs([
      ['Document', document ? `${document.name}${signed} (not in this pack)` : 'none on file'],
      ['Governing law', law === null ? 'not on file' : law === 'other' ? 'as the document says' : lawName(law)],
      ['Payment terms', terms === null ? 'not on file' : `${terms} days`],
    ]);
  }
  if (promises.length > 0) {
    heading('Promises to pay');
    await table(
      [
        ['Said on', 0.15],
        ['By', 0.2],
        ['Invoices', 0.23],
        ['For', 0.15],
        ['Amount', 0.14, 'right'],
        ['Outcome', 0.13],
      ],
      promises.map((each) => [
        when(each.at),
        each.saidBy,
        each.invoices.join(', '),
        day(each.date),
        formatTotal(each, 'en-GB'),
        outcomeOf(each.outcome),
      ]),
    );
  }
  if (disputes.length === 0) return;
  heading('Disputes');
  await table(
    [
      ['Raised on', 0.15],
      ['Invoice', 0.25],
      ['Reason', 0.2],
      ['Amount', 0.15, 'right'],
      ['Outcome', 0.25],
    ],
    disputes.map(({ at, invoice, reason, amount, currency, outcome }) => [
      when(at),
      invoice,
      reason.replaceAll('-', ' '),
      formatTotal({ amount, currency }, 'en-GB'),
      outcome
        ? outcome.map((part) => `${outcomeOf(part.outcome)} ${formatTotal({ amount: part.amount, currency }, 'en-GB')}`).join(', ')
        : 'open',
    ]),
  );
}

function howToCheck({ heading, text }: EvidenceSheet, { head }: EvidenceIndex): void {
  heading('How to check this pack');
  text(
    'Every file: in the folder of the unpacked files, “sha256sum -c SHA256SUMS” says OK for each file that is as it was when the pack was made.',
  );
  text(
    'The timeline: timeline.jsonl holds its entries as they are stored, each with a hash over its contents and over the entry before it. “npm run verify-trail -- --file timeline.jsonl” of Arrears checks them. Numbers that are missing belong to entries about others, or to those that may not be shown.',
  );
  if (head) text(`When this was made the whole trail ended with entry ${head.seq}, hash ${head.hash}.`);
}

const day = (iso: string) => mediumDate(iso as Day, 'en-GB');
