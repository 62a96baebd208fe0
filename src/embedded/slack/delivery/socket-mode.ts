import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Faults } from '../faults.ts';
import type { Json } from '../state/model.ts';
import type { Timing } from '../timing.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { Answer, Kind, Retry, Transport } from './transport.ts';

const MAX_CONNECTIONS = 10;
const TICKET_LIFETIME = 30_000;

interface Connection {
  socket: WebSocket;
  pings: NodeJS.Timeout;
  /** Told to disconnect: it may still acknowledge, but gets nothing new. */
  leaving: boolean;
}

interface Waiting {
  settle: (answer: Answer) => void;
  timer: NodeJS.Timeout;
}

/** Socket Mode: up to ten connections, each payload over one of them in turn. */
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
    return this.#connections.some((each) => !each.leaving);
  }

  /** A ticket good for one connection within 30 seconds. @throws ApiError too_many_websockets */
  openTicket(): string {
    if (this.#connections.length >= MAX_CONNECTIONS) throw new ApiError('too_many_websockets');
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
    const pings = setInterval(() => socket.ping(), this.#timing.ping);
    this.#connections.push({ socket, pings, leaving: false });
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
    const staying = this.#connections.filter((each) => !each.leaving);
    const connection = staying[this.#turn++ % Math.max(1, staying.length)];
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

  #tellToLeave(connection: Connection): void {
    const { socket } = connection;
    connection.leaving = true;
    socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'local-workspace' } }));
    // The app may still acknowledge what it has; Slack closes the connection itself a little later.
    setTimeout(() => socket.close(1000), this.#timing.ack).unref();
  }

  /** Tells every connection to go, as Slack does every few hours; `abruptly` cuts them without a word. */
  disconnect(abruptly: boolean): void {
    for (const connection of this.#connections) {
      if (abruptly) connection.socket.terminate();
      else this.#tellToLeave(connection);
    }
  }

  stop(): void {
    for (const waiting of this.#waiting.values()) waiting.settle({ acked: false, why: 'not_connected' });
    for (const { socket, pings } of this.#connections) {
      clearInterval(pings);
      socket.terminate();
    }
    this.#connections = [];
  }
}
