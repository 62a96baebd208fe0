import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { startBot } from '../support/bot.ts';
import { oldDataFolder } from '../support/old-data-folder.ts';
import { type Ran, runScript } from '../support/run-script.ts';

/** One backup, made once, for those who damage a copy of it. */
let whole: string;
beforeAll(async () => {
  whole = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-whole-'));
  const from = await oldDataFolder();
  await runScript('backup.ts', ['--to', path.join(whole, 'b')], { DATA_DIR: from });
  await fs.rm(from, { recursive: true });
});
afterAll(() => fs.rm(whole, { recursive: true, force: true }));

let dir: string;
let data: string;
beforeEach(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-backup-'));
  data = await oldDataFolder();
});
afterEach(async () => {
  await fs.rm(dir, { recursive: true, force: true });
  await fs.rm(data, { recursive: true, force: true });
});

const at = (name: string) => path.join(dir, name);
const backup = (to: string, env: Record<string, string> = {}) => runScript('backup.ts', ['--to', to], { DATA_DIR: data, ...env });
const restore = (from: string, to: string, ...more: string[]) => runScript('restore.ts', ['--from', from, ...more], { DATA_DIR: to });
const listed = async (folder: string) => (await fs.readdir(folder, { recursive: true })).sort();
const refused = ({ code, stderr }: Ran, words: RegExp) => {
  expect(stderr).toMatch(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
};

test('a backup made while the bot runs is restored, and the bot works on', async () => {
  const clock = { now: () => Temporal.Instant.from('2026-11-24T09:30:00Z') };
  const bot = await startBot({ env: { SAMPLE_LEDGER: 'no' }, clock, dir: data });
  await fs.mkdir(path.join(data, 'invoices', '2026'), { recursive: true });
  await fs.writeFile(path.join(data, 'invoices', '2026', 'UK 1 – é.pdf'), '%PDF-1.7');
  await fs.symlink('/etc/hostname', path.join(data, 'invoices', 'link.pdf'));
  const mara = await bot.person('U0MARA');
  await mara.command('C0COLLECT', '/collections note Quarry: Before the backup.');
  await mara.says('On the file of *Quarry Lane Ltd*');
  const made = await backup(at('b'));
  expect(made.stderr).toBe('');
  expect(made.stdout).toMatch(/Backed up .* 5 files/);
  expect(made.stdout).toContain('Left out, since they are links or no plain files: invoices/link.pdf.');
  await mara.command('C0COLLECT', '/collections note Pennyfold: Behind the backup.');
  await mara.says('On the file of *Pennyfold Ltd*');
  await bot.stop();
  expect(spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: at('b') }).status).toBe(0);

  const back = await restore(at('b'), at('data'));
  expect(back.stderr).toBe('');
  expect(back.stdout).toMatch(/Restored .* 5 files, each as it was written/);
  expect(back.stdout).toMatch(/The audit trail is whole: \d+ entries/);
  expect(back.stdout).toContain('1 email is approved and not sent');
  expect(await fs.readFile(at('data/invoices/2026/UK 1 – é.pdf'), 'utf8')).toBe('%PDF-1.7');
  for (const name of ['.', 'store', 'store/store.sqlite', 'outbox']) expect((await fs.stat(at(`data/${name}`))).mode & 0o077).toBe(0);
  const again = await startBot({ env: { SAMPLE_LEDGER: 'no' }, clock, dir: at('data') });
  const ines = await again.person('U0INES');
  await ines.command('C0COLLECT', '/account Quarry timeline');
  await ines.message(({ blocks }) => JSON.stringify(blocks).includes('Before the backup'));
  await ines.command('C0COLLECT', '/account Pennyfold timeline');
  const other = await ines.message(({ blocks }) => JSON.stringify(blocks).includes('Timeline of Pennyfold'));
  expect(JSON.stringify(other.blocks)).not.toContain('Behind the backup');
  await again.tick();
  expect(again.log).toEqual([]);
  await again.stop();
  expect(await listed(dir)).not.toContain(expect.stringContaining('partial'));
});

describe('a backup is refused, and nothing changes, when', () => {
  test('something is there already', async () => {
    await fs.writeFile(at('b'), 'mine');
    refused(await backup(at('b')), /is there already. Nothing was changed. Give a new name./);
    expect(await fs.readFile(at('b'), 'utf8')).toBe('mine');
  });
  test('it would lie in the data folder', async () => {
    refused(await backup(path.join(data, 'b')), /inside the data folder, so no backup was made/);
  });
  test('there is no data folder, or no folder to put it in', async () => {
    refused(await backup(at('b'), { DATA_DIR: at('none') }), /There is no data folder .*Set DATA_DIR/);
    expect(await listed(dir)).toEqual([]);
    refused(await backup(at('no/b')), /No backup was made: .*no cannot take it/);
  });
});

describe('a restore is refused, and the place stays empty, when', () => {
  const damage = async (change: (folder: string) => Promise<unknown>) => {
    await fs.cp(path.join(whole, 'b'), at('b'), { recursive: true });
    await change(at('b'));
    const ran = await restore(at('b'), at('data'));
    expect(await listed(dir)).not.toContain('data');
    expect((await listed(dir)).filter((name) => name.includes('partial'))).toEqual([]);
    return ran;
  };
  const truncate = (file: string, by: number) => async (folder: string) => {
    const { size } = await fs.stat(path.join(folder, file));
    await fs.truncate(path.join(folder, file), size - by);
  };
  test('the place is not empty', async () => {
    await backup(at('b'));
    await fs.mkdir(at('data'));
    await fs.writeFile(at('data/mine'), 'mine');
    refused(await restore(at('b'), at('data')), /is not empty, so nothing was restored. Stop Arrears and move the folder away/);
    expect(await listed(at('data'))).toEqual(['mine']);
  });
  test('a file was cut', async () => {
    refused(await damage(truncate('store/store.sqlite', 4096)), /is damaged: store\/store.sqlite is missing or not as written/);
  });
  test('the list of hashes was cut, at a line’s end too', async () => {
    refused(await damage(truncate('SHA256SUMS', 20)), /is damaged: SHA256SUMS/);
    await fs.rm(at('b'), { recursive: true });
    const lastLine = `${'0'.repeat(64)}  backup.json\n`.length;
    refused(await damage(truncate('SHA256SUMS', lastLine)), /is damaged: SHA256SUMS/);
  });
  test('files are missing', async () => {
    const ran = await damage(async (folder) => {
      await fs.rm(path.join(folder, 'outbox'), { recursive: true });
      await fs.rm(path.join(folder, 'workspace'), { recursive: true });
    });
    refused(ran, /is damaged: outbox\/.*, workspace\/workspace.sqlite are missing/);
  });
  test('it was interrupted or is none', async () => {
    refused(await damage((folder) => fs.rm(path.join(folder, 'SHA256SUMS'))), /is not a whole backup: SHA256SUMS is missing/);
    refused(await restore(at('nothing'), at('data')), /is not a whole backup: backup.json is missing/);
  });
  test('a byte was changed', async () => {
    const change = async (folder: string) => {
      const file = path.join(folder, 'store/store.sqlite');
      const bytes = await fs.readFile(file);
      bytes[bytes.length - 100]! ^= 1;
      await fs.writeFile(file, bytes);
    };
    refused(await damage(change), /is damaged: store\/store.sqlite is missing or not as written/);
  });
  test('it names a file outside', async () => {
    const change = async (folder: string) => {
      const sums = await fs.readFile(path.join(folder, 'SHA256SUMS'), 'utf8');
      await fs.writeFile(path.join(folder, 'SHA256SUMS'), sums.replace(/ {2}outbox\/\S+/, '  ../../outside'));
    };
    refused(await damage(change), /is damaged/);
  });
  test.each([
    ['format', 99],
    ['schema', 99],
  ])('its %s is of a newer version', async (field, value) => {
    const change = async (folder: string) => {
      const about = JSON.parse(await fs.readFile(path.join(folder, 'backup.json'), 'utf8'));
      await fs.writeFile(path.join(folder, 'backup.json'), JSON.stringify({ ...about, [field]: value, program: '9.0.0' }));
    };
    refused(await damage(change), /written by a newer version of Arrears \(9\.0\.0\)\. Nothing was restored/);
  });
});

test('a backup can be checked without restoring it', async () => {
  await backup(at('b'));
  const checked = await restore(at('b'), at('data'), '--verify');
  expect(checked.stdout).toMatch(/is whole: 4 files[\s\S]*The audit trail is whole: 18 entries/);
  expect(await listed(dir)).not.toContain('data');
});

test('a backup that is stopped leaves nothing', async () => {
  for (let i = 0; i < 300; i += 1) await fs.writeFile(path.join(data, 'outbox', `${i}.eml`), 'x'.repeat(1_000));
  const ran = spawnSync('bash', [
    '-c',
    `DATA_DIR='${data}' '${process.execPath}' scripts/backup.ts --to '${at('b')}' & until ls -d '${at('b')}'.partial-*/outbox; do sleep 0.01; done 2>/dev/null >&2; kill -TERM $!; wait $!; echo "code $?"`,
  ]);
  expect(ran.stderr.toString()).toMatch(/No backup was made: it was stopped\. Nothing was changed/);
  expect(ran.stdout.toString()).toContain('code 1');
  expect(await listed(dir)).toEqual([]);
});

const mayMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0;
/** Runs a script where `small` is a disk of so many bytes. */
const onSmallDisk = (bytes: number, script: string, args: string) =>
  spawnSync('unshare', ['-m', 'bash', '-c', `mount -t tmpfs -o size=${bytes} none '${at('small')}' && ${script}`, args], {
    encoding: 'utf8',
  });

test.skipIf(!mayMount)('a full disk is told, during the backup and during the restore, and no half file is left', async () => {
  await fs.mkdir(at('small'));
  const node = `'${process.execPath}'`;
  for (const bytes of [60_000, 220_000]) {
    const full = onSmallDisk(
      bytes,
      `(DATA_DIR='${data}' ${node} scripts/backup.ts --to '${at('small/b')}'; echo "code $?"; ls -A '${at('small')}')`,
      '',
    );
    expect(full.stderr).toMatch(/No backup was made: the disk is full\. Nothing was changed, and nothing is left/);
    expect(full.stdout).toBe('code 1\n');
  }
  await backup(at('b'));
  const into = (bytes: number, to: string) =>
    onSmallDisk(bytes, `(DATA_DIR='${at(to)}' ${node} scripts/restore.ts --from '${at('b')}'; echo "code $?"; ls -A '${at('small')}')`, '');
  const full = into(60_000, 'small/data');
  expect(full.stderr).toMatch(/Nothing was restored: the disk is full/);
  expect(full.stdout).toBe('code 1\n');
  const itself = into(60_000, 'small');
  expect(itself.stderr).toMatch(/Nothing was restored: the disk is full/);
  expect(itself.stdout).toBe('code 1\n');
  expect(into(2_000_000, 'small').stdout).toMatch(/Restored[\s\S]*code 0\noutbox\nstore\nworkspace/);
});

test('with MongoDB the files are copied, and it says which tools copy the database; what they bring back is verified', async () => {
  const store = await startEmbeddedStore({ dir: path.join(data, 'store') });
  const made = await backup(at('b'), { MONGODB_URI: store.uri });
  expect(made.stdout).toMatch(/mongodump .*--oplog[\s\S]*mongorestore .*--oplogReplay[\s\S]*restore -- --verify/);
  expect((await listed(at('b'))).filter((name) => name.startsWith('store'))).toEqual([]);
  const verified = await runScript('restore.ts', ['--verify'], { MONGODB_URI: store.uri });
  expect(verified.stdout).toContain('The audit trail is whole: 18 entries.');
  await store.stop();
  const back = await restore(at('b'), at('data'));
  expect(back.stdout).toContain('The database is not in it: put that back with mongorestore');
  const empty = await startEmbeddedStore({ dir: at('empty') });
  const nothing = await runScript('restore.ts', ['--verify'], { MONGODB_URI: empty.uri });
  expect(nothing.stderr).toContain('There is nothing of Arrears in the database arrears');
  await empty.stop();
});
