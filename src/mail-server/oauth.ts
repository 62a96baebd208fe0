import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TroubleKind } from '../mails/mail-trouble.ts';
import type { LoginFile } from './login-file.ts';
import type { TokenSource } from './smtp-options.ts';

export type Provider = 'microsoft' | 'google' | 'custom';

export interface OAuthSettings {
  readonly SMTP_OAUTH_PROVIDER?: Provider | undefined;
  readonly SMTP_OAUTH_TENANT?: string | undefined;
  readonly SMTP_OAUTH_CLIENT_ID?: string | undefined;
  readonly SMTP_OAUTH_CLIENT_SECRET?: string | undefined;
  readonly SMTP_OAUTH_REFRESH_TOKEN?: string | undefined;
  readonly SMTP_OAUTH_SERVICE_ACCOUNT_FILE?: string | undefined;
  readonly SMTP_OAUTH_SCOPE?: string | undefined;
  readonly SMTP_OAUTH_TOKEN_URL?: string | undefined;
}

/** No access token was given. The message is for people and holds no secret. */
export class TokenProblem extends Error {
  override readonly name = 'TokenProblem';
  readonly kind: TroubleKind;
  /** The error code of the token endpoint (RFC 6749, 5.2; RFC 8628, 3.5); '' when it gave none. */
  readonly error: string;

  constructor(kind: TroubleKind, message: string, error = '') {
    super(message);
    this.kind = kind;
    this.error = error;
  }
}

interface ServiceAccount {
  readonly client_email: string;
  readonly private_key: string;
}

const TIMEOUT_MS = 10_000;
/** A token that ends sooner than this is fetched anew. */
const NEAR_MS = 5 * 60_000;

/** learn.microsoft.com: Authenticate an IMAP, POP or SMTP connection using OAuth; developers.google.com/gmail/xoauth2_protocol. */
const SCOPES = {
  microsoft: { delegated: 'https://outlook.office.com/SMTP.Send offline_access', alone: 'https://outlook.office365.com/.default' },
  google: { delegated: 'https://mail.google.com/', alone: 'https://mail.google.com/' },
  custom: { delegated: '', alone: '' },
};

export function tokenUrl({ SMTP_OAUTH_PROVIDER: provider, SMTP_OAUTH_TENANT: tenant, SMTP_OAUTH_TOKEN_URL: url }: OAuthSettings): string {
  if (url) return url;
  if (provider === 'google') return 'https://oauth2.googleapis.com/token';
  return `https://login.microsoftonline.com/${encodeURIComponent(tenant ?? 'organizations')}/oauth2/v2.0/token`;
}

export const delegatedScope = (settings: OAuthSettings) => settings.SMTP_OAUTH_SCOPE ?? SCOPES[settings.SMTP_OAUTH_PROVIDER!].delegated;

/** Access tokens for a mailbox, kept until shortly before they end. Throws at once when a file cannot be used. */
export function tokenSource(settings: OAuthSettings, user: string, file: LoginFile): TokenSource {
  const account = settings.SMTP_OAUTH_SERVICE_ACCOUNT_FILE ? readAccount(settings.SMTP_OAUTH_SERVICE_ACCOUNT_FILE) : null;
  let held: { readonly token: string; readonly until: number } | null = null;
  let asking: Promise<string> | null = null;
  const fetchOne = async () => {
    const refresh = file.read() ?? settings.SMTP_OAUTH_REFRESH_TOKEN ?? null;
    const answer = await askToken(settings, grantOf(settings, user, account, refresh));
    // Microsoft gives a new refresh token with each use; the one before ends after 90 days (learn.microsoft.com: Refresh tokens).
    if (answer.refresh && answer.refresh !== refresh) file.write(answer.refresh);
    held = { token: answer.access, until: performance.now() + answer.seconds * 1000 - NEAR_MS };
    return answer.access;
  };
  return async (fresh) => {
    if (!fresh && held && performance.now() < held.until) return held.token;
    held = null;
    asking ??= fetchOne().finally(() => {
      asking = null;
    });
    return asking;
  };
}

function readAccount(path: string): ServiceAccount {
  try {
    const account = JSON.parse(readFileSync(path, 'utf8')) as ServiceAccount;
    createPrivateKey(account.private_key);
    if (typeof account.client_email !== 'string') throw new Error('client_email is missing');
    return account;
  } catch {
    // The cause could quote the key.
    throw new Error(
      `The service account cannot be used: ${path} (SMTP_OAUTH_SERVICE_ACCOUNT_FILE) must be the JSON key file of a Google service account.`,
    );
  }
}

/** What is posted for a token: for a service account, with a person's consent, or for the application alone. */
function grantOf(settings: OAuthSettings, user: string, account: ServiceAccount | null, refresh: string | null): Record<string, string> {
  const { SMTP_OAUTH_PROVIDER: provider, SMTP_OAUTH_CLIENT_ID: id = '', SMTP_OAUTH_CLIENT_SECRET: secret } = settings;
  const scopes = SCOPES[provider!];
  if (account) {
    const assertion = assertionOf(account, user, settings.SMTP_OAUTH_SCOPE ?? scopes.alone, tokenUrl(settings));
    return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  }
  const client = { client_id: id, ...(secret ? { client_secret: secret } : {}) };
  const scope = settings.SMTP_OAUTH_SCOPE ?? (refresh === null ? scopes.alone : scopes.delegated);
  // Google takes the scope of the consent.
  const asked: Record<string, string> = scope && (provider !== 'google' || settings.SMTP_OAUTH_SCOPE) ? { scope } : {};
  if (refresh !== null) return { ...client, grant_type: 'refresh_token', refresh_token: refresh, ...asked };
  if (provider === 'google' || !secret) throw new TokenProblem('consent', 'Nobody has given consent yet for this mailbox.');
  return { ...client, grant_type: 'client_credentials', ...asked };
}

/** A signed claim (RFC 7523; developers.google.com/identity/protocols/oauth2/service-account). */
function assertionOf({ client_email: iss, private_key }: ServiceAccount, sub: string, scope: string, aud: string): string {
  const iat = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claim = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss, sub, scope, aud, iat, exp: iat + 3600 })}`;
  return `${claim}.${sign('sha256', Buffer.from(claim), private_key).toString('base64url')}`;
}

interface TokenAnswer {
  readonly access: string;
  readonly refresh: string | null;
  readonly seconds: number;
}

/** Throws TokenProblem. */
export async function askToken(settings: OAuthSettings, grant: Record<string, string>): Promise<TokenAnswer> {
  const answer = await postForm(tokenUrl(settings), grant);
  if (typeof answer.access_token !== 'string' || answer.access_token === '')
    throw new TokenProblem('busy', 'The login server answered without a token.');
  const seconds = Number(answer.expires_in);
  return {
    access: answer.access_token,
    refresh: typeof answer.refresh_token === 'string' ? answer.refresh_token : null,
    seconds: Number.isFinite(seconds) ? seconds : 300,
  };
}

/** A form posted to the login server, and its JSON. Throws TokenProblem for every other answer. */
export async function postForm(url: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    const body = new URLSearchParams(form);
    response = await fetch(url, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message || (cause as { code?: string }).code : message;
    throw new TokenProblem('unreachable', `The login server ${new URL(url).host} did not answer: ${why}`);
  }
  const text = await response.text().catch(() => '');
  const answer = parsed(text);
  if (response.ok && answer) return answer;
  const code = typeof answer?.error === 'string' ? answer.error : '';
  const told = typeof answer?.error_description === 'string' ? answer.error_description : `HTTP ${response.status}`;
  const said = withoutSecrets(told, form).replace(/\s+/g, ' ').slice(0, 300);
  throw new TokenProblem(kindOf(code, response.status), `The login server says ${code || 'no'}: ${said}`, code);
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const SECRET_FIELDS = ['client_secret', 'refresh_token', 'assertion', 'code', 'device_code', 'code_verifier'];

function withoutSecrets(text: string, form: Record<string, string>): string {
  return SECRET_FIELDS.reduce((kept, field) => (form[field] ? kept.replaceAll(form[field], '[secret]') : kept), text);
}

/**
 * RFC 6749, 5.2; Microsoft gives invalid_grant, interaction_required and consent_required when a refresh token has expired or consent was withdrawn
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes), Google invalid_grant and admin_policy_enforced.
 */
function kindOf(code: string, status: number): TroubleKind {
  if (/^(invalid_grant|interaction_required|consent_required|login_required|access_denied|admin_policy_enforced)$/.test(code))
    return 'consent';
  if (status >= 500 || status === 429 || /^(temporarily_unavailable|server_error)$/.test(code)) return 'busy';
  return 'oauth-settings';
}
