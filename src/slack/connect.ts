import { App, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { punctualReceiver } from './http-receiver.ts';
import { missingScopes, slackProblem } from './problems.ts';

/** Where Slack's requests come in. */
export type SlackReceiver = Receiver;

export interface SlackConnection {
  readonly botToken: string;
  /** Socket Mode with an app token, HTTP with a signing secret and a port, or requests that arrive by a receiver of one's own. */
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number }
    | { readonly kind: 'receiver'; readonly receiver: SlackReceiver };
  /** Slack's own when undefined; ends in /api/. */
  readonly apiUrl: string | undefined;
}

/** A started-later Bolt App, what it is called in Slack, and its two ends. */
export interface SlackApp {
  readonly app: App;
  readonly team: string;
  readonly botUser: string;
  /** As people invite it: /invite @name. */
  readonly botName: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Builds the Bolt App and asks Slack who it is. No retries and a timeout on every call: the default repeats a post ten times over half an
 * hour, which doubles it when only the answer was lost. Throws a SlackProblem that says what to click.
 */
export async function connectSlack(connection: SlackConnection, log: Logger): Promise<SlackApp> {
  const clientOptions: WebClientOptions = {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    ...(connection.apiUrl ? { slackApiUrl: connection.apiUrl } : {}),
  };
  const logger = boltLogger(log);
  const { mode } = connection;
  const receiver = receiverFor(mode, clientOptions, logger);
  const me = await new WebClient(connection.botToken, clientOptions).auth.test().catch((error) => {
    throw slackProblem(error) ?? error;
  });
  // An org-wide token may stand for no one workspace.
  const team = me.team_id ?? me.enterprise_id;
  if (!team || !me.user_id) throw new Error('auth.test answered without a team');
  const lacking = missingScopes(me.response_metadata?.scopes);
  if (lacking) log.warn(lacking);
  const app = new App({
    token: connection.botToken,
    // Without these two Bolt asks Slack who it is at every single request.
    botUserId: me.user_id,
    ...(me.bot_id ? { botId: me.bot_id } : {}),
    receiver,
    clientOptions,
    logger,
    tokenVerificationEnabled: false,
    deferInitialization: true,
  });
  await app.init();
  app.error(async (error) => log.error({ err: error }, 'Slack request failed'));
  return {
    app,
    team,
    botUser: me.user_id,
    botName: me.user ?? 'Arrears',
    async start() {
      if (mode.kind === 'socket') await tryAppToken(mode.appToken, clientOptions);
      await app.start();
    },
    stop: async () => void (await app.stop()),
  };
}

function receiverFor(mode: SlackConnection['mode'], clientOptions: WebClientOptions, logger: ReturnType<typeof boltLogger>): Receiver {
  if (mode.kind === 'receiver') return mode.receiver;
  if (mode.kind === 'http') return punctualReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  // Opening a socket is safe to repeat, and a disconnect is an everyday event.
  const installerOptions = { clientOptions: { ...clientOptions, retryConfig: { retries: 3 } } };
  return new SocketModeReceiver({ appToken: mode.appToken, logger, installerOptions });
}

/** The socket's own client would try again for ever where only a person can help. */
async function tryAppToken(appToken: string, clientOptions: WebClientOptions): Promise<void> {
  await new WebClient(appToken, clientOptions).apps.connections.open({}).catch((error) => {
    throw slackProblem(error, 'app') ?? error;
  });
}

function boltLogger(log: Logger) {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level]({ slack: true }, parts.map(String).join(' '));
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
