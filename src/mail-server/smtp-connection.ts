import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { type NotTaken, type Phase, sortAnswer } from './answers.ts';
import { TokenProblem } from './oauth.ts';
import type { SmtpLogin, SmtpOptions } from './smtp-options.ts';

export type Problem = SMTPConnection.SMTPError;

/** A connection that is logged in. Rejects with what `beforeMail` makes an outcome of. */
export async function openConnection(options: SmtpOptions): Promise<SMTPConnection> {
  const { auth } = options;
  if (!auth || 'pass' in auth) return opened(options, auth);
  const token = await auth.token(false);
  try {
    return await opened(options, auth, token);
  } catch (error) {
    // Access tokens end early when a consent is withdrawn or a password changed: one more try with a new one tells which it is.
    if ((error as Problem).code !== 'EAUTH' || ((error as Problem).responseCode ?? 0) < 500) throw error;
    return opened(options, auth, await auth.token(true));
  }
}

async function opened(options: SmtpOptions, auth: SmtpLogin | null, token?: string): Promise<SMTPConnection> {
  const connection = connectionOf(options);
  // Also said after a call has been answered; without a listener it would end the process.
  connection.on('error', () => undefined);
  try {
    await smtpStep((done) => connection.connect(done), connection, options.patience);
    if (auth)
      await smtpStep(
        (done) => connection.login((token === undefined ? auth : bearer(auth.user, token)) as never, done),
        connection,
        options.patience,
      );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** SASL XOAUTH2 (developers.google.com/gmail/xoauth2_protocol; learn.microsoft.com: Authenticate an IMAP, POP or SMTP connection using OAuth). */
function bearer(user: string, token: string) {
  return {
    user,
    oauth2: {
      // nodemailer asks again after a challenge; the same token keeps the answer of the server, which says what is wrong.
      getToken: (_renew: boolean, done: (error: null, token: string) => void) => done(null, token),
      buildXOAuth2Token: (sent: string) => Buffer.from(`user=${user}\x01auth=Bearer ${sent}\x01\x01`).toString('base64'),
    },
  };
}

function connectionOf({ host, port, secure, opportunistic, auth, patience, silence }: SmtpOptions): SMTPConnection {
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(host);
  return new SMTPConnection({
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    secure,
    // A password crosses no network in the clear; a mail only where an admin has said so.
    requireTLS: !secure && !local && (auth !== null || !opportunistic),
    ...(local && !secure ? { ignoreTLS: true } : {}),
    connectionTimeout: patience,
    greetingTimeout: Math.min(patience, silence),
    socketTimeout: silence,
  });
}

class Hangs extends Error {
  override readonly name = 'Hangs';
}

export const hangs = (patience: number): Problem => new Hangs(`no answer for ${Math.round(patience / 1000)} seconds`);

/** nodemailer tells some failures by the callback, others by the event alone. */
export function smtpStep(
  run: (done: (error?: Problem | null) => void) => void,
  connection: SMTPConnection,
  patience: number,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ended = () => reject(new Error('the mail server closed the connection'));
  const impatient = setTimeout(() => reject(hangs(patience)), patience);
  connection.once('error', reject);
  connection.once('end', ended);
  run((error) => (error ? reject(error) : resolve()));
  return promise.finally(() => {
    clearTimeout(impatient);
    connection.off('error', reject).off('end', ended);
  });
}

/** Before MAIL FROM nothing can be the mail's fault. */
export const beforeMail = (error: unknown): NotTaken =>
  error instanceof TokenProblem
    ? { outcome: 'held', of: 'server', kind: error.kind, mailSeen: false, said: error.message }
    : notTaken(error as Problem, 'before');

/** What became of a mail that was certainly not taken. */
export function notTaken(error: Problem, phase: Phase): NotTaken {
  const { response, message, code } = error;
  const text = (response ?? message).replace(/\s+/g, ' ').slice(0, 500);
  const held = (kind: 'no-tls' | 'certificate' | 'unreachable', said: string): NotTaken => ({
    outcome: 'held',
    of: 'server',
    kind,
    mailSeen: phase === 'mail',
    said,
  });
  if (code === 'ETLS' && response) return held('no-tls', `The mail server offers no TLS (${text}).`);
  if (response) return sortAnswer(phase, text);
  if (CERTIFICATE.test(text)) return held('certificate', `The certificate of the mail server cannot be trusted (${text.split(';')[0]}).`);
  const allowed = code === 'EMESSAGE' && /larger than allowed (\d+)/.exec(text)?.[1];
  const refused = (said: string): NotTaken => ({ outcome: 'refused', passing: false, said });
  if (allowed) return refused(`The message is too large: the mail server takes up to ${Math.floor(Number(allowed) / 1e6)} MB.`);
  return held('unreachable', `The mail server did not answer as a mail server does: ${text}`);
}

const CERTIFICATE = /certificate|altname|unable to verify/i;

/** By the command that was answered. */
export const phaseOf = ({ command }: Problem): Phase => (command === 'MAIL FROM' ? 'sender' : 'mail');
