import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { isMailAddress } from '../kernel/mail-address.ts';
import type { Mailer, MailOutcome } from '../mails/send.port.ts';
import type { NotTaken } from './answers.ts';
import { type DkimKey, messageBytes, signed, UnsafeAddress } from './message.ts';
import { beforeMail, hangs, notTaken, openConnection, phaseOf, smtpStep } from './smtp-connection.ts';
import type { SmtpOptions, TokenSource } from './smtp-options.ts';

/** RFC 5321, 4.5.3.2 lets a server take minutes for each step; a submission server that takes half a minute for one hangs. */
const PATIENCE_MS = 30_000;
/** A server may take this long to answer the final dot (RFC 5321, 4.5.3.2.6). */
const ANSWER_MS = 600_000;

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

/**
 * smtp://user:password@host:587 or smtps://host:465; user and password percent-encoded. With tokens the URL names the user only. The schema of the
 * settings has checked it.
 */
export function smtpOptions(
  url: string,
  dkim: DkimKey | null,
  { token, opportunistic = false }: { readonly token?: TokenSource | null; readonly opportunistic?: boolean } = {},
): SmtpOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const user = decodeURIComponent(username);
  const login = token ? { user, token } : { user, pass: decodeURIComponent(password) };
  const times = { patience: PATIENCE_MS, silence: ANSWER_MS };
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    opportunistic,
    auth: user === '' ? null : login,
    dkim,
    ...times,
  };
}

/** Names the account at the mail server. */
const mailboxOf = ({ auth, host }: SmtpOptions) => (auth ? auth.user.toLowerCase() : host);

/** A connection that took a mail serves the next one for this long. */
const IDLE_MS = 5_000;

/** Mail over SMTP, one at a time on a connection. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const idle: SMTPConnection[] = [];
  const keep = (connection: SMTPConnection) => {
    idle.push(connection);
    setTimeout(() => {
      const at = idle.indexOf(connection);
      if (at < 0) return;
      idle.splice(at, 1);
      connection.quit();
    }, IDLE_MS).unref();
  };
  const take = async (): Promise<SMTPConnection> => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) if (await stillThere(kept, options.patience)) return kept;
    return openConnection(options);
  };
  return {
    mailbox: mailboxOf(options),
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
        return beforeMail(error);
      }
      const came = await deliver(connection, { from, to: [...to] }, bytes, lastWord, options.patience);
      if (came.outcome === 'accepted') keep(connection);
      else connection.close();
      return came;
    },
  };
}

/** Connects and logs in, and sends nothing. Null: it works. */
export async function checkLogin(options: SmtpOptions): Promise<NotTaken | null> {
  try {
    (await openConnection(options)).quit();
    return null;
  } catch (error) {
    return beforeMail(error);
  }
}

function stillThere(connection: SMTPConnection, patience: number): Promise<boolean> {
  return smtpStep((done) => connection.reset(done), connection, patience).then(
    () => true,
    () => {
      connection.close();
      return false;
    },
  );
}

class Withdrawn extends Error {}
/** The last word could not be written: the fault is ours, not the mail server's. */
class Unchecked extends Error {}

/** A message is handed over in pieces of this size, so that a server that stops reading is noticed. */
const PIECE = 64 * 1024;

/**
 * The message goes out as a stream whose last step is the last word: it is asked when the server has everything but the final dot, which
 * nodemailer writes when the stream ends. Before that end nothing can have been taken, whatever happens to the connection. Up to the last word a
 * server that lets nothing happen for as long as `patience` is given up.
 */
function deliver(
  connection: SMTPConnection,
  envelope: { from: string; to: string[] },
  bytes: Uint8Array,
  lastWord: () => Promise<boolean>,
  patience: number,
): Promise<MailOutcome> {
  let complete = false;
  let broken = false;
  return new Promise((resolve) => {
    const giveUp = () => {
      broken = true;
      connection.close();
      resolve(notTaken(hangs(patience), 'mail'));
    };
    let impatient = setTimeout(giveUp, patience);
    const again = () => {
      clearTimeout(impatient);
      impatient = setTimeout(giveUp, patience);
    };
    async function* message() {
      for (let from = 0; from < bytes.length; from += PIECE) {
        again();
        yield bytes.subarray(from, from + PIECE);
      }
      clearTimeout(impatient);
      if (broken) throw new Error('connection lost');
      const word = await lastWord().catch((cause: Error) => {
        throw new Unchecked(`It could not be checked once more before it left: ${cause.message}`, { cause });
      });
      if (!word) throw new Withdrawn();
      // The connection went while the last word was written: the final dot never leaves.
      if (broken) throw new Error('connection lost');
      complete = true;
    }
    connection.send({ ...envelope, size: bytes.length }, Readable.from(message(), { objectMode: false }), (error, info) => {
      clearTimeout(impatient);
      broken = error !== null;
      if (!error) resolve({ outcome: 'accepted', said: acceptance(info) });
      else if (error instanceof Withdrawn) resolve({ outcome: 'withdrawn' });
      else if (error instanceof Unchecked) resolve({ outcome: 'refused', passing: true, said: error.message });
      else if (complete && error.responseCode === undefined) resolve({ outcome: 'unknown', said: unanswered(error.message) });
      else resolve(notTaken(error, phaseOf(error)));
    });
  });
}

const unanswered = (message: string) =>
  `The mail server did not answer as a mail server does: ${message.replace(/\s+/g, ' ').slice(0, 500)}`;

/** A server may take a message for some recipients only. */
function acceptance({ response, rejected }: SMTPConnection.SentMessageInfo): string {
  return rejected.length > 0 ? `${response} (refused for ${rejected.join(', ')})` : response;
}
