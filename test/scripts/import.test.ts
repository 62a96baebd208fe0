import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LedgerPlace, ledgerPlace } from '../support/ledger-place.ts';
import { runScript } from '../support/run-script.ts';

/** Its store runs as a bot's would, so that a script need not start one. */
let place: LedgerPlace;
let dir: string;
beforeAll(async () => {
  place = await ledgerPlace();
  dir = place.dir;
});
beforeEach(() => place.empty());
afterAll(() => place.close());

const run = (script: string, ...args: string[]) => runScript(script, args, { DATA_DIR: dir });
const jsonOf = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);
const file = (name: string, text: string) => place.file(name, text);

const INVOICES = 'account,number,currency,total,issued,due\nC1,I1,EUR,10.00,2026-01-01,2026-01-31\nC1,I2,EUR,=5,2026-01-01,2026-01-31\n';

describe('npm run import', () => {
  test.skipIf(process.platform === 'win32')(
    'a full disk ends it in one sentence; with space it goes on',
    async () => {
      const lines = Array.from({ length: 8_000 }, (_, n) => `C${n % 900},I${n},EUR,10.00,2026-01-01,2026-01-31`);
      const at = await file('large.csv', ['account,number,currency,total,issued,due', ...lines].join('\n'));
      const program = path.resolve(import.meta.dirname, '../../scripts/import.ts');
      const runWithin = (limit: string) => {
        // Files may grow to a number of half kilobytes: the disk says no, as when it is full.
        const args = ['-c', `ulimit -f ${limit}; exec "$0" "$@"`, process.execPath, program, '--file', at, '--map', 'invoices'];
        const { MONGODB_URI: _, ...env } = process.env;
        return spawnSync('/bin/sh', args, { env: { ...env, DATA_DIR: path.join(dir, 'small') }, encoding: 'utf8' });
      };
      const full = runWithin('4096');
      expect(full.status).toBe(1);
      const said = full.stderr.split('\n').filter((line) => line !== '' && !/^(reading|writing|comparing): /.test(line));
      expect(said).toEqual([expect.stringMatching(/could not be written: .* is kept/)]);
      expect(full.stderr).not.toMatch(/^\s+at |I1\d\d\d/m);
      expect(runWithin('unlimited')).toMatchObject({ status: 0, stdout: expect.stringContaining('Now open: 8000 invoices') });
    },
    60_000,
  );

  test('tells in words and as one JSON line what it did; good rows are kept, bad ones stand in the rejects file', async () => {
    const at = await file('invoices.csv', INVOICES);
    const words = await run('import.ts', '--file', at, '--map', 'invoices', '--dry-run');
    expect(words).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Dry run of invoices.csv: 2 rows, 1 new, 0 changed, 0 unchanged, 1 rejected.'),
    });
    const { code, stdout, stderr } = await run(
      'import.ts',
      '--file',
      at,
      '--map',
      'invoices',
      '--json',
      '--rejects',
      path.join(dir, 'r.csv'),
    );
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/writing: 2 rows/);
    expect(jsonOf(stdout)).toEqual({
      run: expect.any(String),
      source: 'invoices.csv',
      dryRun: false,
      rowsIn: 2,
      accepted: 1,
      rejected: 1,
      later: 0,
      new: 1,
      changed: 0,
      unchanged: 0,
      openInvoices: 1,
      openBalance: { EUR: '10.00' },
      closedVanished: 0,
      closedCredits: 0,
      reopened: 0,
      strangersOnly: false,
      missingGroups: [],
      misplaced: [],
      twins: { pairs: [], joined: false },
      report: [],
      vanishedUnsure: 0,
      asksToConfirm: false,
      sampleReplaced: false,
      healed: [],
      rejectsFile: path.join(dir, 'r.csv'),
    });
    expect(await readFile(path.join(dir, 'r.csv'), 'utf8')).toBe(
      `line,column,value,reason\n3,total,'=5,"not an amount with decimal ""."" and thousands "","""\n`,
    );
  });

  test('refuses with a sentence and code 1', async () => {
    const at = await file('bad.csv', 'account,number\nC1,I1\n');
    for (const [args, sentence] of [
      [
        ['--file', at, '--map', 'invoices'],
        /no column "currency", "total", "issued", "due"\. Its columns are: account, number\. Nothing was imported/,
      ],
      [['--file', at, '--map', 'none'], /no mapping "none"\. Nothing was imported/],
      [['--file', at, '--map', 'invoices', '--as-of', '30.6.2013'], /not a day such as 2026-03-31/],
      [['--map', 'invoices'], /^Usage: npm run import/],
      [['--file', at, '--map', 'invoices', '--fast'], /Usage: npm run import/],
    ] as const) {
      const ran = await run('import.ts', ...args);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(sentence);
      expect(ran.stderr).not.toContain('    at ');
    }
  });

  test('remembers a mapping from a file by its name', async () => {
    const at = await file('sage.csv', 'Kunde;Beleg;Betrag;Datum;Faellig\n1;RE-1;1.000,50;01.02.2026;28.02.2026\n');
    const columns = { account: 'Kunde', number: 'Beleg', total: 'Betrag', issued: 'Datum', due: 'Faellig' };
    const mapping = {
      name: 'sage',
      kind: 'invoices',
      dates: 'day-month-year',
      numbers: { decimal: ',', group: '.' },
      columns,
      fixed: { currency: 'EUR' },
    };
    const json = await file('sage.json', JSON.stringify(mapping));
    expect(jsonOf((await run('import.ts', '--file', at, '--map', json, '--json')).stdout)).toMatchObject({
      new: 1,
      openBalance: { EUR: '1000.50' },
    });
    expect(jsonOf((await run('import.ts', '--file', at, '--map', 'sage', '--json')).stdout)).toMatchObject({ new: 0, unchanged: 1 });
    await writeFile(json, JSON.stringify({ ...mapping, name: 'ibm' }));
    expect(await run('import.ts', '--file', at, '--map', json)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('belongs to a built-in mapping'),
    });
    await writeFile(json, JSON.stringify({ ...mapping, kind: 'bills' }));
    expect(await run('import.ts', '--file', at, '--map', json)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be used. Nothing was imported.'),
    });
  });

  test('replaces the sample of the running bot, over which no sample is loaded again', async () => {
    const at = await file('invoices.csv', INVOICES);
    expect(await run('seed.ts', '--as-of', '2026-06-15')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Now open: 225 invoices'),
    });
    expect(jsonOf((await run('import.ts', '--file', at, '--map', 'invoices', '--json')).stdout)).toMatchObject({
      openInvoices: 1,
      sampleReplaced: true,
    });
    expect(await place.openOf('I1')).toBe(1_000);
    expect(await run('seed.ts')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is a real ledger in the store. Nothing was changed.'),
    });
  });

  test('starts a store of its own where no bot runs', async () => {
    const own = await mkdtemp(path.join(os.tmpdir(), 'arrears-import-'));
    const at = await file('invoices.csv', INVOICES);
    const args = ['--file', at, '--map', 'invoices', '--json'];
    try {
      expect(jsonOf((await runScript('import.ts', args, { DATA_DIR: own })).stdout)).toMatchObject({
        new: 1,
        rejectsFile: path.join(own, 'rejects/invoices.csv.rejects.csv'),
      });
      expect(jsonOf((await runScript('import.ts', args, { DATA_DIR: own })).stdout)).toMatchObject({ unchanged: 1 });
    } finally {
      await rm(own, { recursive: true });
    }
  });
});

const sharedDir = process.env.SHARED_DIR ?? path.resolve(import.meta.dirname, '../../../shared');
const ibm = path.join(sharedDir, 'data/ibm-accounts-receivable.csv');
const hasIbm = existsSync(ibm);
if (!hasIbm) console.warn(`SKIPPED: the replay of the public sample; ${ibm} is not here.`);

/** The same question asked of the file without any of our code. */
const PYTHON = `
import csv, datetime, decimal, json, sys
day = lambda text: datetime.datetime.strptime(text, '%m/%d/%Y').date()
as_of = datetime.date.fromisoformat(sys.argv[2])
rows = list(csv.DictReader(open(sys.argv[1])))
there = [row for row in rows if day(row['InvoiceDate']) <= as_of]
late = [row for row in there if day(row['SettledDate']) > as_of]
total = sum(decimal.Decimal(row['InvoiceAmount']) for row in late)
print(json.dumps({'rowsIn': len(rows), 'accepted': len(there), 'later': len(rows) - len(there), 'openInvoices': len(late), 'openBalance': {'USD': f'{total:.2f}'}}))
`;

describe.skipIf(!hasIbm)('the public sample', () => {
  test('as of 2013-06-30 is 84 open invoices of 5,119.85 USD', async () => {
    const { code, stdout } = await run('import.ts', '--file', ibm, '--map', 'ibm', '--as-of', '2013-06-30', '--json');
    expect(code).toBe(0);
    expect(jsonOf(stdout)).toMatchObject({ rowsIn: 2466, rejected: 0, openInvoices: 84, openBalance: { USD: '5119.85' } });
  });

  test.each(['2012-01-03', '2013-06-30'])('as of %s is what a few lines of Python count', async (asOf) => {
    const python = spawnSync('python3', ['-c', PYTHON, ibm, asOf], { encoding: 'utf8' });
    expect(python.status, python.stderr).toBe(0);
    const { stdout } = await run('import.ts', '--file', ibm, '--map', 'ibm', '--as-of', asOf, '--json');
    expect(jsonOf(stdout)).toMatchObject(JSON.parse(python.stdout));
  });
});
