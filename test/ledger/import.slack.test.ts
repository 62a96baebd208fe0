import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { changeFile, FILE_JOB } from '../../src/ledger/change-file.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import {
  blocksOf,
  CHANNEL,
  cardOf,
  check,
  csv,
  drop,
  filled,
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
  // More happens here in a minute than a team does in a day.
  await bot.control({ do: 'limits', limits: 'off' });
});
afterAll(async () => {
  await bot.stop();
});

const runsOf = async (name: string) => (await bot.place.stores.pastRuns.page(0, 100)).runs.filter(({ source }) => source === name);
const trailOf = (type: string) => bot.place.raw.collection('trail').find({ 'entry.type': type }).toArray();

describe('a file dropped into a channel', () => {
  test('whose headers are known is looked at, checked, imported, and summed up in its thread', async () => {
    const name = 'march.csv';
    await drop(ines, name, csv(invoiceLine(1), invoiceLine(2), invoiceLine(3, 'nothing')));
    const offered = await cardOf(ines, name, (each) => offers(each, 'import-check'));
    expect(saidIn(offered)).toContain('3 rows, 7 columns');
    expect(saidIn(offered)).toContain('built-in mapping `invoices`');
    const checked = await check(ines, name);
    expect(checked.ts).toBe(offered.ts);
    expect(saidIn(checked)).toContain('*2* would be new, *0* would be changed, 0 unchanged, *1* rejected');
    expect(saidIn(checked)).toContain('line 4: total “nothing”: not an amount');
    expect(await bot.place.openOf('I1')).toBeUndefined();
    await press(ines, checked, 'import-go');
    const summary = await ines.message((each) => each.text === `${name} is imported`);
    expect(saidIn(summary)).toContain('Now open: 2 invoices, €200.00');
    expect(await bot.place.openOf('I1')).toBe(10_000);
    const rejects = await ines.message((each) => each.files?.some((file) => file.name === `${name}.rejects.csv`) ?? false);
    const dropped = ines.shown.find((each) => each.files?.some((file) => file.name === name))!;
    expect([offered, summary, rejects].map((each) => each.threadTs)).toEqual([dropped.ts, dropped.ts, dropped.ts]);
    const sheet = await (await ines.download(rejects.files![0]!.url)).text();
    expect(sheet.split('\n').slice(0, 2)).toEqual(['line,column,value,reason', expect.stringContaining('4,total,nothing,')]);
    expect(await bot.place.stores.kept.read((await onlyDropped(name)).id, bot.place.stores.clock.now())).toBeNull();
  });

  test('leaves who imported which file with which result in the trail', async () => {
    await importFile(ines, 'trail.csv', csv(invoiceLine(5)));
    const [run] = await runsOf('trail.csv');
    // A tick that was running already may have passed the trail by.
    const entry = await until(async () => {
      await bot.tick();
      return (await trailOf('ledger-imported')).find((each) => each.entry.aggregate === `import:${run!.id}`);
    });
    expect(entry.entry).toMatchObject({ by: 'U0INES', fact: `import:${run!.id}:1` });
    const body = await bot.place.raw.collection<{ _id: string; body: object }>('trailbodies').findOne({ _id: `import:${run!.id}:1` });
    expect(body?.body).toMatchObject({
      source: 'trail.csv',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      counts: { rowsIn: 1, new: 1 },
    });
  });

  test('an XLSX file is read like a CSV file', async () => {
    const head = ['account', 'number', 'currency', 'total', 'issued', 'due'].map((value) => ({ value }));
    const date = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' });
    const rows = [head, [{ value: 'C9' }, { value: 'X1' }, { value: 'EUR' }, { value: 1234.5 }, date('2026-01-01'), date('2026-02-01')]];
    const bytes = await writeXlsxFile(rows as unknown as SheetData, {}).toBuffer();
    const summary = await importFile(ines, 'ledger.xlsx', new Uint8Array(bytes));
    expect(saidIn(summary)).toContain('*1* new');
    expect(await bot.place.openOf('X1')).toBe(123_450);
  });

  test('in a direct message with the bot is dealt with there', async () => {
    const opened = await ines.act({ do: 'open-im', user: 'U0ARREARS' }).catch(() => null);
    const bots = (await ines.snapshot()).bot!.id;
    const direct = opened?.ok && 'channel' in opened ? opened : await ines.act({ do: 'open-im', user: bots });
    const channel = (direct as { channel: string }).channel;
    await drop(ines, 'direct.csv', csv(invoiceLine(6)), channel);
    expect((await cardOf(ines, 'direct.csv', (each) => offers(each, 'import-check'))).channel).toBe(channel);
  });
});

describe('clicks and events count once', () => {
  test('three dry runs and three imports at once are one of each', async () => {
    const name = 'impatient.csv';
    const paul = await bot.person('U0PAUL');
    await drop(ines, name, csv(invoiceLine(10)));
    const offered = await cardOf(ines, name, (each) => offers(each, 'import-check'));
    await Promise.all([ines, paul, ines].map((person) => press(person, offered, 'import-check')));
    const checked = await cardOf(ines, name, (each) => offers(each, 'import-go'));
    await Promise.all([ines, paul, ines].map((person) => press(person, checked, 'import-go')));
    await ines.message((each) => each.text === `${name} is imported`);
    await privately(ines, (each) => /Somebody else has just done something|being read just now|imported already/.test(each.text));
    expect(await runsOf(name)).toHaveLength(1);
    expect((await onlyDropped(name)).turn).toBe(2);
  });

  test('an event that comes three times makes one card', async () => {
    await bot.control({ do: 'fault', fault: { fault: 'redeliver', of: 'events', next: 1, times: 2 } });
    await drop(ines, 'again.csv', csv(invoiceLine(11)));
    await check(ines, 'again.csv');
    const cards = (await ines.messages(CHANNEL, (await onlyDropped('again.csv')).thread)).filter((each) =>
      each.text.startsWith('again.csv:'),
    );
    expect(cards).toHaveLength(1);
  });

  test('an import whose instance was killed is taken up again by another', async () => {
    const { stores } = bot.place;
    await drop(ines, 'killed.csv', csv(invoiceLine(12), invoiceLine(13)));
    await check(ines, 'killed.csv');
    const file = await onlyDropped('killed.csv');
    // Decided and claimed by an instance that then says nothing more.
    const now = stores.clock.now();
    const later = now.add({ hours: 1 });
    const jobs = { ...stores.jobs, add: (job: Parameters<typeof stores.jobs.add>[0]) => stores.jobs.add({ ...job, dueAt: later }) };
    expect(await changeFile({ ...stores, jobs }, file.id, { do: 'import', agreedVanished: null }, 'U0INES')).toMatchObject({ done: true });
    const taken = await stores.jobs.claim([FILE_JOB], 'dead', later, 1);
    expect(taken).not.toBeNull();
    const lapsed = new Date(now.epochMilliseconds);
    await bot.place.raw.collection<{ _id: string }>('jobs').updateOne({ _id: taken!.id }, { $set: { dueAt: lapsed, leaseUntil: lapsed } });
    await until(
      async () => {
        await bot.tick();
        return (await bot.place.openOf('I13')) === 10_000 || undefined;
      },
      () => 'the import to be taken up',
    );
    await ines.message((each) => each.text === 'killed.csv is imported');
  });

  test('a card that Slack does not let us change gets a successor', async () => {
    await drop(ines, 'sealed.csv', csv(invoiceLine(14)));
    const offered = await cardOf(ines, 'sealed.csv', (each) => offers(each, 'import-check'));
    await bot.control({ do: 'fault', fault: { fault: 'refuse', method: 'chat.update', next: 1, error: 'edit_window_closed' } });
    await press(ines, offered, 'import-check');
    const successor = await cardOf(ines, 'sealed.csv', (each) => offers(each, 'import-go'));
    expect(successor.ts).not.toBe(offered.ts);
    await bot.control({ do: 'clear-faults' });
  });
});

describe('a file that nobody has described', () => {
  const FOREIGN = 'Kundennr;Beleg;Betrag;Datum;Fällig;Rest\nK1;B1;1.234,50;01.02.2026;01.03.2026;1.000,00\n';

  test('is described in a modal, whose faults stand at their fields, and is remembered', async () => {
    await drop(ines, 'Offene Posten 2026-02.csv', FOREIGN);
    const offered = await cardOf(ines, 'Offene Posten 2026-02.csv', (each) => offers(each, 'import-map'));
    expect(offers(offered, 'import-check')).toBe(false);
    await press(ines, offered, 'import-map');
    const modal = await ines.modal();
    const columns = {
      'column.invoices.number': 'Beleg',
      'column.invoices.total': 'Betrag',
      'column.invoices.issued': 'Datum',
      'column.invoices.open': 'Rest',
    };
    expect(blocksOf(modal).find((each) => each.block_id === 'column.invoices.account')?.element?.initial_option?.text.text).toBe(
      'Kundennr',
    );
    const german = { dates: '31/03/2026', numbers: '1.234,56' };
    const wrong = await ines.submit(modal.id, filled(modal, { ...german, ...columns, 'column.invoices.due': 'Fällig', currency: 'EU1' }));
    expect(wrong).toMatchObject({ errors: { currency: expect.stringContaining('Three letters') } });
    const missing = await ines.submit(modal.id, filled(modal, { ...german, ...columns, 'column.invoices.due': 'Fällig', currency: '' }));
    expect(missing).toMatchObject({
      errors: { 'column.invoices.currency': expect.stringContaining('give one currency for the whole file') },
    });
    expect(await ines.submit(modal.id, filled(modal, { ...german, ...columns, 'column.invoices.due': 'Fällig', currency: 'eur' }))).toEqual(
      { ok: true },
    );
    const checked = await cardOf(ines, 'Offene Posten 2026-02.csv', (each) => offers(each, 'import-go'));
    expect(saidIn(checked)).toContain('amounts as 1.234,56');
    await press(ines, checked, 'import-go');
    await ines.message((each) => each.text === 'Offene Posten 2026-02.csv is imported');
    expect(await bot.place.openOf('B1')).toBe(100_000);

    await drop(ines, 'Offene Posten 2026-03.csv', FOREIGN.replace('1.000,00', '0,00'));
    const known = await cardOf(ines, 'Offene Posten 2026-03.csv', (each) => offers(each, 'import-check'));
    expect(saidIn(known)).toContain('Read as last time');
    await bot.tick();
    expect((await trailOf('mapping-set')).map((each) => each.entry.by)).toEqual(['U0INES']);
  });

  test('another kind asks for other columns and keeps what was entered', async () => {
    await drop(ines, 'bank.csv', 'payer;ref;money;day\nK1;P1;5,00;01.02.2026\n');
    await press(ines, await cardOf(ines, 'bank.csv', (each) => offers(each, 'import-map')), 'import-map');
    const modal = await ines.modal();
    const kind = blocksOf(modal).find((each) => each.block_id === 'kind')!.element!;
    const option = kind.options!.find(({ value }) => value === 'payments');
    const entered = filled(modal, { numbers: '1.234,56', entity: 'SUB' });
    await ines.click({ view: modal.id }, 'kind', 'import-kind', { type: 'static_select', selected_option: option }, entered);
    const changed = await ines.modal(1, (view) => saidIn(view).includes('column.payments.received'));
    expect(saidIn(changed)).not.toContain('column.invoices.due');
    const initial = (id: string) => blocksOf(changed).find((each) => each.block_id === id)?.element;
    expect(initial('numbers')?.initial_option?.value).toBe(',.');
    expect(initial('entity')?.initial_value).toBe('SUB');
    const columns = {
      'column.payments.account': 'payer',
      'column.payments.number': 'ref',
      'column.payments.amount': 'money',
      'column.payments.received': 'day',
    };
    expect(await ines.submit(changed.id, filled(changed, { ...columns, dates: '31/03/2026', currency: 'EUR' }))).toEqual({ ok: true });
    expect(saidIn(await cardOf(ines, 'bank.csv', (each) => offers(each, 'import-go')))).toContain('*1* would be new');
  });

  test('with more columns than a select holds, its headers are typed', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `col ${i}`);
    await drop(
      ines,
      'wide.csv',
      `${names.join(',')}\n${names.map((_, i) => ['C1', 'W1', 'EUR', '10.00', '2026-01-01', '2026-02-01'][i] ?? '').join(',')}\n`,
    );
    await press(ines, await cardOf(ines, 'wide.csv', (each) => offers(each, 'import-map')), 'import-map');
    const modal = await ines.modal();
    const typed = { account: 'col 0', number: 'COL 1', currency: 'col 2', total: 'col 3', issued: 'col 4', due: 'nonsense' };
    const blocks = (values: Record<string, string>) =>
      filled(modal, Object.fromEntries(Object.entries(values).map(([name, header]) => [`column.invoices.${name}`, header])));
    expect(await ines.submit(modal.id, blocks(typed))).toMatchObject({
      errors: { 'column.invoices.due': 'The file has no column with this header.' },
    });
    expect(await ines.submit(modal.id, blocks({ ...typed, due: 'col 5' }))).toEqual({ ok: true });
    expect(saidIn(await cardOf(ines, 'wide.csv', (each) => offers(each, 'import-go')))).toContain('*1* would be new');
  });
});

async function onlyDropped(name: string) {
  const found = await bot.place.raw.collection<{ _id: string }>('droppedfiles').find({ 'file.name': name }).toArray();
  expect(found).toHaveLength(1);
  return (await bot.place.stores.dropped.load(found[0]!._id))!;
}
