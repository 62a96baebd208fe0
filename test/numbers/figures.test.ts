import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerHistory } from '../../scripts/ledger-history.ts';
import { day } from '../../src/kernel/day.ts';
import { type Book, knownFrom } from '../../src/numbers/book.ts';
import { type Figures, FiguresCounter } from '../../src/numbers/figures.ts';
import { type Period, quarterTo } from '../../src/numbers/period.ts';
import { SHARED_DATA } from '../support/shared-data.ts';

const IBM = path.join(SHARED_DATA, 'ibm-accounts-receivable.csv');
const present = fs.existsSync(IBM);
if (!present) console.warn(`NOT RUN: ${IBM} is missing, so the report is not compared with the public ledger.`);

function figuresOf(book: Book, currency: string, period: Period): Figures {
  const counter = new FiguresCounter(currency, period, [...knownFrom(book).values()].sort().at(-1) ?? null);
  for (const invoice of book.invoices) if (invoice.currency === currency) counter.addInvoice(invoice);
  for (const receipt of book.receipts) if (receipt.currency === currency) counter.addReceipt(receipt);
  return counter.figures();
}

describe('figures of a period', () => {
  // Worked out apart from this program, from the file alone.
  it.skipIf(!present)('agree with the public IBM ledger at 30 June 2013', () => {
    const figures = figuresOf(ledgerHistory(fs.readFileSync(IBM, 'utf8')), 'USD', quarterTo(day('2013-06-30')));
    expect(figures.period).toMatchObject({ from: '2013-04-01', to: '2013-06-30', n: 3 });
    expect(figures.end).toMatchObject({ receivables: 511_985, current: 428_429 });
    expect(figures).toMatchObject({ sales: 2_009_887, begin: { receivables: 590_374 } });
    expect(figures).toMatchObject({
      dso: { value: 23.18 },
      bestDso: { value: 19.4 },
      add: { value: 3.78 },
      countBack: { value: 26.26 },
      cei: { value: 89.96 },
      daysLate: { value: 3.81 },
    });
    expect(figures.paidLateShare).toMatchObject({ value: expect.closeTo(36.6, 1) });
  });
});
