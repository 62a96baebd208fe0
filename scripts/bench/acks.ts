import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { BENCH_DAY, writeLedgerFile } from './ledger-file.ts';
import { type BenchLine, type BenchSize, quantile, round } from './measure.ts';
import { importFile, inFolder, withStores } from './stores.ts';

const AT_ONCE = 50;
const TOO_LATE_MS = 3_000;
const COMMANDS = ['/account Customer 7', '/collections help', '/account C11', '/collections why C12'];

/** The bot with a full ledger: how long until its first digest stands in the channel, and until commands are answered while more are built. */
export async function benchBot({ invoices, accounts, commands }: BenchSize): Promise<BenchLine[]> {
  return inFolder(async (dir) => {
    const file = await writeLedgerFile(dir, invoices, accounts);
    await withStores(dir, (stores) => importFile(stores, file));
    const child = fork(path.resolve(import.meta.dirname, '../../src/start.js'), ['scripts/bench/bot-child.ts', `${BENCH_DAY}T10:00:00Z`], {
      env: { ...process.env, DATA_DIR: dir, WORKSPACE_PORT: '0', SAMPLE_LEDGER: 'no' },
    });
    const started = performance.now();
    try {
      const ticked = told<{ tickedMs: number }>(child, 'tickedMs');
      const page = await signIn((await told<{ page: string }>(child, 'page')).page);
      while (!(await somethingPosted(page))) await setTimeout(20);
      const firstDigestMs = performance.now() - started;
      const { tickedMs } = await ticked;
      await post(page, 'control', { do: 'limits', limits: 'off' });
      const built = told<{ built: number; memoryMiB: number }>(child, 'built');
      child.send('build');
      const took = await ask(page, commands);
      child.send('enough');
      const { built: digests, memoryMiB } = await built;
      const late = took.filter((each) => each > TOO_LATE_MS).length;
      const lines: BenchLine[] = [
        { bench: 'start', openInvoices: invoices, firstDigestMs: round(firstDigestMs), allDoneMs: round(tickedMs) },
        {
          bench: 'acks',
          commands,
          atOnce: AT_ONCE,
          digests,
          p50Ms: quantile(took, 0.5),
          p99Ms: quantile(took, 0.99),
          mostMs: quantile(took, 1),
          above3s: late,
          memoryMiB,
        },
      ];
      return lines;
    } finally {
      await ended(child);
    }
  });
}

/** Times from the command's leaving to its acknowledgement; so many are on their way at any time. */
async function ask(page: Page, commands: number): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const person = async () => {
    for (let i = next++; i < commands; i = next++) {
      const text = COMMANDS[i % COMMANDS.length]!;
      const from = performance.now();
      await post(page, 'act', { as: 'U0MARA', do: 'command', channel: 'C0COLLECT', text });
      took.push(round(performance.now() - from));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, person));
  return took;
}

/** Each person keeps one connection, as a browser does: what is measured is the answer, not the opening of connections. */
const connections = new Agent({ connections: AT_ONCE });

interface Page {
  readonly url: string;
  readonly cookie: string;
}

async function signIn(link: string): Promise<Page> {
  const [cookie = ''] = (await fetch(link)).headers.getSetCookie();
  return { url: new URL('/', link).href, cookie: cookie.split(';')[0]! };
}

async function somethingPosted({ url, cookie }: Page): Promise<boolean> {
  const answer = await fetch(`${url}page-api/messages?as=U0MARA&channel=C0COLLECT`, { dispatcher: connections, headers: { cookie } });
  return ((await answer.json()) as unknown[]).length > 0;
}

async function post({ url, cookie }: Page, what: string, body: object): Promise<void> {
  const answer = await fetch(`${url}page-api/${what}`, {
    method: 'POST',
    dispatcher: connections,
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  const said = await answer.text();
  if (!answer.ok || said.includes('"ok":false')) throw new Error(`the workspace refused ${JSON.stringify(body)}: ${said}`);
}

/** The child's message that has this field. */
function told<T>(child: ChildProcess, field: keyof T & string): Promise<T> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown) => {
      if (!Object.hasOwn(message as object, field)) return;
      child.off('message', hear);
      resolve(message as T);
    };
    child.on('message', hear);
    child.once('exit', (code) => reject(new Error(`the bot ended early (code ${code})`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await gone;
}
