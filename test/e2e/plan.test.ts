import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { AgreementTerms } from '../../src/charges/agreement.ts';
import { changeCase } from '../../src/escalation/change-case.op.ts';
import { changePolicies } from '../../src/follow-up/change-policies.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, newest, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

const TERMS: AgreementTerms = {
  ...{ law: null, terms: 30, notice: { method: 'email', address: 'board@plan.example' }, feeClause: null, interestRate: null },
  ...{ acceleration: true, disputeClause: '', insuranceDeadline: null, document: null },
};

let desk: ReviewDesk;
let mara: OpenPage;
beforeAll(async () => {
  const due = '2026-11-20';
  desk = await reviewDesk([
    { number: 'PLAN', name: 'Quarry Lane Joinery Ltd', due },
    { number: 'TIME', name: 'Harbour Street Bakery Ltd', due },
    { number: 'LATE', name: 'Millrace Print Ltd', due },
    { number: 'BIG', name: 'Old Dock Hotel Ltd', due },
  ]);
  const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
  const agreed = { do: 'set-agreement', seen: 0, terms: TERMS } as const;
  expect(await changeAccount({ ...desk.stores, clock }, accountId('PLAN'), agreed, 'U0INES', 'agreement')).toMatchObject({ done: true });
  await desk.tick();
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1100 });
  await mara.page.getByLabel(/^Message #/).waitFor();
});
afterAll(async () => {
  await mara?.close();
  expect(desk.log).toEqual([]);
  await desk?.stop();
});

/** Opens a form from the menu of an account's card. */
async function more(page: Page, account: string, entry: string): Promise<void> {
  await ask(page, `/account ${account}`);
  await newest(page).getByRole('button', { name: /More…/ }).click();
  await page.getByRole('option', { name: entry }).click();
  await dialog(page).waitFor();
}
const morning = (day: string) => desk.morning(`${day}T09:00:00Z`);
const submit = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
const direct = async (page: Page) =>
  page.getByRole('navigation', { name: 'Workspace' }).locator('button[data-place^=D]', { hasText: 'Arrears' }).click();
const channel = async (page: Page) => page.getByRole('navigation', { name: 'Workspace' }).getByText('collections', { exact: true }).click();

describe('a plan to its default', () => {
  it('that does not add up is refused with the difference; a preview shows days off before anything is recorded', async () => {
    const { page } = mara;
    await more(page, 'PLAN', 'Plan…');
    await choose(page, 'Invoices', /I-PLAN/);
    await dialog(page).getByLabel('Agreed with').fill('Ms Larch');
    await dialog(page).getByLabel('Or by hand').fill('2026-12-11 500.00\n2026-12-18 400.00');
    await submit(page, 'Preview');
    await dialog(page)
      .getByText('The instalments do not add up to £1,000.00: £100.00 is missing. Nothing was recorded: correct a line')
      .waitFor();

    await dialog(page).getByLabel('Or by hand').fill('');
    await dialog(page).getByLabel('Instalments', { exact: true }).fill('4');
    await choose(page, 'How often', 'Every week');
    await dialog(page).getByLabel('First instalment').fill('2026-12-11');
    await submit(page, 'Preview');
    await dialog(page).getByText('4 instalments, together £1,000.00').waitFor();
    // Christmas is a Friday, Monday its substitute day off; New Year's Day is a Friday, too.
    const preview = await dialog(page).innerText();
    expect(preview).toContain('29 Dec 2026: £250.00 moved from 25 Dec 2026, a day off');
    expect(preview).toContain('4 Jan 2027: £250.00 moved from 1 Jan 2027, a day off');
    expect(preview).toContain('once a notice of default has run out, all that is left of the plan falls due at once');
    await screenshot(page, 'plan');
    await submit(page, 'Record');
    await says(page, /Plan recorded/);
    expect(await newest(page).innerText()).toContain('£0.00 of £1,000.00 paid, next £250.00 on 11 Dec 2026.');

    await more(page, 'PLAN', 'Plan…');
    await choose(page, 'Invoices', /I-PLAN/);
    await dialog(page).getByLabel('Agreed with').fill('Ms Larch');
    await submit(page, 'Preview');
    await dialog(page).getByText('Nothing on these invoices is free: it is promised, disputed or in an arrangement already.').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  });

  it('is kept once, missed once, noticed, and falls due', async () => {
    const { page } = mara;
    await morning('2026-12-11');
    await desk.pay('PLAN', 25_000);
    await morning('2026-12-14');
    expect(await ask(page, '/account PLAN')).toContain('£250.00 of £1,000.00 paid, next £250.00 on 18 Dec 2026.');
    // Friday 18 December, two business days of grace, then Wednesday.
    await morning('2026-12-23');
    await desk.tick();
    await direct(page);
    await page.getByText('Instalment missing: Quarry Lane Joinery Ltd').first().waitFor();
    await page.getByRole('button', { name: 'Give notice…' }).last().click();
    await dialog(page).getByText('The agreement names: by email to board@plan.example.').waitFor();
    await screenshot(page, 'plan-notice');
    await submit(page, 'Record');
    await says(page, /Notice of default runs through 4 Jan 2027/);
    await screenshot(page, 'plan-missed');

    await morning('2027-01-05');
    await desk.tick();
    await page.getByText('Plan in default: Quarry Lane Joinery Ltd').first().waitFor();
    await page.getByText('Under the agreement the whole balance of £750.00 is due at once').first().waitFor();
    await screenshot(page, 'plan-default');
    await channel(page);
    const card = await ask(page, '/account PLAN');
    expect(card).not.toContain('next £250.00');
  });
});

describe('a settlement', () => {
  it('paid in time is to be credited until an import shows it; paid late, the full balance stands', async () => {
    const { page } = mara;
    for (const account of ['TIME', 'LATE']) {
      await more(page, account, 'Settlement or discount…');
      await choose(page, 'Invoices', new RegExp(`I-${account}`));
      await dialog(page).getByLabel('They pay, or what is taken off').fill('20%');
      await dialog(page).getByLabel('Money here by').fill('2027-01-15');
      if (account === 'TIME') await screenshot(page, 'settlement-form');
      await submit(page, 'Record');
      await says(page, /Offer recorded/);
      await newest(page).getByRole('button', { name: 'They accept…' }).click();
      await dialog(page).getByLabel('Who accepted').fill('Mr Ashby');
      await submit(page, 'Record');
      await says(page, /accepted: the invoices rest until then/);
      // What it says stands there from the first one already.
      await expect.poll(async () => (await desk.stores.accounts.load(accountId(account)))!.work.offers[0]?.state).toBe('accepted');
    }
    await morning('2027-01-15');
    await desk.pay('TIME', 80_000);
    await morning('2027-01-18');
    await desk.pay('LATE', 80_000, '2027-01-16');
    await morning('2027-01-20');
    await desk.tick();
    await direct(page);
    await page.getByText('Settlement paid in time: Harbour Street Bakery Ltd').first().waitFor();
    await page.getByText('Settlement lapsed: Millrace Print Ltd').first().waitFor();
    await page.getByText('£0.00 came by that day, £800.00 after it. The full balance stands').first().waitFor();
    await page.getByText('Settlement paid in time: Harbour Street Bakery Ltd').first().scrollIntoViewIfNeeded();
    await screenshot(page, 'settlement');
    await channel(page);
    const postings = await ask(page, '/collections postings');
    expect(postings).toContain('1 credit to be booked');
    expect(postings).toContain('To be credited £200.00 on I-TIME');
    await screenshot(page, 'postings');
  });
});

describe('a plan above the limit', () => {
  it('rests nothing before somebody else has approved it; where nobody could be asked, it says why and can be asked again', async () => {
    const { page } = mara;
    const { stores } = desk;
    const { rules } = await stores.policies.read();
    const ports = { ...stores, clock: { now: () => Temporal.Instant.from('2027-01-20T09:00:00Z') } };
    const limit = { do: 'set-rules', rules: { ...rules, approvalAbove: { GBP: 99_999 } } } as const;
    expect(await changePolicies(ports, limit, 'U0INES', 'limit')).toMatchObject({ done: true });
    await more(page, 'BIG', 'Plan…');
    await choose(page, 'Invoices', /I-BIG/);
    await dialog(page).getByLabel('Agreed with').fill('Mr Quay');
    await submit(page, 'Preview');
    await dialog(page).getByText('Above the limit: somebody else must approve it before it begins.').waitFor();
    await submit(page, 'Record');
    await says(page, /Plan recorded; nothing rests before it is approved/);
    expect(await newest(page).innerText()).toContain('waits for approval, nothing rests yet.');

    const { version: _, ...settings } = await stores.settings.read();
    await stores.settings.save(await stores.settings.read(), { ...settings, escalationsChannel: 'C0ESCALATE' }, [], 'test');
    await newest(page).getByRole('button', { name: 'Ask for approval' }).click();
    await says(page, /Those who may approve it have been asked\./);
    await desk.tick();
    const ines = await openPage(desk.url('C0ESCALATE', 'U0INES'), { width: 1280, height: 1000 });
    await ines.page
      .getByText(/Plan of 3 instalments, .* agreed with Mr Quay/)
      .first()
      .waitFor();
    await screenshot(ines.page, 'plan-approval');
    await ines.close();

    const [open] = await stores.cases.open(accountId('BIG'));
    const vote = { do: 'vote', vote: 'approve', reason: '', seen: open!.case.revision } as const;
    expect(await changeCase(ports, open!.case.id, vote, 'U0MARA', 'own vote')).toMatchObject({ refused: 'approver-requested' });
    expect(await changeCase(ports, open!.case.id, vote, 'U0INES', 'vote')).toMatchObject({ done: true });
    await desk.tick();
    await desk.tick();
    expect(await ask(page, '/account BIG')).toContain('£0.00 of £1,000.00 paid');
    await direct(page);
    await page.getByText('Plan approved: Old Dock Hotel Ltd').first().waitFor();
  });
});
