import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { CHANNEL, csv, importBot, importFile, invoiceLine, offers, press, privately, saidIn } from '../support/file-drop.ts';

let bot: Awaited<ReturnType<typeof importBot>>;
let ines: PersonOnPage;
beforeAll(async () => {
  bot = await importBot();
  ines = await bot.person('U0INES');
  await bot.control({ do: 'limits', limits: 'off' });
  await importFile(
    ines,
    'invoices.csv',
    csv(invoiceLine(1), invoiceLine(2).replace('01-31', '02-28'), invoiceLine(3, '50.00', 'C2').replace('Acme', 'Birch')),
  );
  const paid = 'account,number,currency,amount,received,invoice\nC2,P1,EUR,100.00,2026-02-01,I1\nC2,P2,EUR,100.00,2026-02-02,I2\n';
  await importFile(ines, 'payments.csv', paid);
});
afterAll(() => bot.stop());

const cardOf = async (person: PersonOnPage, fits: (card: PageMessage) => boolean) => {
  await person.command(CHANNEL, '/account C1');
  return privately(person, (each) => saidIn(each).includes('Acme · C1') && fits(each));
};

test('the account’s card asks about money that stands under another customer, and a click settles it', async () => {
  const card = await cardOf(ines, (each) => offers(each, 'money-pays'));
  expect(saidIn(card)).toContain('Payment P1 of customer C2 (€100.00) names invoice I1 of customer C1, of which €100.00 is open.');
  await press(ines, card, 'money-pays');
  const next = await privately(ines, (each) => saidIn(each).includes('P1 pays I1.') && offers(each, 'money-apart'));
  expect(await bot.place.openOf('I1')).toBe(0);
  await press(ines, next, 'money-apart');
  const last = await privately(ines, (each) => saidIn(each).includes('P2 is kept apart; I2 is asked for again.'));
  expect(offers(last, 'money-pays')).toBe(false);
  expect(await bot.place.openOf('I2')).toBe(10_000);
  expect(await bot.place.stores.intake.misplaced(10)).toEqual([]);
});

test('who may not import is told, and has no buttons', async () => {
  await importFile(ines, 'more.csv', 'account,number,currency,amount,received,invoice\nC2,P3,EUR,40.00,2026-02-03,I2\n');
  const mara = await bot.person('U0MARA');
  const card = await cardOf(mara, (each) => saidIn(each).includes('Payment P3'));
  expect(saidIn(card)).toContain('before a manager says whether it is paid by that');
  expect(offers(card, 'money-pays')).toBe(false);
});
