import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, fillIn, newest, openDraft, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// Plans that do not sum, instalments on days off and a settlement paid late are in plan.test.ts, unknown laws in interest.test.ts, an export edited
// by hand in trail-export.test.ts.

/** Six days late on the Monday: the friendly reminder is due and drafted. */
const DUE = '2026-11-17';
const GIGABYTE = 1_000_000_000;
let dir = '';
let desk: ReviewDesk;
let mara: OpenPage;

beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-bad-input-'));
  await fs.mkdir(path.join(dir, 'invoices'));
  const huge = await fs.open(path.join(dir, 'invoices', 'I-HUGE.pdf'), 'w');
  await huge.write('%PDF-1.4\n');
  // Of that length and without the bytes: the disk holds a few of them.
  await huge.truncate(GIGABYTE);
  await huge.close();
  desk = await reviewDesk(
    [
      { number: 'NOTE', name: 'Grimblethorpe Joinery Ltd', due: DUE },
      { number: 'PAID', name: 'Larkspire Bakeries Ltd', due: DUE },
      { number: 'HUGE', name: 'Saltmarrow Lifts Ltd', due: DUE, copy: 'I-HUGE.pdf' },
    ],
    { DATA_DIR: dir },
  );
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1200 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
  await fs.rm(dir, { recursive: true, force: true });
});

const workOf = async (number: string) => {
  const account = (await desk.stores.ledger.accounts()).find((each) => each.number === number)!;
  return (await desk.stores.accounts.load(account.id))!.work;
};

it('a promise covered by a credit note ends as neither kept nor broken, and the file says so', async () => {
  const { page } = mara;
  await ask(page, '/account NOTE');
  await press(page, 'Promise…');
  await choose(page, 'Invoices', /I-NOTE/);
  await fillIn(page, { 'They pay on': '2026-11-30', 'Who said it': 'Imogen Larch' }, 'Record');
  await says(page, 'Promise recorded. Only what was promised rests.');
  await desk.credit('NOTE', 100_000);
  await desk.later();
  await expect.poll(async () => (await workOf('NOTE')).promises, { timeout: 10_000 }).toEqual([]);
  expect(await ask(page, '/account NOTE')).toContain(
    'promise of £1,000.00 covered by a credit note, so that it counts as neither kept nor broken',
  );
  const report = await ask(page, '/collections promises');
  expect(report).toContain('No promise has ended in the last year.');
  expect(report).toContain('Nothing is promised at the moment.');
});

it('a dispute on an invoice that was paid while the form was open is refused in it; then the button says what to do instead', async () => {
  const { page } = mara;
  await ask(page, '/account PAID');
  await press(page, 'Dispute…');
  await choose(page, 'Invoice', /I-PAID/);
  await choose(page, 'Reason', 'Quality or damage');
  await desk.pay('PAID', 100_000);
  await fillIn(page, { 'Disputed amount': '400', 'What the customer says': 'Two crates were damaged' }, 'Record');
  await dialog(page)
    .getByText('An invoice you chose was paid, credited or cancelled since this form was opened. Nothing was recorded.')
    .waitFor();
  await screenshot(page, 'refused');
  await dialog(page).getByRole('button', { name: 'Cancel', exact: true }).click();
  expect((await workOf('PAID')).disputes).toEqual([]);
  await ask(page, '/account PAID');
  await press(page, 'Dispute…');
  await says(page, /Nothing was recorded\. What they say about a paid invoice goes on file with Note…/);
});

it('a copy of 1 GB stays away from the mail, which says so and what to do; nothing of it was read', async () => {
  const { page } = mara;
  await openDraft(page, 'Saltmarrow');
  const card = await newest(page).innerText();
  expect(card).toContain('The copy of invoice I-HUGE is not attached: with I-HUGE.pdf the copies would have more than 10 MB.');
  expect(card).toContain('The mail stands without it: send the copy another way, or put a smaller PDF in its place for the next mail.');
});
