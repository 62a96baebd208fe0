import path from 'node:path';
import { expect, it } from 'vitest';
import { renderTemplate } from '../../src/drafting/draft-for.ts';
import { readLetters } from '../../src/drafting/letters.ts';
import { nameIndex } from '../../src/drafting/names.ts';
import { facts } from '../support/fact-sheets.ts';

const letters = readLetters(path.resolve(import.meta.dirname, '../../prompts'));
const letter = (missing: boolean, language = 'en', stage: 'friendly' | 'plain' = 'friendly') => {
  const sheet = facts({ stage, ...(missing ? { missing } : {}), account: { ...facts().account, language } });
  return renderTemplate(sheet, letters, nameIndex([], new Set()), { tone: 'friendly', why: 'no-model' });
};

it.each([
  ['en', 'If anything was missing on an invoice'],
  ['de', 'Falls auf einer Rechnung etwas fehlte'],
  ['fr', 'S’il manquait quelque chose sur une facture'],
  ['es', 'Si faltaba algo en una factura'],
])('a first reminder in %s of an invoice that lacked something asks about it, and passes every check', (language, sentence) => {
  for (const stage of ['friendly', 'plain'] as const) {
    const { body, checks } = letter(true, language, stage);
    expect(body).toContain(sentence);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  }
  expect(letter(false, language).body).not.toContain(sentence);
});
