import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press } from '../support/ask.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { approve, pressIn, shows, top, wordsOf } from '../support/review-modal.ts';

// 23 November 2026 is a Monday, 9:00.

let desk: ReviewDesk;
let mara: PersonOnPage;
beforeAll(async () => {
  desk = await reviewDesk(['ONE', 'TWO'].map((number) => ({ number, name: `${number} Ltd`, due: '2026-11-10' })));
  await desk.later();
  mara = await desk.person('U0MARA');
}, 120_000);
afterAll(() => desk?.stop());

const draftOf = async (number: string) => (await desk.stores.drafts.open(accountId(number)))[0]!.draft;

test('a statement is sent from the account in two presses: drafted with its PDF, reviewed like any other, and no step moves', async () => {
  const card = await ask(mara, 'C0COLLECT', '/account ONE');
  await press(mara, card, 'account-statement');
  const said = wordsOf(await shows(mara, 'Statement of account to ONE Ltd'));
  expect(said).toMatch(/attached: statement/i);
  expect(said).toContain('I am sending you what is open on your account with Northwind Trading Ltd.');
  await approve(mara);
  expect(await draftOf('ONE')).toMatchObject({ state: 'approved', correspondence: { kind: 'statement-copy', entity: 'NWUK' } });
  await desk.later();
  expect(await draftOf('ONE')).toMatchObject({ state: 'approved' });
});

test('an email of one’s own words is written in the form of any edit, and nobody approves its first line alone', async () => {
  const card = await ask(mara, 'C0COLLECT', '/account TWO');
  await press(mara, card, 'account-write');
  const form = await shows(mara, 'New email');
  const chosen = {
    type: 'static_select',
    selected_option: { value: 'message|NWUK', text: { type: 'plain_text', text: 'Your own words' } },
  };
  await mara.submit(form.id, {
    what: { value: chosen },
    copies: { value: { type: 'multi_static_select', selected_options: [] } },
  } as never);
  await shows(mara, 'Email to TWO Ltd');
  expect(wordsOf(await approve(mara))).toContain('Not approved: nobody has written this email yet. Press Edit… and write it.');
  await pressIn(mara, 'Edit…');
  const edit = await shows(mara, 'Edit email');
  const fields = edit.blocks as {
    block_id: string;
    element?: { action_id: string; type: string; initial_value?: string; initial_options?: unknown[] };
  }[];
  const state = Object.fromEntries(
    fields.flatMap(({ block_id, element }) => {
      if (!element) return [];
      const { type, action_id, initial_value = '', initial_options = [] } = element;
      const text =
        block_id === 'body'
          ? initial_value.replace('\n\n', '\n\nThank you for your call. I have passed your question on.\n\n')
          : initial_value;
      return [
        [block_id, { [action_id]: type === 'multi_static_select' ? { type, selected_options: initial_options } : { type, value: text } }],
      ];
    }),
  );
  await mara.submit(top(mara)!.id, state as never);
  expect(wordsOf(await shows(mara, 'Saved. Nothing is approved yet'))).toContain('I have passed your question on.');
  await approve(mara);
  expect(await draftOf('TWO')).toMatchObject({ state: 'approved', editors: ['U0MARA'] });
});
