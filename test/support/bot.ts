import { once } from 'node:events';
import fs from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { compose, type Surroundings } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import type { ControlOrder } from '../../src/embedded/slack/control.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { createLog } from '../../src/log.ts';
import { type OpenStore, openStore } from '../../src/store/open-store.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { order, signIn } from '../embedded/slack/sign-in.ts';
import { fillWithSample } from './sample-folder.ts';

export interface BotOptions {
  /** More settings, as in .env; the folder and the port are set already. */
  readonly env?: Readonly<Record<string, string>>;
  /** The store's own clock when left out. */
  readonly clock?: Clock;
  /** Fills the store before the bot starts: a ledger of one's own in place of the sample. */
  readonly prepare?: (stores: OpenStore) => Promise<unknown>;
  /** An existing folder, which then stays: for restarts. */
  readonly dir?: string;
  /** Another workspace than the usual; ARREARS_TEST_SLACK says so for a whole run. */
  readonly workspace?: Surroundings['workspace'];
}

export interface Bot {
  /** A new address of the workspace's page, good for one browser. */
  page(): string;
  /** Of a channel's id or 'home', acting as a person: for openPage. */
  url(place: string, as: string): string;
  /** Someone in front of the page, without a browser; closed with the bot. */
  person(id: string): Promise<PersonOnPage>;
  /** Orders to the workspace: faults, limits, people who leave. */
  control(order: ControlOrder): Promise<void>;
  /** Carries out everything that is due now. */
  tick(): Promise<void>;
  /** Log lines of warnings and errors so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** The whole bot over the local workspace and the embedded store, in a folder of its own that goes with `stop`. */
export async function startBot({ env = {}, clock, prepare, dir, workspace }: BotOptions = {}): Promise<Bot> {
  const data = dir ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-bot-')));
  const log: string[] = [];
  const people: PersonOnPage[] = [];
  const tidy = async () => void (dir === undefined && (await fs.rm(data, { recursive: true, force: true })));
  const deaths: Error[] = [];
  try {
    if (prepare) await prepareStore(data, prepare);
    else if (!clock && !dir && !env.MONGODB_URI && env.SAMPLE_LEDGER !== 'no') await fillWithSample(data);
    const config = readConfig({ DATA_DIR: data, WORKSPACE_PORT: '0', HEALTH_ADDRESS: '127.0.0.1:0', ...env });
    // On a busy machine Slack's client can wait long for the workspace's pong; it says so and connects anew.
    const quiet = createLog('warn', { write: (line) => void (line.includes("A pong wasn't received") || log.push(line)) });
    const running = await compose(config, {
      log: quiet,
      ...(clock ? { clock } : {}),
      workspace: { ...(await workspaceOfRun()), ...workspace },
      onDeath: (error) => void deaths.push(error),
    });
    const page = running.page!;
    const own = await signIn(page());
    const control: Bot['control'] = async (body) => {
      const answer = await order(own, body);
      if (!answer.ok) throw new Error(`the workspace refused the order: ${await answer.text()}`);
    };
    // What Slack puts off for a second would wait for a clock that stands.
    if (clock) await control({ do: 'limits', limits: 'off' });
    return {
      page,
      log,
      url: (place, as) => `${page()}#/${place}?as=${as}`,
      async person(id) {
        const person = await PersonOnPage.open(page(), id);
        people.push(person);
        return person;
      },
      control,
      async tick() {
        await running.tick();
        if (!env.SMTP_URL) return;
        // Mails leave beside the clock; what came of them is told by the next minute.
        await running.mailed();
        await running.tick();
      },
      async stop() {
        for (const person of people) person.close();
        await running.stop();
        await tidy();
        if (deaths[0]) throw deaths[0];
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** Comma-separated in ARREARS_TEST_SLACK: grid, org-wide, crowded (6,000 channels), http. Every test over a bot must hold in each. */
async function workspaceOfRun(): Promise<NonNullable<Surroundings['workspace']>> {
  const kinds = (process.env.ARREARS_TEST_SLACK ?? '').split(',').filter(Boolean);
  const unknown = kinds.find((kind) => !['grid', 'org-wide', 'crowded', 'http'].includes(kind));
  if (unknown) throw new Error(`ARREARS_TEST_SLACK knows no ${unknown}`);
  return {
    ...(kinds.includes('grid') ? { grid: 'workspace' as const } : {}),
    ...(kinds.includes('org-wide') ? { grid: 'org-wide' as const } : {}),
    ...(kinds.includes('crowded') ? { channels: 6_000 } : {}),
    ...(kinds.includes('http') ? { http: await overHttp() } : {}),
  };
}

/** For `workspace.http`: a request URL on a free port. */
export async function overHttp() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { requestUrl: `http://127.0.0.1:${port}/slack/events`, signingSecret: 'a signing secret of thirty-two characters' };
}

async function prepareStore(data: string, prepare: NonNullable<BotOptions['prepare']>): Promise<void> {
  const embedded = await startEmbeddedStore({
    dir: path.join(data, 'store'),
    onDeath: (error) => {
      throw error;
    },
  });
  try {
    const stores = await openStore(embedded.uri);
    await prepare(stores).finally(() => stores.close());
  } finally {
    await embedded.stop();
  }
}
