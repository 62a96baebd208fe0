import { expect, test } from 'vitest';
import { readOpenItems } from '../../src/importing/open-items/read-open-items.ts';
import { textSheet } from '../../src/importing/open-items/read-sheet.ts';

/** Column names as each system writes them, and one document below. */
test.each([
  ['SAP', 'Kunde;Belegnr;Ar;Belegdatum;Nettofälligkeit;Betrag in Belegwährung;Währ.', '1;180;RV;13.09.2026;13.10.2026;10,00;EUR'],
  ['SAP', 'Customer;DocumentNo;Type;Doc. Date;Net due dt;Amount in DC;Curr.', '1;180;RV;13.09.2026;13.10.2026;10,00;EUR'],
  ['DATEV', 'Konto;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo', '1;471;13.09.2026;13.10.2026;10,00;;10,00 S'],
  [
    'Xero',
    'Contact Account Number;Invoice Date;Due Date;Invoice Number;Invoice Reference;Current;Older;Total',
    'C1;13 Sep 2026;13 Oct 2026;INV-1;;;10.00;10.00',
  ],
  ['Xero', '*ContactName;*InvoiceNumber;*InvoiceDate;*DueDate;InvoiceAmountDue;Currency', 'A;INV-1;13 Sep 2026;13 Oct 2026;10.00;EUR'],
  ['QuickBooks Online', 'Date;Transaction type;Num;Customer full name;Due date;Open balance', '09/13/2026;Invoice;1;A;10/13/2026;10.00'],
  ['QuickBooks Desktop', 'Type;Date;Num;Name;Due Date;Aging;Open Balance', 'Invoice;09/13/2026;1;A;10/13/2026;4;10.00'],
  ['Sage', 'No;Type;Date;Ref;Details;Balance;Period 1', '7;SI;13/09/2026;INV1;Goods;10.00;10.00'],
  [
    'NetSuite',
    'Customer;Transaction Type;Document Number;P.O. No.;Date;Due Date;Open Balance',
    'A;Invoice;INV1;;13.09.2026;13.10.2026;10.00',
  ],
  [
    'Dynamics 365',
    'Posting Date;Document Type;Document No.;Customer No.;Remaining Amount;Due Date',
    '13.09.2026;Invoice;1;C1;10.00;13.10.2026',
  ],
  ['Odoo', 'Date;Entry;Journal;Account;Partner;Ref - Label;Due date;Residual', '13.09.2026;INV/1;INV;121;A;x;13.10.2026;10.00'],
  [
    'ERPNext',
    'Posting Date;Party;Voucher Type;Voucher No;Due Date;Outstanding Amount;Currency',
    '13-09-2026;A;Sales Invoice;S-1;13-10-2026;10.00;EUR',
  ],
  [
    'Zoho',
    'Invoice Date;Invoice ID;Invoice Number;Invoice Status;Customer Name;Customer ID;Due Date;Balance',
    '2026-09-13;9;INV-1;Sent;A;7;2026-10-13;10.00',
  ],
  ['FreshBooks', 'Client Name;Invoice #;Date Issued;Invoice Status;Line Total;Currency', 'A;1;2026-09-13;sent;10.00;USD'],
  [
    'Stripe',
    'id;Amount Due;Customer;Customer Email;Due Date (UTC);Date (UTC);Currency;Number;Status',
    'in_1;10.00;cus_1;a@x.example;2026-10-13 00:00;2026-09-13 00:00;eur;A-1;open',
  ],
  ['Invoice Ninja', 'Amount;Balance;Client;Date;Due Date;Invoice Number;Paid to Date', '10.00;10.00;A;2026-09-13;2026-10-13;1;0.00'],
])('%s is recognised by %s, and said by name', (system, header, row) => {
  const read = readOpenItems(textSheet(Buffer.from(`${header}\n${row}\n`)), { currency: 'EUR' });
  expect(read.layout.evidence.join(' ')).toContain(`The column names are those of ${system}`);
  expect(read.documents).toHaveLength(1);
  expect(read.documents[0]).toMatchObject({ open: 1_000, issued: '2026-09-13' });
});
