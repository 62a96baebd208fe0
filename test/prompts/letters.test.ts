import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenRules, renderAll } from '../../scripts/prompts.ts';
import { PromptProblem, readLetters } from '../../src/drafting/letters.ts';
import { LETTER_KINDS } from '../../src/mails/letter-facts.ts';
import { LETTER_LANGUAGES } from '../../src/mails/letter-language.ts';

const prompts = path.resolve(import.meta.dirname, '../../prompts');

describe('every letter', () => {
  const shown = renderAll(readLetters(prompts));

  it('of every stage and language is on the sheet', () => {
    for (const stage of LETTER_KINDS) {
      for (const language of LETTER_LANGUAGES)
        expect(shown.filter(({ text }) => text.stage === stage && text.language === language)).toHaveLength(2);
    }
  });

  it('keeps every rule of wording', () => {
    expect(brokenRules(shown)).toEqual([]);
  });
});

describe('a folder of letters', () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'arrears-letters-'));
    fs.cpSync(prompts, dir, { recursive: true });
  });
  afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

  const change = (file: string, from: string, to: string) => {
    const text = fs.readFileSync(path.join(dir, file), 'utf8');
    expect(text).toContain(from);
    fs.writeFileSync(path.join(dir, file), text.replace(from, to));
  };
  const faults = () => {
    try {
      readLetters(dir);
    } catch (error) {
      expect(error).toBeInstanceOf(PromptProblem);
      return (error as Error).message.split('\n');
    }
    return [];
  };

  it('is read when it is whole', () => {
    expect(faults()).toEqual([]);
  });

  it('is refused for a placeholder that nobody knows', () => {
    change('firm.en.md', '{{ deadline }}', '{{ dedline }}');
    expect(faults()).toEqual(['firm.en.md: {{ dedline }} is not a placeholder', 'firm.en.md: the input deadline is not used']);
  });

  it('is refused for a placeholder that is not among the inputs', () => {
    change('note.de.md', 'vor der Fälligkeit', 'wegen {{ total }}');
    expect(faults()).toEqual(['note.de.md: {{ total }} is not among the inputs']);
  });

  it('is refused for an input that is not used', () => {
    change('note.fr.md', 'inputs: ', 'inputs: total, ');
    expect(faults()).toEqual(['note.fr.md: the input total is not used']);
  });

  it('is refused for logic and filters', () => {
    change('note.es.md', '{{ invoice_table }}', '{% if invoice_table %}{{ invoice_table | upcase }}{% endif %}');
    expect(faults().join()).toMatch(/no filters|tags are not used/);
  });

  it('is refused for front matter that is not right, naming the part', () => {
    change('reminder.en.md', 'tone: formal', 'tone: stern');
    change('reminder.en.md', 'max_words: 130', 'max_words: many');
    const named = faults();
    expect(named.find((line) => line.startsWith('reminder.en.md: tone'))).toBeDefined();
    expect(named.find((line) => line.startsWith('reminder.en.md: max_words'))).toBeDefined();
  });

  it('is refused for a file without front matter, a missing one and one too many, all at once', () => {
    fs.writeFileSync(path.join(dir, 'note.en.md'), 'Dear customer');
    fs.rmSync(path.join(dir, '_bank-only.fr.md'));
    fs.writeFileSync(path.join(dir, 'note.it.md'), 'Gentile cliente');
    expect(faults().map((line) => line.split(':')[0])).toEqual(['note.it.md', 'note.en.md', '_bank-only.fr.md']);
  });

  it('has a hash that follows the letter, its partials and the instructions', () => {
    const before = readLetters(dir);
    change('_bank-only.en.md', 'have not changed', 'are the same');
    const after = readLetters(dir);
    expect(after.hash('note', 'en')).not.toBe(before.hash('note', 'en'));
    expect(after.hash('note', 'de')).toBe(before.hash('note', 'de'));
    change('_instructions.md', 'You write', 'Write');
    expect(readLetters(dir).hash('note', 'de')).not.toBe(before.hash('note', 'de'));
  });
});
