import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import { day } from '../../src/kernel/day.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { invoice, source } from '../support/ledger-place.ts';

// On Monday 23 November 2026: I-OLD of NWUK fell due six years and a day ago, I-NEAR six years ago on Thursday in a month, I-NEW in October.
const account = { number: 'C1', name: 'Otterby Freight Ltd', country: 'GB', language: 'en', kind: 'company', entity: 'NWUK' } as const;
const owed = (number: string, due: string, entity = 'NWUK') =>
  invoice(number, { entity, currency: 'GBP', total: 100_000, issued: day('2018-01-01'), due: day(due) });
const ROWS = [owed('I-OLD', '2020-11-22'), owed('I-NEAR', '2020-12-24'), owed('I-NEW', '2026-10-15'), owed('D-1', '2026-10-15', 'NWDE')];
const CHANNEL = 'C0COLLECT';
let bot: Bot;
let ines: PersonOnPage;

const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const date = (value: string | null) => ({ value: { type: 'datepicker', selected_date: value } });
const plain = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
const chosen = (value: string) => ({ value: { type: 'static_select', selected_option: plain(value) } });
const some = (...numbers: readonly string[]) => ({
  value: {
    type: 'multi_static_select',
    selected_options: numbers.map((number) => plain(['GBP', number.startsWith('D') ? 'NWDE' : 'NWUK', number].join('\n'))),
  },
});

async function fromMenu(message: PageMessage, value: string, title: string): Promise<PageView> {
  const menu = (message.blocks as { block_id: string; elements?: { action_id: string }[] }[])
    .flatMap(({ block_id, elements = [] }) => elements.map(({ action_id }) => ({ block_id, action_id })))
    .find(({ action_id }) => action_id.startsWith('account-more:'))!;
  await ines.click({ channel: message.channel, ts: message.ts }, menu.block_id, menu.action_id, {
    type: 'static_select',
    selected_option: plain(value),
  });
  return ines.modal(1, (view) => view.title === title);
}
const card = () => ask(ines, CHANNEL, '/account C1');
const told = (words: string) => ines.message((message) => said(message).includes(words));
const form = async () => fromMenu(await card(), 'account-limitation', 'Limitation date');

beforeAll(async () => {
  bot = await startBot({
    clock: { now: () => Temporal.Instant.from('2026-11-23T10:00:00Z') },
    prepare: (stores) => {
      const rows = ROWS.map((record) => ({ ...record, account: { ...record.account, ...account } }) as never);
      return importLedger(stores, { source: source(rows), dryRun: false, confirmVanished: false, sample: false });
    },
  });
  ines = await bot.person('U0INES');
});
afterAll(async () => {
  expect(bot.log).toEqual([]);
  await bot.stop();
});

const filled: PageState = {
  ...{ invoices: some('I-OLD'), kind: chosen('until'), on: date('2027-03-31'), through: date(null) },
  ...{ source: text('Letter of counsel of 3 November'), evidence: text('') },
};

it('while the law is not known only a date is taken, and a wrong form is told field by field', async () => {
  expect(said(await card())).not.toContain('imitation period');
  const opened = await form();
  expect(JSON.stringify(opened.blocks)).toContain('The governing law is not known.');
  const wrong = async (state: PageState) => (await ines.submit(opened.id, { ...filled, ...state })) as { errors: object };
  expect(await wrong({ source: text(' ') })).toMatchObject({ errors: { source: expect.stringContaining('whose advice') } });
  expect(await wrong({ evidence: text('C:\\letter') })).toMatchObject({ errors: { evidence: expect.stringContaining('https://') } });
  expect(await wrong({ on: date('2126-03-31') })).toMatchObject({ errors: { on: expect.stringContaining('Check the year') } });
  expect(await wrong({ invoices: some('I-OLD', 'D-1') })).toMatchObject({
    errors: { invoices: expect.stringContaining('one selling entity at a time') },
  });
  expect(await wrong({ kind: chosen('acknowledgement'), on: date('2026-11-02') })).toMatchObject({
    errors: { kind: expect.stringContaining('or the law is not listed. Nothing was recorded') },
  });
  expect(await ines.submit(opened.id, { ...filled, invoices: some('D-1'), on: date('2026-12-31') })).toEqual({ ok: true });
  await told('Recorded, with its evidence');
  const shown = said(await card());
  expect(shown).toContain('*Limitation period ends soon*  D-1 until 31 Dec 2026 (Letter of counsel of 3 November)');
  expect(shown).toContain('limitation date 31 Dec 2026 recorded for D-1, law: not known: Letter of counsel of 3 November');
});

it('with the law the card warns of what is near and of what has passed', async () => {
  const agreement = await fromMenu(await card(), 'account-agreement', 'Agreement on file');
  expect(await ines.submit(agreement.id, { law: chosen('XX') })).toMatchObject({
    errors: { law: expect.stringContaining('This law is none of the list. Nothing was changed.') },
  });
  expect(await ines.submit(agreement.id, { law: chosen('UK') })).toEqual({ ok: true });
  await told('Agreement on file.');
  const shown = said(await card());
  expect(shown).toContain('I-NEAR until 24 Dec 2026 (Limitation Act 1980, sections 5 and 29');
  expect(shown).toMatch(/\*Limitation period ended\* {2}I-OLD ended on 22 Nov 2026 .* Formal steps leave this out\./);
  expect(shown).not.toMatch(/I-NEW until/);
});

it('an acknowledgement with its evidence moves the date of a claim that was still alive, and not of one that was not', async () => {
  const opened = await form();
  expect(JSON.stringify(opened.blocks)).toContain('6 years from the due date (Limitation Act 1980');
  expect(JSON.stringify(opened.blocks)).toContain('Begins again with a written acknowledgement or a part payment.');
  const state = {
    ...filled,
    ...{ invoices: some('I-OLD', 'I-NEAR'), kind: chosen('acknowledgement'), on: date('2026-11-23') },
    ...{ source: text('Their mail of today: “we owe these”'), evidence: text('https://files.example/ack.eml') },
  };
  expect(await ines.submit(opened.id, { ...state, kind: chosen('written-demand') })).toMatchObject({
    errors: { kind: expect.stringContaining('does not move the limitation date') },
  });
  expect(await ines.submit(opened.id, { ...state, on: date('2026-11-24') })).toMatchObject({
    errors: { on: expect.stringContaining('That day has not come') },
  });
  expect(await ines.submit(opened.id, state)).toEqual({ ok: true });
  await told('Recorded, with its evidence');
  const shown = said(await card());
  expect(shown).not.toContain('I-NEAR until');
  expect(shown).toContain('I-OLD ended on 22 Nov 2026');
  expect(shown).toContain('limitation period: acknowledged on 23 Nov 2026 for I-OLD, I-NEAR, law: United Kingdom');
  expect(shown).toContain('<https://files.example/ack.eml|the evidence>');
});

it('a collector neither finds the form nor may use it', async () => {
  const mara = await bot.person('U0MARA');
  expect(JSON.stringify((await ask(mara, CHANNEL, '/account C1')).blocks)).not.toContain('account-limitation');
});
