import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';

export interface SlackConnection {
  readonly botToken: string;
  /** Socket Mode with an app token, HTTP with a signing secret and a port. */
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
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
 * hour, which doubles it when only the answer was lost. Throws what auth.test answered.
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
  const receiver =
    mode.kind === 'socket'
      ? // Opening a socket is safe to repeat, and a disconnect is an everyday event.
        new SocketModeReceiver({
          appToken: mode.appToken,
          logger,
          installerOptions: { clientOptions: { ...clientOptions, retryConfig: { retries: 3 } } },
        })
      : new HTTPReceiver({ signingSecret: mode.signingSecret, port: mode.port, logger });
  const app = new App({
    token: connection.botToken,
    receiver,
    clientOptions,
    logger,
    tokenVerificationEnabled: false,
    deferInitialization: true,
  });
  await app.init();
  const me = await app.client.auth.test();
  if (!me.team_id || !me.user_id) throw new Error('auth.test answered without a team');
  app.error(async (error) => log.error({ err: error }, 'Slack request failed'));
  return {
    app,
    team: me.team_id,
    botUser: me.user_id,
    botName: me.user ?? 'Arrears',
    start: async () => void (await app.start()),
    stop: async () => void (await app.stop()),
  };
}

function boltLogger(log: Logger) {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level]({ slack: true }, parts.map(String).join(' '));
  return {
    debug: write('debug'),
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
