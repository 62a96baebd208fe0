import { expect, test } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { evidencePdf } from '../../src/reporting/evidence-pdf.ts';
import type { EvidenceIndex } from '../../src/trail/evidence.port.ts';
import { pdfPages, pdfText } from '../support/pdf-text.ts';

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const INDEX: EvidenceIndex = {
  seller: 'Northwind Trading Ltd',
  customer: { name: 'Holm & Sons Ltd', number: 'C1', country: 'GB' },
  today: day('2026-11-23'),
  by: 'Ines Duarte',
  asOf: 'Payments known as of 23 November 2026 at 09:00',
  zone: 'Europe/London',
  claims: [],
  agreement: null,
  promises: [],
  disputes: [],
  files: [],
  steps: [],
  without: [],
  withheld: [],
  absent: '',
  head: null,
};
const file = (at: number) => ({ name: `mails/${at}.eml`, what: `Mail ${at}`, sha256: 'a'.repeat(64) });
const step = (at: number) => ({
  ...{ seq: at + 1, when: '20 Nov 2026, 08:15', channel: 'mail', contact: 'Imogen Larch', who: 'Mara Lind' },
  what: `the-step-${at}`,
});

test('wherever the list of files ends, the timeline’s heading stands with its first step', { timeout: 120_000 }, async () => {
  const first = { ...step(0), what: `the-step-0 ${'and what was said '.repeat(20)}` };
  // With five files the first page has room for the heading alone.
  for (const files of [4, 5, 6, 7, 8, 9]) {
    const pages = pdfPages(await evidencePdf({ ...INDEX, files: times(files, file), steps: [first, step(1)] }));
    expect(
      pages.find((page) => page.includes('Everythingonfilethatmaybeshown')),
      `${files} files`,
    ).toContain('the-step-0');
  }
});

test('what was left out is named in words, and what stays in the house by kind and number', async () => {
  const withheld = [{ words: 'Deliberation and decisions', count: 14, first: '2026-11-23T09:00:00Z', last: '2026-12-01T23:30:00Z' }];
  const text = pdfText(await evidencePdf({ ...INDEX, without: ['conversations', 'copies'], withheld }));
  expect(text).toContain('LeftoutCalls,meetings,notesandreplies;copiesofinvoices');
  expect(text).toContain('Deliberationanddecisions1423Nov20261Dec2026');
});

test('a step whose words fill a page is cut, and says where it goes on', async () => {
  const long = { ...step(0), what: 'word '.repeat(2_000) };
  expect(pdfText(await evidencePdf({ ...INDEX, steps: [long] }))).toContain('(goesonintimeline.jsonl)');
});
