import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { said } from '../support/ask.ts';
import { press } from '../support/press.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, openReview, shows, wordsOf } from '../support/review-modal.ts';

// 23 November 2026 is a Monday, 9:00. Mara collects; Ines and Sara manage, Paul leads finance: each of them may approve.

let desk: ReviewDesk;
let people: Readonly<Record<'mara' | 'ines' | 'sara' | 'paul', PersonOnPage>>;
beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'KES', name: 'Kestrel Foundry Ltd', due: '2026-10-01', after: { key: 'manager-call', offset: 40 } },
    { number: 'PAP', name: 'Papier Mill Ltd', due: '2026-10-08', after: { key: 'second-contact', offset: 30 } },
  ]);
  const [mara, ines, sara, paul] = await Promise.all(['U0MARA', 'U0INES', 'U0SARA', 'U0PAUL'].map((user) => desk.person(user)));
  people = { mara: mara!, ines: ines!, sara: sara!, paul: paul! };
  await desk.later();
}, 120_000);
afterAll(() => desk?.stop());

const hears = (person: PersonOnPage, words: string) => person.message((message) => said(message).includes(words));

test('a call that only a manager may make is told to the managers, not to the collector who cannot make it', async () => {
  for (const manager of [people.ines, people.sara])
    expect(said(await hears(manager, 'Call only a manager may make'))).toContain('Papier Mill Ltd');
  expect(people.mara.shown.filter((message) => said(message).includes('only a manager may make'))).toEqual([]);
});

test('the first approval of a final notice names who was asked, and each of them hears of it at once, with the way to the mail', async () => {
  expect(wordsOf(await openReview(people.mara))).toContain('Kestrel');
  const done = wordsOf(await approve(people.mara));
  expect(done).toContain('A final notice needs a second person.');
  expect(done).toContain('<@U0INES>');
  await desk.later();
  for (const person of [people.ines, people.sara, people.paul]) {
    const told = said(await hears(person, 'Second approval: Final notice to Kestrel Foundry Ltd'));
    expect(told).toContain('£1,000.00 · approved by <@U0MARA>');
  }
  expect(people.mara.shown.filter((message) => said(message).includes('Second approval'))).toEqual([]);
});

test('whoever is asked opens the mail from the message and approves it', async () => {
  await press(people.paul, 'Review');
  await shows(people.paul, 'Approved by <@U0MARA>');
  expect(wordsOf(await approve(people.paul))).toContain('Approved: *Final notice* to *Kestrel Foundry Ltd*');
  expect((await desk.stores.drafts.open()).find(({ draft }) => draft.secondPerson)?.draft.approvals.map(({ by }) => by)).toEqual([
    'U0MARA',
    'U0PAUL',
  ]);
});
