import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { isMailAddress } from '../domain/mail-address.ts';
import type { Mailer, MailOutcome } from '../operations/send-ports.ts';
import { type DkimKey, messageBytes, signed, UnsafeAddress } from './message.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly dkim: DkimKey | null;
  /** Milliseconds without a byte from the server after which a connection is given up. */
  readonly silence: number;
}

/** A server may take this long to answer the final dot (RFC 5321, 4.5.3.2.6). */
const ANSWER_MS = 600_000;

type Problem = SMTPConnection.SMTPError;

/** Null when none is set. Throws with a message for people when the key cannot be read. */
export function dkimKey(settings: {
  SMTP_DKIM_DOMAIN?: string | undefined;
  SMTP_DKIM_SELECTOR?: string | undefined;
  SMTP_DKIM_KEY_FILE?: string | undefined;
}): DkimKey | null {
  const { SMTP_DKIM_DOMAIN: domain, SMTP_DKIM_SELECTOR: selector, SMTP_DKIM_KEY_FILE: file } = settings;
  if (!domain || !selector || !file) return null;
  try {
    const privateKey = readFileSync(file, 'utf8');
    createPrivateKey(privateKey);
    return { domain, selector, privateKey };
  } catch (cause) {
    throw new Error(`The DKIM key cannot be used: ${file} (SMTP_DKIM_KEY_FILE) must be a readable private key in PEM form.`, { cause });
  }
}

/** smtp://user:password@host:587 or smtps://host:465; user and password percent-encoded. The schema of the settings has checked it. */
export function smtpOptions(url: string, dkim: DkimKey | null): SmtpOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const auth = username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { host: hostname, port: Number(port) || (secure ? 465 : 587), secure, auth, dkim, silence: ANSWER_MS };
}

/** A connection that took a mail serves the next one for this long. */
const IDLE_MS = 5_000;

/** Mail over SMTP, one at a time on a connection. */
export function smtpMailer(options: SmtpOptions): Mailer {
  let idle: SMTPConnection | null = null;
  const keep = (connection: SMTPConnection) => {
    idle?.close();
    idle = connection;
    setTimeout(() => {
      if (idle !== connection) return;
      idle = null;
      connection.quit();
    }, IDLE_MS).unref();
  };
  const take = async (): Promise<SMTPConnection> => {
    const kept = idle;
    idle = null;
    return kept && (await stillThere(kept)) ? kept : opened(options);
  };
  return {
    async compose(content, headers, files) {
      const bytes = await messageBytes(content, files, headers);
      return options.dkim ? signed(bytes, options.dkim) : bytes;
    },
    async send(from, to, bytes, lastWord) {
      const unsafe = [from, ...to].find((address) => !isMailAddress(address));
      if (unsafe !== undefined) throw new UnsafeAddress(`${JSON.stringify(unsafe)} is not one plain mail address`);
      let connection: SMTPConnection;
      try {
        connection = await take();
      } catch (error) {
        return notTaken(error as Problem);
      }
      const came = await deliver(connection, { from, to: [...to] }, bytes, lastWord);
      if (came.outcome === 'accepted') keep(connection);
      else connection.close();
      return came;
    },
  };
}

function stillThere(connection: SMTPConnection): Promise<boolean> {
  return step((done) => connection.reset(done), connection).then(
    () => true,
    () => {
      connection.close();
      return false;
    },
  );
}

async function opened(options: SmtpOptions): Promise<SMTPConnection> {
  const connection = connectionOf(options);
  // Also said after a call has been answered; without a listener it would end the process.
  connection.on('error', () => undefined);
  try {
    await step((done) => connection.connect(done), connection);
    if (options.auth) await step((done) => connection.login(options.auth!, done), connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function connectionOf({ host, port, secure, auth, silence }: SmtpOptions): SMTPConnection {
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(host);
  return new SMTPConnection({
    host,
    port,
    secure,
    // A password crosses no network in the clear.
    requireTLS: !secure && auth !== null && !local,
    ...(local && !secure ? { ignoreTLS: true } : {}),
    connectionTimeout: 30_000,
    greetingTimeout: Math.min(30_000, silence),
    socketTimeout: silence,
  });
}

/** nodemailer tells some failures by the callback, others by the event alone. */
function step(run: (done: (error?: Problem | null) => void) => void, connection: SMTPConnection): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ended = () => reject(new Error('the mail server closed the connection'));
  connection.once('error', reject);
  connection.once('end', ended);
  run((error) => (error ? reject(error) : resolve()));
  return promise.finally(() => connection.off('error', reject).off('end', ended));
}

class Withdrawn extends Error {}

/**
 * The message goes out as a stream whose last step is the last word: it is asked when the server has everything but the final dot, which
 * nodemailer writes when the stream ends. Before that end nothing can have been taken, whatever happens to the connection.
 */
function deliver(
  connection: SMTPConnection,
  envelope: { from: string; to: string[] },
  bytes: Uint8Array,
  lastWord: () => Promise<boolean>,
): Promise<MailOutcome> {
  let complete = false;
  let broken = false;
  async function* message() {
    yield bytes;
    if (!(await lastWord())) throw new Withdrawn();
    // The connection went while the last word was written: the final dot never leaves.
    if (broken) throw new Error('connection lost');
    complete = true;
  }
  return new Promise((resolve) => {
    connection.send({ ...envelope, size: bytes.length }, Readable.from(message(), { objectMode: false }), (error, info) => {
      broken = error !== null;
      if (!error) resolve({ outcome: 'accepted', said: acceptance(info) });
      else if (error instanceof Withdrawn) resolve({ outcome: 'withdrawn' });
      else if (complete && error.responseCode === undefined) resolve({ outcome: 'unknown', said: words(error) });
      else resolve(notTaken(error));
    });
  });
}

/** A server may take a message for some recipients only. */
function acceptance({ response, rejected }: SMTPConnection.SentMessageInfo): string {
  return rejected.length > 0 ? `${response} (refused for ${rejected.join(', ')})` : response;
}

/** 4xx asks for another try, 5xx refuses for good (RFC 5321, 4.2.1); without any answer the network may be back later. */
function notTaken(error: Problem): MailOutcome {
  const passing = error.responseCode === undefined ? error.code !== 'EMESSAGE' : error.responseCode < 500;
  return { outcome: 'refused', passing, said: words(error) };
}

const CERTIFICATE = /certificate|altname|unable to verify/i;

/** What the server said, with its code; or in a sentence what went wrong before it could say anything. */
function words({ response, message, code }: Problem): string {
  const text = (response ?? message).replace(/\s+/g, ' ').slice(0, 500);
  if (code === 'ETLS' && response)
    return `The mail server offers no TLS (${text}), and a password crosses no network in the clear. An admin names a server with TLS in SMTP_URL.`;
  if (response) return text;
  if (CERTIFICATE.test(text))
    return `The certificate of the mail server cannot be trusted (${text.split(';')[0]}), so nothing was handed over. An admin gives the server a valid one, or names its authority in NODE_EXTRA_CA_CERTS.`;
  const allowed = code === 'EMESSAGE' && /larger than allowed (\d+)/.exec(text)?.[1];
  if (allowed) return `The message is too large: the mail server takes up to ${Math.floor(Number(allowed) / 1e6)} MB.`;
  return `The mail server did not answer as a mail server does: ${text}`;
}
