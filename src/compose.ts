import path from 'node:path';
import type { Logger } from 'pino';
import { type Bot, runBot } from './compose-bot.ts';
import { healthRoutes } from './compose-watch.ts';
import type { Config } from './config.ts';
import { EMBEDDED_STORE_LIMIT, type EmbeddedStore, startEmbeddedStore } from './embedded/mongo/embedded-store.ts';
import { ESCALATIONS_CHANNEL } from './embedded/slack/state/seed.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from './embedded/slack/workspace.ts';
import { serveHealth } from './health.ts';
import { sampleSource } from './importing/sample-ledger.ts';
import type { Clock, Waits } from './kernel/clock.port.ts';
import { dayIn } from './kernel/day.ts';
import { importLedger } from './ledger/import-ledger.op.ts';
import { createMetrics } from './monitoring/metrics.ts';
import { atMost } from './schedule/at-most.ts';
import { type SlackConnection, type SlackReceiver, slackLink } from './slack/connect.ts';
import { manifest } from './slack/manifest.ts';
import { peopleOf } from './slack/people.ts';
import { requestsUnderWay } from './slack/under-way.ts';
import { realWaits } from './slack/waits.ts';
import type { SlackWorld } from './slack/world.ts';
import { type OpenStore, openStore } from './store/open-store.ts';
import { seatSampleTeam } from './team/seat-sample-team.op.ts';

export interface Running extends Bot {
  /** Where /healthz, /readyz and /metrics are; null when nowhere. */
  readonly healthUrl: string | null;
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly log: Logger;
  /** The store's synchronised clock when left out. */
  readonly clock?: Clock;
  /** Slack's requests arrive by this one in place of a socket or an HTTP port. */
  readonly receiver?: SlackReceiver;
  /** Another local workspace than a small company's over a socket: part of an organisation, with thousands of channels, over HTTP. */
  readonly workspace?: Omit<WorkspaceOptions, 'dir' | 'port'>;
  /** How pauses pass; the machine's own time when left out. */
  readonly waits?: Waits;
  /** Ends a start that waits for a Slack that is away. */
  readonly quit?: AbortSignal;
  /** Called when a part has died without which nothing can go on. */
  readonly onDeath: (error: Error) => void;
}

/** What Slack was told had arrived may take this long at a stop. */
const REQUESTS_WITHIN_MS = 10_000;

/** What a first start writes when nobody has set anything yet. */
const FIRST_SETTINGS = {
  digestChannel: 'collections',
  digestHour: 9,
  company: '',
  country: 'GB',
  region: '',
  commands: { overdue: 'overdue', account: 'account', collections: 'collections' },
};

/** Builds every part of the house and starts it. On failure everything that had started is stopped again. */
export async function compose(config: Config, surroundings: Surroundings): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each().catch((error) => surroundings.log.warn({ err: error }, 'a part did not stop cleanly'));
  };
  try {
    const started = await start(config, surroundings, stops);
    return { ...started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  { log, clock: given, receiver, waits = realWaits, quit, workspace: kind = {}, onDeath }: Surroundings,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<Running, 'stop'>> {
  const embedded = config.MONGODB_URI ? null : await startEmbeddedStore({ dir: path.join(config.DATA_DIR, 'store'), onDeath });
  if (embedded) stops.push(() => embedded.stop());
  const stores = await openStore(config.MONGODB_URI ?? embedded!.uri);
  stops.push(() => stores.close());
  const clock = given ?? stores.clock;
  const zone = Temporal.Now.timeZoneId();
  const local = config.SLACK_BOT_TOKEN ? {} : { escalationsChannel: ESCALATIONS_CHANNEL };
  const settings = await stores.settings.load({ ...FIRST_SETTINGS, ...local, zone });

  const requestUrl = kind.http && [kind.http.requestUrl].flat()[0];
  const workspace = config.SLACK_BOT_TOKEN ? null : await openWorkspace(config, log, kind);
  if (workspace) {
    stops.push(() => workspace.stop());
    workspace.install(manifest(settings.commands, requestUrl));
  }
  const giveUpMinutes = config.SLACK_GIVE_UP_MINUTES === 0 ? Number.POSITIVE_INFINITY : config.SLACK_GIVE_UP_MINUTES;
  const metrics = createMetrics();
  const ports = { log, waits, giveUpMinutes, failed: onDeath, called: metrics.slackCalled, ...(quit ? { quit } : {}) };
  const link = slackLink(connectionOf(config, workspace, receiver, requestUrl), ports);
  /** Nobody brings a command again that was acknowledged: what is under way when Slack is left ends before the store goes. */
  let underWay = async (): Promise<unknown> => undefined;
  stops.push(async () => {
    if (!(await atMost(REQUESTS_WITHIN_MS, underWay()))) log.warn('stopped while requests were being worked on');
  });
  stops.push(() => link.stop());
  const since = waits.now().toString({ smallestUnit: 'second' });
  const watch = healthRoutes({ stores, clock, metrics, slack: link.report, since });
  const health = await serveHealth(config.HEALTH_ADDRESS, watch.routes, log);
  stops.push(() => health.stop());
  const slack = await link.connect();
  underWay = requestsUnderWay(slack.app);

  const healed = await stores.intake.heal(clock.now());
  if (healed.length > 0) log.info({ healed: healed.length }, 'interrupted imports were completed');
  const sample = config.SAMPLE_LEDGER === 'yes' || (config.SAMPLE_LEDGER === 'auto' && workspace !== null);
  if (sample) await loadSample(stores, clock, zone, embedded);
  const first = async (world: SlackWorld) => {
    if (sample && isLocal(config)) await seatSampleTeam(world, await peopleOf(world.client));
  };
  const bot = await runBot({ config, log, clock, waits, stores, slack, workspace, requestUrl, metrics, stops, first });
  watch.begun(bot);
  return { ...bot, healthUrl: health.url };
}

function connectionOf(config: Config, workspace: Workspace | null, receiver?: SlackReceiver, requestUrl?: string): SlackConnection {
  const apiUrl = workspace?.apiUrl ?? config.SLACK_API_URL;
  if (receiver) return { botToken: workspace?.botToken ?? config.SLACK_BOT_TOKEN!, mode: { kind: 'receiver', receiver }, apiUrl };
  if (workspace && requestUrl) {
    const http = { kind: 'http' as const, signingSecret: workspace.signingSecret, port: Number(new URL(requestUrl).port) };
    return { botToken: workspace.botToken, mode: http, apiUrl };
  }
  if (workspace) return { botToken: workspace.botToken, mode: { kind: 'socket', appToken: workspace.appToken }, apiUrl: workspace.apiUrl };
  const mode: SlackConnection['mode'] = config.SLACK_APP_TOKEN
    ? { kind: 'socket', appToken: config.SLACK_APP_TOKEN }
    : { kind: 'http', signingSecret: config.SLACK_SIGNING_SECRET!, port: config.PORT, host: config.BIND_ADDRESS };
  return { botToken: config.SLACK_BOT_TOKEN!, mode, apiUrl: config.SLACK_API_URL };
}

/** The usual port, or a free one when another program has it. */
async function openWorkspace(config: Config, log: Logger, kind: NonNullable<Surroundings['workspace']>): Promise<Workspace> {
  const dir = path.join(config.DATA_DIR, 'workspace');
  try {
    return await startWorkspace({ ...kind, dir, port: config.WORKSPACE_PORT });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    log.warn({ port: config.WORKSPACE_PORT }, 'another program uses the port of the local workspace; a free one is taken instead');
    return startWorkspace({ ...kind, dir, port: 0 });
  }
}

/** The stand-in on this machine, in this process or in another: the only place where titles give roles. */
function isLocal(config: Config): boolean {
  if (!config.SLACK_BOT_TOKEN) return true;
  return config.SLACK_API_URL !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(config.SLACK_API_URL).hostname);
}

/** Into an empty store only. */
async function loadSample(stores: OpenStore, clock: Clock, zone: string, embedded: EmbeddedStore | null): Promise<void> {
  if ((await stores.intake.hasReal()) || (await stores.intake.hasSample())) return;
  const source = sampleSource(dayIn(zone, clock.now()));
  const limit = embedded ? { documentLimit: EMBEDDED_STORE_LIMIT } : {};
  await importLedger({ intake: stores.intake, clock }, { source, dryRun: false, confirmVanished: false, sample: true, ...limit });
}
