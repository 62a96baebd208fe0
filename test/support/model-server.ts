import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';

export type Answer = (request: ChatCompletionRequest) => FixtureResponse | Promise<FixtureResponse>;

export interface ModelServer {
  /** For OPENAI_BASE_URL. */
  readonly url: string;
  /** Bodies of the requests so far, as they came over the wire. */
  requests(): unknown[];
  stop(): Promise<void>;
}

/** An OpenAI-compatible server on loopback whose answers a test decides. */
export async function startModelServer(answer: Answer): Promise<ModelServer> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  mock.addFixture({ match: {}, response: answer });
  await mock.start();
  return {
    url: `${mock.url}/v1`,
    requests: () => mock.getRequests().map((entry) => entry.body),
    stop: () => mock.stop(),
  };
}

/** What aimock has no words for: bytes as they are. */
export async function startRawServer(respond: (response: http.ServerResponse) => void): Promise<{ url: string; stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => respond(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
