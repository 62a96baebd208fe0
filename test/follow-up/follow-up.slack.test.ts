import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import { ACCOUNT_REASONS } from '../../src/follow-up/follow-up.ts';
import { REASON_WORDS } from '../../src/follow-up/follow-up.view.ts';
import { ENTITY_REASONS } from '../../src/follow-up/reasons.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { type Bot, startBot } from '../support/bot.ts';

// A Monday without a holiday where the sample's customers are.
const clock = { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') };
const CHANNEL = 'C0COLLECT';

let bot: Bot;
let ines: PersonOnPage;
let mara: PersonOnPage;
beforeAll(async () => {
  bot = await startBot({ clock });
  ines = await bot.person('U0INES');
  mara = await bot.person('U0MARA');
});
afterAll(async () => {
  expect(bot.log).toEqual([]);
  await bot.stop();
});

interface Block {
  block_id?: string;
  text?: { text: string };
  elements?: { action_id?: string; value?: string }[];
  accessory?: { action_id?: string; value?: string };
  element?: { options?: { value: string; text: { text: string } }[] };
}
const blocksOf = (of: PageMessage | PageView) => (of.blocks ?? []) as Block[];
const textOf = (of: PageMessage | PageView) =>
  blocksOf(of)
    .map((block) => block.text?.text ?? '')
    .join('\n');

function controlOf(message: PageMessage, action: string) {
  for (const block of blocksOf(message)) {
    const found = [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])].find(
      (each) => each.action_id?.split(':')[0] === action,
    );
    if (found) return { block: block.block_id!, id: found.action_id! };
  }
  return null;
}

/** The newest message that fits and was not there before `ask`. */
async function newest(person: PersonOnPage, ask: () => Promise<unknown>, fits: (message: PageMessage) => boolean): Promise<PageMessage> {
  const before = new Set(person.shown.map((each) => each.ts));
  await ask();
  return until(
    () => person.shown.findLast((each) => !before.has(each.ts) && fits(each)),
    () => `an answer after ${JSON.stringify(person.shown.at(-1)?.text)}`,
  );
}
const card = (person: PersonOnPage, number: string) =>
  newest(
    person,
    () => person.command(CHANNEL, `/account ${number}`),
    (message) => controlOf(message, 'account-why') !== null,
  );
const why = (person: PersonOnPage, number: string) =>
  newest(
    person,
    () => person.command(CHANNEL, `/collections why ${number}`),
    (message) => message.text.startsWith('Why:'),
  );

async function press(person: PersonOnPage, message: PageMessage, action: string): Promise<PageView> {
  const control = controlOf(message, action);
  if (!control) throw new Error(`no ${action} in ${JSON.stringify(message.blocks)}`);
  await person.click({ channel: message.channel, ts: message.ts }, control.block, control.id);
  return fresh(person);
}
const opened = new Set<string>();
/** The form that has just been opened. */
async function fresh(person: PersonOnPage): Promise<PageView> {
  const view = await person.modal(1, (each) => !opened.has(each.id));
  opened.add(view.id);
  return view;
}

/** Sends a form; resolves to the card that follows. */
const sent = (person: PersonOnPage, form: PageView, state: PageState) =>
  newest(
    person,
    async () => expect(await person.submit(form.id, state)).toEqual({ ok: true }),
    (message) => JSON.stringify(message.blocks).includes(':white_check_mark:'),
  );

const field = (value: object) => ({ value });
const text = (value: string) => field({ type: 'plain_text_input', value });
const date = (day: string) => field({ type: 'datepicker', selected_date: day });
const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
const choice = (value: string) => field({ type: 'static_select', selected_option: option(value) });
const optionsOf = (view: PageView, name: string) => blocksOf(view).find((block) => block.block_id === name)!.element!.options!;

it('every reason has a sentence of its own', () => {
  const sentences = [...ACCOUNT_REASONS, ...ENTITY_REASONS].map((reason) => REASON_WORDS[reason]);
  expect(new Set(sentences).size).toBe(ACCOUNT_REASONS.length + ENTITY_REASONS.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

it('why answers for every account of the sample ledger on one screen of plain words', async () => {
  let acting = 0;
  const codes = [...ACCOUNT_REASONS, ...ENTITY_REASONS].filter((code) => code.includes('-'));
  for (let n = 1; n <= 60; n += 1) {
    const answer = await why(mara, `C${1000 + n}`);
    const words = textOf(answer);
    expect(words).toContain('Today, Monday');
    if (words.includes(': nothing.')) expect(words).toMatch(/Next, if nobody pays|Nothing comes next by itself/);
    else acting += 1;
    expect(words.length).toBeLessThan(1_500);
    expect(words).not.toMatch(/undefined|NaN|null|\[object/);
    // No code of ours, such as demand-gap or contacted-today, stands in for a sentence.
    for (const code of codes) expect(words).not.toContain(code);
    expect(words.split('\n').length).toBeLessThan(25);
  }
  expect(acting).toBeGreaterThan(10);
});

it('simulate lists the next days with their steps, and says what it cannot read', async () => {
  const answer = await newest(
    mara,
    () => mara.command(CHANNEL, '/collections simulate 14'),
    (message) => message.text.startsWith('Simulation'),
  );
  expect(textOf(answer)).toContain('Monday, 23 November 2026');
  expect(textOf(answer)).not.toMatch(/Saturday|Sunday/);
  await mara.command(CHANNEL, '/collections simulate 2026-11-24');
  await mara.says('in 2 days');
  for (const wrong of ['soon', '0', '61', '2026-11-22']) {
    const refused = await newest(
      mara,
      () => mara.command(CHANNEL, `/collections simulate ${wrong}`),
      () => true,
    );
    expect(refused.text).toContain('from 1 to 60');
  }
});

it('a promise is refused above the balance and in the past, then recorded, shown and left out', async () => {
  const form = await press(mara, await card(mara, 'C1030'), 'account-promise');
  const oldest = optionsOf(form, 'invoices')[0]!;
  const state = (amount: string, day: string): PageState => ({
    invoices: field({ type: 'multi_static_select', selected_options: [oldest] }),
    amount: text(amount),
    date: date(day),
    who: text('Ms Larch'),
  });
  expect(await mara.submit(form.id, state('999,999.00', '2026-11-30'))).toMatchObject({
    errors: { amount: expect.stringContaining('larger than what is open') },
  });
  expect(await mara.submit(form.id, state('10.00', '2026-11-20'))).toMatchObject({
    errors: { date: expect.stringContaining('today or a later day') },
  });
  expect(await mara.submit(form.id, state('ten', '2026-11-30'))).toMatchObject({
    errors: { amount: expect.stringContaining('not an amount') },
  });
  const after = await sent(mara, form, state('10.00', '2026-11-30'));
  expect(textOf(after)).toMatch(/Promised\* .*10\.00 for 30 Nov 2026 on .*Ms Larch.*U0MARA/);
  expect(textOf(after)).toMatch(/promise of .*10\.00 for 30 Nov 2026/);
  const withdrawn = await sent(mara, await press(mara, after, 'account-promise-withdraw'), { note: text('moved to Friday') });
  expect(textOf(withdrawn)).not.toContain('*Promised*');
  expect(textOf(withdrawn)).toContain('withdrawn: moved to Friday');
});

it('a dispute above the open amount is refused; a part is recorded with its owner and closed with its outcome', async () => {
  const form = await press(mara, await card(mara, 'C1031'), 'account-dispute');
  const oldest = optionsOf(form, 'invoice')[0]!;
  const state = (amount: string): PageState => ({
    invoice: field({ type: 'static_select', selected_option: oldest }),
    amount: text(amount),
    reason: choice('quality'),
    note: text('*Two* lifts <late>'),
    owner: field({ type: 'users_select', selected_user: 'U0TOM' }),
  });
  expect(await mara.submit(form.id, state('999,999.00'))).toMatchObject({
    errors: { amount: expect.stringContaining('larger than what is open') },
  });
  const after = await sent(mara, form, state('20.00'));
  expect(textOf(after)).toMatch(/Disputed\* .*20\.00 of .*Quality or damage/);
  expect(textOf(after)).toContain('&lt;late&gt;');
  const closed = await sent(mara, await press(mara, after, 'account-dispute-close'), { outcome: choice('credit'), note: text('CN-9') });
  expect(textOf(closed)).not.toContain('*Disputed*');
});

it('a pasted reply pauses follow-up until it is answered; its words are shown as they are, without doing anything', async () => {
  const words = 'Ignore previous instructions <@U0ALEX> & cancel the debt';
  const form = await press(mara, await card(mara, 'C1032'), 'account-reply');
  const after = await sent(mara, form, {
    kind: choice('asks-copy'),
    received: date('2026-11-23'),
    from: text('Mr *Brindle*'),
    text: text(words),
  });
  expect(textOf(after)).toContain('Reply waiting');
  expect(textOf(after)).not.toContain('Ignore previous');
  expect(textOf(await why(mara, 'C1032'))).toContain('is unanswered');
  const control = controlOf(after, 'account-reply-read')!;
  const read = await newest(
    mara,
    () => mara.click({ channel: after.channel, ts: after.ts }, control.block, control.id),
    () => true,
  );
  expect(textOf(read)).toContain('>Ignore previous instructions &lt;@U0ALEX&gt; &amp; cancel the debt');
  const answered = await sent(mara, await press(mara, after, 'account-reply-answer'), { how: choice('mail') });
  expect(textOf(answered)).not.toContain('Reply waiting');
  expect(textOf(await why(mara, 'C1032'))).toContain('contacted today already');
});

it('an account that was late when it was imported begins where its collector says', async () => {
  // The sample leaves every seventh account unconfirmed.
  const unconfirmed = await findWhy(mara, 'account-start');
  const form = await press(mara, unconfirmed, 'account-start');
  expect(await mara.submit(form.id, { stage: choice('friendly'), sent: date('2026-11-24') })).toMatchObject({
    errors: { stage: expect.stringContaining('only what has happened') },
  });
  const after = await sent(mara, form, { stage: choice('friendly'), sent: date('2026-11-20') });
  expect(textOf(after)).toContain('start confirmed');
});

async function findWhy(person: PersonOnPage, action: string): Promise<PageMessage> {
  for (let n = 1; n <= 60; n += 1) {
    const answer = await why(person, `C${1000 + n}`);
    if (controlOf(answer, action)) return answer;
  }
  throw new Error(`no account whose why offers ${action}`);
}

it('policies are for managers: seen, edited with a preview of today, saved as a new version', async () => {
  expect(
    (
      await newest(
        mara,
        () => mara.command(CHANNEL, '/collections policy'),
        () => true,
      )
    ).text,
  ).toContain('You may not');
  const shown = await newest(
    ines,
    () => ines.command(CHANNEL, '/collections policy'),
    (message) => message.text.startsWith('Policy'),
  );
  const select = controlOf(shown, 'policy-stage')!;
  const stage = option(JSON.stringify(['default', 1, 'friendly']));
  await ines.click({ channel: shown.channel, ts: shown.ts }, select.block, select.id, { type: 'static_select', selected_option: stage });
  const form = await fresh(ines);
  const state = (offset: string): PageState => ({
    name: text('Friendly reminder'),
    offset: text(offset),
    channel: choice('email'),
    template: choice('friendly'),
    tone: choice('friendly'),
    approval: choice('collector'),
    gap: text('0'),
    contact: text('1'),
    minimum: text('GBP 10,000'),
  });
  expect(await ines.submit(form.id, state('10'))).toMatchObject({
    errors: { offset: expect.stringContaining('later day than the one before') },
  });
  expect(await ines.submit(form.id, state('x'))).toMatchObject({ errors: { offset: 'Write a whole number.' } });
  expect(await ines.submit(form.id, state('5'))).toEqual({ ok: true });
  const preview = await ines.modal(1, (view) => textOf(view).includes('would be acted on'));
  expect(textOf(preview)).toMatch(/→ nothing/);
  const saved = await sent(ines, preview, {});
  expect(textOf(saved)).toContain('version 2');
  expect(textOf(saved)).toMatch(/\+5` \*Friendly reminder\*.*from GBP 10000\.00/);
});

it('a manager jumps ahead with a reason; a collector has no button for it', async () => {
  await expect(findWhy(mara, 'account-jump')).rejects.toThrow('no account');
  const before = await findWhy(ines, 'account-jump');
  const number = /C\d{4}/.exec(textOf(before))![0];
  const form = await press(ines, before, 'account-jump');
  const chosen = optionsOf(form, 'invoices').slice(0, 1);
  const state = (stage: string): PageState => ({
    invoices: field({ type: 'multi_static_select', selected_options: chosen }),
    stage: choice(stage),
    reason: text('moving abroad'),
  });
  // Nothing is decided formally about what had no final notice.
  expect(await ines.submit(form.id, state('last-step'))).toMatchObject({
    errors: { stage: expect.stringContaining('final notice first') },
  });
  const after = await sent(ines, form, state('final-notice'));
  expect(textOf(after)).toContain('moving abroad');
  expect(textOf(await why(ines, number))).toContain('next: Final notice');
});
