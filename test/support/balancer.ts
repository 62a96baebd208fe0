import { once } from 'node:events';
import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  add(port: number): void;
  remove(port: number): void;
  close(): Promise<void>;
}

/**
 * A load balancer before the instances: each request goes to the next of them in turn. One that refuses the connection is passed over; a
 * connection that breaks behind the request is answered with 502, since the request may have been taken (as nginx does with POST,
 * nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream).
 */
export async function balancer(): Promise<Balancer> {
  let ports: number[] = [];
  let turn = 0;
  const agent = new Agent();
  const pass = (port: number, from: IncomingMessage, body: Buffer) =>
    new Promise<{ status: number; type: string; body: Buffer } | 'refused' | 'broken'>((resolve) => {
      const { connection: _, host: __, ...headers } = from.headers;
      const onward = ask({ host: '127.0.0.1', port, path: from.url, method: from.method, headers, agent });
      onward.on('error', (error) => resolve((error as { code?: string }).code === 'ECONNREFUSED' ? 'refused' : 'broken'));
      onward.on('response', (answer) => {
        read(answer).then(
          (said) => resolve({ status: answer.statusCode ?? 502, type: answer.headers['content-type'] ?? '', body: said }),
          () => resolve('broken'),
        );
      });
      onward.end(body);
    });
  const server = createServer(async (request, response) => {
    const body = await read(request).catch(() => null);
    if (body === null) return;
    for (const port of [...ports.slice(turn % (ports.length || 1)), ...ports.slice(0, turn++ % (ports.length || 1))]) {
      const answer = await pass(port, request, body);
      if (answer === 'refused') continue;
      if (answer === 'broken') return void response.writeHead(502).end();
      return void response.writeHead(answer.status, answer.type ? { 'content-type': answer.type } : {}).end(answer.body);
    }
    response.writeHead(503).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    add: (port) => void ports.push(port),
    remove(port) {
      ports = ports.filter((each) => each !== port);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
