import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const CHANNEL = 'C0COLLECT';
let desk: ReviewDesk;
let ines: PersonOnPage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const chosen = (value: string) => ({
  value: { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: value } } },
});

/** What comes of a choice in the menu of the card. */
async function chosenFromMenu(value: string): Promise<PageMessage> {
  const card = await ask(ines, CHANNEL, '/account R1');
  const menu = (card.blocks as { block_id: string; elements?: { action_id?: string }[] }[])
    .flatMap(({ block_id, elements = [] }) => elements.map(({ action_id }) => ({ block_id, action_id })))
    .find(({ action_id }) => action_id?.startsWith('account-more:'))!;
  const selected_option = { value, text: { type: 'plain_text', text: value } };
  const before = new Set(ines.shown.map(({ ts }) => ts));
  await ines.click({ channel: card.channel, ts: card.ts }, menu.block_id, menu.action_id!, { type: 'static_select', selected_option });
  return ines.message((message) => !before.has(message.ts) && !said(message).includes('Open invoices'));
}
const submitted = async (title: string, state: object) => {
  const form = await ines.modal(1, (view) => view.title === title);
  expect(await ines.submit(form.id, state as PageState)).toEqual({ ok: true });
  await ines.noModal();
};

beforeAll(async () => {
  desk = await reviewDesk([{ number: 'R1', name: 'Rookery Fans Ltd', due: '2026-08-10' }]);
  const { version: _, ...settings } = await desk.stores.settings.read();
  await desk.stores.settings.save(await desk.stores.settings.read(), { ...settings, escalationsChannel: 'C0ESCALATE' }, [], 'channel');
  ines = await desk.person('U0INES');
});
afterAll(async () => {
  expect(desk.log).toEqual([]);
  await desk.stop();
});

it('a demand letter that lacks the kind of customer, the law or the address for notice names it, with the button that sets it', async () => {
  const kind = await chosenFromMenu('account-letter');
  expect(said(kind)).toContain('The kind of customer is missing');
  await press(ines, kind, 'kind-now');
  await submitted('Kind of customer', { kind: chosen('public-body') });
  const law = await chosenFromMenu('account-letter');
  expect(said(law)).toContain('The governing law is missing: neither the agreement with this customer nor our standard terms name it.');
  await press(ines, law, 'agreement-now');
  await submitted('Agreement on file', { law: chosen('UK') });
  const notice = await chosenFromMenu('account-letter');
  expect(said(notice)).toContain('How notice is given, or the customer’s address for it, is missing.');
  await press(ines, notice, 'agreement-now');
  await submitted('Agreement on file', { method: chosen('post'), address: text('1 Dock Road, Hull') });
  expect(said(await chosenFromMenu('account-letter'))).not.toContain('missing');
});

it('so does an agency, once proceedings were opened', async () => {
  const card = await ask(ines, CHANNEL, '/account R1');
  await press(ines, card, 'account-status');
  await submitted('Status of the account', { status: chosen('insolvent'), reason: text('Gazette of today') });
  const refused = await chosenFromMenu('account-placement');
  expect(said(refused)).toContain('The customer is insolvent: no formal step is taken.');
  await press(ines, refused, 'insolvency-now');
  await ines.modal(1, ({ title }) => title === 'Insolvency file');
});
