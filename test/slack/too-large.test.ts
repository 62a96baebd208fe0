import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, said } from '../support/ask.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { openReview, wordsOf } from '../support/review-modal.ts';

// Two rows of £80,000,000,000,000.00 each: one can be kept exactly, their sum cannot. Monday 23 November 2026.

const HUGE = 8_000_000_000_000_000;
const after = { key: 'note', offset: -3 };
let desk: ReviewDesk;
let mara: PersonOnPage;

beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'HUGE', name: 'Overflow Ltd', due: '2026-11-10', also: '2026-11-09', total: HUGE, after },
    { number: 'SMALL', name: 'Quay Ltd', due: '2026-11-10', after },
  ]);
  await desk.later();
  mara = await desk.person('U0MARA');
}, 60_000);
afterAll(async () => {
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

const TOO_LARGE = 'GBP (too large to add up)';

it('the digest is posted, says which sum is too large, and names whose rows make it so', async () => {
  const [digest] = (await mara.messages('C0COLLECT')).map(said).filter((each) => each.includes('Overdue digest'));
  expect(digest).toContain(TOO_LARGE);
  expect(digest).toContain('The amounts in GBP are too large to add up. The largest is *Overflow Ltd*');
});

it('lists, cards and reasons go on; the card names the invoice', async () => {
  const overdue = said(await ask(mara, 'C0COLLECT', '/overdue'));
  expect(overdue).toContain('*Quay Ltd*  £1,000.00');
  expect(overdue).toContain('The amounts in GBP are too large to add up.');
  const mine = said(await ask(mara, 'C0COLLECT', '/collections mine'));
  expect(mine).toContain('Quay Ltd');
  expect(mine).toContain('too large to add up');
  const card = said(await ask(mara, 'C0COLLECT', '/account HUGE'));
  expect(card).toContain('the largest invoice is I-HUGE-2 with £80,000,000,000,000.00. Check it in your accounting system');
  expect(said(await ask(mara, 'C0COLLECT', '/collections why HUGE'))).toContain('Overflow Ltd');
  expect(said(await ask(mara, 'C0COLLECT', '/collections why SMALL'))).toContain('£1,000.00');
  expect(said(await ask(mara, 'C0COLLECT', '/collections simulate 5'))).toContain('Quay Ltd');
});

it('the others’ emails are drafted, and the reviewer is told why this one is not', async () => {
  const review = wordsOf(await openReview(mara));
  expect(review).toContain('Friendly reminder to Quay Ltd');
  expect(review).toContain('its amounts are too large to add up');
});
