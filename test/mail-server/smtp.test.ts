import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dkimKey, smtpMailer, smtpOptions } from '../../src/mail-server/smtp.ts';
import { failureAdvice } from '../../src/mails/delivery.view.ts';
import type { MailContent } from '../../src/mails/mail-content.ts';
import { dkimVerdict } from '../support/dkim.ts';
import { CERTIFICATE } from '../support/self-made-certificate.ts';
import { type SinkOptions, type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CONTENT: MailContent = {
  from: { name: 'Mara Lind', address: 'receivables@northwind.example' },
  to: [{ name: 'Imogen Larch', address: 'ap@alder.example' }],
  cc: [],
  subject: 'Overdue: invoice UK-1',
  body: 'Dear Imogen Larch,\n\nOur records show £1,000.00 as unpaid.  \n\n',
  attachments: [],
  invoices: [],
  apart: [],
};
const HEADERS = {
  messageId: '<d1.ab@northwind.example>',
  references: [],
  date: Temporal.Instant.from('2026-11-23T09:00:00Z'),
  replyTo: null,
};
const NO_FILES = () => Promise.reject(new Error('nothing is attached'));

const ownFolder = () => {
  const stops: (() => unknown)[] = [];
  onTestFinished(async () => {
    for (const stop of stops) await stop();
  });
  return tempFolder(stops);
};

async function sinkWith(options: SinkOptions): Promise<SmtpSink> {
  const sink = await smtpSink(options);
  onTestFinished(() => sink.close());
  return sink;
}

/** Hands one mail over and says what came of it. */
async function handOver(url: string, { silence = 3_000, bytes }: { silence?: number; bytes?: Buffer } = {}) {
  const mailer = smtpMailer({ ...smtpOptions(url, null), silence });
  let asked = 0;
  const lastWord = async () => {
    asked += 1;
    return true;
  };
  const message = bytes ?? (await mailer.compose(CONTENT, HEADERS, NO_FILES));
  const came = await mailer.send(CONTENT.from.address, [CONTENT.to[0]!.address], message, lastWord);
  return { ...came, asked };
}

// Only loopback addresses other than 127.0.0.1 count as a server somewhere else, and macOS has none.
const elsewhere = process.platform === 'darwin' ? it.skip : it;

describe('TLS', () => {
  it('smtps: a certificate that nobody vouches for is refused, and a sentence says what to do', async () => {
    const sink = await sinkWith({ tls: 'at-once', password: 'p@ss' });
    const came = await handOver(sink.url);
    expect(came).toMatchObject({ outcome: 'held', of: 'server', kind: 'certificate', mailSeen: false, asked: 0 });
    expect(came).toHaveProperty('said', expect.stringMatching(/^The certificate of the mail server cannot be trusted \(.*self-signed/));
    expect(sink.taken).toEqual([]);
  });

  elsewhere('STARTTLS: a certificate that nobody vouches for is refused', async () => {
    const sink = await sinkWith({ tls: 'offered', host: '127.0.0.2' });
    const came = await handOver(sink.url);
    expect(came).toMatchObject({ outcome: 'held', kind: 'certificate', asked: 0 });
    expect(came).toHaveProperty('said', expect.stringContaining('The certificate of the mail server cannot be trusted'));
  });

  elsewhere('a password crosses no network in the clear', async () => {
    const sink = await sinkWith({ password: 'p@ss', host: '127.0.0.2' });
    const came = await handOver(sink.url);
    expect(came).toMatchObject({ outcome: 'held', kind: 'no-tls', asked: 0, said: expect.stringContaining('offers no TLS') });
    expect(sink.taken).toEqual([]);
  });

  elsewhere(
    'nor does a mail, where a server takes it without a password and offers no TLS, or somebody between takes the offer away',
    async () => {
      const sink = await sinkWith({ host: '127.0.0.2' });
      const came = await handOver(sink.url);
      expect(came).toMatchObject({ outcome: 'held', kind: 'no-tls', asked: 0, said: expect.stringContaining('offers no TLS') });
      expect(sink.taken).toEqual([]);
    },
  );
});

describe('TLS with a server whose authority NODE_EXTRA_CA_CERTS names', () => {
  const run = promisify(execFile);
  const fromOtherProcess = async (url: string) => {
    const file = path.join(await ownFolder(), 'authority.pem');
    await fs.writeFile(file, CERTIFICATE);
    const script = path.resolve(import.meta.dirname, '../support/send-one-child.ts');
    const { stdout } = await run(process.execPath, [script, url], { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } });
    return JSON.parse(stdout) as { outcome: string };
  };

  it('smtps: the mail goes over TLS', async () => {
    const sink = await sinkWith({ tls: 'at-once', password: 'p@ss' });
    expect(await fromOtherProcess(sink.url)).toMatchObject({ outcome: 'accepted' });
    expect(sink.taken.map(({ secure }) => secure)).toEqual([true]);
  });

  elsewhere('STARTTLS: the mail goes over TLS, the password too', async () => {
    const sink = await sinkWith({ tls: 'offered', password: 'p@ss', host: '127.0.0.2' });
    expect(await fromOtherProcess(sink.url)).toMatchObject({ outcome: 'accepted' });
    expect(sink.taken.map(({ secure }) => secure)).toEqual([true]);
  });
});

describe('what a server may answer', () => {
  it('a wrong password: no mail’s fault, with the server’s words', async () => {
    const sink = await sinkWith({ password: 'right' });
    const came = await handOver(sink.url.replace('right', 'wrong'));
    expect(came).toMatchObject({ outcome: 'held', kind: 'login', of: 'server', mailSeen: false, asked: 0 });
    expect(came).toHaveProperty('said', expect.stringContaining('5.7.8 wrong password'));
  });

  it('a mailbox that does not exist: refused for good, and the advice is another address', async () => {
    const sink = await sinkWith({});
    sink.behave('refuse-recipient');
    const came = await handOver(sink.url);
    expect(came).toMatchObject({ outcome: 'refused', passing: false, said: expect.stringContaining('550 5.1.1') });
    expect(failureAdvice('said' in came ? came.said : '')).toContain('marked as bounced');
  });

  it('a message above its limit never leaves: the server’s limit is asked first', async () => {
    const sink = await sinkWith({});
    const came = await handOver(sink.url, { bytes: Buffer.alloc(30_000_000, 'x\r\n') });
    expect(came).toMatchObject({
      outcome: 'refused',
      passing: false,
      asked: 0,
      said: 'The message is too large: the mail server takes up to 20 MB.',
    });
    expect(failureAdvice('said' in came ? came.said : '')).toContain('too large for the mail server');
  });

  it('30 MB attached: above what we send at all, nothing is composed', async () => {
    const big = { name: 'copies.pdf', type: 'application/pdf', sha256: 'a', size: 30_000_000, shows: '' };
    const read: string[] = [];
    const files = async (sha256: string) => {
      read.push(sha256);
      return new Uint8Array(30_000_000);
    };
    const { compose } = smtpMailer(smtpOptions('smtp://127.0.0.1:25', null));
    await expect(compose({ ...CONTENT, attachments: [big] }, HEADERS, files)).rejects.toThrow(
      'it would be too large: 42 MB with its attachments; at most 25 MB are sent',
    );
    expect(read).toEqual([]);
  });

  it('nothing at all: it is given up, and nothing was taken', async () => {
    const mute = net.createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
    const sockets: net.Socket[] = [];
    mute.on('connection', (socket) => sockets.push(socket));
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => void mute.close(resolve));
    });
    const came = await handOver(`smtp://127.0.0.1:${(mute.address() as AddressInfo).port}`, { silence: 200 });
    expect(came).toMatchObject({
      outcome: 'held',
      kind: 'unreachable',
      asked: 0,
      said: expect.stringContaining('The mail server did not answer'),
    });
  });

  it('no mail server there: it is tried again later', async () => {
    const sink = await smtpSink();
    await sink.close();
    expect(await handOver(sink.url)).toMatchObject({ outcome: 'held', kind: 'unreachable', said: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('DKIM', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

  it('a sent mail is signed over its body and the headers that people see, and a changed one is found out', async () => {
    const dir = await ownFolder();
    const file = path.join(dir, 'dkim.pem');
    await fs.writeFile(file, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const key = dkimKey({ SMTP_DKIM_DOMAIN: 'northwind.example', SMTP_DKIM_SELECTOR: 'mail', SMTP_DKIM_KEY_FILE: file });
    const sink = await sinkWith({});
    const mailer = smtpMailer({ ...smtpOptions(sink.url, key), silence: 3_000 });
    const bytes = Buffer.from(await mailer.compose(CONTENT, HEADERS, NO_FILES));
    expect(await mailer.send(CONTENT.from.address, [CONTENT.to[0]!.address], bytes, async () => true)).toMatchObject({
      outcome: 'accepted',
    });
    const got = sink.taken[0]!.bytes;
    const { holds, tags } = dkimVerdict(got, keys.publicKey);
    expect(holds).toBe(true);
    expect([tags.get('d'), tags.get('s')]).toEqual(['northwind.example', 'mail']);
    expect(tags.get('h')!.toLowerCase().split(':')).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']));
    const changed = (from: string, to: string) =>
      dkimVerdict(Buffer.from(got.toString('latin1').replace(from, to), 'latin1'), keys.publicKey).holds;
    expect(changed('1,000.00', '9,000.00')).toBe(false);
    expect(changed('Subject: Overdue', 'Subject: OverduE')).toBe(false);
  });

  it.each([
    ['a file that is not there', null],
    ['a file that is no key', 'not a key'],
  ])('%s is told at the start, with the setting’s name', async (_, text) => {
    const file = path.join(await ownFolder(), 'dkim.pem');
    if (text !== null) await fs.writeFile(file, text);
    const settings = { SMTP_DKIM_DOMAIN: 'northwind.example', SMTP_DKIM_SELECTOR: 'mail', SMTP_DKIM_KEY_FILE: file };
    expect(() => dkimKey(settings)).toThrow(
      `The DKIM key cannot be used: ${file} (SMTP_DKIM_KEY_FILE) must be a readable private key in PEM form.`,
    );
  });
});
