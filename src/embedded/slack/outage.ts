import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';

/**
 * How something that is away answers: the line is cut before a reply (what a client sees of a refused connection, a dead network or a name that
 * no longer resolves: node-slack-sdk gives all of them as slack_webapi_request_error), nothing ever comes back, HTTP 5xx, or 429 to everything.
 */
const How = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('cut') }),
  z.strictObject({ how: z.literal('hang') }),
  z.strictObject({ how: z.literal('error'), status: z.int().min(500).max(599).default(503) }),
  z.strictObject({ how: z.literal('rate-limit'), retryAfter: z.int().min(0).default(5) }),
]);
export type How = z.infer<typeof How>;

/** Slack is away: its Web API (with response URLs and files), its sockets, or both. The page stays. */
export const OutageOrder = z.strictObject({
  do: z.literal('outage'),
  of: z.enum(['api', 'socket', 'both']),
  as: How.default({ how: 'cut' }),
});

/** What is away at the moment. */
export class Outage {
  #api: How | null = null;
  #socket: How | null = null;
  #kept = new Set<Duplex>();

  get socket(): How | null {
    return this.#socket;
  }

  begin(of: 'api' | 'socket' | 'both', how: How): void {
    if (of !== 'socket') this.#api = how;
    if (of !== 'api') this.#socket = how;
  }

  end(): void {
    this.#api = this.#socket = null;
    for (const line of this.#kept) line.destroy();
    this.#kept.clear();
  }

  /** @returns whether the Web API is away: then the request has been dealt with */
  meetsCall(request: IncomingMessage, response: ServerResponse): boolean {
    const how = this.#api;
    if (how?.how === 'error') response.writeHead(how.status, { 'content-type': 'text/html' }).end('<p>Service Unavailable</p>');
    else if (how?.how === 'rate-limit')
      response
        .writeHead(429, { 'retry-after': String(how.retryAfter), 'content-type': 'application/json' })
        .end('{"ok":false,"error":"ratelimited"}');
    else if (how) this.#lose(how, request.socket);
    return how !== null;
  }

  /** @returns whether sockets are away: then the new one has been dealt with */
  meetsSocket(socket: Duplex): boolean {
    const how = this.#socket;
    if (how?.how === 'error') socket.end(`HTTP/1.1 ${how.status} Unavailable\r\nConnection: close\r\n\r\n`);
    else if (how?.how === 'rate-limit')
      socket.end(`HTTP/1.1 429 Too Many Requests\r\nRetry-After: ${how.retryAfter}\r\nConnection: close\r\n\r\n`);
    else if (how) this.#lose(how, socket);
    return how !== null;
  }

  #lose(how: How, line: Duplex): void {
    if (how.how === 'cut') return void line.destroy();
    this.#kept.add(line);
    line.on('error', () => line.destroy());
    line.once('close', () => this.#kept.delete(line));
  }
}
