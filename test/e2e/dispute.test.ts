import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { said } from '../support/ask.ts';
import { type OpenPage, openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, choose, dialog, fillIn, newest, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';

const DUE = '2026-11-17';
let desk: ReviewDesk;
let mara: OpenPage;
let tom: PersonOnPage;
let ines: PersonOnPage;

beforeAll(async () => {
  desk = await reviewDesk(
    ['C1', 'C2', 'C3', 'C4'].map((number, i) => ({
      number,
      name: ['Thistlewick Lifts plc', 'Hobbington Surveyors Ltd', 'Pennyfold Freight Ltd', 'Otterby Kettles Ltd'][i]!,
      due: DUE,
    })),
  );
  await desk.later();
  tom = await desk.person('U0TOM');
  ines = await desk.person('U0INES');
  mara = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 1500 });
  await mara.page
    .getByText(/Overdue digest ·/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await mara?.close();
  expect(desk?.log).toEqual([]);
  await desk?.stop();
});

async function dispute(number: string, amount: string, channel?: string): Promise<void> {
  const { page } = mara;
  await ask(page, `/account ${number}`);
  await press(page, 'Dispute…');
  await choose(page, 'Invoice', new RegExp(`I-${number}`));
  await choose(page, 'Reason', 'Quality or damage');
  await choose(page, 'Who sees to it', 'Tom');
  if (channel) await choose(page, 'Channel of the team', channel);
  await fillIn(page, { 'Disputed amount': amount, 'What the customer says': 'Two crates were damaged' }, 'Record');
}

const workOf = async (number: string) => {
  const account = (await desk.stores.ledger.accounts()).find((each) => each.number === number)!;
  return (await desk.stores.accounts.load(account.id))!.work;
};

it('goes to the team that can resolve it: where the bot is not, the form says what to do; where it is, a card is posted', async () => {
  const { page } = mara;
  await dispute('C1', '400', 'general');
  await dialog(page).getByText('I am not in #general. Open it and type /invite @arrears.').waitFor();
  await choose(page, 'Channel of the team', 'collections-escalations');
  await fillIn(page, {}, 'Record');
  await says(page, 'Dispute recorded. Only the disputed amount rests.');
  await says(page, /Disputed £400\.00 of I-C1: Quality or damage/);
  await desk.later();
  const card = await ines.message((message) => message.channel === 'C0ESCALATE' && said(message).includes('Thistlewick'));
  expect(said(card)).toContain('<@U0TOM> sees to it, until 7 Dec 2026');
});

it('steps are kept: senior to senior names somebody of ours, arbitration needs a clause, a mediator has a day and a cost', async () => {
  const { page } = mara;
  await ask(page, '/account C1');
  await press(page, 'Step…');
  await choose(page, 'Step', 'Arbitration');
  await fillIn(page, { 'Mediator, or who of theirs': 'J. Rhys' }, 'Record');
  await dialog(page).getByText('The agreement on file has no clause on arbitration').waitFor();
  await choose(page, 'Step', 'Senior to senior');
  await fillIn(page, {}, 'Record');
  await dialog(page).getByText('Say who it is').waitFor();
  await choose(page, 'Step', 'Mediator');
  await fillIn(page, { 'Cost to us': '500.00', 'Takes place on': '2026-11-26' }, 'Record');
  await says(page, /Mediator, J\. Rhys, on 26 Nov 2026, costs £500\.00/);
  await screenshot(page, 'dispute');
});

it('parts that do not sum are refused; in parts, the credited one rests until the ledger shows the credit note', async () => {
  const { page } = mara;
  await ask(page, '/account C1');
  await press(page, 'Close…');
  await choose(page, 'Outcome', 'In parts');
  await fillIn(page, { 'In parts: credited': '250', 'In parts: rejected': '100' }, 'Close it');
  await dialog(page).getByText('These parts sum to £350.00, the dispute is about £400.00.').waitFor();
  await fillIn(page, { 'In parts: rejected': '150' }, 'Close it');
  await says(page, 'Dispute closed.');
  const card = await newest(page).innerText();
  expect(card).toContain('To be credited £250.00 of I-C1');
  expect(card).toContain('£250.00 to be credited, £150.00 rejected');
  expect((await workOf('C1')).disputes).toMatchObject([{ amount: 25_000 }]);
  await desk.credit('C1', 25_000);
  await desk.later();
  expect((await workOf('C1')).disputes).toEqual([]);
});

it('rejected or paid, the amount is asked for again until it is paid; twice, it is refused', async () => {
  const { page } = mara;
  for (const [number, outcome] of [
    ['C2', 'Rejected'],
    ['C3', 'Paid'],
  ] as const) {
    await dispute(number, '400');
    await says(page, 'Dispute recorded.');
    await press(page, 'Close…');
    await choose(page, 'Outcome', outcome);
    await fillIn(page, {}, 'Close it');
    await says(page, 'Dispute closed.');
    expect((await workOf(number)).disputes).toEqual([]);
  }
  await dispute('C2', '1000.01');
  await dialog(page).getByText('The disputed amount is larger than what is open').waitFor();
  await fillIn(page, { 'Disputed amount': '600' }, 'Record');
  await says(page, 'Dispute recorded.');
  await dispute('C2', '400.01');
  await dialog(page).getByText('The disputed amount is larger than what is open').waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel', exact: true }).click();
});

it('past its limit the owner and the manager are told once, with the buttons; more time needs a reason', async () => {
  await dispute('C4', '300');
  await says(mara.page, 'Dispute recorded.');
  await desk.morning('2026-12-07T09:00:00Z');
  expect((await workOf('C4')).disputes).toMatchObject([{ overdue: false }]);
  await desk.morning('2026-12-08T09:00:00Z');
  await desk.later();
  const isAlert = (message: Parameters<typeof said>[0]) => said(message).includes('Dispute past its limit · Otterby Kettles Ltd');
  const alert = await tom.message(isAlert);
  await ines.message(isAlert);
  await desk.later();
  expect(tom.shown.filter(isAlert)).toHaveLength(1);
  const direct = await openPage(desk.url(alert.channel, 'U0TOM'), { width: 1280, height: 1100 });
  const card = direct.page.getByTestId('message').filter({ hasText: 'Dispute past its limit · Otterby Kettles Ltd' });
  await card.getByRole('button', { name: 'Open card' }).waitFor();
  await screenshot(direct.page, 'dispute-overdue');
  await card.getByRole('button', { name: 'Extend…' }).click();
  await fillIn(direct.page, { 'To be resolved by': '2026-12-01', Why: 'The carrier answers next week' }, 'Extend');
  await dialog(direct.page).getByText('Choose a day after today.').waitFor();
  await fillIn(direct.page, { 'To be resolved by': '2026-12-18' }, 'Extend');
  await direct.page.getByText('The dispute has more time.').last().waitFor();
  expect((await workOf('C4')).disputes).toMatchObject([{ overdue: false, until: '2026-12-18' }]);
  await direct.close();
});
