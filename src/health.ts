import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

/** What one path answers, made anew for each request: states, times and counts, never a customer's data. */
export type HealthRoutes = Readonly<Record<string, () => HealthAnswer | Promise<HealthAnswer>>>;

export interface HealthAnswer {
  readonly status: number;
  /** A text as it is, anything else as JSON. */
  readonly body: unknown;
}

export interface HealthServer {
  /** Null when it is off or its port is taken. */
  readonly url: string | null;
  stop(): Promise<void>;
}

const NOBODY: HealthServer = { url: null, stop: async () => {} };

/** Serves the table of routes at host:port, or nothing for 'off'. A port that is taken is no reason for the bot not to run. */
export async function serveHealth(address: string, routes: HealthRoutes, log: Logger): Promise<HealthServer> {
  if (address === 'off') return NOBODY;
  const colon = address.lastIndexOf(':');
  const [host, port] = [address.slice(0, colon), Number(address.slice(colon + 1))];
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(routes, request.method ?? '', request.url ?? '');
    const text = typeof body === 'string';
    const type = text ? 'text/plain; charset=utf-8' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text ? body : `${JSON.stringify(body)}\n`);
    request.resume();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port }, resolve);
    });
  } catch (error) {
    log.warn({ err: error, address }, 'HEALTH_ADDRESS cannot be used; Arrears runs without /healthz, /readyz and /metrics');
    return NOBODY;
  }
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(routes: HealthRoutes, method: string, url: string): Promise<HealthAnswer> {
  const path = url.split('?')[0]!;
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) return { status: 404, body: `Nothing is here. There is: ${Object.keys(routes).join(', ')}\n` };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: 'GET only\n' };
  try {
    return await route();
  } catch (error) {
    return { status: 500, body: { error: error instanceof Error ? error.name : 'unknown' } };
  }
}
