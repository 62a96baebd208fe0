import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { type ApiWatch, pauseAfter } from './api-watch.ts';
import { Condition, type ConditionNeeds, type ConditionReport } from './condition.ts';
import { Connection } from './connection.ts';
import { SlackProblem, whatIsWrong } from './problems.ts';

export interface SocketNeeds extends ConditionNeeds {
  readonly appToken: string;
  readonly clientOptions: WebClientOptions;
  readonly logger: NonNullable<WebClientOptions['logger']>;
  readonly api: ApiWatch;
  /** Aborted when the bot stops. */
  readonly signal: AbortSignal;
  /** Hears that there has been no connection for long enough. */
  readonly failed: (error: Error) => void;
}

/** `opened` and `lost` since the start: planned replacements are opened, only the loss of the last one is a loss. */
export interface SocketCounts {
  readonly connections: number;
  readonly opened: number;
  readonly lost: number;
}

/**
 * The library pings three times in this and takes silence for a dead line. Its own 5 s are too short for a process that is busy with a large
 * document (openclaw#73857): a living connection is then cut.
 */
const PONG_WITHIN_MS = 10_000;
/** Slack closes a connection that it had replaced; one that it forgets must not count among the ten for ever. */
const REPLACED_FOR_MS = 60_000;
/** How long a stop waits for the answers to what has come in. */
const ANSWERS_WITHIN_MS = 3_000;

/**
 * Socket Mode that comes back after any outage. One connection serves; when Slack announces its end the next one is opened first, so that no
 * moment passes without any (Slack allows ten, and gives each request to one of them). Each request is answered over the connection it came by.
 */
export class SocketReceiver implements Receiver {
  readonly #ports: SocketNeeds;
  readonly #condition: Condition;
  readonly #connections = new Set<Connection>();
  readonly #answering = new Set<Promise<void>>();
  #app: App | null = null;
  #opening: Promise<void> | null = null;
  #opened = 0;
  #lost = 0;

  constructor(ports: SocketNeeds) {
    this.#ports = ports;
    this.#condition = new Condition('Slack’s requests arrive', ports);
  }

  init(app: App): void {
    this.#app = app;
  }

  /** Waits until Slack's requests arrive. Throws SlackProblem for what only a person can mend, and when it has waited long enough. */
  async start(): Promise<void> {
    await this.#open(true);
  }

  /** Answers what has come in and closes; the signal has been aborted before. */
  async stop(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ANSWERS_WITHIN_MS);
    });
    await Promise.race([Promise.allSettled(this.#answering), enough]);
    clearTimeout(timer);
    await Promise.all([...this.#connections].map((each) => each.end()));
  }

  report(): ConditionReport & SocketCounts {
    return { ...this.#condition.report(), connections: this.#connections.size, opened: this.#opened, lost: this.#lost };
  }

  #serving(): boolean {
    return [...this.#connections].some((each) => !each.leaving);
  }

  /** Sees to it that one connection serves. */
  #replace(): void {
    if (this.#ports.signal.aborted || this.#serving()) return;
    this.#opening ??= this.#open(false)
      .catch((error) => {
        if (!this.#ports.signal.aborted) this.#ports.failed(error);
      })
      .finally(() => {
        this.#opening = null;
      });
  }

  async #open(starting: boolean): Promise<void> {
    const { signal } = this.#ports;
    for (let tries = 0; !this.#serving(); tries += 1) {
      signal.throwIfAborted();
      const connection = this.#connection();
      try {
        await connection.open();
        signal.throwIfAborted();
        this.#connections.add(connection);
        this.#opened += 1;
        this.#condition.well();
      } catch (error) {
        await connection.end();
        signal.throwIfAborted();
        const wrong = whatIsWrong(error, 'app');
        if (starting && wrong.lasting) throw new SlackProblem(wrong.sentence, { cause: error });
        // An older connection may still bring everything: then nothing is amiss yet.
        if (this.#connections.size === 0) this.#condition.ill(wrong.sentence);
        await this.#pause(wrong.seconds, tries);
      }
    }
  }

  /** While the Web API is away no connection can be had, and that it is back is heard at once. */
  async #pause(seconds: number | undefined, tries: number): Promise<void> {
    const { api } = this.#ports;
    if (api.away) await api.back();
    else await this.#condition.pause(seconds === undefined ? pauseAfter(tries) : 1000 * seconds, this.#ports.signal);
  }

  /** Listens before it opens: the first request may come in one breath with Slack's hello. */
  #connection(): Connection {
    const { appToken, clientOptions, logger } = this.#ports;
    const connection = new Connection({ appToken, clientOptions, logger, clientPingTimeout: PONG_WITHIN_MS });
    connection.on('slack_event', (request) => this.#receive(request));
    connection.on('leaving', () => {
      this.#replace();
      this.#retire(connection).catch(() => undefined);
    });
    connection.on('disconnected', () => {
      if (!this.#connections.delete(connection)) return;
      if (this.#connections.size === 0 && !this.#ports.signal.aborted) {
        this.#lost += 1;
        this.#condition.ill('The connection to Slack was lost. Another is being opened.', true);
      }
      this.#replace();
    });
    return connection;
  }

  async #retire(connection: Connection): Promise<void> {
    await this.#ports.waits.sleep(REPLACED_FOR_MS, this.#ports.signal);
    if (this.#connections.has(connection)) await connection.end();
  }

  #receive({ body, ack, retry_num, retry_reason }: SlackRequest): void {
    let answered = false;
    const event: ReceiverEvent = {
      body,
      retryNum: retry_num,
      retryReason: retry_reason,
      ack: async (response) => {
        if (answered) return;
        answered = true;
        await ack(response);
      },
    };
    const answering: Promise<void> = (this.#app?.processEvent(event) ?? Promise.resolve())
      .catch((error) => this.#ports.log.error({ err: error }, 'a request of Slack could not be handled'))
      .finally(() => this.#answering.delete(answering));
    this.#answering.add(answering);
  }
}

/** What the library emits for each envelope; its types leave it open. */
interface SlackRequest {
  readonly body: ReceiverEvent['body'];
  readonly ack: (response?: unknown) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}
