import { describe, expect, it } from 'vitest';
import { type LetterLanguage, letterLanguage } from '../../src/mails/letter-language.ts';

const chosen = (language: string, country: string, usual: LetterLanguage | null = null) => letterLanguage({ language, country }, usual);

describe('the language of a letter', () => {
  it.each([
    ['de', 'FR', 'de'],
    ['de-AT', 'AT', 'de'],
    ['FR', 'DE', 'fr'],
    ['en', 'DE', 'en'],
  ] as const)('is %s of the ledger, whatever the country %s', (tag, country, language) => {
    expect(chosen(tag, country, 'es')).toEqual({ language, from: 'ledger', why: '' });
  });

  it.each([
    ['DE', 'de'],
    ['AT', 'de'],
    ['LI', 'de'],
    ['FR', 'fr'],
    ['MC', 'fr'],
    ['LU', 'fr'],
    ['ES', 'es'],
    ['MX', 'es'],
    ['AR', 'es'],
    ['GB', 'en'],
    ['IE', 'en'],
    ['US', 'en'],
  ] as const)('where the ledger names none, in %s it is %s, and the reviewer reads why', (country, language) => {
    const found = chosen('', country, 'fr');
    expect(found).toMatchObject({ language, from: 'country' });
    expect(found.why).toMatch(/^because the customer is in .+; not set in the ledger$/);
  });

  it('says it in a sentence', () => {
    expect(chosen('', 'DE').why).toBe('because the customer is in Germany; not set in the ledger');
    expect(chosen('', 'US').why).toBe('because the customer is in the United States; not set in the ledger');
  });

  it.each(['CH', 'BE', 'CA'])('in %s somebody must ask; until then it is the usual one of our company', (country) => {
    expect(chosen('', country, 'de')).toMatchObject({ language: 'de', from: 'company' });
    expect(chosen('', country)).toMatchObject({ language: 'en', from: 'nothing' });
    expect(chosen('', country, 'de').why).toContain('has several languages; ask the customer and set it in the ledger');
  });

  it.each(['NL', 'PL', 'JP', '', 'XX'])(
    'elsewhere (“%s”) it is the usual one of our company, else English, and never silently',
    (country) => {
      expect(chosen('', country, 'es')).toMatchObject({ language: 'es', from: 'company' });
      const english = chosen('', country);
      expect(english).toMatchObject({ language: 'en', from: 'nothing' });
      expect(english.why).toBe(
        'because the customer’s language is not set in the ledger, and no usual language is set in our standard terms',
      );
    },
  );

  it('for a language without letters it is the usual one of our company, never that of the country', () => {
    expect(chosen('nl', 'DE', 'fr')).toMatchObject({
      language: 'fr',
      why: 'the usual language of our company, because there are no letters in Dutch',
    });
    expect(chosen('nl', 'DE')).toMatchObject({ language: 'en', from: 'nothing' });
    for (const tag of ['deutsch', 'xx']) expect(chosen(tag, 'DE').why).toContain(`“${tag}” in the ledger is no language we know`);
  });
});
