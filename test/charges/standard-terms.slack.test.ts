import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') };
const CHANNEL = 'C0COLLECT';
let bot: Bot;
let ines: PersonOnPage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const chosen = (value: string) => ({
  value: { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: value } } },
});

/** From the menu of an account's card. */
async function fromMenu(card: PageMessage, value: string): Promise<void> {
  const menu = (card.blocks as { block_id: string; elements?: { action_id: string }[] }[])
    .flatMap(({ block_id, elements = [] }) => elements.map(({ action_id }) => ({ block_id, action_id })))
    .find(({ action_id }) => action_id.startsWith('account-more:'))!;
  const selected_option = { value, text: { type: 'plain_text', text: value } };
  await ines.click({ channel: card.channel, ts: card.ts }, menu.block_id, menu.action_id, { type: 'static_select', selected_option });
}

beforeAll(async () => {
  bot = await startBot({ clock });
  ines = await bot.person('U0INES');
});
afterAll(async () => {
  expect(bot.log).toEqual([]);
  await bot.stop();
});

it('a manager sets the standard terms of a company, and every customer of it without an agreement has them', async () => {
  const list = await ask(ines, CHANNEL, '/collections terms');
  expect(said(list)).toContain('Not set: interest and formal steps need each customer’s own agreement.');
  await press(ines, list, 'standard-terms', ({ value }) => value?.includes('NWUK') === true);
  const form = await ines.modal(1);
  const filled: PageState = {
    law: chosen('UK'),
    terms: text('30'),
    method: chosen('-'),
    place: text('the registered office'),
    fee: text('GBP 15'),
    feeFrom: chosen('reminder'),
    clause: text(''),
    language: chosen('en'),
    vat: chosen('UK'),
  };
  expect(await ines.submit(form.id, { ...filled, terms: text('a month') })).toMatchObject({
    errors: { terms: 'Write a whole number of days, or leave it empty.', method: 'Choose how notice is given there.' },
  });
  expect(await ines.submit(form.id, { ...filled, method: chosen('registered-post') })).toEqual({ ok: true });
  await ines.says('They hold for every customer who agreed nothing else.');
  const card = await ask(ines, CHANNEL, '/account C1001');
  expect(said(card)).toMatch(
    /\*Agreed with this customer\* {2}nothing\n\*Standard terms of [^*]+\* {2}law: United Kingdom \(England and Wales\) · terms 30 days/,
  );
  await fromMenu(card, 'account-agreement');
  const agreement = await ines.modal(1, ({ title }) => title === 'Agreement on file');
  const shown = JSON.stringify(agreement.blocks);
  expect(shown).toMatch(/Standard terms of [^"]+: United Kingdom/);
  expect(shown).toMatch(/Empty: 30 days, as the standard terms of [^"]+ say/);
  expect(shown).toContain('The standard terms say: the registered office');
});

it('an address alone is enough where the standard terms say how notice is given', async () => {
  const form = await ines.modal(1, ({ title }) => title === 'Agreement on file');
  expect(await ines.submit(form.id, { address: text('1 Dock Road, Hull'), terms: text('60') })).toEqual({ ok: true });
  const card = await ask(ines, CHANNEL, '/account C1001');
  expect(said(card)).toMatch(
    /\*Agreed with this customer\* {2}terms 60 days · no signed document\n\*Standard terms of [^*]+\* {2}law: United Kingdom \(England and Wales\)/,
  );
});

it('a collector may not see the set-up, and an unknown company is named', async () => {
  const mara = await bot.person('U0MARA');
  expect(said(await ask(mara, CHANNEL, '/collections terms'))).toContain('it needs the role manager, finance lead or admin');
  expect(said(await ask(ines, CHANNEL, '/collections terms Nowhere Ltd'))).toContain('The ledger knows no selling company Nowhere Ltd.');
});
