import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { openDraftOf, pressIn, shows, wordsOf } from '../support/review-modal.ts';

let desk: ReviewDesk;
let mara: PersonOnPage;
beforeAll(async () => {
  const after = { key: 'note', offset: -3 };
  desk = await reviewDesk([
    { number: 'EVEN', name: 'Even Ltd', due: '2026-11-10', after },
    { number: 'ODD', name: 'Odd Ltd', due: '2026-11-10', after },
    { number: 'PAID', name: 'Paid Ltd', due: '2026-11-10', after },
  ]);
  await desk.pay('PAID', 30_000, '2026-11-20');
  await desk.later();
  mara = await desk.person('U0MARA');
}, 120_000);
afterAll(() => desk?.stop());

test('the card says what to look at before the words of the email', async () => {
  expect(wordsOf(await openDraftOf(mara, 'Even Ltd'))).toContain('*Check 1 thing*\n• First email to this customer.');
  expect(wordsOf(await openDraftOf(mara, 'Paid Ltd'))).toContain(
    '*Check 2 things*\n• First email to this customer.\n• Payment of £300.00 received on 20 Nov 2026.',
  );
});

test('an email with something to look at is in no list that is approved at once', async () => {
  await pressIn(mara, 'Review as list');
  const form = wordsOf(await shows(mara, 'Routine emails'));
  expect(form).toContain('Even Ltd');
  expect(form).toContain('Odd Ltd');
  expect(form).not.toContain('Paid Ltd');
  expect(form).toContain('The same letter for all 2 of 3. Nothing unusual.');
});
