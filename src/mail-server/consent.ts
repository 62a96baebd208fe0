import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { askToken, delegatedScope, type OAuthSettings, postForm, TokenProblem, tokenUrl } from './oauth.ts';

/** Tells the person what to do. */
export type Say = (text: string) => void;

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

const clientOf = ({ SMTP_OAUTH_CLIENT_ID: id = '', SMTP_OAUTH_CLIENT_SECRET: secret }: OAuthSettings) => ({
  client_id: id,
  ...(secret ? { client_secret: secret } : {}),
});

/**
 * A refresh token by the device code flow (RFC 8628; learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code): the person signs in on any
 * device. Throws TokenProblem.
 */
export async function consentByCode(settings: OAuthSettings, say: Say): Promise<string> {
  const url = tokenUrl(settings).replace(/\/token$/, '/devicecode');
  const given = await postForm(url, { client_id: settings.SMTP_OAUTH_CLIENT_ID ?? '', scope: delegatedScope(settings) });
  const { device_code, user_code, verification_uri, expires_in } = given;
  say(`Open ${verification_uri} in any browser, enter the code ${user_code}, and sign in as the mailbox.`);
  const ends = performance.now() + (Number(expires_in) || 900) * 1000;
  let interval = Number(given.interval ?? 5) * 1000;
  while (performance.now() < ends) {
    await pause(interval);
    try {
      return refreshOf(await askToken(settings, { ...clientOf(settings), grant_type: DEVICE, device_code: String(device_code) }));
    } catch (error) {
      const code = error instanceof TokenProblem ? error.error : '';
      if (code === 'slow_down') interval += 5_000;
      else if (code !== 'authorization_pending') throw error;
    }
  }
  throw new TokenProblem('consent', 'The code has expired. Start again.');
}

const GOOGLE_CONSENT = 'https://accounts.google.com/o/oauth2/v2/auth';

/**
 * A refresh token by a redirect to this machine, with PKCE (RFC 8252, 7.3; developers.google.com/identity/protocols/oauth2/native-app). Google's device
 * flow does not give the scope of mail. Throws TokenProblem.
 */
export async function consentByRedirect(settings: OAuthSettings, user: string, say: Say, page = GOOGLE_CONSENT): Promise<string> {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const found = Promise.withResolvers<string>();
  const server = http.createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
    const ours = query.has('state') && same(query.get('state')!, state);
    const code = query.get('code');
    const told = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }).end(text);
    if (!ours) return void told(404, 'Nothing is here.');
    if (!code) {
      told(200, 'No consent was given. You can close this page.');
      return found.reject(new TokenProblem('consent', `No consent was given: ${query.get('error') ?? 'no code came'}.`));
    }
    told(200, 'Done. You can close this page and go back to the terminal.');
    found.resolve(code);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const redirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = new URL(page);
    url.search = new URLSearchParams({
      client_id: settings.SMTP_OAUTH_CLIENT_ID ?? '',
      redirect_uri: redirect,
      response_type: 'code',
      scope: delegatedScope(settings),
      access_type: 'offline',
      prompt: 'consent',
      login_hint: user,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    say(`Open this address in a browser on this machine and sign in as the mailbox:\n${url}`);
    const code = await found.promise;
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
    return refreshOf(await askToken(settings, { ...clientOf(settings), ...grant }));
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((each) => createHash('sha256').update(each).digest());
  return timingSafeEqual(a!, b!);
}

function refreshOf({ refresh }: { readonly refresh: string | null }): string {
  if (refresh === null)
    throw new TokenProblem('oauth-settings', 'The login server gave no refresh token: the scope must ask for offline access.');
  return refresh;
}
