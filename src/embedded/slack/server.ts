import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { SocketMode } from './delivery/socket-mode.ts';
import { respond } from './interactivity/respond.ts';
import { addressOf, readFields, readUpload } from './page-server/body.ts';
import { serveFile } from './page-server/files.ts';
import { allowed } from './page-server/origin.ts';
import { answerPage } from './page-server/page-api.ts';
import { serveClosed, serveStatic } from './page-server/static.ts';
import { ApiError } from './web-api/api-error.ts';
import { answerCall } from './web-api/call.ts';
import { receiveUpload } from './web-api/files.ts';
import type { World } from './world.ts';

const json = (response: ServerResponse, status: number, body: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

const NO_KEY = 'Open the page by the address that Arrears printed when it started: this browser has no key.';

async function answerResponseUrl(world: World, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readFields(request);
    respond(world, world.responseUrls.take(token), body);
    json(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const gone = ['expired_url', 'used_url'].includes(error.code);
    json(response, gone ? 404 : 400, { ok: false, error: error.code, ...error.detail });
  }
}

async function answerUpload(world: World, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const bytes = await readUpload(request);
    receiveUpload(world, id, bytes);
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.byteLength}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    response.writeHead(400, { 'content-type': 'text/plain' }).end(error.code);
  }
}

/** The page itself: a browser's first visit brings the key of a printed address, later ones the cookie it got for that. */
async function openPage(world: World, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const cookie = world.keys.redeem(addressOf(request).searchParams.get('key'), port);
  if (cookie) response.setHeader('set-cookie', cookie);
  else if (!world.keys.holds(request, port)) return serveClosed(response);
  await serveStatic('/', response);
}

async function route(world: World, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = addressOf(request);
  const known = world.keys.holds(request, port);
  const [, room, name] = url.pathname.split('/');
  const posted = request.method === 'POST';
  // Files go to the app with its token, to the page without one.
  const ofSlack = ['api', 'response', 'upload'].includes(room ?? '') || (room === 'files' && request.headers.authorization !== undefined);
  if (ofSlack && world.outage.meetsCall(request, response)) return;
  if (room === 'api') return answerCall(world, name ?? '', request, response);
  if (url.pathname === '/' && request.method === 'GET' && request.url !== '//') return openPage(world, port, request, response);
  if (room === 'page-api' && !known) return json(response, 401, { ok: false, problem: NO_KEY });
  if (room === 'page-api') return answerPage(world, url.pathname, url.searchParams, request, response);
  if (room === 'response' && posted) return answerResponseUrl(world, name ?? '', request, response);
  if (room === 'upload' && posted) return answerUpload(world, name ?? '', request, response);
  if (room === 'files') return serveFile(world, name ?? '', url.searchParams.get('as'), request, response, known);
  if (await serveStatic(url.pathname, response)) return;
  json(response, 404, { ok: false, error: 'not_found' });
}

/** What an upgraded socket is for: the app's with a ticket, a page's as a person; null for anything else. */
function socketFor(world: World, port: number, request: IncomingMessage): ((open: WebSocket) => void) | null {
  if (!allowed(request, port)) return null;
  const { pathname, searchParams } = addressOf(request);
  const { transport } = world.delivery;
  if (pathname === '/socket-mode' && transport instanceof SocketMode && transport.redeemTicket(searchParams.get('ticket') ?? ''))
    return (open) => transport.attach(open, world.app.appId);
  if (!world.keys.holds(request, port)) return null;
  const person = pathname === '/page-api/socket' ? world.store.person(searchParams.get('as') ?? '') : undefined;
  return person && person.kind !== 'bot' && !person.deactivated ? (open) => world.pages.add(open, person.id) : null;
}

/** Listens on loopback only. @returns the server, its port (a free one for 0) and how to close it */
export async function listen(world: World, wanted: number): Promise<{ port: number; close: () => Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4_000_000 });
  server.on('request', (request, response) => {
    if (!allowed(request, port)) return json(response, 403, { ok: false, error: 'foreign_origin' });
    route(world, port, request, response).catch((error: unknown) => {
      if (!response.headersSent) json(response, 500, { ok: false, error: 'internal_error', problem: String(error) });
      else response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (addressOf(request).pathname === '/socket-mode' && world.outage.meetsSocket(socket)) return;
    const use = socketFor(world, port, request);
    if (use) sockets.handleUpgrade(request, socket, head, use);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  const close = () =>
    new Promise<void>((resolve) => {
      sockets.close();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, close };
}
