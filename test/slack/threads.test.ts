import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { said } from '../support/ask.ts';
import { CHANNEL, cardOf, csv, drop, importBot, importFile, invoiceLine, offers, press } from '../support/file-drop.ts';

let bot: Awaited<ReturnType<typeof importBot>>;
let ines: PersonOnPage;
let mara: PersonOnPage;
beforeAll(async () => {
  bot = await importBot();
  ines = await bot.person('U0INES');
  mara = await bot.person('U0MARA');
  await bot.control({ do: 'limits', limits: 'off' });
});
afterAll(() => bot.stop());

test('what a click in a thread is answered with stands in the thread', async () => {
  await drop(ines, 'thread.csv', csv(invoiceLine(1)));
  const card = await cardOf(mara, 'thread.csv', (each) => offers(each, 'import-check'));
  expect(card.threadTs).toBeDefined();
  await press(mara, card, 'import-check');
  const refusal = await mara.message((each) => each.ephemeralTo === mara.id && said(each).includes('You may not'));
  expect(refusal.threadTs).toBe(card.threadTs);
});

test('in the channel’s main view it stands there', async () => {
  await mara.command(CHANNEL, '/overdue all');
  const list = await mara.message((each) => each.ephemeralTo === mara.id && said(each).includes('verdue'));
  expect(list.threadTs).toBeUndefined();
});

test('what a form says that was opened from a message in a thread stands in the thread too', async () => {
  const { threadTs } = await importFile(ines, 'known.csv', csv(invoiceLine(2, '5.00', 'C2')));
  await ines.say(CHANNEL, 'They pay on Friday.', threadTs);
  const reply = await mara.message((each) => each.text === 'They pay on Friday.');
  await mara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: reply.ts });
  const form = await mara.modal(1, (view) => view.title === 'Add to a file');
  const typed = { do: 'suggest', from: { view: form.id }, block: 'account', element: { action_id: 'file-account' }, text: 'C2' } as const;
  const { options } = (await mara.act(typed)) as { options: object[] };
  const account = { 'file-account': { type: 'external_select', selected_option: options[0] } };
  expect(await mara.submit(form.id, { account })).toEqual({ ok: true });
  const done = await mara.message((each) => each.text.includes('On the file of'));
  expect([done.ephemeralTo, done.threadTs]).toEqual([mara.id, threadTs]);
});

test('somebody who may not is told in the thread whose message they chose', async () => {
  const sara = await bot.person('U0SARA');
  const question = ines.shown.find((each) => each.text === 'They pay on Friday.')!;
  await sara.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: question.ts });
  const refusal = await sara.message((each) => each.ephemeralTo === sara.id && said(each).includes('You may not'));
  expect(refusal.threadTs).toBe(question.threadTs);
});
