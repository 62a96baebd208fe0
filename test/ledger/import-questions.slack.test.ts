import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { blocksOf, cardOf, drop, filled, importBot, offers, press, saidIn } from '../support/file-drop.ts';
import { SHARED_DATA, sharedFiles } from '../support/shared-data.ts';

let bot: Awaited<ReturnType<typeof importBot>>;
let ines: PersonOnPage;
beforeAll(async () => {
  bot = await importBot();
  ines = await bot.person('U0INES');
  await bot.control({ do: 'limits', limits: 'off' });
});
beforeEach(async () => {
  for (const name of ['accounts', 'contacts', 'invoices', 'payments', 'creditnotes', 'mappings'])
    await bot.place.raw.collection(name).deleteMany({});
});
afterAll(async () => {
  await bot.stop();
});

let clicks = 0;
const answered = new Set<string>();
const click = async (card: PageMessage, action: string) => {
  clicks += 1;
  await press(ines, card, action);
};

async function dropped(name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<PageMessage> {
  clicks = 1;
  await drop(ines, name, bytes);
  const offered = await cardOf(ines, name, (each) => offers(each, 'import-check'));
  await click(offered, 'import-check');
  return cardOf(ines, name, (each) => offers(each, 'import-go') || offers(each, 'import-ask'));
}

/** Answers by the label of a field, as somebody chooses in a form: two clicks each. */
async function answer(card: PageMessage, name: string, answers: Readonly<Record<string, string>>): Promise<PageMessage> {
  await click(card, 'import-ask');
  const form = await ines.modal(1, (view) => saidIn(view).includes(`About ${name}`) && !answered.has(view.id));
  answered.add(form.id);
  const blocks = blocksOf(form) as { block_id?: string; label?: { text: string } }[];
  const byField = Object.fromEntries(
    Object.entries(answers).map(([label, text]) => {
      const block = blocks.find((each) => each.label?.text === label);
      if (!block) throw new Error(`no field ${label} in ${saidIn(form)}`);
      return [block.block_id!, text];
    }),
  );
  clicks += 2 * Object.keys(answers).length + 1;
  expect(await ines.submit(form.id, filled(form, byField))).toEqual({ ok: true });
  return cardOf(ines, name, (each) => (offers(each, 'import-go') || offers(each, 'import-ask')) && saidIn(each) !== saidIn(card));
}

async function imported(card: PageMessage, name: string): Promise<PageMessage> {
  clicks += 1;
  await click(card, 'import-go');
  if (saidIn(card).includes('more than a fifth')) await ines.submit((await ines.modal(1, (view) => saidIn(view).includes(name))).id, {});
  return ines.message((each) => each.text === `${name} is imported`);
}

async function ledgerTotals(): Promise<Record<string, { owed: number; credits: number }>> {
  const sum = (name: string, field: string) =>
    bot.place.raw
      .collection(name)
      .aggregate<{ _id: string; sum: number }>([{ $group: { _id: '$currency', sum: { $sum: `$${field}` } } }])
      .toArray();
  const totals: Record<string, { owed: number; credits: number }> = {};
  const of = (currency: string) => {
    totals[currency] ??= { owed: 0, credits: 0 };
    return totals[currency];
  };
  for (const { _id, sum: open } of await sum('invoices', 'open')) of(_id).owed += open;
  for (const name of ['payments', 'creditnotes']) for (const { _id, sum: left } of await sum(name, 'unapplied')) of(_id).credits -= left;
  return totals;
}

describe('a list that leaves something open', () => {
  const LIST = 'account;account_name;number;currency;open;issued;due\n';
  const rows = (...lines: string[]) => `${LIST}${lines.join('\n')}\n`;

  test('dates of two readings are asked with what they would mean, and the answer is kept for the next file', async () => {
    const card = await dropped(
      'dates-1.csv',
      rows('C1;Acme;I1;EUR;100.00;03/04/2026;05/06/2026', 'C1;Acme;I2;EUR;200.00;04/05/2026;06/07/2026'),
    );
    expect(saidIn(card)).toContain('All 4 dates fit');
    expect(saidIn(card)).toContain('Row 2: C1 | Acme | I1');
    expect(offers(card, 'import-go')).toBe(false);
    const checked = await answer(card, 'dates-1.csv', { 'Dates are': 'day.month.year: 03/04/2026 is 3 April 2026' });
    expect(saidIn(checked)).toContain('dated 2026-04-03, due 2026-06-05');
    await imported(checked, 'dates-1.csv');
    expect(await bot.place.raw.collection('invoices').findOne({ number: 'I1' })).toMatchObject({ due: '2026-06-05', open: 10_000 });
    const next = await dropped(
      'dates-2.csv',
      rows('C1;Acme;I1;EUR;100.00;03/04/2026;05/06/2026', 'C1;Acme;I3;EUR;9.00;04/05/2026;06/07/2026'),
    );
    expect(offers(next, 'import-go')).toBe(true);
  });

  test('amounts that fit two decimal signs, a type and a status that nobody knows, and days of payment', async () => {
    const lines = ['C1,I1,ZX,Parked,TND,"1,234",2026-03-01', 'C1,I2,ZX,Parked,TND,"2,345",2026-03-02'];
    const text = `Customer,Document number,Document type,Status,Currency,Open amount,Document date\n${lines.join('\n')}\n`;
    const card = await dropped('words.csv', text);
    expect(offers(card, 'import-go')).toBe(false);
    const half = await answer(card, 'words.csv', { 'Amounts have': 'Decimal point: 1,234 is 1,234' });
    expect(saidIn(half)).toContain('The file does not say when they are due');
    const checked = await answer(half, 'words.csv', { '“ZX” means': 'invoice', '“Parked” means': 'open', 'Due after': '30 days' });
    expect(saidIn(checked)).not.toContain('Worth an answer');
    await imported(checked, 'words.csv');
    expect(await bot.place.raw.collection('invoices').findOne({ number: 'I1' })).toMatchObject({ due: '2026-03-31', open: 1_234_000 });
  });

  test('which row names the columns, and which column is which', async () => {
    const text = 'Liste vom Montag;;;;\nWem;Wozu;Wieviel;Wann;Bis\nC1;I1;10,50;01.03.2026;31.03.2026\nC2;I2;20,50;13.03.2026;14.04.2026\n';
    clicks = 1;
    await drop(ines, 'foreign.csv', text);
    const offered = await cardOf(ines, 'foreign.csv', (each) => offers(each, 'import-map'));
    await click(offered, 'import-map');
    const form = await ines.modal();
    const kind = blocksOf(form).find((each) => each.block_id === 'kind')!.element!;
    const option = kind.options!.find(({ value }) => value === 'open-items');
    await ines.click({ view: form.id }, 'kind', 'import-kind', { type: 'static_select', selected_option: option }, filled(form, {}));
    const list = await ines.modal(1, (view) => saidIn(view).includes('column.open-items.open'));
    expect(await ines.submit(list.id, filled(list, {}))).toEqual({ ok: true });
    const asked = await cardOf(ines, 'foreign.csv', (each) => offers(each, 'import-ask'));
    const half = await answer(asked, 'foreign.csv', {
      'Row of the column names': 'Row 2: Wem · Wozu · Wieviel · Wann · Bis',
      'Column of the open amount': 'Wieviel',
      'Column of the document number': 'Wozu',
      'Column of the date': 'Wann',
    });
    expect(saidIn(half)).toContain('The file does not say whose the documents are');
    const rest = { 'Column of the customer': 'Wem', 'Currency of these rows': 'EUR', 'Due after': '30 days' };
    await imported(await answer(half, 'foreign.csv', rest), 'foreign.csv');
    expect(await bot.place.raw.collection('invoices').findOne({ number: 'I1' })).toMatchObject({ open: 1_050, due: '2026-03-31' });
  });

  test('credits without a minus, rows that stand twice, and one number of two customers', async () => {
    const text = `account,account_name,number,type,currency,open,issued,due
C1,Acme,I1,Invoice,EUR,100.00,2026-01-01,2026-01-31
C1,Acme,G1,Credit note,EUR,40.00,2026-01-01,2026-01-31
C1,Acme,I2,Invoice,EUR,50.00,2026-01-02,2026-01-31
C1,Acme,I2,Invoice,EUR,50.00,2026-01-02,2026-01-31
C2,Birch,I1,Invoice,EUR,70.00,2026-01-03,2026-01-31
`;
    const card = await dropped('twice-1.csv', text);
    expect(saidIn(card)).toContain('I1 is the number of documents of more than one customer');
    expect(saidIn(card)).toContain('*2* rejected');
    const checked = await answer(card, 'twice-1.csv', {
      'Credits without a minus': 'They are credits: take them off',
      'Rows that stand twice': 'One document: count it once',
      'Documents of one number': 'Different documents: keep each',
    });
    expect(saidIn(checked)).toContain('*0* rejected');
    await imported(checked, 'twice-1.csv');
    expect(await ledgerTotals()).toEqual({ EUR: { owed: 22_000, credits: -4_000 } });
    expect(await bot.place.openOf('I1 (C2)')).toBe(7_000);
    // Tomorrow the first one is paid: the second keeps its name, and no cash is made up for it.
    const next = await dropped('twice-2.csv', text.replace(/C1,Acme,I1.*\n/, ''));
    await imported(next, 'twice-2.csv');
    expect([await bot.place.openOf('I1'), await bot.place.openOf('I1 (C2)')]).toEqual([0, 7_000]);
  });

  test('an amount of another magnitude is put aside until somebody says that it is right', async () => {
    const usual = Array.from({ length: 9 }, (_, i) => `C1;Acme;I${i};EUR;100.00;2026-01-01;2026-01-31`);
    const card = await dropped('huge.csv', rows(...usual, 'C1;Acme;I9;EUR;80000000.00;2026-01-01;2026-01-31'));
    expect(saidIn(card)).toContain('I9 is more than 10,000 times as large');
    expect(saidIn(card)).toContain('*1* rejected');
    const checked = await answer(card, 'huge.csv', { 'Amounts far larger than the others': 'Right: take them' });
    expect(saidIn(checked)).toContain('*0* rejected');
  });

  test('customer numbers that lost their zeros are joined with those of the ledger on a click', async () => {
    await imported(await dropped('zeros.csv', rows('00123;Acme;I1;EUR;100.00;2026-01-01;2026-01-31')), 'zeros.csv');
    const card = await dropped(
      'bare.csv',
      rows('00123;Acme;I1;EUR;100.00;2026-01-01;2026-01-31', '123;Acme;I2;EUR;50.00;2026-01-01;2026-01-31'),
    );
    expect(saidIn(card)).toContain('such as 123 and 00123');
    const checked = await answer(card, 'bare.csv', { 'Zeros in front': 'One customer: join them' });
    await imported(checked, 'bare.csv');
    expect(await bot.place.raw.collection('accounts').countDocuments()).toBe(1);
  });

  test('an entity that is missing is closed or kept by a click, and one that stands elsewhere is not asked about again', async () => {
    const both = (open: string) =>
      `entity,account,account_name,number,currency,open,issued,due\n1000,C1,Acme,I1,EUR,${open},2026-01-01,2026-01-31\n`;
    const other = '2000,C2,Birch,I2,GBP,70.00,2026-01-01,2026-01-31\n3000,C3,Cole,I3,USD,30.00,2026-01-01,2026-01-31\n';
    await imported(await dropped('groups-1.csv', `${both('100.00')}${other}`), 'groups-1.csv');
    const card = await dropped('groups-2.csv', both('90.00'));
    expect(saidIn(card)).toContain('The file has no row of 2000 in GBP. What about its open invoice?');
    expect(offers(card, 'import-go')).toBe(false);
    const checked = await answer(card, 'groups-2.csv', {
      '2000 in GBP': 'All paid: close its open invoice',
      '3000 in USD': 'In another file: leave them open, here and in files like this one',
    });
    await imported(checked, 'groups-2.csv');
    expect([await bot.place.openOf('I1'), await bot.place.openOf('I2'), await bot.place.openOf('I3')]).toEqual([9_000, 0, 3_000]);
    const next = await dropped('groups-3.csv', both('80.00'));
    expect(offers(next, 'import-go')).toBe(true);
  });
});

const exports = sharedFiles('ledger').filter((file) => file.endsWith('.truth.json'));

it.runIf(exports.length === 0)('exports of accounting systems are not dropped: ../shared/data is not there', () => {
  console.warn('No exports of accounting systems beside the project: they were not dropped into Slack.');
});

interface Truth {
  readonly file: string;
  readonly documents: readonly { readonly open: string | null; readonly currency: string | null }[];
}

describe.runIf(exports.length > 0)('an export of an accounting system, dropped', () => {
  it.each(exports)('%s is in the ledger to the cent within 12 clicks', async (name) => {
    const truth = JSON.parse(fs.readFileSync(path.join(SHARED_DATA, 'ledger', name), 'utf8')) as Truth;
    const file = truth.file;
    let currency = 'EUR';
    let card = await dropped(file, new Uint8Array(fs.readFileSync(path.join(SHARED_DATA, 'ledger', file))));
    if (offers(card, 'import-ask')) {
      const said = saidIn(card);
      if (said.includes('"$" is used')) currency = 'AUD';
      const answers = {
        ...(said.includes('not say in which currency') ? { 'Currency of these rows': currency } : {}),
        ...(said.includes('not say when they are due') ? { 'Due after': '30 days' } : {}),
      };
      card = await answer(card, file, answers);
      if (offers(card, 'import-ask'))
        card = await answer(card, file, saidIn(card).includes('when they are due') ? { 'Due after': '30 days' } : {});
    }
    await imported(card, file);
    const expected: Record<string, { owed: number; credits: number }> = {};
    for (const { open, currency: named } of truth.documents) {
      if (open === null) continue;
      const of = named ?? currency;
      expected[of] ??= { owed: 0, credits: 0 };
      expected[of][Number(open) > 0 ? 'owed' : 'credits'] += Math.round(Number(open) * 100);
    }
    expect(await ledgerTotals()).toEqual(expected);
    expect(clicks).toBeLessThanOrEqual(12);
  });
});
