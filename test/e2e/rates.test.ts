import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { invoice, source } from '../support/ledger-place.ts';

// One customer under English law. 2 January 2027 is a Saturday, 2 July 2027 a Friday; the company is in London.

const ACCOUNT = accountId('C1');
let now = Temporal.Instant.from('2026-12-31T12:00:00Z');
const clock = { now: () => now };
let bot: Bot;
let alex: PersonOnPage;

const TERMS = {
  ...{ law: 'UK' as const, terms: 30, notice: null, feeClause: null, interestRate: null, acceleration: false },
  ...{ disputeClause: '', insuranceDeadline: null, document: null },
};

beforeAll(async () => {
  bot = await startBot({
    clock,
    prepare: async (stores) => {
      const commands = { overdue: 'overdue', account: 'account', collections: 'collections' };
      const place = { digestChannel: 'C0COLLECT', digestHour: 9, zone: 'Europe/London', company: '', country: 'GB', region: '' };
      await stores.settings.load({ ...place, commands });
      const rows = [invoice('NW-1', { currency: 'GBP', total: 500_000, due: '2026-11-30' as never })];
      await importLedger(stores, { source: source(rows), dryRun: false, confirmVanished: false, sample: false });
      for (const request of [
        { do: 'set-kind' as const, kind: 'company' as const },
        { do: 'set-agreement' as const, seen: 0, terms: TERMS },
      ]) {
        const result = await changeAccount({ ...stores, clock }, ACCOUNT, request, 'U0INES', `prepare:${request.do}`);
        if (!result.done) throw new Error(result.refused);
      }
    },
  });
  alex = await bot.person('U0ALEX');
});
afterAll(() => bot.stop());

const missing = () => alex.shown.filter((message) => message.text.startsWith('Reference rates for'));
async function at(moment: string): Promise<PageMessage[]> {
  now = Temporal.Instant.from(`${moment}:00Z`);
  await bot.tick();
  await bot.tick();
  return missing();
}
const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const chosen = (value: string, label: string) => ({
  value: { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: label } } },
});
const BANK_RATE = chosen('bank-of-england', 'Bank Rate of the Bank of England');

/** The form behind the alert's button, filled in and sent. */
async function entering(half: string, rate: string, from: string) {
  await press(alex, missing().at(-1)!, 'rate-open');
  const view = await alex.modal(1);
  const answer = await alex.submit(view.id, { series: BANK_RATE, half: text(half), rate: text(rate), source: text(from) });
  if ('errors' in answer && answer.errors) {
    await alex.act({ do: 'close', view: view.id });
    await alex.noModal();
  }
  return answer;
}

it('on New Year’s Day and over the weekend the admin is left alone', async () => {
  expect(await at('2027-01-01T12:00')).toEqual([]);
  expect(await at('2027-01-02T10:00')).toEqual([]);
});

it('on the first working morning behind 2 January the admin hears which rate is missing, with the form', async () => {
  await expect.poll(async () => (await at('2027-01-04T08:30')).length).toBe(1);
  const told = said(missing()[0]!);
  expect(told).toContain('Reference rates for 1 January – 30 June 2027 are missing');
  expect(told).toContain('the Bank Rate of the Bank of England on 31 December 2026');
  // Nobody's law needs another one.
  expect(told).not.toContain('European Central Bank');
});

it.each([
  ['2027H3', '3.75', 'half', 'This is no half-year, so nothing was saved.'],
  ['2027H2', '3.75', 'half', 'This half-year has not begun, so its rate is not fixed. Nothing was saved.'],
  ['2027H1', 'three', 'rate', 'This is no rate, so nothing was saved.'],
  ['2027H1', '375', 'rate', 'A reference rate is between -2 and 30 % a year. Nothing was saved.'],
])('%s at %s is refused: nothing is saved, and it is said what to do', async (half, rate, field, words) => {
  const answer = await entering(half, rate, 'Bank of England, 31 December 2026');
  expect((answer as { errors?: Record<string, string> }).errors?.[field]).toContain(words);
});

it('entered with its source it counts, and the same rate again is refused', async () => {
  expect(await entering('2027H1', '3.75', 'Bank of England, 31 December 2026')).toEqual({ ok: true });
  await alex.message((message) => said(message).includes('Bank Rate of the Bank of England for 1 January – 30 June 2027: 3.75 %'));
  const again = await entering('2027H1', '3.75', 'Bank of England, 31 December 2026');
  expect((again as { errors?: Record<string, string> }).errors?.rate).toContain('This half-year has this rate already. Nothing was saved');
});

it('it is told once for a half-year, and on 2 July of the next', async () => {
  expect(await at('2027-01-05T09:30')).toHaveLength(1);
  expect(await at('2027-03-01T09:30')).toHaveLength(1);
  expect(await at('2027-07-01T09:30')).toHaveLength(1);
  await expect.poll(async () => (await at('2027-07-02T09:30')).length).toBe(2);
  expect(said(missing()[1]!)).toContain('1 July – 31 December 2027');
});

it('what was entered on the first day of a half-year is not asked for on its second', async () => {
  expect(await entering('2027H2', '3.50', 'Bank of England, 30 June 2027')).toEqual({ ok: true });
  now = Temporal.Instant.from('2028-01-01T12:00:00Z');
  expect(await entering('2028H1', '3.25', 'Bank of England, 31 December 2027')).toEqual({ ok: true });
  expect(await at('2028-01-04T09:30')).toHaveLength(2);
});
