import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Faults } from '../faults.ts';
import type { Json } from '../state/model.ts';
import type { Timing } from '../timing.ts';
import type { Answer, Kind, Retry, Transport } from './transport.ts';

const MAX_CONNECTIONS = 10;
const TICKET_LIFETIME = 30_000;

interface Connection {
  socket: WebSocket;
  pings: NodeJS.Timeout;
  /** What will replace or end it, once Slack has said so. */
  leaving: NodeJS.Timeout | null;
}

interface Waiting {
  settle: (answer: Answer) => void;
  timer: NodeJS.Timeout;
}

/**
 * Socket Mode: up to ten connections, each payload over one of them in turn (slackapi/bolt-python#1071: Slack "delivers to any of the active
 * connections and does retries for Events API messages"). A connection that will be replaced goes on delivering until it closes: the time to
 * open another.
 */
export class SocketMode implements Transport {
  #connections: Connection[] = [];
  #waiting = new Map<string, Waiting>();
  #tickets = new Map<string, number>();
  #turn = 0;
  #timing: Timing;
  #faults: Faults;
  #onChange: (connected: boolean) => void;

  constructor(timing: Timing, faults: Faults, onChange: (connected: boolean) => void) {
    this.#timing = timing;
    this.#faults = faults;
    this.#onChange = onChange;
  }

  connected(): boolean {
    return this.#connections.some(open);
  }

  /** A ticket good for one connection within 30 seconds. */
  openTicket(): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, Date.now());
    return ticket;
  }

  /** @returns false when the ticket is unknown, used or old */
  redeemTicket(ticket: string): boolean {
    const issued = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return issued !== undefined && Date.now() - issued <= TICKET_LIFETIME;
  }

  attach(socket: WebSocket, appId: string): void {
    // An eleventh connection is told so in place of hello: slackapi/node-slack-sdk#1654.
    if (this.#connections.length >= MAX_CONNECTIONS) {
      socket.on('error', () => socket.terminate());
      socket.send(farewell('too_many_websockets'));
      return void socket.close(1000);
    }
    const pings = setInterval(() => socket.ping(), this.#timing.ping);
    this.#connections.push({ socket, pings, leaving: null });
    socket.on('message', (data) => this.#read(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#detach(socket));
    socket.send(JSON.stringify({ type: 'hello', num_connections: this.#connections.length, connection_info: { app_id: appId } }));
    socket.ping();
    this.#onChange(true);
  }

  #detach(socket: WebSocket): void {
    const gone = this.#connections.find((each) => each.socket === socket);
    if (!gone) return;
    clearInterval(gone.pings);
    if (gone.leaving) clearTimeout(gone.leaving);
    this.#connections = this.#connections.filter((each) => each !== gone);
    if (!this.connected()) this.#onChange(false);
  }

  #read(text: string): void {
    let reply: { envelope_id?: unknown; payload?: unknown };
    try {
      reply = JSON.parse(text);
    } catch {
      return;
    }
    const waiting = this.#waiting.get(String(reply?.envelope_id));
    if (!waiting) return;
    const empty = typeof reply.payload === 'object' && reply.payload !== null && Object.keys(reply.payload).length === 0;
    waiting.settle({ acked: true, body: empty ? '' : (reply.payload ?? '') });
  }

  send(kind: Kind, payload: Json, retry?: Retry): Promise<Answer> {
    const there = this.#connections.filter(open);
    const connection = there[this.#turn++ % Math.max(1, there.length)];
    if (!connection) return Promise.resolve({ acked: false, why: 'not_connected' });
    const envelope = {
      envelope_id: randomUUID(),
      type: kind,
      accepts_response_payload: kind !== 'events_api',
      payload,
      ...(kind === 'events_api' && { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }),
    };
    const answer = new Promise<Answer>((resolve) => {
      const settle = (result: Answer) => {
        clearTimeout(this.#waiting.get(envelope.envelope_id)?.timer);
        this.#waiting.delete(envelope.envelope_id);
        resolve(result);
      };
      const timer = setTimeout(() => settle({ acked: false, why: 'timeout' }), this.#timing.ack);
      this.#waiting.set(envelope.envelope_id, { settle, timer });
    });
    connection.socket.send(JSON.stringify(envelope));
    if (this.#faults.disconnectsAfterDelivery()) this.#tellToLeave(connection);
    return answer;
  }

  /** Slack closes the connection itself a little after it has said so; the app may answer what it has until then. */
  #tellToLeave(connection: Connection, reason = 'refresh_requested'): void {
    if (connection.leaving) clearTimeout(connection.leaving);
    connection.socket.send(farewell(reason));
    connection.leaving = setTimeout(() => connection.socket.close(1000), this.#timing.leave).unref();
  }

  /** Has every connection replaced, as Slack does every few hours: `warned` of it some seconds before; `abruptly` cuts them without a word. */
  disconnect({ abruptly, warned }: { abruptly: boolean; warned: boolean }): void {
    for (const connection of this.#connections) {
      if (abruptly) connection.socket.terminate();
      else if (!warned) this.#tellToLeave(connection);
      else {
        connection.socket.send(farewell('warning'));
        connection.leaving = setTimeout(() => this.#tellToLeave(connection), this.#timing.warning).unref();
      }
    }
  }

  /** Socket Mode is switched off in the app's settings. */
  disable(): void {
    for (const connection of this.#connections) this.#tellToLeave(connection, 'link_disabled');
  }

  /** Cuts every connection; one that only `hangs` stays open and neither hears nor says anything. */
  outage(hangs: boolean): void {
    for (const { socket, pings } of this.#connections) {
      if (!hangs) socket.terminate();
      clearInterval(pings);
      socket.pause();
    }
  }

  outageOver(): void {
    for (const { socket } of this.#connections) if (socket.isPaused) socket.terminate();
  }

  stop(): void {
    for (const waiting of this.#waiting.values()) waiting.settle({ acked: false, why: 'not_connected' });
    for (const { socket, pings, leaving } of this.#connections) {
      clearInterval(pings);
      if (leaving) clearTimeout(leaving);
      socket.terminate();
    }
    this.#connections = [];
  }
}

/** One whose end the app has begun already can be sent nothing. */
const open = ({ socket }: Connection) => socket.readyState === socket.OPEN;

const farewell = (reason: string) => JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local-workspace' } });
