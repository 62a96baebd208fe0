import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { fileFormats } from '../../src/importing/file-formats.ts';
import { SCOPES } from '../../src/slack/manifest.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import {
  CHANNEL,
  cardOf,
  check,
  csv,
  drop,
  importBot,
  importFile,
  invoiceLine,
  offers,
  press,
  privately,
  saidIn,
} from '../support/file-drop.ts';

let bot: Awaited<ReturnType<typeof importBot>>;
let ines: PersonOnPage;
beforeAll(async () => {
  bot = await importBot();
  ines = await bot.person('U0INES');
  await bot.control({ do: 'limits', limits: 'off' });
});
afterAll(() => bot.stop());

const nothingKept = async (name: string) =>
  expect(await bot.place.raw.collection('droppedfiles').countDocuments({ 'file.name': name })).toBe(0);
/** Drops a file and answers what the person alone is told; nothing is kept of the file. */
async function refused(person: PersonOnPage, name: string, bytes: string | Uint8Array<ArrayBuffer>, channel = CHANNEL): Promise<string> {
  await drop(person, name, bytes, channel);
  const told = await privately(person, (each) => each.text.includes(name));
  await nothingKept(name);
  return told.text;
}

describe('who may import', () => {
  test('a collector is refused by direct message, which says what it is about and who could', async () => {
    const told = await refused(await bot.person('U0MARA'), 'mara.csv', csv(invoiceLine(1)));
    expect(told).toContain(
      'Importing “mara.csv”: You may not do this (it needs the role manager, finance lead or admin). <@U0INES>, <@U0PAUL>, <@U0ALEX> could.',
    );
  });

  test('guests and people of other companies are refused', async () => {
    expect(await refused(await bot.person('U0GIA'), 'gia.csv', csv(invoiceLine(1)))).toContain('Guests cannot use Arrears');
    expect(await refused(await bot.person('U0ERIK'), 'erik.csv', csv(invoiceLine(1)), 'C0CONTOSO')).toContain(
      'not for people from shared channels',
    );
  });

  test('nothing is shown in a channel shared with another company, nor where the bot is not', async () => {
    expect(await refused(ines, 'shared.csv', csv(invoiceLine(1)), 'C0CONTOSO')).toContain('shared with another company');
    await drop(ines, 'board.csv', csv(invoiceLine(1)), 'C0BOARD');
    await drop(ines, 'after.csv', csv(invoiceLine(1)));
    await cardOf(ines, 'after.csv', (each) => offers(each, 'import-check'));
    await nothingKept('board.csv');
  });

  test('a collector cannot press the buttons of a card', async () => {
    await drop(ines, 'buttons.csv', csv(invoiceLine(2)));
    const offered = await cardOf(ines, 'buttons.csv', (each) => offers(each, 'import-check'));
    const mara = await bot.person('U0MARA');
    await press(mara, offered, 'import-check');
    await privately(mara, (each) => each.text.startsWith('You may not do this'));
    expect((await bot.place.raw.collection('droppedfiles').findOne({ 'file.name': 'buttons.csv' }))?.state).toBe('offered');
  });
});

describe('files that are none of ours are passed over in silence', () => {
  test('pictures, PDF, notes', async () => {
    const before = ines.shown.length;
    await drop(ines, 'cat.png', 'not really a picture');
    await drop(ines, 'letter.pdf', '%PDF-1.7');
    await drop(ines, 'notes.txt', 'Call Acme\nand Globex\n');
    await drop(ines, 'proof.csv', csv(invoiceLine(3)));
    await cardOf(ines, 'proof.csv', (each) => offers(each, 'import-check'));
    const answers = ines.shown.slice(before).filter((each) => each.user !== 'U0INES' && !each.text.startsWith('Overdue digest'));
    expect(answers.map((each) => each.text)).toEqual(['proof.csv: a file that could be imported']);
  });
});

describe('files that cannot be read say what to do', () => {
  test('headers without rows, quotes that never end', async () => {
    expect(await refused(ines, 'headers.csv', csv())).toContain('headers and no rows');
    expect(await refused(ines, 'quotes.csv', `${csv()}"C1,I1`)).toContain('never ends');
  });

  test('a password, a damaged archive, 200 columns', async () => {
    expect(await refused(ines, 'secret.xlsx', new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toContain('protected by a password');
    expect(await refused(ines, 'broken.xlsx', 'PK\x03\x04 and nothing more')).toContain('damaged or no XLSX file');
    const cells = Array.from({ length: 200 }, (_, i) => ({ value: `c${i}` }));
    const wide = await writeXlsxFile([cells, cells] as SheetData, {}).toBuffer();
    expect(await refused(ines, 'wide.xlsx', new Uint8Array(wide))).toContain('The sheet has 200 columns');
  });

  test('more than 20 MB', async () => {
    expect(await refused(ines, 'large.csv', csv(invoiceLine(1), 'x'.repeat(20_100_000)))).toContain('npm run import');
  });

  test('without the permission Slack answers with a sign-in page or a refusal; an admin is told what to add', async () => {
    onTestFinished(() => bot.control({ do: 'scopes', scopes: Object.keys(SCOPES) }));
    await bot.control({ do: 'scopes', scopes: Object.keys(SCOPES).filter((scope) => scope !== 'files:read') });
    await drop(ines, 'scope.csv', csv(invoiceLine(1)));
    await privately(ines, (each) => /Importing a file: .*files:read/.test(each.text));
  });
});

describe('contents', () => {
  test('two currencies in one invoice: neither row is taken, the others are', async () => {
    const rows = [invoiceLine(50), invoiceLine(51), invoiceLine(50).replace('EUR', 'USD')];
    const summary = await importFile(ines, 'currencies.csv', csv(...rows));
    expect(saidIn(summary)).toContain('*1* new, *0* changed, 0 unchanged, *2* rejected');
    expect([await bot.place.openOf('I50'), await bot.place.openOf('I51')]).toEqual([undefined, 10_000]);
  });

  test('an import that closes more than a fifth asks once more', async () => {
    const numbers = Array.from({ length: 10 }, (_, i) => i + 100);
    await importFile(ines, 'all.csv', csv(...numbers.map((n) => invoiceLine(n))));
    onTestFinished(() => void bot.place.raw.collection('mappings').deleteMany({}));
    await bot.place.stores.mappings.remember('open', allOpen(), bot.place.stores.clock.now(), 'U0INES', keyOfHead());
    await drop(ines, 'some.csv', csv(...numbers.slice(0, 4).map((n) => invoiceLine(n))));
    const checked = await check(ines, 'some.csv');
    expect(saidIn(checked)).toMatch(/:warning: \d+ open invoices no longer in the file would be closed: more than a fifth/);
    await press(ines, checked, 'import-go');
    const modal = await ines.modal();
    expect(saidIn(modal)).toContain('Is the file complete?');
    expect(await bot.place.openOf('I109')).toBe(10_000);
    await ines.submit(modal.id, {});
    await ines.message((each) => each.text === 'some.csv is imported');
    expect([await bot.place.openOf('I100'), await bot.place.openOf('I109')]).toEqual([10_000, 0]);
  });

  test('while another import is being applied the card says which', async () => {
    const { stores } = bot.place;
    const run = await stores.intake.begin({ source: 'night run', now: stores.clock.now(), sample: false, tellsBalances: true });
    if (!('write' in run)) throw new Error('busy already');
    await drop(ines, 'second.csv', csv(invoiceLine(200)));
    await press(ines, await check(ines, 'second.csv'), 'import-go');
    const card = await cardOf(ines, 'second.csv', (each) => saidIn(each).includes('Another import is being applied'));
    expect(saidIn(card)).toContain('night run');
    await run.abandon();
    await press(ines, await check(ines, 'second.csv'), 'import-go');
    await ines.message((each) => each.text === 'second.csv is imported');
  });
});

describe('/collections import', () => {
  const list = async () => {
    await ines.command(CHANNEL, '/collections import');
    return privately(ines, (each) => /imports?\. Page 1 of/.test(each.text));
  };

  test('lists past runs with who, what and counts, page by page', async () => {
    for (const n of [300, 301, 302, 303, 304]) await importFile(ines, `run ${n}.csv`, csv(invoiceLine(n)));
    const first = await list();
    expect(saidIn(first)).toMatch(/\*run 304\.csv\* {2}.* by <@U0INES>\\n1 row: 1 new/);
    await press(ines, first, 'import-runs');
    await until(
      () => ines.shown.find((each) => /Page 2 of \d/.test(each.text)),
      () => 'the second page',
    );
  });

  test('hands out rejected rows, to the asker alone', async () => {
    await importFile(ines, 'rejecting.csv', csv(invoiceLine(400, 'abc')));
    await press(ines, await list(), 'import-rejects');
    const sent = await privately(ines, (each) => each.files?.some((file) => file.name === 'rejected-rows.csv') ?? false);
    expect(sent.channel).toMatch(/^D/);
  });

  test('bad arguments get help', async () => {
    await ines.command(CHANNEL, '/collections import march.csv');
    expect((await privately(ines, (each) => each.text.includes('takes nothing behind it'))).text).toContain('drop a CSV or XLSX file');
  });
});

function allOpen() {
  const columns = { account: 'account', number: 'number', currency: 'currency', total: 'total', issued: 'issued', due: 'due' };
  return { name: 'open', kind: 'invoices', declares: 'all-open', columns, defaults: { entity: 'MAIN' } };
}

function keyOfHead(): string {
  return fileFormats.headersKey(csv().trim().split(','));
}
