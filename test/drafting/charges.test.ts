import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/drafting/draft-for.ts';
import { readLetters } from '../../src/drafting/letters.ts';
import { nameIndex } from '../../src/drafting/names.ts';
import { contentChanges } from '../../src/mails/content-changes.ts';
import { mailContent } from '../../src/mails/draft-content.op.ts';
import { facts } from '../support/fact-sheets.ts';

const letters = readLetters(path.resolve(import.meta.dirname, '../../prompts'));
const claimed = [{ amount: 45_147, currency: 'GBP' }];
const letter = (charges: typeof claimed, language = 'en') => {
  const sheet = facts({ stage: 'firm', charges, account: { ...facts().account, language } });
  return { sheet, text: renderTemplate(sheet, letters, nameIndex([], new Set()), { tone: 'firm', why: 'no-model' }) };
};

describe('interest and fees that were claimed', () => {
  it.each([
    ['en', 'We are also claiming £451.47 in late-payment interest and costs, which is not included above.'],
    ['de', 'Zusätzlich machen wir 451,47'],
    ['fr', 'Nous réclamons en outre 451,47'],
    ['es', 'Reclamamos además 451,47'],
  ])('stand in a firm letter in %s, apart from the amount asked for', (language, sentence) => {
    const { sheet, text } = letter(claimed, language);
    expect(text.body).toContain(sentence);
    expect(sheet.totals).toEqual([{ amount: 123_400, currency: 'GBP' }]);
    expect(text.checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('are not mentioned where nothing was claimed', () => {
    expect(letter([]).text.body).not.toContain('interest');
  });

  it('are part of what an approval covers: a waiver voids it', () => {
    const content = (charges: typeof claimed) => {
      const { sheet, text } = letter(charges);
      const address = { name: 'Mara', address: 'a@example.com' };
      return mailContent({ facts: sheet, from: address, to: [address], invoices: [], statements: [] } as never, text, []);
    };
    expect(contentChanges(content(claimed), content(claimed))).toEqual([]);
    expect(contentChanges(content(claimed), content([{ amount: 38_147, currency: 'GBP' }]))).toEqual([
      'Credit on the account, or what is promised, disputed, planned or claimed besides, has changed.',
    ]);
  });
});
