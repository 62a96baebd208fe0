import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') };
const CHANNEL = 'C0COLLECT';

let bot: Bot;
let mara: PersonOnPage;
let ines: PersonOnPage;
let sara: PersonOnPage;
beforeAll(async () => {
  bot = await startBot({ clock });
  mara = await bot.person('U0MARA');
  ines = await bot.person('U0INES');
  sara = await bot.person('U0SARA');
});
afterAll(async () => {
  expect(bot.log).toEqual([]);
  await bot.stop();
});

const opened = new Set<string>();
async function fresh(person: PersonOnPage): Promise<PageView> {
  const view = await person.modal(1, (each) => !opened.has(each.id));
  opened.add(view.id);
  return view;
}
const value = (of: object) => ({ value: of });
const text = (words: string) => value({ type: 'plain_text_input', value: words });
const date = (day: string) => value({ type: 'datepicker', selected_date: day });
const choice = (chosen: string) =>
  value({ type: 'static_select', selected_option: { value: chosen, text: { type: 'plain_text', text: chosen } } });
const entry = (part: PageState = {}): PageState => ({
  channel: choice('note'),
  direction: choice('internal'),
  on: date('2026-11-23'),
  marking: choice('internal'),
  ...part,
});
/** Sends a form and waits for what the person is told. */
async function sent(person: PersonOnPage, form: PageView, state: PageState, fits: (message: PageMessage) => boolean): Promise<PageMessage> {
  const before = new Set(person.shown.map((each) => each.ts));
  expect(await person.submit(form.id, state)).toEqual({ ok: true });
  return person.message((message) => !before.has(message.ts) && fits(message));
}
const wordsOf = (view: PageView) => JSON.stringify(view.blocks);
const timeline = (person: PersonOnPage, number: string) => ask(person, CHANNEL, `/account ${number} timeline`);

/** Picks from the card's menu. */
async function pick(person: PersonOnPage, card: PageMessage, action: string) {
  for (const block of card.blocks as {
    block_id: string;
    elements?: { action_id?: string; option_groups?: { options: { value: string }[] }[] }[];
  }[]) {
    const menu = block.elements?.find((each) => each.action_id?.startsWith('account-more:'));
    const option = menu?.option_groups?.flatMap(({ options }) => options).find((each) => each.value === action);
    if (option)
      return person.click({ channel: card.channel, ts: card.ts }, block.block_id, menu!.action_id!, {
        type: 'static_select',
        selected_option: option,
      });
  }
  throw new Error(`the menu has no ${action}: ${said(card)}`);
}

it('a meeting entered from the card is on the card and in the timeline with its mark', async () => {
  await press(mara, await ask(mara, CHANNEL, '/account C1001'), 'account-note');
  const form = await fresh(mara);
  const words = 'They pay when the <second> pallet is there.';
  const state = entry({
    channel: choice('meeting'),
    direction: choice('in'),
    text: text(words),
    subject: text('Site visit'),
    marking: choice('shareable'),
  });
  const card = await sent(mara, form, state, (message) => said(message).includes(':white_check_mark: On file, marked shareable.'));
  expect(said(card)).toContain(
    'meeting with the customer of 23 Nov 2026: “Site visit”, They pay when the &lt;second&gt; pallet is there, by <@U0MARA>',
  );
  expect(said(await timeline(mara, 'C1001'))).toContain('<@U0MARA> · _shareable_\nMeeting with the customer');
});

it('the same click twice is one entry, and what has not happened is refused under its day', async () => {
  await press(mara, await ask(mara, CHANNEL, '/account C1002'), 'account-note');
  const form = await fresh(mara);
  const wrong = await mara.submit(form.id, entry({ on: date('2026-11-24'), text: text('tomorrow') }));
  expect(wrong).toMatchObject({ ok: true, errors: { on: expect.stringContaining('only what has happened') } });
  expect(await mara.submit(form.id, entry({ text: text('   ') }))).toMatchObject({
    errors: { text: expect.stringContaining('Write what happened') },
  });
  await sent(mara, form, entry({ text: text('one note') }), (message) => said(message).includes('On file'));
  expect(said(await timeline(mara, 'C1002')).match(/one note/g)).toHaveLength(1);
});

it('a note goes in by command; names and notes may hold a colon', async () => {
  expect(said(await ask(mara, CHANNEL, '/collections note C1003: audit: they pay after it'))).toContain('marked internal');
  expect(said(await timeline(mara, 'C1003'))).toContain('Note of 23 Nov 2026: audit: they pay after it');
  expect(said(await ask(mara, CHANNEL, '/collections note C1003 without a colon'))).toContain('Name the account, then a colon');
  expect(said(await ask(mara, CHANNEL, '/collections note Zzyzx: hello'))).toContain('No account has “Zzyzx”');
  expect(said(await ask(mara, CHANNEL, `/collections note C1003: ${'x'.repeat(3_001)}`))).toContain('3,000 characters');
  expect(said(await ask(sara, CHANNEL, '/collections note C1003: hello'))).toContain('You may not');
});

it('a message is put on file with its words, author and link, once', async () => {
  await mara.say(CHANNEL, 'Their director said <b>Friday</b> & @tom believes him');
  const message = await mara.says('Their director said');
  const shortcut = () => mara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: message.ts });
  expect(await shortcut()).toEqual({ ok: true });
  const form = await fresh(mara);
  expect(wordsOf(form)).toContain('Their director said <b>Friday</b> & @U0TOM believes him');
  const offered = await mara.act({
    do: 'suggest',
    from: { view: form.id },
    block: 'account',
    element: { action_id: 'file-account' },
    text: 'c1004',
  });
  const [option] = (offered as { options: { value: string }[] }).options;
  expect((offered as { options: unknown[] }).options).toHaveLength(1);
  const state = {
    ...entry({ channel: choice('message') }),
    account: { 'file-account': { type: 'external_select', selected_option: option } },
  };
  await sent(mara, form, state, (each) => each.text.includes('On the file of') && each.text.includes('marked internal'));
  const page = await timeline(mara, 'C1004');
  expect(said(page)).toContain('written by <@U0MARA>: Their director said &lt;b&gt;Friday&lt;/b&gt; &amp; <@U0TOM> believes him');
  await press(mara, page, 'timeline-entry');
  expect(wordsOf(await fresh(mara))).toMatch(/<http[^|]*\|Open the message in Slack>/);

  await shortcut();
  await sent(mara, await fresh(mara), state, (each) => each.text.includes('already. Nothing was added.'));
  expect(said(await timeline(mara, 'C1004')).match(/Their director said/g)).toHaveLength(1);
});

it('a file in the message is named with its size and not fetched; a message of a picture alone has its name on file', async () => {
  await mara.upload(CHANNEL, 'signed contract.pdf', 'x'.repeat(1_500));
  const message = await mara.message((each) => (each.files ?? []).length > 0);
  await mara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: message.ts });
  const form = await fresh(mara);
  expect(wordsOf(form)).toContain('Named, not copied; the files stay in Slack: signed contract.pdf (1.5 kB)');
  const offered = await mara.act({
    do: 'suggest',
    from: { view: form.id },
    block: 'account',
    element: { action_id: 'file-account' },
    text: 'C1008',
  });
  const [option] = (offered as { options: object[] }).options;
  const account = { 'file-account': { type: 'external_select', selected_option: option } };
  const told = await sent(mara, form, { ...entry({ channel: choice('letter') }), account } as PageState, (each) =>
    each.text.includes('On the file of'),
  );
  expect(told.text).toContain('Its files are named, not copied.');
  expect(said(await timeline(mara, 'C1008'))).toContain(
    'Letter among ourselves of 23 Nov 2026, written by <@U0MARA> (names signed contract.pdf)',
  );
});

it('without a role the menu and its choices give nothing away', async () => {
  const message = await mara.says('Their director said');
  await sara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: message.ts });
  await sara.says('You may not');
});

it('a mark changes by an entry of its own with a reason; privilege is lifted by a manager only', async () => {
  const mark = async (person: PersonOnPage, to: string, reason = 'counsel asked') => {
    const page = await timeline(person, 'C1003');
    const row = (page.blocks as { text?: { text: string }; accessory?: { value: string } }[]).find((each) =>
      each.text?.text.includes('\nNote of'),
    )!;
    await press(person, page, 'timeline-entry', (each) => each.value === row.accessory!.value);
    return person.submit((await fresh(person)).id, { to: choice(to), reason: text(reason) });
  };
  expect(await mark(mara, 'privileged')).toEqual({ ok: true });
  await mara.says('Marked as privileged.');
  expect(said(await timeline(mara, 'C1003'))).toMatch(/:lock: privileged_\nNote of/);
  expect(await mark(mara, 'shareable')).toMatchObject({ errors: { to: expect.stringContaining('Only a manager') } });
  expect(await mark(ines, 'shareable', ' ')).toMatchObject({ errors: { reason: expect.stringContaining('Give a reason') } });
  expect(await mark(ines, 'shareable')).toEqual({ ok: true });
  await ines.says('Marked as shareable.');
  const page = said(await timeline(mara, 'C1003'));
  expect(page).toMatch(/_shareable_\nNote of/);
  expect(page).toContain('changed from privileged to shareable: counsel asked');
});

it('the timeline goes back page by page, also through the trail, and narrows to one kind', async () => {
  for (let n = 1; n <= 11; n += 1) await ask(mara, CHANNEL, `/collections note C1005: page note ${n}.`);
  await bot.tick();
  const first = await timeline(mara, 'C1005');
  expect(said(first)).toContain('page note 11.');
  expect(said(first)).not.toContain('page note 3.');
  await press(mara, first, 'timeline-page', (each) => JSON.parse(each.value!).b !== null);
  const second = await mara.message((message) => message.ts === first.ts && said(message).includes('older entries'));
  for (const n of [1, 2, 3]) expect(said(second)).toContain(`page note ${n}.`);
  expect(said(second)).not.toContain('page note 4.');
  const block = (second.blocks as { block_id: string; elements?: { action_id?: string }[] }[]).find((each) =>
    each.elements?.some((one) => one.action_id?.startsWith('timeline-kind')),
  )!;
  const select = block.elements!.find((one) => one.action_id?.startsWith('timeline-kind'))!;
  await mara.click({ channel: CHANNEL, ts: first.ts }, block.block_id, select.action_id!, choice('arrangements').value);
  await mara.message((message) => message.ts === first.ts && said(message).includes('Nothing of this kind is on file yet'));
});

it('the menu of the card runs what its buttons would', async () => {
  const card = await ask(mara, CHANNEL, '/account C1006');
  await pick(mara, card, 'account-kind');
  expect(wordsOf(await fresh(mara))).toContain('Formal steps against a natural person');
  // Drawn anew, so that the same can be chosen once more.
  const redrawn = () => mara.seen.some((event) => event.type === 'message-changed' && event.message.ts === card.ts);
  await until(
    () => redrawn() || undefined,
    () => 'the card to be drawn anew',
  );
});

it('who may only read sees the timeline and no form to change a mark', async () => {
  const page = await timeline(sara, 'C1003');
  await press(sara, page, 'timeline-entry');
  const view = await fresh(sara);
  expect(wordsOf(view)).not.toContain('Mark it as');
  expect(said(await ask(sara, CHANNEL, '/account Zzyzx timeline'))).toContain('No account has');
});
