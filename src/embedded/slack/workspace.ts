import { randomBytes } from 'node:crypto';
import { ControlOrder, control, type ControlOrder as Order } from './control.ts';
import { crowdOf } from './conversation/crowd.ts';
import { type Answered, Delivery } from './delivery/delivery.ts';
import { RequestUrl } from './delivery/request-url.ts';
import { SocketMode } from './delivery/socket-mode.ts';
import { Faults } from './faults.ts';
import { applyManifest, installManifest } from './install.ts';
import { Modals } from './interactivity/modals.ts';
import { ResponseUrls } from './interactivity/response-urls.ts';
import { Triggers } from './interactivity/triggers.ts';
import { Outage } from './outage.ts';
import { PageKeys } from './page-server/page-keys.ts';
import { Pages } from './page-server/pages.ts';
import { type LimitSetting, RateLimits } from './rate-limits.ts';
import { listen } from './server.ts';
import type { Manifest } from './state/manifest.ts';
import { messageClock } from './state/message-clock.ts';
import { APP, organisationOf, seed } from './state/seed.ts';
import { Store } from './state/store.ts';
import { SLACK_TIMING, type Timing } from './timing.ts';
import { ALL_SCOPES } from './web-api/call.ts';
import type { Credentials, World } from './world.ts';

export interface WorkspaceOptions {
  /** 0 or absent: a free one. */
  port?: number;
  /** Where the conversation is kept; null keeps it in memory. */
  dir: string | null;
  team?: string;
  /** Signed requests instead of Socket Mode; several URLs are used in turn. */
  http?: { requestUrl: string | string[]; signingSecret: string };
  limits?: LimitSetting;
  /** The workspace is one of two of an organisation on Enterprise Grid; org-wide: the app is installed for the whole organisation. */
  grid?: 'workspace' | 'org-wide';
  /** So many more public channels, which nobody of the team is in. */
  channels?: number;
  /** In so many of those the app is a member. */
  joined?: number;
  answered?: Answered;
  /** How long the app's uploads take until they can be used, in milliseconds; at once when left out. */
  files?: Timing['files'];
}

export interface Workspace extends Credentials {
  /** Without a key: for links. */
  pageUrl: string;
  /** A new address of the page, good for one browser: whoever has it can be everybody. */
  pageLink(): string;
  /** For clientOptions.slackApiUrl; ends in /api/. */
  apiUrl: string;
  /** Installs the app's manifest: commands, shortcuts, events, scopes. @throws Error naming each fault */
  install(manifest: unknown): void;
  /** @throws Error when the order is none or names what is not there */
  control(order: Order): void;
  stop(): Promise<void>;
}

function credentials(store: Store, signingSecret: string | undefined): Credentials {
  const kept = store.setting<Credentials>('credentials');
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const made = kept ?? { botToken: `xoxb-local-${secret(16)}`, appToken: `xapp-local-${secret(16)}`, signingSecret: secret(16) };
  if (!kept) store.saveSetting('credentials', made);
  return { ...made, ...(signingSecret !== undefined && { signingSecret }) };
}

function createWorld(options: WorkspaceOptions, store: Store): World {
  const name = options.team ?? 'Northwind Trading';
  const team = { id: 'T0NORTHWIND', name, domain: name.toLowerCase().replace(/[^a-z0-9]+/g, '-') };
  const organisation = options.grid ? organisationOf(team, options.grid === 'org-wide') : null;
  seed(store, team, organisation);
  const pages = new Pages();
  const faults = new Faults();
  const outage = new Outage();
  const timing = { ...SLACK_TIMING, files: options.files ?? SLACK_TIMING.files };
  const connectionChanged = (connected: boolean) => pages.tell('all', () => ({ type: 'bot', connected }));
  const own = credentials(store, options.http?.signingSecret);
  const transport = options.http
    ? new RequestUrl([options.http.requestUrl].flat(), own.signingSecret, timing, faults, connectionChanged)
    : new SocketMode(timing, faults, connectionChanged);
  const world: World = {
    team,
    organisation,
    app: APP,
    credentials: own,
    baseUrl: '',
    store,
    crowd: crowdOf(options.channels ?? 0, options.joined ?? 0),
    ephemerals: new Map(),
    manifest: null,
    scopes: new Set(ALL_SCOPES),
    timing,
    limits: new RateLimits(options.limits ?? 'slack'),
    faults,
    outage,
    refused: {},
    socketModeOn: true,
    triggers: new Triggers(() => timing.trigger),
    responseUrls: new ResponseUrls(() => world.baseUrl, timing),
    modals: new Modals(pages, store),
    pages,
    keys: new PageKeys(),
    delivery: new Delivery(transport, faults, outage, options.answered),
    nextTs: messageClock(store.newestTs()),
  };
  const kept = store.setting<Manifest>('manifest');
  if (kept) applyManifest(world, kept);
  return world;
}

/**
 * A stand-in for Slack on loopback: its Web API, Socket Mode or signed requests, and a page to use it from a browser.
 * It refuses what Slack refuses, so that an app that works here works there.
 * @throws the listening error when the port is taken, or SQLite's when `dir` cannot be written
 */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const store = new Store(options.dir);
  const world = createWorld(options, store);
  let server: Awaited<ReturnType<typeof listen>>;
  try {
    server = await listen(world, options.port ?? 0);
  } catch (error) {
    store.close();
    throw error;
  }
  world.baseUrl = `http://127.0.0.1:${server.port}`;
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    world.pages.closeAll();
    world.delivery.stop();
    world.outage.end();
    await server.close();
    store.close();
  };
  return {
    ...world.credentials,
    pageUrl: `${world.baseUrl}/`,
    pageLink: () => `${world.baseUrl}/?key=${world.keys.make()}`,
    apiUrl: `${world.baseUrl}/api/`,
    install: (manifest) => installManifest(world, manifest),
    control: (order) => control(world, ControlOrder.parse(order)),
    stop: () => (stopping ??= stop()),
  };
}
