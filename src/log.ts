import { type DestinationStream, type Logger, pino } from 'pino';

const SECRETS = [/xox[a-z]-[\w-]+/g, /xapp-[\w-]+/g, /\bsk-[\w-]+/g, /(?<=:\/\/)[^\s/@]+(?=@)/g];
// A match begins only where a run of such characters does: from each place within a long one it would be looked for anew.
const ADDRESSES = /(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

/** Takes tokens, passwords in addresses and email addresses out of a text before it is logged. */
export function scrub(text: string): string {
  const withoutSecrets = SECRETS.reduce((scrubbed, secret) => scrubbed.replace(secret, '[secret]'), text);
  return withoutSecrets.replace(ADDRESSES, '[address]');
}

interface Loggable {
  name?: string;
  code?: unknown;
  message?: string;
  stack?: string;
  cause?: unknown;
  data?: { error?: unknown };
}

/** What is logged of an error: never the request or document it carries. */
function errorFields(error: Loggable): Record<string, unknown> {
  const { name, code, message = String(error), stack, cause, data } = error;
  return {
    name,
    code,
    message: scrub(message),
    ...(data?.error ? { answer: data.error } : {}),
    ...(stack ? { stack: scrub(stack) } : {}),
    ...(cause instanceof Error ? { cause: errorFields(cause) } : {}),
  };
}

/** Structured logs, one JSON object a line, without secrets or personal data: callers log ids, not names. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error) => (error && typeof error === 'object' ? errorFields(error) : error) },
      hooks: {
        logMethod(parts, method) {
          method.apply(this, parts.map((part) => (typeof part === 'string' ? scrub(part) : part)) as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
}
