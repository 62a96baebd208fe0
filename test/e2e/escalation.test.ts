import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountRequest } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import { changePolicies } from '../../src/follow-up/change-policies.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage, turnTo } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

const TERMS: AgreementTerms = {
  ...{ law: 'UK', terms: 30, notice: { method: 'email', address: 'board@place.example' }, feeClause: null, interestRate: null },
  ...{ acceleration: false, disputeClause: '', insuranceDeadline: null, document: null },
};
const DEMAND = {
  ...{ letter: 'D1', entity: 'NWUK', invoices: ['I-PLACE'], deadline: day('2026-11-13'), sentOn: day('2026-10-26') },
  ...{ by: 'post' as const, firm: '' },
};

let desk: ReviewDesk;
const pages: Record<string, OpenPage> = {};
beforeAll(async () => {
  desk = await reviewDesk([
    { number: 'GONE', name: 'Tallow Wharf Ltd', due: '2026-10-20' },
    { number: 'PLACE', name: 'Quarry Lane Joinery Ltd', due: '2026-10-20' },
    { number: 'TALK', name: 'Old Dock Hotel Ltd', due: '2026-10-20' },
  ]);
  const { stores } = desk;
  const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
  const steps: readonly AccountRequest[] = [
    { do: 'set-agreement', seen: 0, terms: TERMS },
    { do: 'set-kind', kind: 'company' },
    { do: 'serve-demand', demand: DEMAND, sha256: 'a'.repeat(64), tracking: '' },
  ];
  for (const step of steps)
    expect((await changeAccount({ ...stores, clock }, accountId('PLACE'), step, 'U0INES', `set:${step.do}`)).done).toBe(true);
  const { rules } = await stores.policies.read();
  const limit = { do: 'set-rules', rules: { ...rules, approvalAbove: { GBP: 99_99 } } } as const;
  expect((await changePolicies({ ...stores, clock }, limit, 'U0INES', 'limit')).done).toBe(true);
  const { version: _, ...settings } = await stores.settings.read();
  await stores.settings.save(await stores.settings.read(), { ...settings, escalationsChannel: 'C0ESCALATE' }, [], 'test');
  await desk.tick();
  for (const user of ['U0MARA', 'U0INES', 'U0PAUL', 'U0TOM']) {
    pages[user] = await openPage(desk.url('C0COLLECT', user), { width: 1280, height: 1100 });
    await pages[user].page.getByLabel(/^Message #/).waitFor();
  }
});
afterAll(async () => {
  for (const each of Object.values(pages)) await each.close();
  expect(desk.log).toEqual([]);
  await desk?.stop();
});

const pageOf = (user: string): Page => pages[user]!.page;
const submit = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
const go = async (user: string, channel: string) => {
  await turnTo(pageOf(user), desk.url(channel, user));
  await pageOf(user)
    .getByLabel(/^Message #/)
    .waitFor();
};
const direct = (page: Page) =>
  page.getByRole('navigation', { name: 'Workspace' }).locator('button[data-place^=D]', { hasText: 'Arrears' }).click();

/** Opens a form from the menu of an account's card. */
async function more(page: Page, account: string, entry: string): Promise<void> {
  await ask(page, `/account ${account}`);
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: entry }).click();
  await dialog(page).waitFor();
}

/** The newest card in the channel for decisions. */
async function decide(user: string, button: string): Promise<void> {
  await go(user, 'C0ESCALATE');
  await pageOf(user).getByRole('button', { name: button }).last().click();
}

describe('a write-off', () => {
  it('over 1,000.00 needs two people; the card says what is given up and why', async () => {
    const mara = pageOf('U0MARA');
    await more(mara, 'GONE', 'Write off…');
    await choose(mara, 'Invoices', /I-GONE/);
    await choose(mara, 'Reason', /Untraceable/);
    await dialog(mara).getByLabel('Why, in your words').fill('Mail bounces, the telephone is dead, Companies House shows nobody.');
    await submit(mara, 'Ask');
    await says(mara, /It is decided in/);
    await desk.tick();
    await decide('U0INES', 'Approve');
    await pageOf('U0INES').getByText('Approved so far').last().waitFor();
    await screenshot(pageOf('U0INES'), 'write-off');
    await decide('U0PAUL', 'Approve');
    await pageOf('U0PAUL').getByText('Approved and carried out').last().waitFor();
    expect(await ask(mara, '/account GONE')).toContain('Written off £1,000.00 on I-GONE');
    expect(await ask(mara, '/collections postings')).toContain('To be written off £1,000.00 on I-GONE');
    expect(await ask(mara, '/collections why GONE')).toContain('The overdue amount was written off.');
  });

  it('is told once when money comes in after all, and taken back by a button', async () => {
    const mara = pageOf('U0MARA');
    await desk.morning('2026-11-24T09:00:00Z');
    await desk.pay('GONE', 30_000);
    await desk.morning('2026-11-25T09:00:00Z');
    await desk.tick();
    await direct(mara);
    await mara.getByText('£300.00 has come in on I-GONE, which had been written off.').first().waitFor();
    await mara.getByRole('button', { name: 'Reverse…' }).last().click();
    await mara.getByRole('button', { name: 'Reverse', exact: true }).click();
    await mara.getByText('Taken back by what came in.').first().waitFor();
    await go('U0MARA', 'C0COLLECT');
    expect(await ask(mara, '/collections postings')).toContain('To be written off £700.00 on I-GONE');
  });
});

describe('a placement', () => {
  it('names an agency of the list, says what it costs and brings, and asks the six questions', async () => {
    const ines = pageOf('U0INES');
    await go('U0INES', 'C0COLLECT');
    await ask(ines, '/collections agencies');
    await press(ines, 'Add…');
    await dialog(ines).getByLabel('Name').fill('Swift Collections Ltd');
    await dialog(ines).getByLabel('Licence or registration').fill('FCA 123456');
    await dialog(ines).getByLabel('Holds through').fill('2027-06-30');
    await dialog(ines).getByLabel('Countries').fill('GB, IE');
    await dialog(ines).getByLabel('Fee in percent').fill('18');
    await submit(ines, 'Save');
    await says(ines, /Swift Collections Ltd/);
    expect(await newest(ines).innerText()).toContain('Nothing placed yet.');
    await screenshot(ines, 'agencies');
    await place();
  });

  it('is rejected by one, with the reason, and nothing has changed', async () => {
    await desk.tick();
    await go('U0PAUL', 'C0ESCALATE');
    await pageOf('U0PAUL').getByText('Swift Collections Ltd, licence FCA 123456').last().waitFor();
    await screenshot(pageOf('U0PAUL'), 'placement');
    await decide('U0PAUL', 'Reject…');
    await dialog(pageOf('U0PAUL')).getByLabel('Why').fill('Sales meets them on Friday.');
    await submit(pageOf('U0PAUL'), 'Reject');
    await pageOf('U0PAUL').getByText('Sales meets them on Friday.').last().waitFor();
    expect(await ask(pageOf('U0MARA'), '/account PLACE')).not.toContain('With the agency');
  });

  it('that is approved rests our own follow-up; money and fee are recorded, and a recall lets it go on', async () => {
    const mara = pageOf('U0MARA');
    await place();
    await desk.tick();
    await decide('U0INES', 'Approve');
    // The write-off's card says so, too.
    await expect.poll(() => pageOf('U0INES').getByText('Approved so far').count(), { timeout: 10_000 }).toBe(2);
    await decide('U0PAUL', 'Approve');
    await expect.poll(() => pageOf('U0PAUL').getByText('Approved and carried out').count(), { timeout: 10_000 }).toBe(2);
    expect(await ask(mara, '/collections why PLACE')).toContain(
      'It is with an agency or a law firm; ours is paused until somebody recalls it.',
    );
    await ask(mara, '/account PLACE');
    await press(mara, 'Placement…');
    await choose(mara, 'What has happened', 'Money came in from them');
    await dialog(mara).getByLabel('Amount that came in').fill('400.00');
    await dialog(mara).getByLabel('Their fee of it').fill('72.00');
    await submit(mara, 'Record');
    await says(mara, /the customer pays/);
    expect(await newest(mara).innerText()).toContain('the customer pays, £400.00 so far');
    await screenshot(mara, 'placed');
    await desk.tick();
    await desk.tick();
    expect(await ask(mara, '/account PLACE')).toContain('£72.00');
    expect(await ask(mara, '/collections agencies')).toContain('£400.00 of £1,000.00 recovered (40 %)');
  });
});

async function place(): Promise<void> {
  const mara = pageOf('U0MARA');
  await go('U0MARA', 'C0COLLECT');
  await more(mara, 'PLACE', 'Agency or law firm…');
  await dialog(mara).getByText('Cost and expected recovery of £1,000.00').waitFor();
  await choose(mara, 'Given to', /Swift Collections/);
  await dialog(mara).getByLabel('No response').check();
  await dialog(mara).getByLabel('Why, in your words').fill('Two calls, four mails, a letter: no answer.');
  await submit(mara, 'Ask');
  await dialog(mara).getByText('Answer this first').first().waitFor();
  const answers = {
    'Who sent the invoice': 'Northwind, to Ms Larch, on 1 September',
    'Is the decision-maker known': 'Mr Joiner, director; called twice',
    'Was there a first response': 'None',
    'Is there a pattern': 'Pays later and later',
    'Is the company or its industry in trouble': 'No sign, Companies House of 20 November',
    'Is there an alternative plan': 'A plan was offered and not answered',
  };
  for (const [question, answer] of Object.entries(answers)) await dialog(mara).getByLabel(question).fill(answer);
  await submit(mara, 'Ask');
  await says(mara, /It is decided in/);
}

describe('a negotiator', () => {
  it('gets a mandate by somebody else, and settles within it without a further approval', async () => {
    const ines = pageOf('U0INES');
    await go('U0INES', 'C0COLLECT');
    await more(ines, 'TALK', 'Hand to a negotiator…');
    await choose(ines, 'Negotiator', /Tom/);
    await dialog(ines).getByLabel('Most of a balance').fill('25');
    await dialog(ines).getByLabel('And in all at most').fill('GBP 300');
    await submit(ines, 'Give mandate');
    await says(ines, /Mandate given/);
    await desk.tick();
    await desk.tick();

    const tom = pageOf('U0TOM');
    await direct(tom);
    await tom.getByText('Mandate given: Old Dock Hotel Ltd').first().waitFor();
    await go('U0TOM', 'C0COLLECT');
    await more(tom, 'TALK', 'Settlement or discount…');
    await choose(tom, 'Invoices', /I-TALK/);
    await dialog(tom).getByLabel('They pay, or what is taken off').fill('20%');
    await submit(tom, 'Record');
    await says(tom, /Offer recorded\. Follow-up goes on until they accept/);
    expect(await newest(tom).innerText()).toContain('Used so far: £200.00.');
    await screenshot(tom, 'mandate');
  });
});
