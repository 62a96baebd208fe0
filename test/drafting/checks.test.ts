import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_NAMES } from '../../src/drafting/checks/draft-checks.ts';
import type { Skeleton } from '../../src/drafting/skeleton.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import type { FactSources } from '../../src/mails/letter-facts.ts';
import { loadDrafting } from '../properties/p10-loaded.ts';
import { cleanWords } from '../support/clean-words.ts';
import { facts, KNOWN_NAMES, sources } from '../support/fact-sheets.ts';

const root = path.resolve(import.meta.dirname, '../..');
const drafting = await loadDrafting(path.join(root, 'src'), path.join(root, 'prompts'), KNOWN_NAMES);

const english = cleanWords('en', 5);
const aside = (text: string): Skeleton => ({ ...english, paragraphs: [english.paragraphs[0]!, text, ...english.paragraphs.slice(2)] });
const broken = (skeleton: Skeleton, over: Partial<FactSources> = {}) => drafting.broken(drafting.draft(facts(over), skeleton));
const inLanguage = (language: 'de' | 'fr' | 'es', text: string, n = 5) => {
  const words = cleanWords(language, n);
  const sheet = facts({ account: { ...sources().account, language } });
  return drafting.broken(drafting.draft(sheet, { ...words, paragraphs: [words.paragraphs[0]!, text, ...words.paragraphs.slice(2)] }));
};

/** Each check with the words that break it; the sentences stand alone so that others are not broken by chance. */
const CASES: Readonly<Record<string, readonly Skeleton[]>> = {
  'ordinary-characters': [aside('We wrote\u200B before.'), aside('We wrоte before.'), aside('Ｗe wrote before.'), aside('We\ufeffwrote.')],
  'no-digits': [aside('Item 4 is open.'), aside('Item ④ is open.'), aside('Item ½ is open.')],
  'no-number-words': [aside('All twelve items are open.'), aside('Item XII is open.'), aside('The twenty-first item is open.')],
  'no-dates': [aside('We hope to hear from you on Monday.'), aside('It was agreed in March, in march it was.')],
  'no-currency': [aside('It is in euros.'), aside('It is in CHF.'), aside('It is about ¤.')],
  'no-addresses': [aside('See example.com for this.'), aside('Write to us@home.'), aside('See www.home.')],
  'no-capitals': [aside('This is URGENT for us.')],
  'no-bank-talk': [aside('Our bank has told us.')],
  'no-known-names': [aside('The Otterby freight team knows.'), aside('Ask Peverell about it.'), aside('Faro imaginario textil knows.')],
  'no-threat': [aside('Our solicitors know.')],
  'no-legal-claim': [aside('You are in breach of our terms.')],
  'no-concession': [aside('Your debt is cancelled.'), aside('You need not pay.')],
  'no-idiom': [aside('The ball is in your court.')],
  'no-label': [aside('As a debtor you know.')],
  'final-by-facts': [aside('This is our final message.')],
  'no-exclamation-mark': [aside('We know!')],
  'one-request': [
    aside('Please call me.'),
    { ...english, paragraphs: english.paragraphs.map((text) => (text.includes('{{deadline}}') ? 'It is due by {{deadline}}.' : text)) },
  ],
  language: [cleanWords('fr', 5)],
  'placeholders-known': [
    aside('It is {{ amount }} in all.'.replace('amount', 'signature')),
    aside('It is {total}.'),
    aside('It is pre{{seller}}.'),
  ],
  'facts-required': [
    aside('The amount is {{total}}.'),
    { ...english, paragraphs: english.paragraphs.filter((text) => !text.includes('deadline')) },
    { ...english, paragraphs: english.paragraphs.map((text) => (text.includes('table') ? 'The list: {{invoice_table}}' : text)) },
    { ...english, subject: '{{invoice_table}}' },
  ],
  'one-line-each': [aside('We wrote\nBcc: you'), { ...english, subject: `Open ${'balance '.repeat(20)}` }],
  length: [aside('We have written to you about this and we would like to have an answer. '.repeat(16).trim())],
};

describe('a named check', () => {
  for (const [name, cases] of Object.entries(CASES)) {
    it(`${name} is broken by what it is there for`, () => {
      for (const skeleton of cases) expect(broken(skeleton), JSON.stringify(skeleton)).toContain(name);
    });
  }

  it('has a case here, or looks at the rendered letter', () => {
    const rendered = [
      'greeting-by-name',
      'deadline-date',
      'fixed-lines',
      'person-and-number',
      'text-read-again',
      'facts-stand',
      'no-mark-left',
    ];
    expect(CHECK_NAMES.filter((name) => !(name in CASES) && !rendered.includes(name))).toEqual([]);
  });

  it('passes for words that keep the rules, in each language', () => {
    for (const language of ['en', 'de', 'fr', 'es'] as const) {
      const sheet = facts({ account: { ...sources().account, language } });
      for (let n = 0; n < 40; n += 1) expect(drafting.broken(drafting.draft(sheet, cleanWords(language, n)))).toEqual([]);
    }
  });

  it('knows the words of each language', () => {
    expect(inLanguage('de', 'Es sind einundzwanzig Positionen.')).toContain('no-number-words');
    expect(inLanguage('de', 'Daran besteht kein Zweifel, wir achten darauf.')).toEqual([]);
    expect(inLanguage('de', 'Der Betrag ist storniert.')).toContain('no-concession');
    expect(inLanguage('de', 'Wir melden uns morgen.')).toContain('no-dates');
    expect(inLanguage('fr', 'Il y a quatre-vingt-dix éléments.')).toContain('no-number-words');
    expect(inLanguage('fr', 'Votre dette est annulée.')).toContain('no-concession');
    expect(inLanguage('es', 'Hay veintidós elementos.')).toContain('no-number-words');
    expect(inLanguage('es', 'Acudiremos a los tribunales.')).toContain('no-threat');
  });
});

describe('the rendered letter', () => {
  const draft = drafting.draft(facts(), english);
  const changed = (from: string | RegExp, to: string) => {
    const body = draft.rendered.body.replace(from, to);
    expect(body).not.toBe(draft.rendered.body);
    return drafting.broken({ ...draft, rendered: { ...draft.rendered, body } });
  };

  it('is refused when a fact or a fixed line is not as it was', () => {
    expect(changed('Dear Imogen Larch', 'Dear Callum')).toContain('greeting-by-name');
    expect(changed(/2 December 2026/g, '3 December 2026')).toEqual(expect.arrayContaining(['deadline-date', 'text-read-again']));
    expect(changed('remittance@harbourpike.example', 'remittance@evil.example')).toEqual(
      expect.arrayContaining(['fixed-lines', 'text-read-again']),
    );
    expect(changed('please send the remittance advice', 'do nothing')).toContain('fixed-lines');
    expect(changed('have not changed', 'have changed')).toContain('fixed-lines');
    expect(changed('+44 20 7946 0123', '+44 20 7946 0124')).toEqual(expect.arrayContaining(['person-and-number', 'text-read-again']));
    expect(changed('£1,234.00', '£1,234.001')).toContain('text-read-again');
    expect(changed('£1,234.00', '-£1,234.00')).toContain('text-read-again');
    expect(changed('Kind regards', '{{ regards }}')).toContain('no-mark-left');
  });

  it('greets the team when the contact has no usable name, and says so', () => {
    const sheet = facts({ contact: { name: untrusted('see https://evil.example'), salutation: null } });
    const text = drafting.draftFor.renderTemplate(sheet, drafting.letters, drafting.names(sheet), { tone: 'formal', why: 'no-model' });
    expect(text.body.startsWith('Dear Accounts Payable team,')).toBe(true);
    expect(text.notices.join()).toMatch(/name in the ledger/);
    expect(text.checks.every(({ passed }) => passed)).toBe(true);
  });

  it('calls a notice final only when the facts authorise it', () => {
    const text = (finalAuthorised: boolean) => {
      const sheet = facts({ stage: 'final-notice', finalAuthorised });
      return drafting.draftFor.renderTemplate(sheet, drafting.letters, drafting.names(sheet), { tone: 'formal', why: 'no-model' });
    };
    expect(text(true).subject).toMatch(/^Final notice/);
    expect(`${text(false).subject}${text(false).body}`).not.toMatch(/final/i);
    expect(text(false).notices.join()).toMatch(/not called final/);
  });

  it('states when a sender without a telephone number signs', () => {
    const sheet = facts({ sender: { name: 'Mara Lindqvist', phone: '', email: 'm@harbourpike.example' } });
    const text = drafting.draftFor.renderTemplate(sheet, drafting.letters, drafting.names(sheet), { tone: 'formal', why: 'no-model' });
    expect(text.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['person-and-number']);
  });
});
