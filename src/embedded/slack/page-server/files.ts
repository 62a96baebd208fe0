import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif'];

/** GET /files/<id>/<name>: for the page, or for the app with its token. Without either Slack answers with its sign-in page, and 200. */
export function serveFile(world: World, id: string, request: IncomingMessage, response: ServerResponse): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const fromPage = ['same-origin', 'none'].includes(String(request.headers['sec-fetch-site']));
  const file = world.store.file(id);
  if (token !== world.credentials.botToken && !fromPage)
    return void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!DOCTYPE html><title>Sign in</title><p>Sign in to see this file.</p>');
  if (token !== undefined && !world.scopes.has('files:read')) return void response.writeHead(403).end();
  if (!file) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('This file is not here.');
  const inline = SHOWN.includes(file.mimetype) ? 'inline' : 'attachment';
  const headers = {
    'content-type': file.mimetype,
    'content-disposition': `${inline}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    // What a person uploaded must never run in the page's origin.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(200, headers).end(world.store.fileBytes(id));
}
