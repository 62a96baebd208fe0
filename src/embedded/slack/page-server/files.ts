import type { IncomingMessage, ServerResponse } from 'node:http';
import { personSees } from '../conversation/pictures.ts';
import type { World } from '../world.ts';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif'];

/**
 * GET /files/<id>/<name>: for the page, or for the app with its token. `as` is who looks at an image block, which may show a file that was never
 * shared with them; the files of a message are shared with its readers. Without page or token Slack answers with its sign-in page, and 200.
 */
export function serveFile(
  world: World,
  id: string,
  as: string | null,
  request: IncomingMessage,
  response: ServerResponse,
  fromPage: boolean,
): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const file = world.store.file(id);
  if (token !== world.credentials.botToken && !fromPage)
    return void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!DOCTYPE html><title>Sign in</title><p>Sign in to see this file.</p>');
  if (token !== undefined && !world.scopes.has('files:read')) return void response.writeHead(403).end();
  const hidden = token === undefined && as !== null && file && !personSees(world, file, as);
  if (!file || hidden) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('This file is not here.');
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
