import { setTimeout as wait } from 'node:timers/promises';
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';

/** A good line answers in well under a second; beyond this a new try is the better hope. */
const OPEN_WITHIN_MS = 15_000;
const GOODBYE_MS = 500;

/** What Slack says before it ends a connection: docs.slack.dev/apis/events-api/using-socket-mode#disconnect. */
export class Leaving extends Error {
  override readonly name = 'Leaving';
  readonly reason: string;
  constructor(reason: string) {
    super(`Slack ended the connection: ${reason}`);
    this.reason = reason;
  }
}

/**
 * One Socket Mode connection, opened once and never again by itself. The library (3.1.0) closes at the first word of a refresh and opens the
 * next one five seconds later, after which it gives up when apps.connections.open fails for some seconds; here Slack's announcement is only
 * passed on as `leaving`, and the connection serves until Slack closes it (`disconnected`).
 */
export class Connection extends SocketModeClient {
  leaving = false;
  closed = false;

  constructor(options: Omit<SocketModeOptions, 'autoReconnectEnabled'>) {
    super({ ...options, autoReconnectEnabled: false });
    this.on('disconnected', () => {
      this.closed = true;
    });
  }

  /** Resolves when Slack has said hello. Rejects with the Web API's error, Leaving, or what happened to the line. */
  async open(): Promise<void> {
    let fault: unknown;
    const failed = (error: unknown) => {
      fault = error;
    };
    this.on('error', failed);
    const early = new Promise<never>((_resolve, reject) => {
      this.once('leaving', (reason: string) => reject(new Leaving(reason)));
    });
    const given = new AbortController();
    const late = wait(OPEN_WITHIN_MS, undefined, { signal: given.signal }).then(() => {
      throw new Error('Slack did not say hello in time');
    });
    // Whichever does not win the race has nobody who waits for it.
    for (const other of [early, late]) other.catch(() => undefined);
    const opened = this.start().catch((error) => {
      throw error ?? fault ?? new Error('the connection was closed before Slack said hello');
    });
    await Promise.race([opened, early, late]).finally(() => given.abort());
    if (this.closed) throw fault ?? new Error('the connection was closed at once');
  }

  /**
   * Closes the connection. Slack leaves the line open after the closing handshake and the library waits for it (node-slack-sdk#2752); the second
   * call does not wait.
   */
  async end(): Promise<void> {
    const ended = this.disconnect().catch(() => undefined);
    await Promise.race([ended, wait(GOODBYE_MS)]);
    void this.disconnect().catch(() => undefined);
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const message = isBinary ? null : parsed(data);
    if (message?.type === 'disconnect') {
      this.leaving = true;
      this.emit('leaving', String(message.reason));
      return;
    }
    try {
      await super.onWebSocketMessage(data, isBinary);
    } catch (error) {
      // Slack's app_rate_limited has no inner event, and the library of 3.1.0 stumbles over that (mended in 3.1.1): nobody would catch it.
      this.emit('error', error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function parsed(data: unknown): { type?: unknown; reason?: unknown } | null {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
