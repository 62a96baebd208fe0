import { parse } from 'csv-parse/sync';
import { day } from '../src/kernel/day.ts';
import type { Book, BookInvoice, BookReceipt } from '../src/numbers/book.ts';

const REQUIRED = ['customerID', 'invoiceNumber', 'InvoiceDate', 'DueDate', 'InvoiceAmount', 'SettledDate'];

/**
 * A whole history, one paid invoice a row, dates as month/day/year, as the public IBM accounts receivable sample has it. It names no currency:
 * amounts are taken as US dollars. Throws where a column is missing.
 */
export function ledgerHistory(csv: string): Book {
  const rows: Record<string, string>[] = parse(csv, { columns: true, skip_empty_lines: true });
  const missing = REQUIRED.filter((name) => !(name in (rows[0] ?? {})));
  if (missing.length > 0) throw new Error(`The file has no column ${missing.join(', ')}.`);
  const invoices = rows.map((row): BookInvoice => {
    const total = Math.round(Number(row.InvoiceAmount) * 100);
    return {
      ...{ account: row.customerID!, entity: 'IBM', number: row.invoiceNumber!, currency: 'USD' },
      ...{ issued: fromUs(row.InvoiceDate!), due: fromUs(row.DueDate!), total, undated: 0, disputed: 0 },
      cuts: [{ on: fromUs(row.SettledDate!), amount: total, by: 'cash' }],
    };
  });
  const receipts = invoices.map(({ account, entity, number, currency, total, cuts }): BookReceipt => {
    const on = cuts[0]!.on;
    return { account, entity, number, currency, on, amount: total, by: 'cash', takes: [{ on, amount: total }] };
  });
  return { invoices, receipts, firstImport: null };
}

function fromUs(text: string) {
  const [month, of, year] = text.split('/');
  return day(`${year}-${month!.padStart(2, '0')}-${of!.padStart(2, '0')}`);
}
