import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const NEEDS =
  /^Arrears needs Node\.js 26 or newer; this is v\d+\.\d+\.\d+ \(.+\)\. Nothing was started\.\nInstall Node\.js 26 from https:\/\/nodejs\.org/;

test('a Node that cannot run the program says which one is needed', () => {
  const ran = spawnSync(process.execPath, ['--no-strip-types', 'src/start.js', 'src/main.ts'], { cwd: root, encoding: 'utf8' });
  expect(ran.stderr).toMatch(NEEDS);
  expect(ran.stdout).toBe('');
  expect(ran.status).toBe(1);
});

const older = (process.env.PATH ?? '')
  .split(path.delimiter)
  .map((dir) => path.join(dir, 'node'))
  .find((node) => /^v(1[4-9]|2[0-3])\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''));

test.skipIf(!older)('so does an older one, as with --omit=optional; no program ends in a stack trace', () => {
  for (const file of ['src/main.ts', 'scripts/import.ts', 'scripts/backup.ts']) {
    const ran = spawnSync(older!, ['src/start.js', file], { cwd: root, encoding: 'utf8' });
    expect(ran.stderr).toMatch(NEEDS);
    expect(ran.stderr.trim().split('\n')).toHaveLength(2);
    expect(ran.status).toBe(1);
  }
});

test('every program that npm runs for an operator begins with it', async () => {
  const { scripts } = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  const development = ['test', 'test:rules', 'test:slack-modes', 'check', 'format', 'prove', 'bench', 'record-cards'];
  for (const [name, command] of Object.entries(scripts)) if (!development.includes(name)) expect(command).toContain('node src/start.js ');
});

test('SIGTERM to npm start stops Arrears cleanly: the folder is free again at once', async () => {
  const dir = await tempFolder(stops);
  const env = { ...process.env, DATA_DIR: dir, WORKSPACE_PORT: '0', SAMPLE_LEDGER: 'no', HEALTH_ADDRESS: 'off' };
  const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void npm.kill('SIGKILL'));
  const ended = once(npm, 'exit');
  // The pipe stays open: whoever writes into a closed one has another trouble.
  let said = '';
  npm.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await vi.waitFor(() => expect(said).toContain('Stop it with'), { timeout: 50_000 });
  expect(await fs.readdir(path.join(dir, 'store'))).toContain('store.uri');
  npm.kill('SIGTERM');
  await ended;
  expect(await fs.readdir(path.join(dir, 'store'))).toEqual(['store.sqlite']);
});

test.skipIf(process.platform === 'win32')('what a start writes is for its owner alone, and an open data folder is closed', async () => {
  const dir = await tempFolder(stops);
  await fs.mkdir(path.join(dir, 'outbox'), { mode: 0o755 });
  await fs.chmod(dir, 0o755);
  const env = { ...process.env, DATA_DIR: dir, WORKSPACE_PORT: '0', SMTP_URL: 'smtp://127.0.0.1:9', HEALTH_ADDRESS: 'off' };
  const bot = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void bot.kill('SIGKILL'));
  let said = '';
  bot.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await vi.waitFor(() => expect(said).toContain('Stop it with'), { timeout: 50_000 });
  expect(said).toContain('Warning: SMTP_URL is set and Slack is not. Whoever opens this address can send email to customers.');
  const entries = await fs.readdir(dir, { recursive: true });
  for (const entry of ['.', ...entries.filter((name) => name !== 'outbox')])
    expect([entry, (await fs.stat(path.join(dir, entry))).mode & 0o077]).toEqual([entry, 0]);
  const ended = once(bot, 'exit');
  bot.kill('SIGTERM');
  await ended;
});
