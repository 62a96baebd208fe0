import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { PageMessage, PageState } from '../../src/embedded/slack/page-protocol.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

// A Monday, 23 November 2026. Quillon owes 1,000.00 pounds since 10 October; proceedings were opened on 3 November.
const CHANNEL = 'C0COLLECT';
const QUILLON = accountId('Q1');
let desk: ReviewDesk;
let mara: PersonOnPage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const date = (value: string | null) => ({ value: { type: 'datepicker', selected_date: value } });
const chosen = (value: string) => ({
  value: { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: value } } },
});
const card = () => ask(mara, CHANNEL, '/account Q1');
/** The card as it is redrawn below the form. */
async function after(act: () => Promise<unknown>, words: string): Promise<PageMessage> {
  const before = new Set(mara.shown.map(({ ts }) => ts));
  expect(await act()).toEqual({ ok: true });
  return mara.message((message) => !before.has(message.ts) && said(message).includes(words));
}
const FILE = {
  ...{ procedure: chosen('Administration'), other: text(''), opened: date('2026-11-03'), deadline: date('2026-12-07') },
  ...{
    court: text('High Court'),
    reference: text('CR-2026-1'),
    holder: text('Jane Roe'),
    email: text('jane@roe.example'),
    address: text(''),
  },
  ...{ retention: chosen('yes'), goods: text('boilers'), lookBack: text('6') },
} as unknown as PageState;

beforeAll(async () => {
  desk = await reviewDesk([{ number: 'Q1', name: 'Quillon Boilers Ltd', due: '2026-10-10' }]);
  await desk.pay('Q1', 250_00, '2026-09-20');
  const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') };
  await changeAccount({ ...desk.stores, clock }, QUILLON, { do: 'set-kind', kind: 'company' }, 'U0INES', 'kind');
  mara = await desk.person('U0MARA');
});
afterAll(async () => {
  expect(desk.log).toEqual([]);
  await desk.stop();
});

it('an insolvent customer has no file yet, and the card offers one', async () => {
  await press(mara, await card(), 'account-status');
  const form = await mara.modal(1);
  const now = await after(() => mara.submit(form.id, { status: chosen('insolvent'), reason: text('Gazette of today') }), 'Status set.');
  expect(said(now)).toContain('No insolvency file yet.');
});

it.each([
  ['an opening day in the future', { opened: date('2026-11-24'), deadline: date(null) }, 'opened', 'cannot have opened after today'],
  ['a deadline before the opening', { deadline: date('2026-11-02') }, 'deadline', 'lies before the opening day'],
  ['no procedure', { procedure: chosen('-') }, 'other', 'Name the procedure'],
  ['half a month', { lookBack: text('half') }, 'lookBack', 'whole number of months'],
])('%s is refused under its field', async (_, over, field, words) => {
  await press(mara, await card(), 'account-insolvency');
  const form = await mara.modal(1, ({ title }) => title === 'Insolvency file');
  const answer = await mara.submit(form.id, { ...FILE, ...over } as PageState);
  expect(answer).toMatchObject({ errors: { [field]: expect.stringContaining(words) } });
  await mara.act({ do: 'close', view: form.id });
  await mara.noModal();
});

it('the file keeps the claim to the opening day, the deadline, VAT and the payments that may be claimed back', async () => {
  await press(mara, await card(), 'account-insolvency');
  const form = await mara.modal(1, ({ title }) => title === 'Insolvency file');
  const shown = said(await after(() => mara.submit(form.id, FILE), 'Insolvency file saved.'));
  expect(shown).toContain('*Administration*, opened 3 Nov 2026 · High Court, CR-2026-1');
  expect(shown).toContain('Office holder: Jane Roe, jane@roe.example');
  expect(shown).toContain('*File the claim by 7 Dec 2026* (14 days)');
  expect(shown).toContain('Retention of title: yes, boilers');
  expect(shown).toContain('Claim of Northwind Trading Ltd to 3 Nov 2026: *£750.00* on 1 invoice');
  expect(shown).toContain('VAT relief: set where the company accounts for VAT in its standard terms.');
  expect(shown).toContain('*May be claimed back:* £250.00 in 1 payment of the 6 months before the opening. Check with counsel');
  expect(shown).toContain('insolvency file opened: Administration of 3 Nov 2026, claim £750.00, to be filed by 7 Dec 2026');
});

it('managers and the finance lead hear 14 days before the deadline; the collector does not', async () => {
  const leads = await Promise.all(['U0INES', 'U0SARA', 'U0PAUL'].map((user) => desk.person(user)));
  await desk.morning('2026-11-24T09:30:00Z');
  for (const person of leads) await person.says('Insolvency claim to file: Quillon Boilers Ltd');
  expect(mara.shown.some((message) => message.text.startsWith('Insolvency claim to file'))).toBe(false);
});

it('interest is claimed to the opening day and no longer', async () => {
  const ines = await desk.person('U0INES');
  await ines.command(CHANNEL, '/collections terms NWUK');
  const form = await ines.modal(1, ({ title }) => title === 'Standard terms');
  const terms = { law: chosen('UK'), terms: text('30'), method: chosen('-'), place: text(''), fee: text(''), feeFrom: chosen('reminder') };
  const more = { clause: text(''), language: chosen('en'), vat: chosen('UK') };
  expect(await ines.submit(form.id, { ...terms, ...more } as unknown as PageState)).toEqual({ ok: true });
  const { readCharges } = await import('../../src/charges/read-charges.op.ts');
  const clock = { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') };
  const read = await readCharges({ ...desk.stores, clock } as never, QUILLON);
  // 750.00 at 11.75 % (3.75 % of the bank and 8 points) from 11 October to 2 November: 23 days; the day of the opening bears none.
  expect(read?.debts.map(({ interest }) => interest)).toMatchObject([{ to: '2026-11-02', total: 555 }]);
  await press(mara, await card(), 'account-insolvency');
  const edit = await mara.modal(1, ({ title }) => title === 'Insolvency file');
  const shown = said(await after(() => mara.submit(edit.id, FILE), 'Insolvency file saved.'));
  expect(shown).toContain('interest to that day £5.55');
  expect(shown).toContain('VAT relief: first invoice from 10 Apr 2027; the first ends 10 Apr 2031 (VATA 1994 s.36, HMRC VR7420)');
});

it('the claim is filed, a dividend larger than the claim is refused, and the file is closed', async () => {
  await press(mara, await card(), 'insolvency-filed');
  const filed = await mara.modal(1, ({ title }) => title === 'Claim filed');
  const entered = { on: date('2026-11-20'), document: text('Proof of debt'), link: text('https://files.example/proof.pdf') };
  const now = await after(() => mara.submit(filed.id, entered as unknown as PageState), 'Claim filed. Dividends');
  expect(said(now)).toContain('Claim filed 20 Nov 2026: <https://files.example/proof.pdf|Proof of debt>');
  await press(mara, now, 'insolvency-dividend');
  const form = await mara.modal(1, ({ title }) => title === 'Dividend received');
  const dividend = (amount: string) => ({ currency: chosen('GBP'), amount: text(amount), on: date('2026-11-23') }) as unknown as PageState;
  expect(await mara.submit(form.id, dividend('755.56'))).toMatchObject({
    errors: { amount: expect.stringContaining('more was received than was claimed') },
  });
  const paid = await after(() => mara.submit(form.id, dividend('75.00')), 'Dividend saved.');
  expect(said(paid)).toContain('Dividends: £75.00 on 23 Nov 2026');
  await press(mara, paid, 'insolvency-close');
  const close = await mara.modal(1, ({ title }) => title === 'Close the file');
  const closed = await after(() => mara.submit(close.id, { note: text('Distribution made.') }), 'Insolvency file closed.');
  expect(said(closed)).toContain('insolvency file closed (Administration): Distribution made');
});
