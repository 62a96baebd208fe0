import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { cardOf, check, drop, importBot, offers, press, saidIn } from '../support/file-drop.ts';

// Lists of open items as they go wrong from day to day. Whatever is wrong is told before anything is written.

let bot: Awaited<ReturnType<typeof importBot>>;
let ines: PersonOnPage;
beforeAll(async () => {
  bot = await importBot();
  ines = await bot.person('U0INES');
  await bot.control({ do: 'limits', limits: 'off' });
});
beforeEach(async () => {
  for (const name of ['accounts', 'contacts', 'invoices', 'payments', 'creditnotes', 'mappings', 'importruns'])
    await bot.place.raw.collection(name).deleteMany({});
});
afterAll(() => bot.stop());

const HEAD = 'entity,account,account_name,number,type,currency,open,issued,due';
const line = (n: number, open = '100.00', entity = '1000') =>
  `${entity},C${n},Customer ${n},I${n},Invoice,EUR,${open},2026-09-01,2026-10-01`;
const list = (...lines: readonly string[]) => `${HEAD}\n${lines.join('\n')}\n`;
const TEN = Array.from({ length: 10 }, (_, i) => line(i + 1));

async function checked(name: string, text: string): Promise<PageMessage> {
  await drop(ines, name, text);
  return check(ines, name);
}
async function imported(name: string, text: string, sure = false): Promise<void> {
  await press(ines, await checked(name, text), 'import-go');
  if (sure) await ines.submit((await ines.modal(1, (view) => saidIn(view).includes(name))).id, {});
  await ines.message((each) => each.text === `${name} is imported`);
}
/** Presses Import and answers what a form asks once more. */
async function asked(card: PageMessage, name: string) {
  await press(ines, card, 'import-go');
  return ines.modal(1, (view) => saidIn(view).includes(name));
}
const ledger = () => bot.place.dump();

describe('a list of everything open, on the wrong day or in the wrong state', () => {
  test('yesterday’s after today’s: by the day in its name', async () => {
    await imported('OP 20261201.csv', list(...TEN));
    const before = await ledger();
    const card = await checked('OP 20261130.csv', list(...TEN.slice(0, 9)));
    expect(saidIn(card)).toContain('OP 20261201.csv, which is of a later day, has been imported already');
    const form = await asked(card, 'OP 20261130.csv');
    expect(saidIn(form)).toContain('would bring back what has changed since');
    expect(await ledger()).toBe(before);
    await ines.submit(form.id, {});
    await ines.message((each) => each.text === 'OP 20261130.csv is imported');
    expect(await bot.place.openOf('I10')).toBe(0);
  });

  test('yesterday’s after today’s: by its bytes, though its name says nothing', async () => {
    await imported('run 1.csv', list(...TEN));
    await imported('run 2.csv', list(...TEN.slice(1)));
    const before = await ledger();
    const card = await checked('run 3.csv', list(...TEN));
    expect(saidIn(card)).toContain('1 document that had been closed would be open again');
    expect(saidIn(card)).toContain(
      'and a newer one (run 2.csv) has been imported since. This one would bring back what has changed since.',
    );
    expect(saidIn(await asked(card, 'run 3.csv'))).toContain('a newer one (run 2.csv)');
    expect(await ledger()).toBe(before);
  });

  test('yesterday’s after today’s: much that was closed would be open again, and that is asked once more', async () => {
    await imported('all.csv', list(...TEN));
    await imported('fewer.csv', list(...TEN.slice(4)), true);
    const before = await ledger();
    const card = await checked('third.csv', list(...TEN.slice(0, 9), line(11)));
    expect(saidIn(card)).toContain('4 invoices and credits that were closed would be open again. Is this list older than the last one?');
    expect(saidIn(await asked(card, 'third.csv'))).toContain('Is this list older than the last one?');
    expect(await ledger()).toBe(before);
  });

  test('the same file twice changes nothing, and says when it was imported', async () => {
    await imported('twice.csv', list(...TEN));
    const before = await ledger();
    const card = await checked('twice.csv', list(...TEN));
    expect(saidIn(card)).toMatch(/\*0\* would be new, \*0\* would be changed, 10 unchanged/);
    expect(saidIn(card)).toContain('This very file was imported on');
    await press(ines, card, 'import-go');
    await cardOf(ines, 'twice.csv', (each) => saidIn(each).includes('Imported by'));
    expect(await ledger()).toBe(before);
  });

  test('half a file: what it lacks would be closed; a row cut off in its middle is not taken, and closes nothing', async () => {
    await imported('whole.csv', list(...TEN));
    const before = await ledger();
    const half = await checked('half.csv', list(...TEN.slice(0, 5)));
    expect(saidIn(half)).toContain('5 open invoices no longer in the file would be closed: more than a fifth of what is open');
    expect(saidIn(await asked(half, 'half.csv'))).toContain('Is the file complete?');
    const cut = await checked('cut.csv', list(...TEN).replace(/0\.00,2026-09-01,2026-10-01\n$/, ''));
    expect(saidIn(cut)).toContain('*1* rejected');
    expect(saidIn(cut)).not.toContain('would be closed');
    expect(await ledger()).toBe(before);
  });

  test('two at once: the one that comes second is not done on figures that the first has changed', async () => {
    await imported('start.csv', list(...TEN));
    const [a, b] = [await checked('a.csv', list(...TEN.slice(1))), await checked('b.csv', list(...TEN.slice(0, 9)))];
    await press(ines, a, 'import-go');
    await ines.message((each) => each.text === 'a.csv is imported');
    await press(ines, b, 'import-go');
    const refused = await cardOf(ines, 'b.csv', (each) => saidIn(each).includes('Another import has been done since'));
    expect([await bot.place.openOf('I1'), await bot.place.openOf('I10')]).toEqual([0, 10_000]);
    await press(ines, refused, 'import-check');
    const again = await cardOf(ines, 'b.csv', (each) => offers(each, 'import-go'));
    expect(saidIn(again)).toContain('1 document that had been closed would be open again');
  });

  test('another company’s: by its entity, and by its customers where it names none', async () => {
    await imported('ours.csv', list(...TEN));
    const before = await ledger();
    const foreign = [21, 22, 23].map((n) => line(n, '50.00', '9000'));
    await drop(ines, 'foreign.csv', list(...foreign));
    await press(ines, await cardOf(ines, 'foreign.csv', (each) => offers(each, 'import-check')), 'import-check');
    const card = await cardOf(ines, 'foreign.csv', (each) => offers(each, 'import-ask'));
    expect(saidIn(card)).toContain('The file has no row of 1000 in EUR');
    expect(saidIn(card)).toContain('The ledger knows none of its customers. Is this the list of another company?');
    expect(offers(card, 'import-go')).toBe(false);
    const strangers = await checked('strangers.csv', list(...[31, 32, 33].map((n) => line(n))));
    expect(saidIn(await asked(strangers, 'strangers.csv'))).toContain('The ledger knows none of its customers');
    expect(await ledger()).toBe(before);
  });

  test('a sum that its rows do not come to', async () => {
    const card = await checked('sum.csv', list(...TEN, 'Total,,,,,EUR,990.00,,'));
    expect(saidIn(card)).toContain(
      ':warning: The sum in row 12 does not agree with the rows above: it says 990.00, the rows come to 1000.00',
    );
    expect(saidIn(await asked(card, 'sum.csv'))).toContain('it says 990.00, the rows come to 1000.00');
    expect(await ledger()).toBe('');
  });
});

describe('a list of another shape', () => {
  test('more rows than are read as a list; a file of millions is too large for Slack to begin with', async () => {
    await drop(ines, 'many.csv', `${HEAD}\n${'1,2,3\n'.repeat(250_000)}`);
    await press(ines, await cardOf(ines, 'many.csv', (each) => offers(each, 'import-check')), 'import-check');
    const card = await cardOf(ines, 'many.csv', (each) => saidIn(each).includes('Nothing was imported'));
    expect(saidIn(card)).toMatch(/more than 200,000 rows|was not read within/);
    expect(await ledger()).toBe('');
  }, 120_000);

  test('a column with another name is asked for, and one that has moved is read by its name', async () => {
    await imported('first.csv', list(...TEN));
    const before = await ledger();
    await drop(ines, 'renamed.csv', list(...TEN).replace('open,issued', 'quux,issued'));
    const card = await cardOf(ines, 'renamed.csv', (each) => offers(each, 'import-map'));
    expect(saidIn(card)).toContain('I do not know files with these columns yet. Say once what is in them');
    expect([offers(card, 'import-check'), offers(card, 'import-go')]).toEqual([false, false]);
    const columns = [6, 0, 8, 3, 1, 2, 4, 5, 7];
    const moved = list(...TEN)
      .split('\n')
      .map((each) => (each === '' ? '' : columns.map((at) => each.split(',')[at]).join(',')))
      .join('\n');
    expect(saidIn(await checked('moved.csv', moved))).toMatch(/\*0\* would be new, \*0\* would be changed, 10 unchanged/);
    expect(await ledger()).toBe(before);
  });

  test('what was answered about a list holds for one whose columns have moved', async () => {
    const rows = (order: readonly number[]) =>
      ['account;number;currency;open;issued;due', 'C1;I1;EUR;100,00;03/04/2026;05/06/2026', 'C2;I2;EUR;50,00;04/05/2026;06/07/2026']
        .map((each) => order.map((at) => each.split(';')[at]).join(';'))
        .join('\n');
    await drop(ines, 'dates.csv', rows([0, 1, 2, 3, 4, 5]));
    await press(ines, await cardOf(ines, 'dates.csv', (each) => offers(each, 'import-check')), 'import-check');
    await press(ines, await cardOf(ines, 'dates.csv', (each) => offers(each, 'import-ask')), 'import-ask');
    const form = await ines.modal(1, (view) => saidIn(view).includes('About dates.csv'));
    const { block_id, element } = (
      form.blocks as { block_id: string; element?: { action_id: string; options: { text: { text: string } }[] } }[]
    ).find((each) => each.element?.options?.some(({ text }) => text.text.startsWith('day.month.year')))!;
    const selected_option = element!.options.find(({ text }) => text.text.startsWith('day.month.year'))!;
    await ines.submit(form.id, { [block_id]: { [element!.action_id]: { type: 'static_select', selected_option } } } as never);
    await press(ines, await cardOf(ines, 'dates.csv', (each) => offers(each, 'import-go')), 'import-go');
    await ines.message((each) => each.text === 'dates.csv is imported');
    const card = await checked('moved dates.csv', rows([5, 4, 3, 2, 1, 0]));
    expect(saidIn(card)).toMatch(/\*0\* would be new, \*0\* would be changed, 2 unchanged/);
  });
});
