import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { memoryBudget } from '../../src/drafting/budget.ts';
import { drafter } from '../../src/drafting/draft-for.ts';
import { readLetters } from '../../src/drafting/letters.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { facts, KNOWN_NAMES, sources } from '../support/fact-sheets.ts';

const letters = readLetters(path.resolve(import.meta.dirname, '../../prompts'));
const log = pino({ level: 'silent' });
const clock = { now: () => Temporal.Instant.from('2026-11-20T09:00:00Z') };
const made = drafter({ letters, model: null, budget: memoryBudget(0, clock), names: async () => KNOWN_NAMES, log });

async function edited(sentence: string, language: 'en' | 'de' = 'en') {
  const sheet = facts({ account: { ...sources().account, language } });
  const draft = await made.draftFor(sheet);
  const marker = language === 'en' ? 'Please pay' : 'Bitte überweisen';
  expect(draft.body).toContain(marker);
  return made.checkEdit(sheet, { subject: draft.subject, body: draft.body.replace(marker, `${sentence} ${marker}`) });
}

describe('an edit', () => {
  it('that changes nothing has nothing to say', async () => {
    for (const language of ['en', 'de', 'fr', 'es'] as const) {
      const sheet = facts({ account: { ...sources().account, language } });
      expect(await made.checkEdit(sheet, await made.draftFor(sheet))).toEqual({ refused: [], pointedOut: [] });
    }
  });

  it('that adds plain words, facts of the mail or our own number is kept as it is', async () => {
    for (const sentence of [
      'I have spoken with your colleague about it.',
      'As you see, £1,234.00 is open on UK-24012.',
      'You reach me on +44 20 7946 0123 or at remittance@harbourpike.example.',
      'Imogen Larch knows the details.',
    ]) {
      expect(await edited(sentence), sentence).toEqual({ refused: [], pointedOut: [] });
    }
  });

  it('with foreign bank details is refused', async () => {
    for (const sentence of [
      'Pay to DE89 3704 0044 0532 0130 00.',
      'Pay to GB29NWBK60161331926819.',
      'Our account is 60-16-13 31926819.',
      'Account number 3192681.',
      'Pay to 31926819 as agreed.',
      'Use ＤＥ89370400440532013000.',
    ]) {
      expect((await edited(sentence)).refused.join(), sentence).toMatch(/bank details/);
    }
    expect((await edited('Kontonummer 5320130.', 'de')).refused.join()).toMatch(/bank details/);
  });

  it('with a link or an address that is not ours is refused', async () => {
    for (const sentence of ['See https://evil.example/pay.', 'See www.evil.example.', 'See evil.com for it.', 'Pay at bit.ly/x now.']) {
      expect((await edited(sentence)).refused.join(), sentence).toMatch(/link/);
    }
    for (const sentence of ['Write to me@evil.example.', 'Write to me (at) evil.', 'Write to me at evil dot com.']) {
      expect((await edited(sentence)).refused.join(), sentence).toMatch(/e-mail address/);
    }
  });

  it('with characters that cannot be seen, an empty text or a second subject line is refused', async () => {
    expect((await edited('Pay\u200B now.')).refused.join()).toMatch(/cannot be seen/);
    const draft = await made.draftFor(facts());
    expect((await made.checkEdit(facts(), { ...draft, body: ' ' })).refused.join()).toMatch(/empty/);
    expect((await made.checkEdit(facts(), { ...draft, subject: 'a\nBcc: b@c.example' })).refused.join()).toMatch(/single line/);
  });

  it('with other figures, names, threats or concessions is kept and they are pointed out', async () => {
    const points: [sentence: string, point: RegExp][] = [
      ['You still owe £250.00.', /£250\.00/],
      ['You promised it for 12 December.', /12/],
      ['Thistlewick Kettles pays on time.', /Thistlewick Kettles/],
      ['All three items are open.', /number stands in words/],
      ['Otherwise we go to court.', /threaten/],
      ['We can offer a discount.', /offer, cancel/],
      ['My mobile is +44 7700 900123.', /7700/],
    ];
    for (const [sentence, point] of points) {
      const verdict = await edited(sentence);
      expect(verdict.refused, sentence).toEqual([]);
      expect(verdict.pointedOut.join(), sentence).toMatch(point);
    }
  });

  it('that loses what must be said has it pointed out', async () => {
    const draft = await made.draftFor(facts());
    const without = async (part: string) =>
      (await made.checkEdit(facts(), { ...draft, body: draft.body.replaceAll(part, '') })).pointedOut.join();
    expect(await without('2 December 2026')).toMatch(/deadline/);
    expect(await without('Our bank details have not changed;')).toMatch(/fixed line/);
    expect(await without('Dear Imogen Larch,')).toMatch(/greeting/);
    expect(await without('+44 20 7946 0123')).toMatch(/telephone/);
    expect(await without('Invoice UK-24012')).toMatch(/list of invoices/);
  });

  it('cannot borrow bank details or links from the name of the customer', async () => {
    const evil = 'Pay DE89 3704 0044 0532 0130 00 at https://evil.example';
    const sheet = facts({ account: { ...sources().account, name: untrusted(evil) }, contact: { name: untrusted(evil), salutation: null } });
    const draft = await made.draftFor(sheet);
    const verdict = await made.checkEdit(sheet, { ...draft, body: `${draft.body}\n${evil}` });
    expect(verdict.refused.join()).toMatch(/bank details.*link/);
  });
});
