import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../scripts/prompts.ts';
import { lengthOf } from '../../src/drafting/checks/letter.ts';
import { BOOKS } from '../../src/drafting/languages/books.ts';
import { readLetters } from '../../src/drafting/letters.ts';
import { placeholdersIn } from '../../src/drafting/placeholders.ts';
import { render } from '../../src/drafting/skeleton.ts';
import { valuesOf } from '../../src/drafting/values.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { type FactSources, LETTER_KINDS, type LetterKind } from '../../src/mails/letter-facts.ts';
import { LETTER_LANGUAGES, type LetterLanguage } from '../../src/mails/letter-language.ts';
import { facts, invoiceFact, sources } from '../support/fact-sheets.ts';

const prompts = path.resolve(import.meta.dirname, '../../prompts');
const letters = readLetters(prompts);
const shown = renderAll(letters);
const partial = (name: string, language: LetterLanguage) => fs.readFileSync(path.join(prompts, `_${name}.${language}.md`), 'utf8').trim();

const inLanguage = (language: LetterLanguage, over: Partial<FactSources> = {}) => {
  const sheet = facts({ ...over, account: { ...sources().account, language } });
  const values = valuesOf(sheet, letters);
  return { sheet, values, rendered: render(letters.letter(sheet.stage, language), sheet, letters, values) };
};

/** Words of a whole email without its lists and the signature. */
const MOST_WORDS: Readonly<Record<LetterKind, number>> = {
  ...{ note: 90, friendly: 130, plain: 130, reminder: 130, firm: 160, 'second-contact': 180, 'final-notice': 175, statement: 100 },
  ...{ 'demand-letter': 260, 'promise-confirmation': 80, 'promise-broken': 100, 'dispute-received': 80, 'invoice-copy': 45 },
  ...{ 'plan-offer': 120, 'statement-copy': 75, message: 35, thanks: 35 },
};
const DEMANDS: readonly LetterKind[] = ['reminder', 'firm', 'second-contact', 'final-notice'];
/** Which fixed line stands in which letters, and in no other. */
const WHERE: Readonly<Record<string, readonly LetterKind[]>> = {
  safety: [...DEMANDS, 'friendly', 'plain', 'statement', 'demand-letter', 'promise-broken'],
  'bank-only': ['note', 'promise-confirmation', 'plan-offer', 'invoice-copy', 'statement-copy'],
  pay: [...DEMANDS, 'note', 'friendly', 'plain', 'statement', 'demand-letter', 'promise-broken', 'promise-confirmation', 'plan-offer'],
  'as-of': DEMANDS,
  'due-date-stays': ['promise-confirmation'],
  'plan-terms': ['plan-offer'],
};

describe.each(LETTER_LANGUAGES)('letters in %s', (language) => {
  const own = shown.filter(({ text }) => text.language === language);

  it('keep to their number of words, and their subjects to what a mail program shows', () => {
    expect(own.length).toBeGreaterThanOrEqual(2 * LETTER_KINDS.length);
    for (const { sample, text } of own) {
      const values = valuesOf(sample.facts, letters);
      const rendered = render(letters.letter(text.stage, language), sample.facts, letters, values);
      expect(lengthOf({ rendered, values }), `${text.stage}: ${sample.what}`).toBeLessThanOrEqual(MOST_WORDS[text.stage]);
      expect(letters.letter(text.stage, language).maxWords).toBe(MOST_WORDS[text.stage]);
      expect(text.subject.length, text.subject).toBeLessThanOrEqual(78);
    }
  });

  it('have each fixed line exactly where it belongs, once', () => {
    for (const [name, kinds] of Object.entries(WHERE)) {
      const [words] = partial(name, language).split(/\{\{[^}]+\}\}/);
      for (const { text, sample } of own) {
        const line = text.body
          .replaceAll('\u00A0', ' ')
          .split('\n')
          .filter((each) => each.startsWith(words!.trim()));
        expect(line, `${name} in ${text.stage}: ${sample.what}`).toHaveLength(kinds.includes(text.stage) ? 1 : 0);
      }
    }
    expect(partial('safety', language).match(/[^\s;]+/g)!.length).toBeLessThanOrEqual(35);
  });

  it('say “by then” only in the paragraph of its date or right behind it', () => {
    const thenWords = { en: 'by then', de: 'bis dahin', fr: 'd’ici là|à cette date', es: 'para esa fecha' }[language as 'en'];
    if (!thenWords) return;
    let found = 0;
    for (const stage of LETTER_KINDS) {
      const { paragraphs } = letters.letter(stage, language);
      for (const [at, text] of paragraphs.entries()) {
        if (!new RegExp(thenWords, 'i').test(text)) continue;
        found += 1;
        expect(`${paragraphs[at - 1] ?? ''}\n${text}`, `${stage}: ${text}`).toMatch(/\{\{ (?:deadline|answer_by|date) \}\}/);
      }
    }
    expect(found).toBeGreaterThan(0);
  });

  it('use the placeholders that the English ones use', () => {
    for (const stage of LETTER_KINDS) {
      const used = (of: LetterLanguage) => [...new Set(letters.letter(stage, of).paragraphs.flatMap(placeholdersIn))].sort();
      expect(used(language), stage).toEqual(used('en'));
    }
  });

  it('name days, never a time of day', () => {
    for (const { text } of own)
      expect(`${text.subject}\n${text.body}`).not.toMatch(/\d{1,2}[:.]\d{2}(?!\d|,)\s*(?:h|Uhr|AM|PM|am|pm)|\d{1,2}:\d{2}/);
  });

  it('say what came of a promise: nothing, or a part', () => {
    const matter = { amount: { amount: 100_000, currency: 'GBP' }, on: sources().today, instalments: [] };
    const said = (received?: number) =>
      inLanguage(language, { stage: 'promise-broken', matter: { ...matter, ...(received ? { received } : {}) }, deadline: null }).rendered
        .body;
    expect(said()).not.toMatch(/400[.,]00/);
    expect(said(40_000)).toMatch(/400[.,]00/);
    expect(said(40_000)).not.toBe(said());
  });

  it('carry in a formal demand each element: sum, day, list, steps, dispute, consequence, how to pay, safety, enclosures', () => {
    const steps = { wrote: [sources().today], spoke: [] };
    const over = {
      stage: 'demand-letter',
      attachments: ['statement', 'invoice-copies'],
      history: { ...sources().history, steps },
    } as const;
    const { rendered, values } = inLanguage(language, over);
    const { labels } = BOOKS[language];
    for (const part of [values.total!, values.deadline!, values.invoice_table!, values.written!, values.as_of!])
      expect(rendered.body).toContain(part);
    expect(values.written).toMatch(/2026/);
    expect(rendered.subject.toLowerCase().startsWith(labels.demand(false).toLowerCase())).toBe(true);
    expect(rendered.fixed.behind.map(({ name }) => name)).toEqual(['pay', 'safety', 'enclosed']);
    for (const each of ['statement', 'invoice-copies'] as const) expect(rendered.body).toContain(labels.enclosures[each]);
    // The consequence is the last of the letter's own words and names the day again.
    expect(rendered.paragraphs.at(-1)).toContain(values.deadline!);
    expect(BOOKS[language].words.threat.test(rendered.paragraphs.at(-1)!)).toBe(true);
  });

  it('say what the law of the contract asks: a Letter of Claim, a mise en demeure, an offer to negotiate', () => {
    const body = (formalTerms: FactSources['formalTerms']) => inLanguage(language, { stage: 'demand-letter', formalTerms }).rendered.body;
    expect(body('claim')).toMatch(/Information Sheet.*Reply Form|Reply Form.*Information Sheet/s);
    expect(body('claim')).toContain(BOOKS[language].labels.enclosures['claim-forms']);
    expect(body('fr')).toContain('1344');
    expect(body('es')).toContain('1/2025');
    for (const none of ['1344', '1/2025', 'Reply Form']) expect(body(null)).not.toContain(none);
  });
});

describe('invoices on the phone', () => {
  const spoken = (language: LetterLanguage, count: number) =>
    BOOKS[language].labels.spoken(['A', 'B', 'C'].slice(0, Math.min(count, 3)), Math.max(0, count - 3));

  it.each([
    ['en', 'invoice A', 'invoices A and B', 'invoices A, B, C and 2 more'],
    ['de', 'die Rechnung A', 'die Rechnungen A und B', 'die Rechnungen A, B, C und 2 weitere'],
    ['fr', 'de la facture A', 'des factures A et B', 'des factures A, B, C et 2 autres'],
    ['es', 'la factura A', 'las facturas A y B', 'las facturas A, B, C y otras 2'],
  ] as const)('have their article and preposition in %s', (language, one, two, five) => {
    expect([1, 2, 5].map((count) => spoken(language, count).about)).toEqual([one, two, five]);
  });

  it('stand in the dative where we say that we wrote about them in German', () => {
    const wrote = [1, 2, 4, 5].map((count) => spoken('de', count).wroteAbout);
    expect(wrote).toEqual([
      ...['zur Rechnung A', 'zu den Rechnungen A und B', 'zu den Rechnungen A, B, C und einer weiteren'],
      'zu den Rechnungen A, B, C und 2 weiteren',
    ]);
  });
});

describe('a subject', () => {
  it('gives up the amount and then numbers before it grows too long', () => {
    const number = (n: number) => untrusted(`INVOICE-2026-000000000${n}-A`);
    const invoices = [1, 2, 3].map((n) => invoiceFact({ number: number(n) }));
    const { rendered } = inLanguage('en', { stage: 'firm', invoices });
    expect(rendered.subject).toMatch(/^20 days overdue: invoices INVOICE-2026-0000000001-A and 2 more$/);
    expect(inLanguage('en', { stage: 'firm' }).rendered.subject).toBe('20 days overdue: invoice UK-24012, £1,234.00');
  });
});

describe('what is unpaid', () => {
  it('is told as a whole, in part, or over several invoices', () => {
    const unpaid = (over: Partial<FactSources>) => inLanguage('en', over).values.unpaid;
    expect(unpaid({})).toBe('Invoice UK-24012 for £1,234.00 was due on 31 October 2026 and is still unpaid.');
    expect(unpaid({ invoices: [invoiceFact({ total: 2_000_00 })] })).toBe(
      '£1,234.00 of invoice UK-24012, due on 31 October 2026, is still unpaid.',
    );
    const two = [invoiceFact(), invoiceFact({ currency: 'EUR', number: untrusted('UK-2') })];
    expect(unpaid({ invoices: two })).toBe(
      '£1,234.00 and €1,234.00 on 2 invoices are still unpaid; the oldest was due on 31 October 2026.',
    );
  });

  it('goes on from a German greeting in lower case, and begins a later paragraph with a capital', () => {
    expect(inLanguage('de').rendered.paragraphs[0]).toMatch(/^die Rechnung UK-24012/);
    expect(inLanguage('de', { stage: 'second-contact' }).rendered.paragraphs[1]).toMatch(/^Die Rechnung UK-24012/);
  });
});

describe('a greeting', () => {
  const greeted = (language: LetterLanguage, stage: LetterKind, name: string, salutation: string | null) => {
    const contact = { name: untrusted(name), salutation: salutation === null ? null : untrusted(salutation) };
    const { rendered } = inLanguage(language, { stage, contact });
    return [rendered.greeting, rendered.fixed.leave[0]];
  };

  it.each([
    ['en', 'Ms Quill', 'Dear Ms Quill,', 'Kind regards,'],
    ['en', 'Rosalind', 'Dear Rosalind,', 'Kind regards,'],
    ['de', 'Frau Dr. Quill', 'Sehr geehrte Frau Dr. Quill,', 'Mit freundlichen Grüßen'],
    ['de', 'Herr Quill', 'Sehr geehrter Herr Quill,', 'Mit freundlichen Grüßen'],
    ['fr', 'Madame Delacombe', 'Bonjour Madame Delacombe,', 'Cordialement,'],
    ['es', 'Sra. Montealto', 'Estimada Sra. Montealto:', 'Atentamente,'],
    ['es', 'Sr. Montealto', 'Estimado Sr. Montealto:', 'Atentamente,'],
  ] as const)('in %s uses the salutation on file: %s', (language, salutation, greeting, closing) => {
    expect(greeted(language, 'firm', 'Robin Quill', salutation)).toEqual([greeting, closing]);
  });

  it.each([
    ['en', 'Dear Robin Quill,', 'Dear Accounts Payable team,', 'Dear Sir or Madam,', 'Yours faithfully,'],
    ['de', 'Guten Tag Robin Quill,', 'Guten Tag,', 'Sehr geehrte Damen und Herren,', 'Mit freundlichen Grüßen'],
    [
      'fr',
      'Bonjour Robin Quill,',
      'Bonjour,',
      'Madame, Monsieur,',
      'Je vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.',
    ],
    ['es', 'Buenos días, Robin Quill:', 'Buenos días:', 'Estimados señores:', 'Atentamente,'],
  ] as const)('in %s guesses no form of address, and greets a mailbox by what it is', (language, named, mailbox, formal, closing) => {
    expect(greeted(language, 'firm', 'Robin Quill', null)[0]).toBe(named);
    expect(greeted(language, 'firm', 'ap@otterby.example', null)[0]).toBe(mailbox);
    expect(greeted(language, 'final-notice', 'ap@otterby.example', null)).toEqual([formal, closing]);
  });

  it('takes its leave in French as it has greeted, and in German in a friendly letter less formally', () => {
    expect(greeted('fr', 'final-notice', 'Robin Quill', 'Madame Quill')[1]).toMatch(/^Je vous prie d’agréer, Madame, l’expression/);
    expect(greeted('de', 'friendly', 'Robin Quill', 'Frau Quill')).toEqual(['Guten Tag Frau Quill,', 'Freundliche Grüße']);
    expect(greeted('en', 'final-notice', 'Robin Quill', 'Ms Quill')).toEqual(['Dear Ms Quill,', 'Yours sincerely,']);
  });
});
