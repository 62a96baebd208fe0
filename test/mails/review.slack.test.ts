import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, openDraftOf, openReview, pressIn, shows, submitTop, top, wordsOf } from '../support/review-modal.ts';

// 23 November 2026 is a Monday, 9:00. Mara and Tom collect; Ines and Sara manage.

const after = { key: 'note', offset: -3 };
const LONG = `${'Società per Azioni Molto Lunga '.repeat(6)}S.p.A.`.slice(0, 200);
const RTL = 'شركة النخيل للتجارة المحدودة';
let desk: ReviewDesk;
let mara: PersonOnPage;
let tom: PersonOnPage;
beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'ONE', name: 'One Ltd', due: '2026-11-10', after },
    { number: 'TWO', name: 'Two Ltd', due: '2026-11-10', after },
    { number: 'PAYS', name: 'Pays Ltd', due: '2026-11-10', after },
    { number: 'LONG', name: LONG, due: '2026-11-10', after },
    { number: 'RTL', name: RTL, due: '2026-11-10', after },
    { number: 'GONE', name: 'Gone Ltd', due: '2026-11-10', after },
  ]);
  await desk.later();
  [mara, tom] = await Promise.all([desk.person('U0MARA'), desk.person('U0TOM')]);
}, 120_000);
afterAll(() => desk?.stop());

const draftTo = async (number: string) =>
  (await desk.stores.drafts.open()).find(({ draft }) => draft.content.subject.includes(`I-${number}`))!.draft;

test('who, how much and what is unusual stand first and again behind the words; the button approves and says what it approved', async () => {
  const said = wordsOf(await openDraftOf(mara, 'One Ltd'));
  const [head, end] = [said.indexOf('*Asks for £1,000.00*'), said.lastIndexOf('*£1,000.00*')];
  const words = said.indexOf('Dear ');
  expect(head).toBeGreaterThan(0);
  expect(head).toBeLessThan(words);
  expect(end).toBeGreaterThan(words);
  expect(said).toContain('*To:* Imogen Larch, ap@one.example');
  expect(said.match(/First email to this customer\./g)).toHaveLength(2);
  expect(said).toContain('oldest 13 days overdue');
  const next = wordsOf(await approve(mara));
  expect(next).toMatch(/Approved: \*Friendly reminder\* to \*One Ltd\*, £1,000\.00\. Not sent: no mail server is connected\./);
  expect(next).not.toContain('to One Ltd*');
  expect(await draftTo('ONE')).toMatchObject({ state: 'approved', approvals: [{ by: 'U0MARA' }] });
});

test('a press that comes at once approves nothing', async () => {
  const before = (await desk.stores.drafts.open()).filter(({ draft }) => draft.state === 'approved').length;
  await openReview(mara);
  await submitTop(mara);
  await shows(mara, 'only just appeared');
  expect((await desk.stores.drafts.open()).filter(({ draft }) => draft.state === 'approved')).toHaveLength(before);
});

test('an approval can be taken back in place, and the email is shown again', async () => {
  await openDraftOf(mara, 'Two Ltd');
  await approve(mara);
  expect((await draftTo('TWO')).state).toBe('approved');
  await pressIn(mara, 'Undo');
  const said = wordsOf(await shows(mara, 'Taken back. Nothing was sent.'));
  expect(said).toContain('Friendly reminder to Two Ltd');
  expect(await draftTo('TWO')).toMatchObject({ state: 'waiting', approvals: [] });
});

test('a payment that comes while somebody reads is noticed at the press: nothing is approved, and it says why', async () => {
  await openDraftOf(mara, 'Pays Ltd');
  await desk.pay('PAYS', 30_000);
  const said = wordsOf(await approve(mara));
  expect(said).toContain('Not approved. It changed while you were reading: The balance of invoice I-PAYS has changed.');
  expect(said).toContain('*Asks for £700.00*');
  expect(await draftTo('PAYS')).toMatchObject({ state: 'waiting', approvals: [] });
});

test('of two people over one email the second is told that it has been decided', async () => {
  const { id } = await draftTo('TWO');
  await openDraftOf(mara, 'Two Ltd');
  const stale = top(mara)!;
  await approve(mara);
  expect((await desk.stores.drafts.load(id))?.draft.approvals).toHaveLength(1);
  // The same form once more, as a window left open would send it.
  const again = await mara.submit(stale.id, {});
  expect(again.ok).toBe(true);
  expect((await desk.stores.drafts.load(id))?.draft.approvals).toHaveLength(1);
});

test('names of 200 signs and names written from right to left keep their place', async () => {
  const long = wordsOf(await openDraftOf(mara, LONG.slice(0, 40)));
  expect(long).toContain('…');
  expect(long).toContain('*Asks for £1,000.00*');
  const rtl = wordsOf(await openDraftOf(mara, `\u2068${RTL}\u2069`));
  expect(rtl).toContain(`\u2068${RTL}\u2069* · Friendly reminder · *£1,000.00*`);
});

test('an empty queue says so', async () => {
  const said = wordsOf(await openReview(tom));
  expect(said).toContain('No emails to review.');
});
