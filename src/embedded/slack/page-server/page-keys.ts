import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const random = () => randomBytes(32).toString('base64url');

/**
 * Who may use the page: every program and every user of this machine reaches loopback. An address with a key, good for one browser and once, is
 * printed where only its owner reads; the browser gets a cookie for it. Both end with the process: whoever listens on this port while it does
 * not run is sent nothing that opens it later.
 */
export class PageKeys {
  readonly #unused = new Set<string>();
  readonly #sessions = new Set<string>();

  /** A new key, for the address of one browser. */
  make(): string {
    const key = random();
    this.#unused.add(key);
    return key;
  }

  /** The cookie for a key that nobody has used yet; null for any other. */
  redeem(key: string | null, port: number): string | null {
    if (key === null || !this.#unused.delete(key)) return null;
    const session = random();
    this.#sessions.add(session);
    // Cookies are not told apart by port: without the port in its name another workspace's would take its place.
    return `${nameOf(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  holds(request: IncomingMessage, port: number): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((each) => each.trim().split('='));
    return cookies.some(([name, value = '']) => name === nameOf(port) && this.#sessions.has(value));
  }
}

const nameOf = (port: number) => `arrears-${port}`;
