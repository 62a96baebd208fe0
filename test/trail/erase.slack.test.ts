import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const HOLM = { number: 'C1', name: 'Holm & Sons Ltd', due: '2026-12-20' };
let desk: ReviewDesk;
let alex: PersonOnPage;
beforeAll(async () => {
  desk = await reviewDesk([HOLM]);
  alex = await desk.person('U0ALEX');
});
afterAll(() => desk?.stop());

const contacts = () => desk.stores.ledger.contacts(accountId('C1'));
const choice = (value: string) => ({
  value: { type: 'static_select', selected_option: { text: { type: 'plain_text', text: 'x' }, value } },
});
const typed = (value: string) => ({ value: { type: 'plain_text_input', value } });
const fill = async (confirm: string) =>
  ({ contact: choice((await contacts())[0]!.id), reason: typed('Asked by letter'), confirm: typed(confirm) }) as never;

test('without the word nothing is erased; with it the person is gone, and what is kept is said with the reason', async () => {
  await alex.command('C0COLLECT', '/collections erase C1');
  const view = await alex.modal();
  const refused = await alex.submit(view.id, await fill('erase'));
  expect(JSON.stringify(refused)).toContain('Type ERASE in capitals');
  expect(await contacts()).toHaveLength(1);
  await alex.submit(view.id, await fill('ERASE'));
  const said = await alex.says('Erased for good');
  expect(said.text).toContain('bookkeeping law asks for them');
  expect(await contacts()).toHaveLength(0);
  await alex.command('C0COLLECT', '/account C1');
  const card = await alex.message(({ blocks }) => JSON.stringify(blocks ?? []).includes('None known'));
  expect(JSON.stringify(card.blocks)).toContain('data was erased: Asked by letter');
});

test('an account that is not meant by one name, and somebody who is no admin, are refused', async () => {
  await alex.command('C0COLLECT', '/collections erase nobody here');
  await alex.says('Which account?');
  const ines = await desk.person('U0INES');
  await ines.command('C0COLLECT', '/collections erase C1');
  await ines.says('it needs the role admin');
});
