import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

// Both had a final notice about their first invoice. The second one of B1 fell due six years and a day ago, that of B2 three weeks ago.
let desk: LetterDesk;
let ines: OpenPage;

beforeAll(async () => {
  desk = await letterDesk([
    { number: 'B1', name: 'Grimblethorpe Joinery Ltd', also: '2020-11-22', law: 'other' },
    { number: 'B2', name: 'Saltmarrow Lifts Ltd', also: '2026-11-02' },
    { number: 'B3', name: 'Tansy Halloway', kind: 'unknown' },
    { number: 'B4', name: 'Rookery Fans Ltd', law: null },
  ]);
  await desk.later();
  ines = await openPage(desk.url('C0COLLECT', 'U0INES'), { width: 1400, height: 1400 });
});
afterAll(async () => {
  await ines?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

const ANSWERS = [
  'Who sent the invoice, and to whom?',
  'Is the decision-maker known and contacted?',
  'Was there a first response?',
  'Is there a pattern?',
  'Is the company or its industry in trouble?',
  'Is there an alternative plan?',
];

async function fromCard(number: string, entry: string): Promise<void> {
  await ask(ines.page, `/account ${number}`);
  await newest(ines.page).getByRole('button', { name: /More…/ }).click();
  await ines.page.getByRole('option', { name: entry }).click();
}

async function record(invoice: RegExp, on: string, source: string): Promise<void> {
  const { page } = ines;
  await choose(page, 'Invoices', invoice);
  await dialog(page).getByLabel('Date, or day on which it happened').fill(on);
  await fillIn(page, { 'What it rests on': source }, 'Record');
  await says(page, /Recorded, with its evidence/);
}

async function askForLetter(): Promise<void> {
  const form = dialog(ines.page);
  for (const label of ANSWERS) await form.getByLabel(label).fill('Yes.');
  await form.getByLabel('No response').check();
  await form.getByLabel('Why, in your words').fill('Nothing since the final notice.');
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
  await says(ines.page, 'in the thread of its card');
  await desk.tick();
}

const letterOf = async (number: string) => {
  const [stored] = await desk.stores.cases.ofAccount(accountId(number), 1);
  return (await desk.stores.drafts.load(stored!.case.about.letter!))!.draft;
};

it('a formal step that lacks the kind of customer or the law offers the form for it', async () => {
  await fromCard('B3', 'Demand letter…');
  await newest(ines.page).getByRole('button', { name: 'Kind of customer…' }).waitFor();
  await fromCard('B4', 'Demand letter…');
  await newest(ines.page).getByRole('button', { name: 'Agreement…' }).waitFor();
});

it('under a law that is not listed the step asks for the date, and the manager records it from there', async () => {
  const { page } = ines;
  await fromCard('B1', 'Demand letter…');
  await says(page, /no limitation period is listed here/);
  await press(page, 'Limitation date…');
  await dialog(page).getByText('record the date with its source').waitFor();
  await record(/I-B1 ·/, '2027-01-31', 'Pemberton & Lisle, letter of 3 November');
  expect(await newest(page).innerText()).toContain('I-B1 until 31 Jan 2027 (Pemberton & Lisle, letter of 3 November). Ask counsel');
});

it('an invoice whose period has ended is left out: the form, the card of the decision and the letter say so', async () => {
  const { page } = ines;
  await fromCard('B1', 'Limitation date…');
  await record(/I-B1-2/, '2026-11-22', 'Pemberton & Lisle, letter of 3 November');
  await newest(page).scrollIntoViewIfNeeded();
  expect(await newest(page).innerText()).toContain('I-B1-2 ended on 22 Nov 2026');
  await screenshot(page, 'limitation');
  await fromCard('B1', 'Demand letter…');
  await dialog(page).getByText('Left out, time-barred').waitFor();
  await askForLetter();
  const card = await openPage(desk.url('C0ESCALATE', 'U0PAUL'), { width: 1500, height: 1500 });
  await card.page.getByText('Left out: past the limitation period').waitFor();
  await card.page.getByText('I-B1-2, ended on 22 Nov 2026').waitFor();
  await screenshot(card.page, 'left-out');
  await card.close();
  const { content } = await letterOf('B1');
  expect(content.invoices.map(({ number }) => number)).toEqual(['I-B1']);
  // Nobody tells a customer which of their debts cannot be sued for any more.
  expect(content.body).not.toMatch(/I-B1-2|limitation/);
});

it('what had no notice yet is shown as open beside the demand, and is no part of it', async () => {
  await fromCard('B2', 'Demand letter…');
  await dialog(ines.page).getByText('£1,000.00 on 1 overdue invoice').waitFor();
  await askForLetter();
  const letter = await letterOf('B2');
  // The only total is the demand's own: “the full amount” must not be read as everything that is listed.
  expect(letter.content.body.match(/Total[^\n]*/g)).toEqual(['Total: £1,000.00']);
  expect(letter.content.body).toMatch(/Also open, not part of this demand:\n {2}I-B2-2, due 2 November 2026: £1,000.00/);
  const [picture] = letter.letter!.pictures;
  const bytes = await desk.stores.kept.read(`mail:${picture}`, Temporal.Now.instant());
  const paper = await openPage('about:blank', { width: 900, height: 1273 });
  await paper.page.setContent(
    `<body style="margin:0"><img width="900" src="data:image/png;base64,${Buffer.from(bytes!).toString('base64')}"></body>`,
  );
  await paper.page.getByRole('img').waitFor();
  await screenshot(paper.page, 'letter-also-open');
  await paper.close();
});
