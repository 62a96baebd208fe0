import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { supplyKinds } from '../../src/escalation/case-kinds.op.ts';
import { requestDecision } from '../../src/escalation/request-decision.op.ts';
import { day } from '../../src/kernel/day.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import { openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { ask, press, says } from '../support/review-page.ts';
import { screenshot } from '../support/screenshot.ts';
import { worldOf } from '../support/world.ts';

// Monday, 23 November 2026. The firm reminder to Otterby is due on Wednesday; Sara in sales owns that customer.

let desk: ReviewDesk;
const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
const [OTTERBY, QUARRY, PENNYFOLD, THISTLEWICK] = ['A-1', 'A-2', 'A-3', 'A-4'].map(accountId) as [string, string, string, string];
const SARA = 'Sara@Northwind-Trading.example';

beforeAll(async () => {
  const called = { key: 'call', offset: 14 };
  desk = await reviewDesk([
    { number: 'A-1', name: 'Otterby Kettles Ltd', due: '2026-11-04', after: called, owner: SARA },
    { number: 'A-2', name: 'Quarry Lane Ltd', due: '2026-11-20', owner: 'luca@northwind-trading.example' },
    { number: 'A-3', name: 'Pennyfold Freight Ltd', due: '2026-12-20', owner: SARA, collector: 'U0TOM' },
    { number: 'A-4', name: 'Thistlewick Lifts plc', due: '2026-11-04', after: called, owner: SARA, collector: 'U0TOM' },
  ]);
  await changeTeam({ ...desk.stores, clock }, { do: 'set-roles', user: 'U0SARA', roles: ['owner'] }, 'U0ALEX', 'roles:U0SARA');
  const before = await desk.stores.settings.read();
  const { version: _, ...settings } = before;
  await desk.stores.settings.save(before, { ...settings, escalationsChannel: 'C0ESCALATE' }, [], 'test');
}, 60_000);
afterAll(() => desk?.stop());

const change = async (account: string, request: Parameters<typeof changeAccount>[2], by = 'U0MARA') => {
  const result = await changeAccount({ ...desk.stores, clock }, account, request, by, `test:${JSON.stringify(request)}`);
  if (!result.done) throw new Error(result.refused);
};
/** The direct messages with the bot, of which some text must come within a few rounds of the clock. */
async function told(user: string, text: string): Promise<string> {
  const person = await desk.person(user);
  const found = async () => {
    await desk.later();
    for (const { id } of (await person.snapshot()).channels.filter(({ kind }) => kind === 'im'))
      if ((await person.messages(id)).some((message) => message.text.includes(text))) return id;
    return null;
  };
  // A quarter of an hour a round: the working day must not end before Slack has taken what it put off.
  await expect.poll(found, { timeout: 25_000, interval: 1_000 }).not.toBeNull();
  return (await found())!;
}

describe('the owner in sales', () => {
  it('is asked on Monday by direct message what goes out on Wednesday, to whom, how much and why, and holds it with a reason', async () => {
    const channel = await told('U0SARA', 'May it go?');
    const { page, close } = await openPage(desk.url(channel, 'U0SARA'), { width: 1280, height: 900 });
    const card = page.getByTestId('message').filter({ hasText: 'Otterby Kettles Ltd' });
    await card.waitFor();
    const said = await card.innerText();
    for (const part of ['Firm reminder', 'Imogen Larch', '£1,000.00', 'Wednesday, 25 November 2026', 'Silence means go', 'I-A-1'])
      expect(said).toContain(part);
    await screenshot(page, 'veto');
    await card.getByRole('button', { name: 'Hold…' }).click();
    const form = page.getByRole('dialog', { name: 'Hold this step' });
    await form.getByLabel('Reason').fill('Their new contract is signed this week.');
    await form.getByRole('button', { name: 'Hold', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    await close();
    const { work } = (await desk.stores.accounts.load(OTTERBY))!;
    expect(work.vetoes).toMatchObject([{ owner: 'U0SARA', answer: { do: 'hold', until: '2026-11-28' }, delayed: true }]);
  }, 90_000);
});

describe('alerts to the collector', () => {
  it('a hold of the owner, insolvency, a limit that was passed, a reply that waits, an insurer’s deadline: each once, with its action', async () => {
    const agreement = { law: null, terms: null, notice: null, feeClause: null, interestRate: null, acceleration: false, disputeClause: '' };
    await change(QUARRY, { do: 'set-agreement', seen: 0, terms: { ...agreement, insuranceDeadline: 10, document: null } });
    await change(QUARRY, { do: 'set-credit-limit', case: 'c1', currency: 'GBP', amount: 500_00 }, 'clock');
    await change(QUARRY, { do: 'record-reply', id: 'r1', kind: 'other', received: day('2026-11-19') });
    await change(QUARRY, { do: 'set-status', status: 'insolvent', reason: 'Gazette of today' }, 'U0PAUL');
    await told('U0MARA', 'The owner in sales holds a step');
    const channel = await told('U0MARA', 'Credit insurer');
    const { page, close } = await openPage(desk.url(channel, 'U0MARA'), { width: 1280, height: 1500 });
    for (const title of [
      'The owner in sales holds a step',
      'Insolvent',
      'Credit limit passed',
      'Reply waiting',
      'Credit insurer’s deadline',
    ])
      await told('U0MARA', title).then(() => page.getByTestId('message').filter({ hasText: title }).first().waitFor());
    await page.getByRole('button', { name: 'Request stop of supply…' }).first().waitFor();
    await close();
    expect((await desk.stores.alerts.sent('U0MARA', Temporal.Instant.from('2026-11-23T00:00:00Z'))).length).toBe(5);
  }, 90_000);
});

describe('supply is stopped', () => {
  it('the owner in sales gets the task; the collector hears of the money, of a bounced mail, and that supply can be released', async () => {
    await change(PENNYFOLD, { do: 'stop-supply', case: 's1', reason: 'Three promises were broken.' }, 'clock');
    const [contact] = await desk.stores.ledger.contacts(PENNYFOLD);
    await change(PENNYFOLD, { do: 'mark-bounced', contact: contact!.id, email: contact!.email }, 'clock');
    await desk.pay('A-3', 400_00);
    const task = await told('U0SARA', 'Stop supply of Pennyfold Freight Ltd');
    const sara = await openPage(desk.url(task, 'U0SARA'), { width: 1280, height: 900 });
    await sara.page.getByTestId('message').filter({ hasText: 'Stop supply of' }).getByRole('button', { name: 'Done' }).click();
    await expect.poll(async () => (await desk.stores.accounts.load(PENNYFOLD))!.work.supply?.doneBy).toBe('U0SARA');
    await sara.close();
    const channel = await told('U0TOM', 'Supply can be released');
    await told('U0TOM', 'Payment received');
    await told('U0TOM', 'Mail bounced');
    const { page, close } = await openPage(desk.url(channel, 'U0TOM'), { width: 1280, height: 1500 });
    const card = (title: string) => page.getByTestId('message').filter({ hasText: title });
    expect(await card('Payment received').innerText()).toContain('£400.00 came in on 23 Nov 2026');
    await card('Mail bounced').getByRole('button', { name: 'Contacts…' }).waitFor();
    await card('Supply can be released').getByRole('button', { name: 'Request release…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    await card('Payment received').getByRole('button', { name: 'Open card' }).click();
    await page.getByText('Balance').first().waitFor();
    await close();
  }, 90_000);
});

describe('one list a day', () => {
  it('is asked for with a button; then what comes waits for the list, whose lines open the cards', async () => {
    const team = await openPage(desk.url('C0COLLECT', 'U0MARA'), { width: 1280, height: 900 });
    await ask(team.page, '/collections alerts');
    await press(team.page, 'One list a day');
    await says(team.page, 'one list a day');
    await team.close();
    const parts = [{ invoice: 'I-A-1', amount: 100_00, openThen: 1_000_00, paidThen: 0 }];
    const given = { id: 'w1', entity: 'NWUK', currency: 'GBP', reason: 'uneconomic', parts, requester: 'U0MARA' } as const;
    await change(OTTERBY, { do: 'write-off', ...given }, 'clock');
    await change(OTTERBY, { do: 'note-write-off-paid', id: 'w1', received: 60_00 }, 'clock');
    const [contact] = await desk.stores.ledger.contacts(OTTERBY);
    await change(OTTERBY, { do: 'mark-bounced', contact: contact!.id, email: contact!.email }, 'clock');
    const channel = await told('U0MARA', 'alerts for you');
    const { page, close } = await openPage(desk.url(channel, 'U0MARA'), { width: 1280, height: 900 });
    const list = page.getByTestId('message').filter({ hasText: '2 things to look at' });
    await list.getByText(/Paid after write-off: Otterby Kettles Ltd/).waitFor();
    await list.getByText(/Mail bounced: Otterby Kettles Ltd/).waitFor();
    await screenshot(page, 'alerts');
    await list.getByRole('button', { name: 'Open' }).first().click();
    await page
      .getByRole('button', { name: /Reverse…|Contacts…/ })
      .last()
      .waitFor();
    await close();
    // The list of today is out: what comes later waits for tomorrow's.
    await change(QUARRY, { do: 'set-credit-limit', case: 'c2', currency: 'GBP', amount: 400_00 }, 'clock');
    const waiting = async () => {
      await desk.later();
      return (await desk.stores.alerts.waiting(Temporal.Instant.from('2026-11-24T00:00:00Z'))).map(({ cause }) => cause);
    };
    await expect.poll(waiting, { timeout: 20_000 }).toEqual(['limit-passed']);
  }, 90_000);
});

describe('the owner in sales calls first', () => {
  it('the owner has the task, the collector knows, and on its last day the owner is reminded', async () => {
    const channel = await told('U0SARA', 'May it go? Firm reminder · Thistlewick Lifts plc');
    const { page, close } = await openPage(desk.url(channel, 'U0SARA'), { width: 1280, height: 1100 });
    const of = (title: string) => page.getByTestId('message').filter({ hasText: title }).filter({ hasText: 'Thistlewick Lifts plc' });
    await of('May it go?').or(of('Firm reminder')).getByRole('button', { name: 'I will call' }).click();
    await told('U0TOM', 'The owner in sales calls first');
    await told('U0SARA', 'Your call');
    await desk.morning('2026-11-26T09:00:00Z');
    await told('U0SARA', 'Your call is due today');
    await of('Your call is due today').getByRole('button', { name: 'I called: go' }).click();
    await expect.poll(async () => (await desk.stores.accounts.load(THISTLEWICK))!.work.vetoes[0]?.answer?.do).toBe('go');
    await close();
  }, 90_000);
});

describe('managers', () => {
  it('see on Home which owners in sales cannot be asked, and why', async () => {
    const { page, close } = await openPage(desk.url('home', 'U0INES'), { width: 1280, height: 900 });
    await page.getByText('1 owner in sales cannot be asked').waitFor();
    await page.getByText(/luca@northwind-trading\.example.* \(1 customer\): Slack knows nobody by this address/).waitFor();
    await close();
  }, 60_000);

  it('and everybody who can decide are reminded of a decision before it lapses', async () => {
    const afternoon = { now: () => Temporal.Instant.from('2026-11-23T15:00:00Z') };
    const ports = worldOf({ ...desk.stores, clock: afternoon, holidays: () => new Set<string>() });
    const asked = {
      kind: 'credit-limit',
      account: QUARRY,
      entity: '',
      currency: 'GBP',
      amount: 900_00,
      reasonCodes: [],
      about: {},
    } as const;
    const kinds = supplyKinds(ports);
    const result = await requestDecision(worldOf({ ...ports, kinds }), { ...asked, reason: 'Their orders have doubled.' }, 'U0MARA', 'ask');
    if (!result.done) throw new Error(result.refused);
    // A day before it is Sunday: they hear of it on Monday morning.
    expect([result.case.remindAt, result.case.expiresAt]).toEqual(['2026-11-29T15:00:00Z', '2026-11-30T15:00:00Z']);
    await desk.morning('2026-11-30T08:30:00Z');
    const channel = await told('U0INES', 'This waits for a decision and lapses');
    const { page, close } = await openPage(desk.url(channel, 'U0INES'), { width: 1280, height: 900 });
    const card = page.getByTestId('message').filter({ hasText: 'This waits for a decision and lapses' });
    await card.getByRole('button', { name: 'Open' }).click();
    await page.getByText('Their orders have doubled.').nth(1).waitFor();
    await close();
  }, 90_000);
});
