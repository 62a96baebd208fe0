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
  | 'accept-and-die';

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** A real SMTP server that keeps what it took, up to 20 MB a mail. */
export async function smtpSink({ password, tls, host = '127.0.0.1' }: SinkOptions = {}) {
  const taken: TakenMail[] = [];
  let mood: SinkMood = 'accept';
  const sockets = new Map<string, net.Socket>();
  const cut = (session: SMTPServerSession) => sockets.get(`${session.remotePort}`)?.destroy();
  const server = new SMTPServer({
    disabledCommands: [...(password === undefined ? ['AUTH'] : []), ...(tls === 'offered' ? [] : ['STARTTLS'])],
    secure: tls === 'at-once',
    ...(tls ? { key: PRIVATE_KEY, cert: CERTIFICATE } : {}),
    authOptional: password === undefined,
    allowInsecureAuth: true,
    size: 20 * 1024 * 1024,
    disableReverseLookup: true,
    closeTimeout: 500,
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: auth.username }) : done(refusal(535, '5.7.8 wrong password')),
    onMailFrom(_address, session, done) {
      if (mood === 'cut-at-mail-from') cut(session);
      else done();
    },
    onRcptTo(_address, _session, done) {
      if (mood === 'refuse-recipient') done(refusal(550, '5.1.1 no such mailbox here'));
      else if (mood === 'greylist') done(refusal(451, '4.7.1 greylisted, come back later'));
      else done();
    },
    onData(stream, session, done) {
      if (mood === 'cut-at-data') cut(session);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const take = () =>
          taken.push({
            from: addressOf(session),
            to: session.envelope.rcptTo.map(({ address }) => address),
            bytes: Buffer.concat(chunks),
            secure: session.secure,
          });
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
    url: `${tls === 'at-once' ? 'smtps' : 'smtp'}://${password === undefined ? '' : `arrears:${encodeURIComponent(password)}@`}${host}:${port}`,
    taken,
    behave(next: SinkMood) {
      mood = next;
    },
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => void server.close(resolve));
    },
  };
}

export type SmtpSink = Awaited<ReturnType<typeof smtpSink>>;

function addressOf({ envelope }: SMTPServerSession): string {
  return envelope.mailFrom === false ? '' : envelope.mailFrom.address;
}
