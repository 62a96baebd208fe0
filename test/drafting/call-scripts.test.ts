import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { CallScriptFacts } from '../../src/account/call-script.ts';
import { readCallScripts } from '../../src/drafting/call-scripts.ts';
import { day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { tempFolder } from '../support/temp-folder.ts';

const prompts = path.resolve(import.meta.dirname, '../../prompts');

function facts(more: Partial<CallScriptFacts> = {}): CallScriptFacts {
  return {
    byManager: false,
    language: 'en',
    country: 'GB',
    caller: 'Mara Lind',
    seller: 'Northwind Trading Ltd',
    invoices: [untrusted('UK-1')],
    totals: [{ amount: 123_450, currency: 'GBP' }],
    oldestDays: 17,
    brokenPromise: null,
    lastContact: null,
    ...more,
  };
}

let scripts: ReturnType<typeof readCallScripts>;
beforeAll(() => {
  scripts = readCallScripts(prompts);
});
const said = (more: Partial<CallScriptFacts> = {}) => scripts(facts(more)).map(({ says }) => says);

it('says who calls, what is open and since when, and asks for a day', () => {
  expect(said()).toContain('I am calling about invoice UK-1: £1,234.50, 17 days overdue.');
  expect(said().some((line) => line.includes('{{'))).toBe(false);
  expect(scripts(facts()).every(({ customers }) => customers === null)).toBe(true);
});

it('gives each sentence in the customer’s language as well, with its own way of writing amounts', () => {
  const german = scripts(facts({ language: 'de-DE', country: 'DE', totals: [{ amount: 123_450, currency: 'EUR' }] }));
  expect(german.map(({ customers }) => customers).join('\n')).toMatch(/Es geht um die Rechnung UK-1: 1\.234,50\s€, 17 Tage überfällig\./);
  for (const language of ['fr', 'es']) expect(scripts(facts({ language })).every(({ customers }) => customers)).toBe(true);
  // A language without letters: the team's own.
  expect(scripts(facts({ language: 'nl' })).every(({ customers }) => customers === null)).toBe(true);
});

it('names a broken promise before the last contact, and neither where there is none', () => {
  const brokenPromise = { promised: { amount: 50_000, currency: 'GBP' }, by: day('2026-11-13') };
  const lastContact = { how: 'spoke', on: day('2026-11-16') } as const;
  expect(said({ brokenPromise, lastContact })).toContain('We have not received the £500.00 you promised for 13 November 2026.');
  expect(said({ lastContact })).toContain('We last spoke about this on 16 November 2026.');
  expect(said()).toHaveLength(said({ lastContact }).length - 1);
});

it('has other words for a manager', () => {
  expect(said({ byManager: true })[0]).toContain('the person who decides on payments');
});

it('an invoice number that reads like a link is not spoken', () => {
  expect(said({ invoices: [untrusted('http://x.example'), untrusted('UK-2')] }).join('\n')).not.toContain('http');
});

it('every fault of a file is named', async () => {
  const stops: (() => unknown)[] = [];
  const dir = await tempFolder(stops);
  try {
    fs.cpSync(prompts, dir, { recursive: true });
    const wrong = fs.readFileSync(path.join(prompts, 'call.de.md'), 'utf8').replace('{{ total }}', '100 Euro');
    fs.writeFileSync(path.join(dir, 'call.de.md'), wrong);
    const faults = /call\.de\.md: the input total is not used\ncall\.de\.md: figures are placeholders/;
    expect(() => readCallScripts(dir)).toThrow(faults);
    fs.writeFileSync(
      path.join(dir, 'call.de.md'),
      fs
        .readFileSync(path.join(prompts, 'call.de.md'), 'utf8')
        .trimEnd()
        .replace(/\n\n[^\n]+$/, ''),
    );
    expect(() => readCallScripts(dir)).toThrow('call: its languages have 6, 5, 6, 6 lines');
  } finally {
    for (const stop of stops) await stop();
  }
});
