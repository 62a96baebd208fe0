import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { consentByCode, consentByRedirect } from '../../src/mail-server/consent.ts';
import { loginFile } from '../../src/mail-server/login-file.ts';
import { type OAuthSettings, TokenProblem, tokenSource } from '../../src/mail-server/oauth.ts';
import { checkLogin, smtpMailer, smtpOptions } from '../../src/mail-server/smtp.ts';
import { type SinkOptions, smtpSink } from '../support/smtp-sink.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type TokenRequest, tokenServer } from '../support/token-server.ts';

const USER = 'ar@northwind.example';
const KEPT: readonly string[] = ['test'];

async function ownFolder() {
  const stops: (() => unknown)[] = [];
  onTestFinished(async () => {
    for (const stop of stops) await stop();
  });
  return tempFolder(stops);
}

async function logins(answer: Parameters<typeof tokenServer>[0]) {
  const server = await tokenServer(answer);
  onTestFinished(() => server.close());
  return server;
}

/** A mail server that takes tokens by XOAUTH2, and a login server that gives them. */
async function place(
  as: 'google' | 'microsoft',
  settings: OAuthSettings,
  answer: (request: TokenRequest, n: number) => object | [number, object],
) {
  const good = new Set<string>();
  let n = 0;
  const tokens = await logins((request) => {
    n += 1;
    const came = answer(request, n);
    const [status, body] = Array.isArray(came) ? came : [200, came];
    if ('access_token' in body) good.add(String(body.access_token));
    return { status, body };
  });
  const options: SinkOptions = { xoauth2: { user: USER, as, good: (token) => good.has(token) } };
  const sink = await smtpSink(options);
  onTestFinished(() => sink.close());
  const dir = await ownFolder();
  const file = loginFile(dir, KEPT);
  const source = tokenSource({ ...settings, SMTP_OAUTH_TOKEN_URL: `${tokens.url}/token` }, USER, file);
  const smtp = { ...smtpOptions(sink.url, null, { token: source }), silence: 3_000 };
  const mailer = smtpMailer(smtp);
  const send = () => mailer.send(USER, ['ap@alder.example'], Buffer.from('Subject: one\r\n\r\nwords\r\n'), async () => true);
  return { tokens, sink, send, good, file, dir, smtp, source };
}

const MICROSOFT = { SMTP_OAUTH_PROVIDER: 'microsoft', SMTP_OAUTH_CLIENT_ID: 'app-1' } as const;
const GOOGLE = { SMTP_OAUTH_PROVIDER: 'google', SMTP_OAUTH_CLIENT_ID: 'app-2', SMTP_OAUTH_CLIENT_SECRET: 's3cret' } as const;

describe('a token', () => {
  it('of Microsoft by refresh token: the mail is taken, and the refresh token that comes back is kept for its owner only', async () => {
    const { send, sink, tokens, file, dir } = await place('microsoft', { ...MICROSOFT, SMTP_OAUTH_REFRESH_TOKEN: 'r1' }, ({ form }, n) => ({
      access_token: `a${n}`,
      expires_in: 3600,
      refresh_token: `${form.refresh_token}+`,
    }));
    expect(await send()).toMatchObject({ outcome: 'accepted' });
    expect(await send()).toMatchObject({ outcome: 'accepted' });
    expect(sink.taken).toHaveLength(2);
    expect(tokens.asked).toEqual([
      {
        path: '/token',
        form: {
          grant_type: 'refresh_token',
          client_id: 'app-1',
          refresh_token: 'r1',
          scope: 'https://outlook.office.com/SMTP.Send offline_access',
        },
      },
    ]);
    expect(file.read()).toBe('r1+');
    expect((await fs.stat(path.join(dir, 'mail-login.json'))).mode & 0o777).toBe(0o600);
    expect(loginFile(dir, ['other settings']).read()).toBeNull();
  });

  it('of Microsoft for the application alone', async () => {
    const { send, tokens } = await place('microsoft', { ...MICROSOFT, SMTP_OAUTH_CLIENT_SECRET: 's3cret' }, () => ({
      access_token: 'a',
      expires_in: 3600,
    }));
    expect(await send()).toMatchObject({ outcome: 'accepted' });
    const scope = 'https://outlook.office365.com/.default';
    expect(tokens.asked[0]!.form).toEqual({ grant_type: 'client_credentials', client_id: 'app-1', client_secret: 's3cret', scope });
  });

  it('of a Google service account: its signed claim names the mailbox', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = path.join(await ownFolder(), 'key.json');
    const account = {
      client_email: 'bot@project.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    };
    await fs.writeFile(key, JSON.stringify(account));
    const settings = { SMTP_OAUTH_PROVIDER: 'google', SMTP_OAUTH_SERVICE_ACCOUNT_FILE: key } as const;
    const { send, tokens } = await place('google', settings, () => ({ access_token: 'a', expires_in: 3600 }));
    expect(await send()).toMatchObject({ outcome: 'accepted' });
    const { grant_type, assertion } = tokens.asked[0]!.form;
    expect(grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head, claim, signature] = assertion!.split('.');
    expect(JSON.parse(Buffer.from(claim!, 'base64url').toString())).toMatchObject({
      iss: account.client_email,
      sub: USER,
      scope: 'https://mail.google.com/',
      aud: `${tokens.url}/token`,
    });
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claim}`),
        createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(signature!, 'base64url'),
      ),
    ).toBe(true);
  });

  it('that is near its end is fetched anew; several mails at once ask once', async () => {
    const short = await place('google', { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r' }, (_, n) => ({
      access_token: `a${n}`,
      expires_in: 200,
    }));
    await Promise.all([short.source(false), short.source(false), short.source(false)]);
    expect(short.tokens.asked).toHaveLength(1);
    await short.source(false);
    expect(short.tokens.asked).toHaveLength(2);
  });

  it.each(['google', 'microsoft'] as const)('that %s ended early is replaced at once, and no mail waits', async (as) => {
    const settings = { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r' };
    const { send, good, tokens, sink, smtp } = await place(as, settings, (_, n) => ({ access_token: `a${n}`, expires_in: 3600 }));
    await send();
    good.clear();
    // The connection of the first mail would serve the next one without a login.
    expect(await checkLogin(smtp)).toBeNull();
    expect(tokens.asked).toHaveLength(2);
    expect(sink.logins()).toBeGreaterThan(2);
  });
});

describe('no mail’s fault', () => {
  const REFUSED: readonly (readonly [string, number, object, string])[] = [
    [
      'a refresh token that has expired (Microsoft)',
      400,
      {
        error: 'invalid_grant',
        error_description: 'AADSTS700082: The refresh token has expired due to inactivity. r-secret',
        error_codes: [700082],
      },
      'consent',
    ],
    [
      'a consent that was withdrawn (Google)',
      400,
      { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
      'consent',
    ],
    ['a consent that is asked for anew', 400, { error: 'interaction_required', error_description: 'AADSTS50076: multi-factor' }, 'consent'],
    [
      'a client secret that has expired',
      401,
      { error: 'invalid_client', error_description: 'AADSTS7000222: The provided client secret keys are expired.' },
      'oauth-settings',
    ],
    ['a scope that does not exist', 400, { error: 'invalid_scope' }, 'oauth-settings'],
    ['a login server in trouble', 503, {}, 'busy'],
  ];
  it.each(REFUSED)('%s', async (_, status, body, kind) => {
    const settings = { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r-secret' };
    const { send, sink } = await place('google', settings, () => [status, body]);
    const came = await send();
    expect(came).toMatchObject({
      outcome: 'held',
      of: 'server',
      kind,
      mailSeen: false,
      said: expect.stringContaining('The login server says'),
    });
    expect(JSON.stringify(came)).not.toContain('r-secret');
    expect(sink.logins()).toBe(0);
  });

  it('a login server that is away', async () => {
    const { send, tokens } = await place('google', { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r' }, () => ({}));
    await tokens.close();
    expect(await send()).toMatchObject({ outcome: 'held', kind: 'unreachable', said: expect.stringContaining('did not answer') });
  });

  it('a login server that sends elsewhere is not followed', async () => {
    const elsewhere = await logins(() => ({ body: { access_token: 'a' } }));
    const here = await logins(() => ({ status: 307, body: '' }));
    const source = tokenSource(
      { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r', SMTP_OAUTH_TOKEN_URL: here.url },
      USER,
      loginFile(await ownFolder(), KEPT),
    );
    await expect(source(false)).rejects.toBeInstanceOf(TokenProblem);
    expect(elsewhere.asked).toEqual([]);
  });

  it.each(['google', 'microsoft'] as const)('a token that %s does not take for this mailbox: the server’s words are told', async (as) => {
    const { send, good, tokens } = await place(as, { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r' }, () => ({
      access_token: 'a',
      expires_in: 3600,
    }));
    good.has = () => false;
    expect(await send()).toMatchObject({ outcome: 'held', kind: 'login', said: expect.stringMatching(/^535/) });
    expect(tokens.asked).toHaveLength(2);
  });
});

describe('consent of an admin', () => {
  it('by device code: it waits as long as the login server says, and keeps the refresh token', async () => {
    let polls = 0;
    const server = await logins(({ path: where }) => {
      if (where === '/devicecode')
        return {
          body: {
            device_code: 'd',
            user_code: 'ABCD',
            verification_uri: 'https://microsoft.com/devicelogin',
            expires_in: 60,
            interval: 0.01,
          },
        };
      polls += 1;
      if (polls < 3) return { status: 400, body: { error: 'authorization_pending' } };
      return { body: { access_token: 'a', refresh_token: 'r', expires_in: 3600 } };
    });
    const said: string[] = [];
    const settings = { ...MICROSOFT, SMTP_OAUTH_TOKEN_URL: `${server.url}/token` };
    expect(await consentByCode(settings, (text) => said.push(text))).toBe('r');
    expect(said).toEqual(['Open https://microsoft.com/devicelogin in any browser, enter the code ABCD, and sign in as the mailbox.']);
    expect(server.asked[0]!.form).toEqual({ client_id: 'app-1', scope: 'https://outlook.office.com/SMTP.Send offline_access' });
  });

  it('by device code, declined', async () => {
    const server = await logins(({ path: where }) =>
      where === '/devicecode' ? { body: { device_code: 'd', interval: 0.01 } } : { status: 400, body: { error: 'access_denied' } },
    );
    await expect(consentByCode({ ...MICROSOFT, SMTP_OAUTH_TOKEN_URL: `${server.url}/token` }, () => {})).rejects.toMatchObject({
      kind: 'consent',
    });
  });

  it('by redirect to this machine: with PKCE, and only for the state that was given out', async () => {
    const server = await logins(() => ({ body: { access_token: 'a', refresh_token: 'r', expires_in: 3600 } }));
    const asked = Promise.withResolvers<URL>();
    const settings = { ...GOOGLE, SMTP_OAUTH_TOKEN_URL: `${server.url}/token` };
    const consent = consentByRedirect(
      settings,
      USER,
      (text) => asked.resolve(new URL(text.slice(text.indexOf('http')))),
      'https://accounts.example/auth',
    );
    const page = (await asked.promise).searchParams;
    const back = (query: Record<string, string>) => fetch(`${page.get('redirect_uri')}/?${new URLSearchParams(query)}`);
    expect((await back({ code: 'evil', state: 'made-up' })).status).toBe(404);
    expect((await back({ code: 'c', state: page.get('state')! })).status).toBe(200);
    expect(await consent).toBe('r');
    const { form } = server.asked[0]!;
    expect(form).toMatchObject({ grant_type: 'authorization_code', code: 'c', redirect_uri: page.get('redirect_uri') });
    const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(form.code_verifier!))).toString('base64url');
    expect(page.get('code_challenge')).toBe(challenge);
    expect(page.get('scope')).toBe('https://mail.google.com/');
  });

  it('npm run mail-login tries the login and says what to do when it is refused', async () => {
    const { sink, tokens, dir } = await place('microsoft', MICROSOFT, (_, n) =>
      n === 1
        ? { access_token: 'good', expires_in: 3600 }
        : [400, { error: 'invalid_client', error_description: 'AADSTS7000222: expired' }],
    );
    const env = {
      PATH: process.env.PATH,
      DATA_DIR: dir,
      SMTP_URL: sink.url,
      ...MICROSOFT,
      SMTP_OAUTH_CLIENT_SECRET: 's3cret',
      SMTP_OAUTH_TOKEN_URL: `${tokens.url}/token`,
    };
    const run = () =>
      promisify(execFile)(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/mail-login.ts')], { cwd: dir, env });
    expect((await run()).stdout).toContain(`The mail server lets ${USER} in.`);
    await expect(run()).rejects.toMatchObject({
      stderr: expect.stringMatching(/The login server refuses our OAuth settings\.\n.*invalid_client.*\nCheck the SMTP_OAUTH settings/),
    });
  });

  it('a login is tried without sending anything', async () => {
    const { smtp, sink } = await place('google', { ...GOOGLE, SMTP_OAUTH_REFRESH_TOKEN: 'r' }, () => ({
      access_token: 'a',
      expires_in: 3600,
    }));
    expect(await checkLogin(smtp)).toBeNull();
    expect(sink.taken).toEqual([]);
    expect(sink.logins()).toBe(1);
  });
});
