import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

// The sample's C1001 owes UK-24117, due on 8 December, and UK-24242, due on the 12th. Its insurer allows ten days more.
const time = { now: Temporal.Instant.from('2026-11-23T10:00:00Z') };
const CHANNEL = 'C0COLLECT';
let bot: Bot;
let ines: PersonOnPage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const date = (value: string) => ({ value: { type: 'datepicker', selected_date: value } });
const card = () => ask(ines, CHANNEL, '/account C1001');

async function fromMenu(message: PageMessage, value: string, title: string): Promise<PageView> {
  const menu = (message.blocks as { block_id: string; elements?: { action_id: string }[] }[])
    .flatMap(({ block_id, elements = [] }) => elements.map(({ action_id }) => ({ block_id, action_id })))
    .find(({ action_id }) => action_id.startsWith('account-more:'))!;
  const selected_option = { value, text: { type: 'plain_text', text: value } };
  await ines.click({ channel: message.channel, ts: message.ts }, menu.block_id, menu.action_id, { type: 'static_select', selected_option });
  return ines.modal(1, (view) => view.title === title);
}
const warned = (title = '') => ines.modal(1, (view) => view.title === title && JSON.stringify(view.blocks).includes('longest extension'));
async function twice(form: PageView, state: PageState): Promise<string> {
  expect(await ines.submit(form.id, state)).toEqual({ ok: true });
  const shown = JSON.stringify((await warned(form.title)).blocks);
  expect(await ines.submit(form.id, state)).toEqual({ ok: true });
  await ines.noModal();
  return shown;
}

async function lift(): Promise<void> {
  const held = await card();
  await press(ines, held, 'account-unhold');
  await ines.message((message) => message.ts === held.ts && said(message).includes('Hold lifted.'));
}

beforeAll(async () => {
  bot = await startBot({ clock: { now: () => time.now } });
  ines = await bot.person('U0INES');
  const form = await fromMenu(await card(), 'account-agreement', 'Agreement on file');
  expect(await ines.submit(form.id, { policy: text('ATR-778'), extension: text('731') })).toMatchObject({
    errors: { extension: 'The longest extension is a whole number of days from 1 to 730.' },
  });
  expect(await ines.submit(form.id, { policy: text('ATR-778'), extension: text('10') })).toEqual({ ok: true });
});
afterAll(async () => {
  expect(bot.log).toEqual([]);
  await bot.stop();
});

it('the card shows the earliest last day', async () => {
  expect(said(await card())).toContain('policy ATR-778 · earliest last day 18 Dec 2026 (UK-24117)');
});

it('a hold within the period is recorded at once', async () => {
  await press(ines, await card(), 'account-hold');
  const form = await ines.modal(1, ({ title }) => title === 'Put on hold');
  expect(await ines.submit(form.id, { until: date('2026-12-18'), reason: text('audit') })).toEqual({ ok: true });
  await ines.noModal();
  expect(said(await card())).not.toContain('beyond the credit insurer’s period');
});

it('a hold beyond it warns with the invoices and their last day; sent again it is recorded, and the history says so', async () => {
  await lift();
  await press(ines, await card(), 'account-hold');
  const shown = await twice(await ines.modal(1, ({ title }) => title === 'Put on hold'), {
    until: date('2026-12-20'),
    reason: text('audit'),
  });
  expect(shown).toContain('UK-24117: last day 18 Dec 2026');
  expect(shown).not.toContain('UK-24242: last day');
  expect(said(await card())).toContain(
    'hold until 20 Dec 2026 recorded beyond the credit insurer’s period: UK-24117 (last day 18 Dec 2026)',
  );
});

it('another day than the one that was warned of warns anew', async () => {
  await lift();
  await press(ines, await card(), 'account-hold');
  const form = await ines.modal(1, ({ title }) => title === 'Put on hold');
  expect(await ines.submit(form.id, { until: date('2026-12-20'), reason: text('audit') })).toEqual({ ok: true });
  await warned('Put on hold');
  expect(await ines.submit(form.id, { until: date('2026-12-30'), reason: text('audit') })).toEqual({ ok: true });
  const again = await ines.modal(1, (view) => JSON.stringify(view.blocks).includes('UK-24242: last day 22 Dec 2026'));
  expect(await ines.submit(again.id, { until: date('2026-12-30'), reason: text('audit') })).toEqual({ ok: true });
  await ines.noModal();
});

it('so does a promise', async () => {
  await press(ines, await card(), 'account-promise');
  const form = await ines.modal(1, ({ title }) => title === 'Promise to pay');
  const chosen = { value: 'GBP\nNWUK\nUK-24117', text: { type: 'plain_text', text: 'UK-24117' } };
  const field = (form.blocks as { block_id?: string; element?: { action_id: string; type: string } }[]).find(
    ({ block_id }) => block_id === 'invoices',
  )!.element!;
  const invoices = { [field.action_id]: { type: field.type, selected_options: [chosen] } };
  const shown = await twice(form, {
    invoices,
    amount: text(''),
    date: date('2026-12-19'),
    who: text('Rosalind Quill'),
  } as unknown as PageState);
  expect(shown).toContain('It runs until 19 Dec 2026');
  expect(said(await card())).toContain('promise until 19 Dec 2026 recorded beyond the credit insurer’s period');
});

it('behind the last day the collector hears of it each week until it is paid', async () => {
  const mara = await bot.person('U0MARA');
  const heard = () => mara.shown.filter((message) => said(message).includes('longest extension of UK-24117 ended on 18 Dec 2026')).length;
  for (const [week, at] of ['2026-12-21T10:00:00Z', '2026-12-29T10:00:00Z'].entries()) {
    time.now = Temporal.Instant.from(at);
    await bot.tick();
    await expect.poll(heard).toBe(week + 1);
  }
});
