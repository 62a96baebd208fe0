import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readFields } from '../page-server/body.ts';
import type { Json } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { APP_METHODS } from './app.ts';
import { Args } from './args.ts';
import { BLOCK_METHODS } from './blocks.ts';
import { CHAT_METHODS } from './chat.ts';
import { CONVERSATION_METHODS } from './conversations.ts';
import { FILE_METHODS } from './files.ts';
import type { Method } from './method.ts';
import { PEOPLE_METHODS } from './people.ts';
import { RateLimited } from './rate-limited.ts';
import { VIEW_METHODS } from './views.ts';

const METHODS: Record<string, Method> = {
  ...APP_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...PEOPLE_METHODS,
  ...VIEW_METHODS,
  ...FILE_METHODS,
  ...BLOCK_METHODS,
};

/** Every bot scope that a method or event of this workspace knows; granted until a manifest says which. */
export const ALL_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'pins:write',
  'reactions:write',
  'team:read',
  'users:read',
  'users:read.email',
];

/** @throws ApiError not_authed, invalid_auth, not_allowed_token_type, or why a token that was good is refused now */
function authenticate(world: World, request: IncomingMessage, fields: Json, method: Method): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? fields.token;
  if (typeof token !== 'string' || token === '') throw new ApiError('not_authed');
  const kind = token === world.credentials.botToken ? 'bot' : token === world.credentials.appToken ? 'app' : undefined;
  if (kind === undefined) throw new ApiError('invalid_auth');
  const refused = world.refused[kind];
  if (refused) throw new ApiError(refused);
  if (method.token !== 'any' && method.token !== kind) throw new ApiError('not_allowed_token_type');
}

function requireScopes(world: World, method: Method): void {
  const needed = method.scopes.find((scope) => !scope.split('|').some((each) => world.scopes.has(each)));
  if (needed) throw new ApiError('missing_scope', { needed: needed.replace('|', ','), provided: [...world.scopes].join(',') });
}

async function run(world: World, name: string, request: IncomingMessage): Promise<Json> {
  const fields = await readFields(request);
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) throw new ApiError('unknown_method', { req_method: name });
  authenticate(world, request, fields, method);
  const limited = world.faults.take('rate-limit', (fault) => fault.method === name);
  if (limited) throw new RateLimited(limited.retryAfter);
  const seconds = method.allowance ? world.limits.take(name, method.allowance) : 0;
  if (seconds > 0) throw new RateLimited(seconds);
  requireScopes(world, method);
  const refused = world.faults.take('refuse', (fault) => fault.method === name);
  if (refused) throw new ApiError(refused.error);
  return method.run(world, new Args(fields));
}

/** POST or GET /api/<name>: one Web API call. Refusals are HTTP 200 with ok: false, limits are 429 with Retry-After. */
export async function answerCall(world: World, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let status = 200;
  let body: Json;
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': [...world.scopes].join(','),
  };
  try {
    body = { ok: true, ...(await run(world, name, request)) };
  } catch (error) {
    if (error instanceof RateLimited) {
      status = 429;
      headers['retry-after'] = String(error.seconds);
      body = { ok: false, error: 'ratelimited' };
    } else if (error instanceof ApiError) body = { ok: false, error: error.code, ...error.detail };
    else throw error;
  }
  const late = world.faults.take('delay-reply', (fault) => fault.method === name);
  if (late) await wait(late.ms);
  if (world.faults.take('lose-reply', (fault) => fault.method === name)) return void request.socket.destroy();
  response.writeHead(status, headers).end(JSON.stringify(body));
}
