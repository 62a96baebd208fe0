import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type Customer, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { openReview, pressIn, shows, submitTop, top, wordsOf } from '../support/review-modal.ts';

// 23 November 2026 is a Monday, 9:00. A hundred customers are owed one invoice each, 13 days late; ten more have something that must not go unread:
// five have just paid a part, and of five the ledger names a language that we do not write.

const after = { key: 'note', offset: -3 };
const customer = (number: string, more: Partial<Customer> = {}): Customer => ({
  number,
  name: `Customer ${number} Ltd`,
  due: '2026-11-10',
  after,
  ...more,
});
const PAID = Array.from({ length: 5 }, (_, n) => `PAID${n}`);
const WORDS = Array.from({ length: 5 }, (_, n) => `WORDS${n}`);
let desk: ReviewDesk;
let mara: PersonOnPage;
beforeAll(async () => {
  desk = await reviewDesk([
    ...Array.from({ length: 100 }, (_, n) => customer(`N${n}`)),
    ...PAID.map((number) => customer(number)),
    ...WORDS.map((number) => customer(number, { language: 'xx' })),
  ]);
  for (const number of PAID) await desk.pay(number, 30_000, '2026-11-20');
  await desk.later();
  mara = await desk.person('U0MARA');
}, 240_000);
afterAll(() => desk?.stop());

/** As fast as somebody reads on a screen; a line of a list is looked at for as long as a thought takes (Card, Moran and Newell: 1.35 s). */
const WORDS_A_MINUTE = 250;
const SECONDS_A_LINE = 1.35;
const count = (text: string) => text.split(/\s+/).filter(Boolean).length;

/** What stands around the boxes, and how many boxes there are. */
function reading(): { words: number; lines: number } {
  const blocks = top(mara)!.blocks as { element?: { options?: unknown[] } }[];
  const lines = blocks.reduce((sum, { element }) => sum + (element?.options?.length ?? 0), 0);
  return { words: count(wordsOf({ blocks: blocks.filter(({ element }) => !element) })), lines };
}

test('a hundred unremarkable reminders take at most 25 clicks and five minutes of reading; what is unusual is in none of the lists', {
  timeout: 240_000,
}, async () => {
  let [clicks, words, lines] = [0, 0, 0];
  const click = async (label: string) => {
    clicks += 1;
    await pressIn(mara, label);
  };
  await openReview(mara);
  clicks += 1;
  await click('Review as list');
  let page = wordsOf(await shows(mara, 'Routine emails'));
  await click('Read the letter');
  words += count(wordsOf(await shows(mara, 'The letter')));
  clicks += 1;
  await mara.act({ do: 'close', view: top(mara)!.id });
  await shows(mara, 'Routine emails');
  for (let pages = 0; page.includes('Approve ticked, next'); pages += 1) {
    expect(pages).toBeLessThan(10);
    for (const number of [...PAID, ...WORDS]) expect(page).not.toContain(`Customer ${number} Ltd`);
    const read = reading();
    words += read.words;
    lines += read.lines;
    await pause(3_100);
    clicks += 1;
    await submitTop(mara);
    page = wordsOf(await shows(mara, /\d+ approved/));
  }
  const open = await desk.stores.drafts.open();
  const approved = open.filter(({ draft }) => draft.state === 'approved');
  const minutes = words / WORDS_A_MINUTE + (lines * SECONDS_A_LINE) / 60;
  // Of each that is left the strip is read that says who, how much and why.
  const flagged = (10 * count(page.slice(0, page.indexOf('*Subject:*')))) / WORDS_A_MINUTE;
  console.log(JSON.stringify({ approved: approved.length, clicks, minutes, words, lines, flagged }));
  expect(approved).toHaveLength(100);
  expect(clicks).toBeLessThanOrEqual(25);
  expect(minutes).toBeLessThanOrEqual(5);
  expect(flagged).toBeLessThanOrEqual(5);
  // What is left is read by itself, with why.
  expect(page).toMatch(/Check \d things?|is no language we know/);
  const waiting = open.filter(({ draft }) => draft.state === 'waiting').map(({ draft }) => draft.content.invoices[0]!.number);
  expect(waiting.sort()).toEqual([...PAID, ...WORDS].map((number) => `I-${number}`).sort());
});
