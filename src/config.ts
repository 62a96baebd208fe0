import { z } from 'zod';
import { MAIL_LIMITS } from './mails/mail-budget.ts';

const text = z.string().trim().optional();
const port = (fallback: number) => z.coerce.number('must be a port number').int().min(0).max(65535).default(fallback);

/** Keys and customers' words go there, so that they never cross a network in the clear. */
const address = (example: string) =>
  z
    .url(`must be a URL such as ${example}`)
    .optional()
    .refine(
      (url) => url === undefined || isPrivate(new URL(url)),
      'must begin with https:// (http:// only for this machine, such as 127.0.0.1)',
    );

const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));

/** Every setting of the environment; what is left out has a default with which everything runs on this machine alone. */
export const configSchema = z
  .object({
    DATA_DIR: z.string().trim().min(1).default('data'),
    MONGODB_URI: text.refine(
      (uri) => uri === undefined || /^mongodb(\+srv)?:\/\//.test(uri),
      'must begin with mongodb:// or mongodb+srv://',
    ),
    SLACK_BOT_TOKEN: text.refine(
      (token) => token === undefined || token.startsWith('xoxb-'),
      'must begin with xoxb- (OAuth & Permissions > Bot User OAuth Token)',
    ),
    SLACK_APP_TOKEN: text.refine(
      (token) => token === undefined || token.startsWith('xapp-'),
      'must begin with xapp- (Basic Information > App-Level Tokens, scope connections:write)',
    ),
    SLACK_SIGNING_SECRET: text,
    SLACK_API_URL: address('http://127.0.0.1:4400/api/'),
    PORT: port(3000),
    // Slack comes from outside, often by way of a container's network: unless told otherwise every address listens, and signatures decide.
    BIND_ADDRESS: text,
    SLACK_GIVE_UP_MINUTES: z.coerce.number('must be a number of minutes').min(0).default(240),
    HEALTH_ADDRESS: z
      .string()
      .trim()
      .regex(/^(off|(\[[\da-f:.]+\]|[\w.-]+):\d{1,5})$/i, 'must be an address and a port such as 127.0.0.1:9464, or off')
      .default('127.0.0.1:9464'),
    WORKSPACE_PORT: port(4400),
    OPENAI_API_KEY: text,
    OPENAI_BASE_URL: address('http://127.0.0.1:11434/v1'),
    OPENAI_MODEL: z.string().trim().min(1).default('gpt-5.4-mini'),
    OPENAI_DAILY_CAP: z.coerce.number('must be a number of tokens').int().min(0).default(500_000),
    SMTP_URL: text.refine(
      (url) => url === undefined || (/^smtps?:\/\/[^/]+$/.test(url) && URL.canParse(url)),
      'must look like smtp://user:password@host:587 or smtps://user:password@host:465, user and password percent-encoded',
    ),
    SMTP_TLS: z.enum(['required', 'opportunistic'], 'must be required or opportunistic').default('required'),
    SMTP_PER_MINUTE: z.coerce.number('must be a number of emails').int().min(1).max(100_000).default(MAIL_LIMITS.perMinute),
    SMTP_RECIPIENTS_PER_DAY: z.coerce.number('must be a number of recipients').int().min(1).default(MAIL_LIMITS.recipientsPerDay),
    SMTP_OAUTH_PROVIDER: z.enum(['microsoft', 'google', 'custom'], 'must be microsoft, google or custom').optional(),
    SMTP_OAUTH_TENANT: text,
    SMTP_OAUTH_CLIENT_ID: text,
    SMTP_OAUTH_CLIENT_SECRET: text,
    SMTP_OAUTH_REFRESH_TOKEN: text,
    SMTP_OAUTH_SERVICE_ACCOUNT_FILE: text,
    SMTP_OAUTH_SCOPE: text,
    SMTP_OAUTH_TOKEN_URL: address('https://login.example.com/oauth2/token'),
    SMTP_DKIM_DOMAIN: text,
    SMTP_DKIM_SELECTOR: text,
    SMTP_DKIM_KEY_FILE: text,
    MAIL_REPLY_SECRET: text.refine(
      (secret) => secret === undefined || (secret.length >= 16 && new Set(secret).size >= 6),
      'must have at least 16 characters, six of them different (`openssl rand -hex 16` makes one)',
    ),
    IMPORT_FOLDER: text,
    SAMPLE_LEDGER: z.enum(['auto', 'yes', 'no'], 'must be auto, yes or no').default('auto'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  })
  .superRefine((env, context) => {
    const missing = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const dkim = ['SMTP_DKIM_DOMAIN', 'SMTP_DKIM_SELECTOR', 'SMTP_DKIM_KEY_FILE'] as const;
    for (const name of dkim) {
      if (!env[name] && dkim.some((other) => env[other])) missing(name, 'is needed with the other DKIM settings');
    }
    for (const [name, message] of oauthFaults(env)) missing(name, message);
    if (env.SLACK_BOT_TOKEN && !env.SLACK_APP_TOKEN && !env.SLACK_SIGNING_SECRET) {
      missing('SLACK_APP_TOKEN', 'is needed with SLACK_BOT_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET for HTTP');
    }
    if (!env.SLACK_BOT_TOKEN && (env.SLACK_APP_TOKEN || env.SLACK_SIGNING_SECRET)) {
      missing('SLACK_BOT_TOKEN', 'is needed with the other Slack settings (OAuth & Permissions > Bot User OAuth Token)');
    }
  });

type SmtpSettings = Partial<Record<`SMTP_${string}`, unknown>>;

/** What is missing or too much for a login by OAuth, or by password. */
function oauthFaults(env: SmtpSettings): [string, string][] {
  const url = typeof env.SMTP_URL === 'string' ? new URL(env.SMTP_URL) : null;
  const provider = env.SMTP_OAUTH_PROVIDER;
  if (!provider) {
    const stray = Object.keys(env).find((name) => name.startsWith('SMTP_OAUTH_') && env[name as `SMTP_${string}`] !== undefined);
    if (stray) return [['SMTP_OAUTH_PROVIDER', `is needed with ${stray}`]];
    return url?.username && !url.password ? [['SMTP_URL', 'names a user without a password: add it, or set SMTP_OAUTH_PROVIDER']] : [];
  }
  const faults: [string, string][] = [];
  if (!url?.username) faults.push(['SMTP_URL', 'must name the mailbox, for example smtp://ar%40example.com@smtp.office365.com:587']);
  if (url?.password) faults.push(['SMTP_URL', 'must hold no password together with SMTP_OAUTH_PROVIDER']);
  if (env.SMTP_OAUTH_SERVICE_ACCOUNT_FILE) {
    if (provider !== 'google') faults.push(['SMTP_OAUTH_SERVICE_ACCOUNT_FILE', 'belongs to the provider google']);
  } else if (!env.SMTP_OAUTH_CLIENT_ID) faults.push(['SMTP_OAUTH_CLIENT_ID', 'is needed with SMTP_OAUTH_PROVIDER']);
  if (provider === 'custom' && !env.SMTP_OAUTH_TOKEN_URL) faults.push(['SMTP_OAUTH_TOKEN_URL', 'is needed with the provider custom']);
  return faults;
}

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Names every faulty setting at once, one a line. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/** Empty values count as not set. Throws ConfigProblem. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = configSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigProblem(`These settings cannot be used (see .env.example):\n${faults.join('\n')}`);
}
