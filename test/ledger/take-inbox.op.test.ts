import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileFormats } from '../../src/importing/file-formats.ts';
import { inboxFolder } from '../../src/importing/inbox-folder.ts';
import { rejectsSheet } from '../../src/importing/rejects-sheet.ts';
import { day } from '../../src/kernel/day.ts';
import { dayInName, seriesOf } from '../../src/ledger/file-day.ts';
import { type Taken, takeInbox } from '../../src/ledger/take-inbox.op.ts';
import { until } from '../embedded/slack/until.ts';
import { csv, invoiceLine } from '../support/file-drop.ts';
import { ledgerPlace } from '../support/ledger-place.ts';

let place: Awaited<ReturnType<typeof ledgerPlace>>;
let folder: string;
beforeEach(async () => {
  place = await ledgerPlace();
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-inbox-'));
});
afterEach(async () => {
  await place.close();
  await fs.rm(folder, { recursive: true, force: true });
});

const lies = async (where = '') => (await fs.readdir(path.join(folder, where)).catch(() => [])).filter((name) => /\./.test(name)).sort();
const write = (name: string, text: string) => fs.writeFile(path.join(folder, name), text);

/** Looks twice, since a file counts as whole once nobody has written to it between two looks. */
async function taken(from = folder): Promise<Taken[]> {
  const all: Taken[] = [];
  const inbox = inboxFolder(from, 0);
  const needs = {
    ...place.stores,
    inbox,
    formats: fileFormats,
    rejectsSheet,
    documentLimit: undefined,
    today: async () => day('2026-12-02'),
  };
  for (let look = 0; look < 2; look += 1)
    await takeInbox({ ...needs, onTaken: async (each) => void all.push(each) }, new AbortController().signal);
  return all;
}

describe('a folder of files to import', () => {
  it('takes a file whose columns are known, and puts it away', async () => {
    await write('open.csv', csv(invoiceLine(1), invoiceLine(2)));
    expect(await taken()).toMatchObject([{ name: 'open.csv', became: { kind: 'imported', summary: { new: 2 } } }]);
    expect(await lies()).toEqual([]);
    expect(await lies('done')).toEqual(['open.csv']);
    expect(await place.openOf('I1')).toBe(10_000);
    expect((await place.stores.pastRuns.page(0, 1)).runs[0]).toMatchObject({ by: 'inbox', source: 'open.csv', state: 'done' });
  });

  it('puts rejected rows beside the file', async () => {
    await write('open.csv', csv(invoiceLine(1), invoiceLine(2, 'much')));
    await taken();
    expect(await lies('done')).toEqual(['open.csv', 'open.csv.rejects.csv']);
    expect(await fs.readFile(path.join(folder, 'done/open.csv.rejects.csv'), 'utf8')).toContain('much');
  });

  it('refuses a file with columns that nobody has explained, with the reason beside it', async () => {
    await write('mystery.csv', 'a,b,c\n1,2,3\n');
    expect(await taken()).toMatchObject([{ became: { kind: 'refused', reason: expect.stringContaining('Drop it into Slack once') } }]);
    expect(await lies('refused')).toEqual(['mystery.csv', 'mystery.csv.reason.txt']);
    expect(await fs.readFile(path.join(folder, 'refused/mystery.csv.reason.txt'), 'utf8')).toContain('Nothing was imported');
  });

  it('changes nothing when the same file comes twice, and keeps both', async () => {
    const text = csv(invoiceLine(1));
    await write('open.csv', text);
    await taken();
    await write('open.csv', text);
    expect(await taken()).toMatchObject([{ became: { kind: 'again' } }]);
    expect(await lies('done')).toEqual(['open (2).csv', 'open.csv']);
    expect((await place.stores.pastRuns.page(0, 9)).total).toBe(1);
  });

  it('refuses yesterday’s file after today’s: imported before, or of an earlier day by its name', async () => {
    const monday = csv(invoiceLine(1), invoiceLine(2));
    await write('OP_20261130.csv', monday);
    await taken();
    await write('OP_20261201.csv', csv(invoiceLine(1, '80.00'), invoiceLine(2)));
    await taken();
    await write('OP_20261130.csv', monday);
    await write('OP_20261127.csv', csv(invoiceLine(1, '120.00'), invoiceLine(2)));
    const [earlier, known] = await taken();
    expect(earlier).toMatchObject({
      name: 'OP_20261127.csv',
      became: { kind: 'refused', reason: expect.stringContaining('of a later day') },
    });
    expect(known).toMatchObject({ name: 'OP_20261130.csv', became: { kind: 'refused', reason: expect.stringContaining('a newer one') } });
    expect(await place.openOf('I1')).toBe(8_000);
  });

  it('takes two files at once in the order of their days', async () => {
    await write('b_2026-12-01.csv', csv(invoiceLine(1, '70.00')));
    await write('b_2026-12-02.csv', csv(invoiceLine(1, '60.00')));
    expect((await taken()).map(({ name }) => name)).toEqual(['b_2026-12-01.csv', 'b_2026-12-02.csv']);
    expect(await place.openOf('I1')).toBe(6_000);
  });

  it('leaves what is still being written, what lies under a name for that, links and folders', async () => {
    await write('later.csv.part', csv(invoiceLine(1)));
    await write('.hidden.csv', csv(invoiceLine(1)));
    await write('~$open.csv', csv(invoiceLine(1)));
    await fs.symlink('/etc/hostname', path.join(folder, 'link.csv'));
    const inbox = inboxFolder(folder, 0);
    const file = path.join(folder, 'grows.csv');
    await fs.writeFile(file, csv(invoiceLine(1)));
    expect(await inbox.ready()).toEqual([]);
    await fs.appendFile(file, `${invoiceLine(2)}\n`);
    expect(await inbox.ready()).toEqual([]);
    expect((await inbox.ready()).map(({ name }) => name)).toEqual(['grows.csv']);
    const patient = inboxFolder(folder, 60_000);
    await patient.ready();
    expect(await patient.ready()).toEqual([]);
  });

  it('writes no row twice when several watch the folder, and moves the file once', async () => {
    await write('open.csv', csv(...Array.from({ length: 300 }, (_, i) => invoiceLine(i))));
    const all = (await Promise.all([taken(), taken(), taken()])).flat();
    const sums = all.map(({ became }) => (became.kind === 'imported' ? became.summary : null));
    expect(sums.reduce((sum, each) => sum + (each?.new ?? 0), 0)).toBe(300);
    expect(sums.reduce((sum, each) => sum + (each?.changed ?? 0), 0)).toBe(0);
    expect(await lies('done')).toEqual(['open.csv']);
    await until(async () => (await taken()).length === 0 && (await lies()).length === 0);
    expect(await place.openOf('I299')).toBe(10_000);
  });

  it('leaves the file where it is while another import is under way, and takes it afterwards', async () => {
    const run = await place.stores.intake.begin({ source: 'other', now: place.stores.clock.now(), sample: false, tellsBalances: true });
    if (!('abandon' in run)) throw new Error('busy');
    await write('open.csv', csv(invoiceLine(1)));
    expect(await taken()).toEqual([]);
    expect(await lies()).toEqual(['open.csv']);
    await run.abandon();
    expect(await taken()).toMatchObject([{ became: { kind: 'imported' } }]);
  });
});

describe('the day in a file’s name', () => {
  it.each([
    ['OP_20261130.csv', '2026-11-30'],
    ['open items 30.11.2026.xlsx', '2026-11-30'],
    ['2026-11-30T0700.csv', '2026-11-30'],
    ['OP_20261340.csv', null],
    ['report-12345678901.csv', null],
    ['open.csv', null],
  ])('%s: %s', (name, wanted) => expect(dayInName(name)).toBe(wanted));

  it('tells files of one kind by what is left without it', () => {
    expect(seriesOf('OP_20261130.csv')).toBe(seriesOf('op_20261201.CSV'));
    expect(seriesOf('OP_1.csv')).not.toBe(seriesOf('contacts_1.csv'));
  });
});
