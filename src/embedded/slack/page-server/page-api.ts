import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ControlOrder, control } from '../control.ts';
import { installManifest } from '../install.ts';
import { Problem } from '../interactivity/problem.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { World } from '../world.ts';
import { Act, act, upload } from './acts.ts';
import { readFields, readUpload } from './body.ts';
import { messages, snapshot } from './snapshot.ts';

type Query = URLSearchParams;

async function result(world: World, path: string, query: Query, request: IncomingMessage): Promise<unknown> {
  const as = query.get('as') ?? '';
  switch (`${request.method} ${path}`) {
    case 'GET /page-api/snapshot':
      return snapshot(world, as);
    case 'GET /page-api/messages':
      return messages(world, as, query.get('channel') ?? '', query.get('thread'), query.get('before'));
    case 'POST /page-api/act':
      return { ok: true, ...(await act(world, checked(Act, await readFields(request)))) };
    case 'POST /page-api/upload':
      return { ok: true, ...upload(world, as, query.get('channel'), query.get('name') ?? '', await readUpload(request)) };
    case 'POST /page-api/manifest':
      installManifest(world, await readFields(request));
      return { ok: true };
    case 'POST /page-api/control':
      control(world, checked(ControlOrder, await readFields(request)));
      return { ok: true };
    default:
      return undefined;
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Answers what the page asks; what a person did wrong is {ok: false, problem}. */
export async function answerPage(
  world: World,
  path: string,
  query: Query,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let status = 200;
  let body: unknown;
  try {
    body = await result(world, path, query, request);
    if (body === undefined) [status, body] = [404, { ok: false, problem: `Nothing is served at ${path}.` }];
  } catch (error) {
    const told = error instanceof Problem || error instanceof ApiError || (error instanceof Error && path === '/page-api/manifest');
    if (!told) throw error;
    if (request.method === 'GET' || path === '/page-api/control' || path === '/page-api/manifest') status = 400;
    body = { ok: false, problem: (error as Error).message };
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
