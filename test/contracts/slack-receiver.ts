import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App, Receiver } from '@slack/bolt';

/** A receiver of our own: takes the workspace's requests and hands them to the app in this process, past Bolt's receivers. */
export class InProcessReceiver implements Receiver {
  #app: App | null = null;
  #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const sent = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
      const json = request.headers['content-type']?.includes('json') ?? false;
      const fields = json ? JSON.parse(sent) : Object.fromEntries(new URLSearchParams(sent));
      const body = typeof fields.payload === 'string' ? JSON.parse(fields.payload) : fields;
      const ack = async (answer?: unknown) => {
        const text = answer === undefined ? '' : typeof answer === 'string' ? answer : JSON.stringify(answer);
        response.writeHead(200, { 'content-type': typeof answer === 'object' ? 'application/json' : 'text/plain' }).end(text);
      };
      await this.#app?.processEvent({ body, ack });
    });
  }

  /** Starts to listen; requests wait for nobody, so the app must be there before people are. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
