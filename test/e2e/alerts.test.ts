import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { changeAccount } from '../../src/operations/change-account.ts';
import { changeTeam } from '../../src/operations/change-team.ts';
import { accountId } from '../../src/operations/ledger-record.ts';
import { openPage } from '../support/browser.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { screenshot } from '../support/screenshot.ts';

// Monday, 23 November 2026. The firm reminder to Otterby is due on Wednesday; Sara in sales owns that customer.

let desk: ReviewDesk;
const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
const OTTERBY = accountId('A-1');

beforeAll(async () => {
  const called = { key: 'call', offset: 14 };
  desk = await reviewDesk([
    { number: 'A-1', name: 'Otterby Kettles Ltd', due: '2026-11-04', after: called, owner: 'Sara@Northwind-Trading.example' },
    { number: 'A-2', name: 'Quarry Lane Ltd', due: '2026-11-20', owner: 'luca@northwind-trading.example' },
  ]);
  for (const [user, roles] of [['U0SARA', ['owner']]] as const)
    await changeTeam({ ...desk.stores, clock }, { do: 'set-roles', user, roles }, 'U0ALEX', `roles:${user}`);
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
    await page.getByRole('button', { name: 'Hold…' }).click();
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
    const quarry = accountId('A-2');
    const agreement = { law: null, terms: null, notice: null, feeClause: null, interestRate: null, acceleration: false, disputeClause: '' };
    await change(quarry, { do: 'set-agreement', seen: 0, terms: { ...agreement, insuranceDeadline: 10, document: null } });
    await change(quarry, { do: 'set-credit-limit', case: 'c1', currency: 'GBP', amount: 500_00 }, 'clock');
    await change(quarry, { do: 'record-reply', id: 'r1', kind: 'other', received: day('2026-11-19') });
    await change(quarry, { do: 'set-status', status: 'insolvent', reason: 'Gazette of today' }, 'U0PAUL');
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
    await screenshot(page, 'alerts');
    await page.getByRole('button', { name: 'Request stop of supply…' }).first().waitFor();
    await close();
    expect((await desk.stores.alerts.sent('U0MARA', Temporal.Instant.from('2026-11-23T00:00:00Z'))).length).toBe(5);
  }, 90_000);
});
