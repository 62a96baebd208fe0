import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
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

/** A real SMTP server that keeps what it took. With a password, it wants it. */
export async function smtpSink({ password }: { password?: string } = {}) {
  const taken: TakenMail[] = [];
  let mood: SinkMood = 'accept';
  const sockets = new Map<string, net.Socket>();
  const cut = (session: SMTPServerSession) => sockets.get(`${session.remotePort}`)?.destroy();
  const server = new SMTPServer({
    disabledCommands: password === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    authOptional: password === undefined,
    allowInsecureAuth: true,
    size: 20 * 1024 * 1024,
    disableReverseLookup: true,
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
          taken.push({ from: addressOf(session), to: session.envelope.rcptTo.map(({ address }) => address), bytes: Buffer.concat(chunks) });
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
    const key = `${socket.remotePort}`;
    sockets.set(key, socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(key));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: password === undefined ? `smtp://127.0.0.1:${port}` : `smtp://arrears:${encodeURIComponent(password)}@127.0.0.1:${port}`,
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
