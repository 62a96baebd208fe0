import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answered } from '../../src/embedded/slack/delivery/delivery.ts';
import { startWorkspace, type Workspace } from '../../src/embedded/slack/workspace.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { type Balancer, balancer } from './balancer.ts';
import { freePort } from './free-port.ts';
import { type SmtpSink, smtpSink } from './smtp-sink.ts';

const SECRET = 'a signing secret of thirty-two characters';
const NAMES = { overdue: 'overdue', account: 'account', collections: 'collections' };
/** A busy machine starts several at a time. */
const START_WITHIN_MS = 90_000;

/** The bot as a process of its own, as an operator starts it. */
export interface Instance {
  readonly child: ChildProcess;
  /** Resolves when its first round of everything due is done. */
  readonly settled: Promise<void>;
  /** SIGKILL or SIGTERM; resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export interface ServerRoom {
  readonly uri: string;
  readonly workspace: Workspace;
  readonly sink: SmtpSink;
  /** Those that were started and not ended. */
  readonly instances: readonly Instance[];
  /** What instances said that died by themselves. */
  readonly crashed: readonly string[];
  /** Everything that instances wrote about errors. */
  readonly errors: readonly string[];
  /** Starts one more; resolves when Slack's requests can reach it. */
  add(): Promise<Instance>;
  /** The clock of the store, which those started afterwards follow, stands at this instant now. */
  at(instant: Temporal.Instant): Promise<void>;
  close(): Promise<void>;
}

/**
 * One store, one Slack over HTTP behind a load balancer, one mail server, and as many processes of the bot as one starts, all of the program in
 * `src`.
 */
export async function serverRoom(src: string, start: Temporal.Instant, answered: Answered): Promise<ServerRoom> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-room-'));
  const stops: (() => unknown)[] = [() => fs.rm(dir, { recursive: true, force: true })];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const ahead = path.join(dir, 'ahead');
    const at = (instant: Temporal.Instant) => fs.writeFile(ahead, String(instant.epochMilliseconds - Date.now()));
    await at(start);
    const store = await startStore(src, path.join(dir, 'store'), ahead);
    stops.push(store.stop);
    const sink = await smtpSink();
    stops.push(() => sink.close());
    const before = await balancer();
    stops.push(() => before.close());
    const http = { requestUrl: before.url, signingSecret: SECRET };
    const workspace = await startWorkspace({ dir: null, limits: 'off', http, answered });
    stops.push(() => workspace.stop());
    workspace.install(manifest(NAMES, before.url));
    const env = {
      MONGODB_URI: store.uri,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: workspace.apiUrl,
      BIND_ADDRESS: '127.0.0.1',
      SMTP_URL: sink.url,
      SMTP_PER_MINUTE: '100000',
      SMTP_RECIPIENTS_PER_DAY: '100000',
      HEALTH_ADDRESS: 'off',
      SAMPLE_LEDGER: 'no',
      LOG_LEVEL: 'warn',
    };
    const instances = new Set<Instance>();
    const [crashed, errors]: [string[], string[]] = [[], []];
    stops.push(() => Promise.all([...instances].map((each) => each.end('SIGKILL'))));
    let count = 0;
    return {
      uri: store.uri,
      workspace,
      sink,
      crashed,
      errors,
      get instances() {
        return [...instances];
      },
      at,
      close,
      async add() {
        count += 1;
        const instance = await startInstance(src, { ...env, DATA_DIR: path.join(dir, `data-${count}`) }, before, {
          crashed: (said) => crashed.push(said),
          error: (line) => errors.push(line),
          gone: (gone) => instances.delete(gone),
        });
        instances.add(instance);
        return instance;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As `npm run store` starts it. */
async function startStore(src: string, dir: string, ahead: string) {
  const clock = path.resolve(import.meta.dirname, 'shifted-clock.ts');
  const child = spawn(process.execPath, ['--import', clock, 'src/start.js', 'scripts/store.ts', '--dir', dir, '--port', '0', '--json'], {
    cwd: path.dirname(src),
    env: { ...bare(), ARREARS_TEST_AHEAD: ahead },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await firstLine(child);
  return {
    uri: (JSON.parse(said) as { uri: string }).uri,
    stop: async () => {
      const gone = once(child, 'exit');
      if (child.kill('SIGTERM')) await gone;
    },
  };
}

interface Hears {
  crashed(said: string): void;
  error(line: string): void;
  gone(instance: Instance): void;
}

async function startInstance(src: string, env: Record<string, string>, before: Balancer, hears: Hears): Promise<Instance> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/start.js', 'src/main.ts'], {
    cwd: path.dirname(src),
    env: { ...bare(), ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const settled = Promise.withResolvers<void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('Arrears is running')) settled.resolve();
    for (const line of chunk.toString().split('\n')) if (/"level":(50|60)/.test(line)) hears.error(line);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let wanted = false;
  const gone = once(child, 'exit').then(([code, signal]) => {
    before.remove(port);
    if (!wanted || (code !== 0 && signal !== 'SIGKILL')) hears.crashed(`code ${code}, signal ${signal}: ${output.slice(-2_000)}`);
    hears.gone(instance);
    settled.resolve();
  });
  const instance: Instance = {
    child,
    settled: settled.promise,
    async end(signal) {
      wanted = true;
      child.kill(signal);
      await gone;
    },
  };
  const late = performance.now() + START_WITHIN_MS;
  while (
    !(await fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() > late) throw new Error(`an instance did not start: ${output}`);
    await pause(25);
  }
  before.add(port);
  return instance;
}

/** No setting of this machine reaches a program but these. */
function bare() {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stdout!) {
    said += chunk;
    if (said.includes('\n')) break;
  }
  if (!said.includes('\n')) throw new Error('the store did not start');
  return said;
}
