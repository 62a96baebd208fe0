import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../src/charges/statement.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { LETTER_LANGUAGES } from '../../src/mails/letter-language.ts';
import { statementPdf } from '../../src/reporting/statement-pdf.ts';

const today = day('2026-11-23');
const asOf = { at: Temporal.Instant.from('2026-11-23T07:10:00Z'), zone: 'Europe/Berlin' };

function statement(lines: number, number = 'C-1') {
  const open = Array.from({ length: lines }, (_, n) => ({
    number: `INV-${n}`,
    issued: day('2026-09-01'),
    due: addDays(day('2026-10-01'), n % 28),
    total: 100_000,
    open: 50_000 + n,
    currency: 'EUR',
  }));
  return statementsOf({ name: 'Łódź & Söhne', number }, 'Northwind', open, [])[0]!;
}

const pages = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\n/g)?.length;

describe('the statement as a PDF', () => {
  it.each(LETTER_LANGUAGES)('is one page with a title of its own in %s', async (language) => {
    const { name, bytes } = await statementPdf(statement(3), { language, locale: language, today, asOf });
    expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
    expect(pages(bytes)).toBe(1);
    expect(name).toMatch(/^[A-Za-z-]+-C-1-EUR-2026-11-23\.pdf$/);
  });

  it('goes on over as many pages as it needs', async () => {
    const { bytes } = await statementPdf(statement(120), { language: 'de', locale: 'de-DE', today, asOf });
    expect(pages(bytes)).toBe(4);
  });

  it('takes nothing of a customer number into the file’s name but letters, digits and strokes', async () => {
    const { name } = await statementPdf(statement(1, '../C\r\n "1"'), { language: 'en', locale: 'en-GB', today, asOf });
    expect(name).toBe('Statement-C1-EUR-2026-11-23.pdf');
  });
});
