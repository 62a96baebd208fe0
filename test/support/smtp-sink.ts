import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { CERTIFICATE, PRIVATE_KEY } from './self-made-certificate.ts';

export interface SinkOptions {
  /** It wants this password. */
  readonly password?: string;
  /** TLS with the self-made certificate: from the first byte, or offered by STARTTLS. */
  readonly tls?: 'at-once' | 'offered';
  readonly host?: string;
  /** It takes XOAUTH2 only: this user with a token that is good now. */
  readonly xoauth2?: { readonly user: string; readonly good: (token: string) => boolean; readonly as: 'google' | 'microsoft' };
  /** More mails within 60 seconds are refused, as Exchange Online does. */
  readonly throttle?: { readonly perMinute: number; readonly now: () => number };
}

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  /** It came over TLS. */
  readonly secure: boolean;
}

/** What the server does with the next mails. */
export type SinkMood =
  | 'accept'
  | 'refuse-recipient'
  | 'greylist'
  | 'refuse-after-dot'
  | 'defer-after-dot'
  | 'silent-after-dot'
  | 'cut-at-mail-from'
  | 'cut-at-data'
  | 'cut-after-dot'
  | 'accept-and-die'
  | 'hang-at-mail-from'
  /** This answer to MAIL FROM, RCPT TO or the message. */
  | { readonly at: 'mail' | 'rcpt' | 'data'; readonly say: string; readonly to?: string };

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** A real SMTP server that keeps what it took, up to 20 MB a mail. */
export async function smtpSink({ password, tls, host = '127.0.0.1', xoauth2, throttle }: SinkOptions = {}) {
  const taken: TakenMail[] = [];
  const takenAt: number[] = [];
  let logins = 0;
  let mood: SinkMood = 'accept';
  const sockets = new Map<string, net.Socket>();
  const cut = (session: SMTPServerSession) => sockets.get(`${session.remotePort}`)?.destroy();
  const answered = (at: 'mail' | 'rcpt' | 'data', to = ''): Error | null => {
    if (typeof mood === 'string' || mood.at !== at || (mood.to !== undefined && mood.to !== to)) return null;
    return refusal(Number(mood.say.slice(0, 3)), mood.say.slice(4));
  };
  const open = password === undefined && !xoauth2;
  const server = new SMTPServer({
    disabledCommands: [...(open ? ['AUTH'] : []), ...(tls === 'offered' ? [] : ['STARTTLS'])],
    ...(xoauth2 ? { authMethods: ['XOAUTH2'] } : {}),
    secure: tls === 'at-once',
    ...(tls ? { key: PRIVATE_KEY, cert: CERTIFICATE } : {}),
    authOptional: open,
    allowInsecureAuth: true,
    size: 20 * 1024 * 1024,
    disableReverseLookup: true,
    closeTimeout: 500,
    onAuth(auth, _session, done) {
      logins += 1;
      if (!xoauth2) return auth.password === password ? done(null, { user: auth.username }) : done(refusal(535, '5.7.8 wrong password'));
      if (auth.username === xoauth2.user && xoauth2.good(auth.accessToken ?? '')) return done(null, { user: auth.username });
      // developers.google.com/gmail/xoauth2_protocol: a challenge of base64 JSON, an empty answer, then the refusal.
      if (xoauth2.as === 'google') return done(null, { data: { status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' } });
      // learn.microsoft.com, Authenticate an IMAP, POP or SMTP connection using OAuth: the refusal at once.
      done(refusal(535, '5.7.3 Authentication unsuccessful [SN2PR00CA0018.namprd00.prod.outlook.com]'));
    },
    onMailFrom(_address, session, done) {
      const now = throttle?.now() ?? 0;
      if (mood === 'cut-at-mail-from') return void cut(session);
      if (mood === 'hang-at-mail-from') return;
      if (throttle && takenAt.filter((at) => now - at < 60_000).length >= throttle.perMinute)
        return done(refusal(550, '5.2.2 Submission quota exceeded'));
      done(answered('mail'));
    },
    onRcptTo({ address }, _session, done) {
      const answer = answered('rcpt', address);
      if (answer) done(answer);
      else if (mood === 'refuse-recipient') done(refusal(550, '5.1.1 no such mailbox here'));
      else if (mood === 'greylist') done(refusal(451, '4.7.1 greylisted, come back later'));
      else done();
    },
    onData(stream, session, done) {
      if (mood === 'cut-at-data') cut(session);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const take = () => {
          if (throttle) takenAt.push(throttle.now());
          taken.push({
            from: addressOf(session),
            to: session.envelope.rcptTo.map(({ address }) => address),
            bytes: Buffer.concat(chunks),
            secure: session.secure,
          });
        };
        const answer = answered('data');
        if (answer) return done(answer);
        if (mood === 'refuse-after-dot') return done(refusal(554, '5.7.1 message refused by policy'));
        if (mood === 'defer-after-dot') return done(refusal(451, '4.3.0 try again later'));
        take();
        if (mood === 'silent-after-dot') return;
        if (mood === 'cut-after-dot') return void cut(session);
        done(null, `2.0.0 taken as ${taken.length}`);
        if (mood === 'accept-and-die') setImmediate(() => cut(session));
      });
    },
  });
  // A client that dies resets its connection; unheard, the error would end this process.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: net.Socket) => {
    // Node 26 dies when a socket is destroyed below its TLS.
    if (tls) return;
    const key = `${socket.remotePort}`;
    sockets.set(key, socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(key));
  });
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `${tls === 'at-once' ? 'smtps' : 'smtp'}://${loginPart(password, xoauth2?.user)}${host}:${port}`,
    taken,
    /** Logins that were tried. */
    logins: () => logins,
    behave(next: SinkMood) {
      mood = next;
    },
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => void server.close(resolve));
    },
  };
}

const loginPart = (password?: string, user = 'arrears') =>
  password === undefined ? (user === 'arrears' ? '' : `${encodeURIComponent(user)}@`) : `${user}:${encodeURIComponent(password)}@`;

export type SmtpSink = Awaited<ReturnType<typeof smtpSink>>;

function addressOf({ envelope }: SMTPServerSession): string {
  return envelope.mailFrom === false ? '' : envelope.mailFrom.address;
}
