import { describe, expect, it } from 'vitest';
import type { LetterPaper } from '../../src/escalation/letter-paper.ts';
import { day } from '../../src/kernel/day.ts';
import { letterFile } from '../../src/reporting/letter-file.ts';
import { letterSheets, PAGE } from '../../src/reporting/letter-layout.ts';

const TABLE = 'Invoice I-1 of 1 September 2026\n  due 15 September 2026: £1,000.00';

const paper = (more: Partial<LetterPaper> = {}): LetterPaper => ({
  seller: { name: 'Northwind Trading Ltd', postal: '4 Quay Street\nBristol', phone: '+44 20 7946 0100', email: 'r@northwind.example' },
  remittance: 'remittance@northwind.example',
  recipient: ['Grimblethorpe Joinery Ltd', '7 Weir Lane'],
  method: 'registered-post',
  firm: '',
  date: day('2026-11-23'),
  reference: 'L1 / 73D198',
  subject: 'Formal demand for payment',
  body: `Dear Imogen Larch,\n\n${TABLE}\n\nKind regards,\n\nMara Lind\n`,
  table: { text: TABLE, rows: [{ number: 'I-1', issued: day('2026-09-01'), due: day('2026-09-15'), asked: 100_000 }], currency: 'GBP' },
  language: 'en',
  locale: 'en-GB',
  ...more,
});
const texts = (of: LetterPaper) => letterSheets(of).flatMap(({ prints }) => prints.map(({ text }) => text));

describe('the page of a letter', () => {
  it('bears letterhead, method of notice, recipient, date, reference and remittance address', () => {
    const shown = texts(paper());
    for (const text of ['Northwind Trading Ltd', '4 Quay Street', 'By registered post', '7 Weir Lane', '23 November 2026', 'L1 / 73D198'])
      expect(shown).toContain(text);
    expect(shown).toContain('remittance@northwind.example');
  });

  it('draws the list of invoices as a table where its text stands, and as it was written where a person changed it', () => {
    expect(texts(paper())).toContain('Total');
    const edited = texts(paper({ body: `${TABLE.replace('£1,000.00', '£900.00')}\n` }));
    expect(edited).not.toContain('Total');
    expect(edited).toContain('  due 15 September 2026: £900.00');
  });

  it('a long letter goes on over pages; every word stands on one, within the margins and above the foot', () => {
    const body = Array.from({ length: 90 }, (_, n) => `Paragraph ${n} ${'of a long letter '.repeat(8)}`).join('\n\n');
    const sheets = letterSheets(paper({ body, table: null }));
    expect(sheets.length).toBeGreaterThan(2);
    const all = sheets.flatMap(({ prints }) => prints);
    for (let n = 0; n < 90; n += 1) expect(all.filter(({ text }) => text.startsWith(`Paragraph ${n} `))).toHaveLength(1);
    expect(all.every(({ y }) => y > 40 && y < PAGE.height - 25)).toBe(true);
    expect(sheets.at(-1)!.prints.map(({ text }) => text)).toContain(`Page ${sheets.length} of ${sheets.length}`);
  });

  it('a word longer than the line is broken and never cut', () => {
    const word = 'x'.repeat(300);
    const shown = texts(paper({ body: `${word}\n`, table: null }));
    expect(shown.filter((text) => /^x+$/.test(text)).join('')).toBe(word);
  });

  it('is a PDF with a picture a page; the same paper gives the same picture', async () => {
    const [one, two] = [await letterFile(paper()), await letterFile(paper())];
    expect(Buffer.from(one.pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.pages).toHaveLength(1);
    expect(Buffer.from(one.pages[0]!).subarray(1, 4).toString()).toBe('PNG');
    expect(Buffer.compare(Buffer.from(one.pages[0]!), Buffer.from(two.pages[0]!))).toBe(0);
    expect(one.name).toBe('demand-letter-L1-73D198-2026-11-23.pdf');
  });
});
