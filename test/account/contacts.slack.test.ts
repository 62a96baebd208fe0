import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

const CHANNEL = 'C0COLLECT';

let desk: ReviewDesk;
let mara: PersonOnPage;
let tom: PersonOnPage;
beforeAll(async () => {
  desk = await reviewDesk([{ number: 'C-1', name: 'Otterby Foods Ltd', due: '2026-11-06', after: { key: 'reminder', offset: 10 } }]);
  mara = await desk.person('U0MARA');
  tom = await desk.person('U0TOM');
});
afterAll(() => desk.stop());

/** Slack takes a message a second in a channel; what it put off comes when time goes on. */
async function told(fits: (message: PageMessage) => boolean): Promise<PageMessage> {
  const found = async () => {
    await desk.later();
    return mara.shown.some(fits);
  };
  await expect.poll(found, { timeout: 25_000, interval: 500 }).toBe(true);
  return mara.message(fits);
}

const opened = new Set<string>();
async function fresh(person: PersonOnPage): Promise<PageView> {
  const view = await person.modal(1, (each) => !opened.has(each.id));
  opened.add(view.id);
  return view;
}
const value = (of: object) => ({ value: of });
const text = (words: string) => value({ type: 'plain_text_input', value: words });
const option = (chosen: string) => ({
  type: 'static_select',
  selected_option: { value: chosen, text: { type: 'plain_text', text: chosen } },
});

/** Sends a form and waits for what the person is told. */
async function sent(person: PersonOnPage, form: PageView, state: PageState, words: string): Promise<PageMessage> {
  const before = new Set(person.shown.map((each) => each.ts));
  expect(await person.submit(form.id, state)).toEqual({ ok: true });
  return person.message((message) => !before.has(message.ts) && said(message).includes(words));
}

async function contactsForm(): Promise<PageView> {
  const card = await ask(mara, CHANNEL, '/account C-1');
  for (const block of card.blocks as { block_id: string; elements?: { action_id?: string; options?: { value: string }[] }[] }[]) {
    const menu = block.elements?.find((each) => each.action_id?.startsWith('account-more:'));
    if (!menu) continue;
    await mara.click({ channel: card.channel, ts: card.ts }, block.block_id, menu.action_id!, option('account-contacts'));
    return fresh(mara);
  }
  throw new Error('the card has no menu');
}

const added = (part: PageState): PageState => ({
  name: text(''),
  email: text(''),
  phone: text(''),
  role: text(''),
  source: text(''),
  ...part,
});

it('somebody is added by hand with a source, and can be made the first', async () => {
  const form = await contactsForm();
  const nameless = await mara.submit(form.id, added({ phone: text('+44 20 7946 0999') }));
  expect(nameless).toMatchObject({ errors: { name: 'Give the name of the contact.' } });
  const noSource = await mara.submit(form.id, added({ name: text('Piet Quay'), phone: text('+44 20 7946 0999') }));
  expect(noSource).toMatchObject({ errors: { source: expect.stringContaining('Say where this contact is from') } });
  const state = added({ name: text('Piet Quay'), phone: text('+44 20 7946 0999'), source: text('the <account> owner') });
  const card = await sent(mara, form, state, 'Contact added.');
  expect(said(card)).toContain('Piet Quay (from the &lt;account&gt; owner): +44 20 7946 0999');
  const again = await contactsForm();
  const rows = again.blocks as { block_id: string; accessory?: { action_id: string } }[];
  const row = rows.findLast((each) => each.accessory?.action_id.startsWith('contact-act:contact:'));
  await mara.click({ view: again.id }, row!.block_id, row!.accessory!.action_id, option('first'));
  await expect
    .poll(async () => said(await ask(mara, CHANNEL, '/account C-1')), { timeout: 10_000 })
    .toMatch(/Contacts\*\n• Piet Quay[\s\S]*• Imogen Larch/);
});

it('a bounce that a person pastes and two calls without an answer open one search, told to the collector', async () => {
  await press(mara, await ask(mara, CHANNEL, '/account C-1'), 'account-reply');
  const reply = await fresh(mara);
  const bounced = {
    kind: value(option('bounce')),
    received: value({ type: 'datepicker', selected_date: '2026-11-23' }),
    from: text('mailer-daemon@c-1.example'),
    text: text('550 5.1.1 <ap@c-1.example>: no such mailbox'),
  };
  await sent(mara, reply, bounced, 'Reply recorded.');
  const bouncedNow = async () => {
    await desk.later();
    return said(await ask(mara, CHANNEL, '/account C-1'));
  };
  await expect.poll(bouncedNow, { timeout: 20_000 }).toContain('ap@c-1.example (bounced)');
  for (const _ of [1, 2]) {
    await press(mara, await ask(mara, CHANNEL, '/account C-1'), 'account-call');
    const call = await fresh(mara);
    const state = { contact: value(option('-')), outcome: { 'call-outcome': option('no-answer') }, note: text('') };
    await sent(mara, call, state as unknown as PageState, 'Call recorded.');
  }
  const card = await told((message) => said(message).includes('Nobody can be reached at Otterby Foods Ltd'));
  expect(said(card)).toContain('Mail bounces and calls fail');

  await press(mara, card, 'tracing-step');
  const form = await fresh(mara);
  const step = (cost: string): PageState => ({
    source: value(option('register')),
    result: text('The register names a director.'),
    cost: text(cost),
    name: text('Ada Fenn'),
    email: text('fenn@otterby.example'),
    phone: text(''),
    role: text('director'),
  });
  expect(await mara.submit(form.id, step('twelve'))).toMatchObject({
    errors: { cost: expect.stringContaining('is not an amount with its currency') },
  });
  const shown = await sent(mara, form, step('12.50 GBP'), 'Somebody confirms the contact');
  expect(said(shown)).toContain('cost £12.50');
  expect(said(shown)).toContain('Found, not yet in the file*: Ada Fenn (director), fenn@otterby.example, from company register');
  expect(said(shown)).not.toMatch(/Contacts\*\n• Ada Fenn/);
});

it('who was found enters the file by the click of a person, once', async () => {
  const card = await told((message) => said(message).includes('Add to the file') && message.ephemeralTo !== 'U0MARA');
  const before = new Set(mara.shown.map((each) => each.ts));
  await press(mara, card, 'tracing-confirm');
  await mara.message((message) => !before.has(message.ts) && said(message).includes('The contact is in the file'));
  await press(mara, card, 'tracing-drop');
  await mara.message((message) => said(message).includes('Nobody is being looked for on this account any more'));
  const now = said(await ask(tom, CHANNEL, '/account C-1'));
  expect(now).toMatch(/Contacts\*\n• Ada Fenn \(director, from company register\): fenn@otterby\.example/);
  expect(now).not.toContain('Search for a contact*');
  const loaded = await desk.stores.accounts.load(accountId('C-1'));
  expect(loaded?.work.contacts.filter(({ added: known }) => known?.name === 'Ada Fenn')).toHaveLength(1);
});

it('a promise of somebody who is away goes back to their cover', async () => {
  const ports = { ...desk.stores, clock: { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') } };
  const invoices = [{ invoice: 'I-C-1', open: 100_000, free: 100_000 }];
  const promise = { id: 'p-away', entity: 'NWUK', currency: 'GBP', amount: 100_000, date: '2026-11-24', invoices, saidBy: 'Ms Fenn' };
  const taken = await changeAccount(ports, accountId('C-1'), { do: 'record-promise', ...promise } as never, 'U0TOM', 'taken');
  expect(taken.done).toBe(true);
  const team = await desk.stores.team.read();
  const away = { from: '2026-11-26', to: '2026-12-04', cover: 'U0MARA' };
  const members = team.members.map((member) => (member.user === 'U0TOM' ? { ...member, absence: away } : member));
  await desk.stores.team.save(team, { ...team, members } as never, [], 'away');
  await desk.morning('2026-11-27T09:00:00Z');
  const card = await told((message) => message.text.startsWith('Promise broken'));
  expect(said(card)).toContain('<@U0TOM> took this promise and is not there today.');
  expect(tom.shown.some((message) => message.text.startsWith('Promise broken'))).toBe(false);
});
