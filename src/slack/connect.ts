import { App, LogLevel, type Receiver } from '@slack/bolt';
import type { AuthTestResponse, WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { ApiWatch } from './api-watch.ts';
import { countedFetch, type SlackCalled } from './call-count.ts';
import type { ConditionNeeds, ConditionReport } from './condition.ts';
import { type Exit, openExit } from './exit.ts';
import { httpReceiver } from './http-receiver.ts';
import { missingScopes } from './problems.ts';
import { type SocketCounts, SocketReceiver } from './socket-receiver.ts';
import { realWaits } from './waits.ts';

/** Where Slack's requests come in. */
export type SlackReceiver = Receiver;

export interface SlackConnection {
  readonly botToken: string;
  /** Socket Mode with an app token, HTTP with a signing secret and where to listen, or requests that arrive by a receiver of one's own. */
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string | undefined }
    | { readonly kind: 'receiver'; readonly receiver: SlackReceiver };
  /** Slack's own when undefined; ends in /api/. */
  readonly apiUrl: string | undefined;
}

export interface SlackNeeds extends ConditionNeeds {
  /** Hears that Slack has been away for as long as the setting says. */
  readonly failed: (error: Error) => void;
  /** Ends the waiting for a Slack that is away. */
  readonly quit?: AbortSignal;
  /** Hears of every call of the Web API. */
  readonly called?: SlackCalled;
}

/** A started-later Bolt App, what it is called in Slack, and its two ends. */
export interface SlackApp {
  readonly app: App;
  readonly team: string;
  readonly botUser: string;
  /** As people invite it: /invite @name. */
  readonly botName: string;
  /** Whether the Web API answers. */
  readonly api: Pick<ApiWatch, 'away' | 'suspect' | 'onBack'>;
  /** The one place where everything leaves for Slack. */
  readonly exit: Exit;
  report(): SlackReport;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** As WebClient has it. */
const SLACK_API = 'https://slack.com/api/';

/** How the bot reaches Slack, and Slack the bot. Over HTTP nobody knows whether Slack could: `requests` is null. */
export interface SlackReport {
  readonly api: ConditionReport;
  readonly requests: (ConditionReport & SocketCounts) | null;
}

/** The ways to Slack before anybody knows what the bot is called there: looked at while the start still waits. */
export interface SlackLink {
  report(): SlackReport;
  connect(): Promise<SlackApp>;
  stop(): Promise<void>;
}

/**
 * Prepares the Bolt App; `connect` asks Slack who it is, and waits for a Slack that is away. No retries and a timeout on every call: the default
 * repeats a post ten times over half an hour, which doubles it when only the answer was lost. Throws a SlackProblem that says what to click.
 */
export function slackLink(connection: SlackConnection, ports: SlackNeeds): SlackLink {
  const stopping = new AbortController();
  const signal = ports.quit ? AbortSignal.any([stopping.signal, ports.quit]) : stopping.signal;
  const failed = (error: Error) => {
    stopping.abort(error);
    ports.failed(error);
  };
  const plain: WebClientOptions = {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    ...(ports.called ? { fetch: countedFetch(connection.apiUrl ?? SLACK_API, ports.called) } : {}),
    ...(connection.apiUrl ? { slackApiUrl: connection.apiUrl } : {}),
  };
  // Who looks whether Slack is back fails again and again; what is the matter is said by the condition, once.
  const quiet = { ...plain, logger: boltLogger(ports.log, true) };
  const api = new ApiWatch(connection.botToken, quiet, ports, signal);
  const exit = openExit(connection.apiUrl ?? SLACK_API, connection.botToken, ports.log, api.fetch);
  const { mode } = connection;
  const sockets =
    mode.kind === 'socket'
      ? new SocketReceiver({
          ...ports,
          appToken: mode.appToken,
          clientOptions: { ...quiet, fetch: api.fetch },
          logger: quiet.logger,
          api,
          signal,
          failed,
        })
      : null;
  const report = () => ({ api: api.condition.report(), requests: sockets?.report() ?? null });
  let running: App | null = null;
  const stop = async () => {
    stopping.abort();
    // One that was not started has nothing to stop, and Bolt takes that ill.
    await running?.stop();
  };
  const connect = async (): Promise<SlackApp> => {
    const me = await api.begin();
    const lacking = missingScopes(me.response_metadata?.scopes);
    if (lacking) ports.log.warn(lacking);
    const { app, ...names } = await builtApp(connection, me, { ...plain, fetch: exit.fetch }, sockets, ports.log);
    exit.guard(app);
    const start = async () => {
      await (mode.kind === 'http' ? app.start({ port: mode.port, ...(mode.host ? { host: mode.host } : {}) }) : app.start());
      running = app;
      api.keepLooking(ports, failed);
    };
    return { app, ...names, api, exit, report, start, stop };
  };
  return { report, stop, connect };
}

async function builtApp(
  { botToken, mode }: SlackConnection,
  me: AuthTestResponse,
  clientOptions: WebClientOptions,
  sockets: Receiver | null,
  log: Logger,
): Promise<Pick<SlackApp, 'app' | 'team' | 'botUser' | 'botName'>> {
  // An org-wide token may stand for no one workspace.
  const team = me.team_id ?? me.enterprise_id;
  if (!team || !me.user_id) throw new Error('auth.test answered without a team');
  const logger = boltLogger(log);
  const app = new App({
    token: botToken,
    // Without these two Bolt asks Slack who it is at every single request.
    botUserId: me.user_id,
    ...(me.bot_id ? { botId: me.bot_id } : {}),
    receiver: sockets ?? otherReceiver(mode, logger),
    clientOptions,
    logger,
    tokenVerificationEnabled: false,
    extendedErrorHandler: true,
    deferInitialization: true,
  });
  await app.init();
  app.error(async ({ error, body }: { error: Error; body: object }) => {
    log.error({ err: error }, 'Slack request failed');
    // Bolt takes an error that is not thrown on for dealt with; an event that failed is kept for another try (inbox.ts).
    if ((body as { type?: string }).type === 'event_callback') throw error;
  });
  return { app, team, botUser: me.user_id, botName: me.user ?? 'Arrears' };
}

/** For whoever wants to know now: a Slack that is away is a SlackProblem at once. */
export function connectSlack(connection: SlackConnection, log: Logger): Promise<SlackApp> {
  const failed = (error: Error) => log.error({ err: error }, 'Slack is away');
  return slackLink(connection, { log, waits: realWaits, giveUpMinutes: 0, failed }).connect();
}

function otherReceiver(mode: SlackConnection['mode'], logger: ReturnType<typeof boltLogger>): Receiver {
  if (mode.kind === 'receiver') return mode.receiver;
  if (mode.kind === 'http') return httpReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  throw new Error('Socket Mode has a receiver of its own');
}

function boltLogger(log: Logger, quiet = false) {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[quiet ? 'debug' : level]({ slack: true }, parts.map(String).join(' '));
  return {
    // Whole requests and messages: customers' names and what people type.
    debug: () => {},
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
