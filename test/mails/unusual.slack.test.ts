import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { said } from '../support/ask.ts';
import { press } from '../support/press.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

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
  const seen = new Map<string, string>();
  await mara.command('C0COLLECT', '/collections review');
  for (let n = 0; n < 3; n += 1) {
    const card = said(
      await mara.message((message) => ['Even', 'Odd', 'Paid'].some((name) => said(message).includes(`${name} Ltd`) && !seen.has(name))),
    );
    const name = ['Even', 'Odd', 'Paid'].find((each) => card.includes(`${each} Ltd`))!;
    seen.set(name, card);
    if (n < 2) await press(mara, 'Next');
  }
  expect(seen.get('Even')).toContain('*Check 1 thing*\n• First email to this customer.');
  expect(seen.get('Paid')).toContain('*Check 2 things*\n• First email to this customer.\n• Payment of £300.00 received on 20 Nov 2026.');
});

test('an email with something to look at is in no list that is approved at once', async () => {
  await press(mara, 'Approve first reminders as a list…');
  const form = JSON.stringify(await mara.modal(1));
  expect(form).toContain('Even Ltd');
  expect(form).toContain('Odd Ltd');
  expect(form).not.toContain('Paid Ltd');
  expect(form).toContain('Approve 2');
});
