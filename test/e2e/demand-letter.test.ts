import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../../src/operations/ledger-record.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { decoded } from '../support/decoded-mail.ts';
import { type LetterDesk, letterDesk } from '../support/letter-desk.ts';
import { ask, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

let sink: SmtpSink;
let desk: LetterDesk;
let mara: OpenPage;

beforeAll(async () => {
  sink = await smtpSink();
  desk = await letterDesk(
    [
      { number: 'L1', name: 'Grimblethorpe Joinery Ltd' },
      {
        number: 'L2',
        name: 'Tansy Halloway, Upholstery',
        kind: 'sole-trader',
        notice: { method: 'registered-post', address: '7 Weir Lane\nHebden Bridge HX7 8DG' },
      },
      { number: 'L3', name: 'Saltmarrow Lifts Ltd' },
    ],
    { SMTP_URL: sink.url },
  );
  await desk.later();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1500, height: 1500 });
});

afterAll(async () => {
  await mara?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
  await sink?.close();
});

const ANSWERS = {
  'Who sent the invoice, and to whom?': 'Our billing team, to accounts payable by email.',
  'Is the decision-maker known and contacted?': 'Yes, the owner, by telephone.',
  'Was there a first response?': 'Yes, twice: “next week”.',
  'Is there a pattern?': 'Later with each invoice.',
  'Is the company or its industry in trouble?': 'Nothing known; trade press read.',
  'Is there an alternative plan?': 'A plan was offered and declined.',
};

async function fillRequest(page: Page, reason: string, deadline?: string): Promise<void> {
  const form = dialog(page);
  if (deadline) await form.getByLabel('Deadline for payment').fill(deadline);
  for (const [label, answer] of Object.entries(ANSWERS)) await form.getByLabel(label).fill(answer);
  await form.getByLabel('Broken promises').check();
  await form.getByLabel('Why, in your words').fill(reason);
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
}

const work = async (number: string) => (await desk.stores.accounts.load(accountId(number)))!.work;
const letterOf = async (number: string) => {
  const [stored] = await desk.stores.cases.ofAccount(accountId(number), 5);
  return (await desk.stores.drafts.load(stored!.case.about.letter!))!.draft;
};

/** Opens the channel for decisions and the thread of the newest card. */
async function decisions(who: string): Promise<OpenPage> {
  const open = await openPage(desk.url('C0ESCALATE', who), { width: 1500, height: 1500 });
  await open.page
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click();
  return open;
}

it('from the work list to a decision with its letter as picture and text', async () => {
  const { page } = mara;
  await ask(page, '/collections mine');
  expect(await newest(page).innerText()).toContain('Demand letter');
  await newest(page).getByRole('button', { name: 'Demand letter…' }).first().click();
  await dialog(page).getByText('Grimblethorpe Joinery Ltd').waitFor();
  await fillRequest(page, 'Two promises broken, nothing since the final notice.');
  await says(page, 'in the thread of its card');
  await desk.tick();
  const ines = await decisions('U0INES');
  const thread = ines.page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('img', { name: /Page 1 of the letter/ }).waitFor();
  await thread.getByText('We are writing formally about the balance of £1,000.00').waitFor();
  await screenshot(ines.page, 'demand-letter');
  await ines.close();
});
