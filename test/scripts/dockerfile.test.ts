import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { configSchema } from '../../src/config.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Instructions of the Dockerfile in their order, without comments; a JSON array is parsed. */
async function instructions(): Promise<{ name: string; rest: string }[]> {
  const text = await fs.readFile(path.join(root, 'Dockerfile'), 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => ({ name: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1) }));
}

// There is no Docker where this runs: each instruction is carried out in an empty folder that stands for the image's file system.
describe.skipIf(process.platform === 'win32')('the Dockerfile, instruction by instruction', () => {
  let image = '';
  let bot: ChildProcess | undefined;
  beforeAll(async () => {
    image = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-image-')));
  });
  afterAll(async () => {
    if (bot && bot.exitCode === null) {
      const ended = once(bot, 'exit');
      bot.kill('SIGKILL');
      await ended;
    }
    await fs.rm(image, { recursive: true, force: true });
  });
  /** Absolute paths of the image lie in the folder; there is no user `node` to give anything to. */
  const placed = (text: string) => text.replace(/(?<=^|[\s=])\/(data|app)\b/g, `${image}/$1`).replace(/chown node:node \S+ && /, '');
  /** The way to the registry, which is the network's and not the image's: without it npm tries for minutes. */
  const NETWORK = /^(node_extra_ca_certs|ssl_cert_file|(https?|no)_proxy|npm_config_(registry|cafile|proxy|https_proxy))$/i;
  // The image's own Node, which is ours; nothing else of this machine's settings.
  const env = (): Record<string, string> => ({
    PATH: `${path.dirname(process.execPath)}:${(process.env.PATH ?? '')
      .split(':')
      .filter((dir) => !dir.includes('node_modules'))
      .join(':')}`,
    HOME: process.env.HOME ?? '',
    ...Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value !== undefined && NETWORK.test(name) ? [[name, value]] : [])),
    ),
  });

  test('builds, starts without being root’s, is healthy, and stops by a signal', { timeout: 900_000 }, async () => {
    let workdir = image;
    const set = env();
    let command: string[] = [];
    let health: string[] = [];
    for (const { name, rest } of await instructions()) {
      if (name === 'FROM') expect(rest).toMatch(/^node:26(\.\d+)*-slim$/);
      else if (name === 'WORKDIR') {
        workdir = placed(rest);
        await fs.mkdir(workdir, { recursive: true });
      } else if (name === 'ENV') for (const pair of placed(rest).split(' ')) set[pair.split('=')[0]!] = pair.slice(pair.indexOf('=') + 1);
      else if (name === 'COPY') {
        const parts = rest.split(' ');
        const to = parts.pop()!;
        for (const from of parts)
          await fs.cp(path.join(root, from), to.endsWith('/') ? path.join(workdir, to, from) : path.join(workdir, to), { recursive: true });
      } else if (name === 'RUN') {
        const ran = spawnSync('sh', ['-c', placed(rest)], { cwd: workdir, env: set, encoding: 'utf8' });
        expect(ran.stderr + ran.stdout).not.toContain('EBADENGINE');
        expect([rest, ran.status, ran.status === 0 ? '' : ran.stderr]).toEqual([rest, 0, '']);
      } else if (name === 'USER') expect(rest).toBe('node');
      else if (name === 'VOLUME') expect(rest).toBe('/data');
      else if (name === 'HEALTHCHECK') health = JSON.parse(/CMD (\[.*\])$/.exec(rest)![1]!);
      else if (name === 'CMD') command = JSON.parse(rest);
      else throw new Error(`the test does not know the instruction ${name}`);
    }
    expect((await fs.stat(path.join(image, 'data'))).mode & 0o777).toBe(0o700);
    const [file, ...args] = command;
    bot = spawn(file!, args, { cwd: workdir, env: { ...set, WORKSPACE_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    bot.stdout!.on('data', (chunk) => {
      said += chunk;
    });
    await vi.waitFor(() => expect(said).toContain('Stop it with'), { timeout: 120_000 });
    if ('HEALTH_ADDRESS' in configSchema.shape)
      expect(spawnSync(health[0]!, health.slice(1), { cwd: workdir, env: set, encoding: 'utf8' }).status).toBe(0);
    const ended = once(bot, 'exit');
    bot.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await fs.readdir(path.join(image, 'data', 'store'))).toEqual(['store.sqlite']);
  });

  test('what is copied is all that Docker sends', async () => {
    const kept = (await fs.readFile(path.join(root, '.dockerignore'), 'utf8')).match(/(?<=^!).+$/gm);
    const copied = (await instructions()).filter(({ name }) => name === 'COPY').flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(kept?.sort()).toEqual(copied.sort());
  });
});
