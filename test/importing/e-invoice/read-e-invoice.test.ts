import PDFDocument from 'pdfkit';
import { expect, it } from 'vitest';
import { readEInvoiceApart } from '../../../src/importing/e-invoice/e-invoices.ts';
import { readEInvoice } from '../../../src/importing/e-invoice/read-e-invoice.ts';
import { ciiOf, ublOf } from '../../support/e-invoices.ts';

const made = { number: 'R-1', lines: [10_000, 2_550] };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readEInvoice(bytes(text));

it('the same invoice in UBL, in CII and inside a PDF is read alike', async () => {
  const [ubl, cii, pdf] = [
    await read(ublOf(made)),
    await read(ciiOf(made)),
    await readEInvoice(await pdfWith('factur-x.xml', ciiOf(made))),
  ];
  expect(ubl).toMatchObject({
    ok: true,
    invoice: { number: 'R-1', order: 'PO-77', accounts: ['DE02120300000000202051'], due: '2026-10-31' },
  });
  expect(ubl).toMatchObject({ remarks: [], invoice: { totals: { net: 12_550, tax: 2_385, gross: 14_935, payable: 14_935 } } });
  if (!ubl?.ok || !cii?.ok) throw new Error('not read');
  expect({ ...cii.invoice, syntax: 'UBL' }).toEqual(ubl.invoice);
  expect(pdf).toEqual(cii);
});

it('a PDF without an e-invoice is none, and is no fault', async () => {
  expect(await readEInvoice(await pdfWith('notes.txt', 'hello'))).toBeNull();
});

it.each([
  ['sums that do not add', ublOf(made).replace('>100.00<', '>100.01<'), 'BR-CO-10'],
  ['a total that is not net and VAT', ciiOf(made).replace('GrandTotalAmount>149.35', 'GrandTotalAmount>149.36'), 'BR-CO-15'],
  ['a tax that its rate does not give', ublOf(made).replaceAll('<cbc:Percent>19', '<cbc:Percent>7'), 'BR-CO-17'],
  ['a currency of one amount', ublOf(made).replace('currencyID="EUR">149.35', 'currencyID="USD">149.35'), 'BR-CL-03'],
  ['a currency that there is not', ciiOf(made).replace('>EUR<', '>EUX<'), 'BR-CL-04'],
  ['a tenth of a cent', ublOf(made).replace('>149.35<', '>149.351<'), 'BR-DEC'],
  ['an amount in other words', ublOf(made).replace('>149.35<', '>1,49e2<'), 'amount'],
  ['no number', ublOf({ ...made, number: '' }), 'BR-02'],
  ['no lines', ublOf({ ...made, lines: [] }), 'BR-16'],
  ['two numbers', ublOf(made).replace('<cbc:ID>R-1</cbc:ID>', '<cbc:ID>R-1</cbc:ID><cbc:ID>R-2</cbc:ID>'), 'twice'],
  ['a day that there is not', ublOf({ ...made, due: '2026-02-30' }), 'date'],
  ['another namespace', ublOf(made).replace('Invoice-2"', 'Invoice-3"'), 'structure'],
  ['an entity bomb', ublOf(made).replace('<Invoice', `<!DOCTYPE x [${bomb()}]><Invoice`).replace('Buyer Example', '&c;'), 'entities'],
  ['a file that is fetched', ublOf(made).replace('<Invoice', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Invoice'), 'entities'],
  ['an entity without a declaration', ublOf(made).replace('Buyer Example', '&buyer;'), 'entities'],
  ['cut off', ublOf(made).slice(0, 900), 'xml'],
  ['two documents', ublOf(made) + ublOf(made).slice(ublOf(made).indexOf('<Invoice')), 'xml'],
  ['too deep', `<a>${'<b>'.repeat(100)}`, 'depth'],
  ['no XML', 'just words', 'xml'],
  ['another encoding than it says', `<?xml version="1.0" encoding="UTF-7"?>${ublOf(made).slice(38)}`, 'encoding'],
])('%s: refused, and by which rule', async (_, text, rule) => {
  expect(await read(text)).toMatchObject({ ok: false, rule });
});

it('a due date before the day of issue is read, and said', async () => {
  expect(await read(ublOf({ ...made, due: '2026-09-01' }))).toMatchObject({ ok: true, remarks: [{ rule: 'due-before-issued' }] });
});

it('10,000 lines are read, one more is not', async () => {
  expect(await readEInvoiceApart(bytes(ublOf({ number: 'L', lines: Array(10_000).fill(100) })))).toMatchObject({ ok: true });
  const more = await readEInvoiceApart(bytes(ublOf({ number: 'L', lines: Array(10_001).fill(100) })));
  expect(more).toMatchObject({
    ok: false,
    rule: 'lines',
    says: 'The e-invoice cannot be used: it has 10,001 lines; at most 10,000 are read',
  });
});

it('more than 20 MB, an encrypted PDF and a damaged one: a clear answer', async () => {
  expect(await readEInvoice(new Uint8Array(20_000_001).fill(32))).toMatchObject({ rule: 'size' });
  const locked = await pdfWith('factur-x.xml', ciiOf(made), { userPassword: 'secret' });
  expect(await readEInvoiceApart(locked)).toMatchObject({
    ok: false,
    rule: 'password',
    says: expect.stringContaining('protected by a password'),
  });
  expect(await readEInvoice(bytes('%PDF-1.7 and nothing else'))).toMatchObject({ ok: false, rule: 'pdf' });
});

function bomb(): string {
  return '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">';
}

async function pdfWith(name: string, text: string, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ pdfVersion: '1.7', ...options });
  pdf.file(Buffer.from(text), { name, type: 'text/xml' });
  pdf.text('Invoice R-1');
  pdf.end();
  const parts: Buffer[] = [];
  for await (const part of pdf) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
