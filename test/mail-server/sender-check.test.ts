import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import dns from 'node:dns/promises';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageBytes, signed } from '../../src/mail-server/message.ts';
import { checkSender, DnsAway, type SenderCheck } from '../../src/mail-server/sender-check.ts';
import { dnsServer } from '../support/dns-server.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FROM = 'ar@northwind.example';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = {
  domain: 'northwind.example',
  selector: 'mail',
  privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
};
const PUBLIC = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const MICROSOFT = { TXT: ['v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 -all'] };
const GOOGLE = {
  '_spf.google.com': { TXT: ['v=spf1 include:_netblocks.google.com ~all'] },
  '_netblocks.google.com': { TXT: ['v=spf1 ip4:35.190.247.0/24 ~all'] },
};

type Records = Parameters<typeof dnsServer>[0];

async function found(records: Records, more: Partial<SenderCheck> = {}) {
  const server = await dnsServer({ 'northwind.example': {}, ...records });
  onTestFinished(() => void server.close());
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([server.place]);
  const content = {
    from: { name: '', address: FROM },
    to: [{ name: '', address: 'a@b.example' }],
    cc: [],
    subject: 'S',
    body: 'B\n',
    attachments: [],
    invoices: [],
    apart: [],
  };
  const plain = await messageBytes(content, () => Promise.reject(new Error('none')));
  const bytes = more.dkim ? await signed(plain, more.dkim) : plain;
  const check = {
    from: FROM,
    bytes,
    host: 'smtp.office365.com',
    dkim: null,
    resolve: (name: string, type: string) => resolver.resolve(name, type as 'TXT'),
    ...more,
  };
  return Object.fromEntries((await checkSender(check)).map(({ of, good, says, change }) => [of, { good, words: `${says} ${change}` }]));
}

describe('what the records of a domain mean for our mail', () => {
  it('Microsoft 365 with everything in place', async () => {
    const all = await found({
      'northwind.example': { TXT: ['other=1', 'v=spf1 include:spf.protection.outlook.com -all'] },
      'spf.protection.outlook.com': MICROSOFT,
      'selector1._domainkey.northwind.example': { TXT: [`v=DKIM1; k=rsa; p=${PUBLIC}`] },
      '_dmarc.northwind.example': { TXT: ['v=DMARC1; p=reject'] },
    });
    expect(Object.values(all).map(({ good }) => good)).toEqual([true, true, true]);
    expect(all.SPF!.words).toContain('northwind.example lets Microsoft 365 send.');
    expect(all.DMARC!.words).toContain('Our mail passes it.');
  });

  it('nothing at all: each record that is missing is named, ready to publish', async () => {
    const all = await found({ 'spf.protection.outlook.com': MICROSOFT });
    expect(Object.values(all).map(({ good }) => good)).toEqual([false, false, false]);
    expect(all.SPF!.words).toContain('Publish a TXT record for northwind.example: v=spf1 include:spf.protection.outlook.com ~all');
    expect(all.DKIM!.words).toContain('Turn on DKIM for the domain in the Microsoft Defender portal');
    expect(all.DMARC!.words).toContain('Publish a TXT record for _dmarc.northwind.example: v=DMARC1; p=none');
  });

  it('Google, whose record is not included: under a strict policy our mail is refused', async () => {
    const records = {
      ...GOOGLE,
      'northwind.example': { TXT: ['v=spf1 ip4:203.0.113.9 -all'] },
      '_dmarc.northwind.example': { TXT: ['v=DMARC1; p=reject'] },
    };
    const all = await found(records, { host: 'smtp.gmail.com' });
    expect(all.SPF).toMatchObject({
      good: false,
      words: expect.stringContaining('does not let Google Workspace send (fail). Add include:_spf.google.com'),
    });
    expect(all.DMARC).toMatchObject({
      good: false,
      words: expect.stringMatching(/asked to refuse what fails\. Our mail fails it\. Mend SPF or DKIM/),
    });
  });

  it('a server of one’s own, by its address; --ip where it sends from elsewhere', async () => {
    const records = { 'northwind.example': { TXT: ['v=spf1 ip4:203.0.113.9 -all'] }, 'mail.northwind.example': { A: ['203.0.113.9'] } };
    expect((await found(records, { host: 'mail.northwind.example' })).SPF).toMatchObject({ good: true });
    const elsewhere = await found(records, { host: 'mail.northwind.example', ip: '198.51.100.7' });
    expect(elsewhere.SPF).toMatchObject({ good: false, words: expect.stringContaining('Add ip4:198.51.100.7 to the TXT record') });
  });

  it('our own signature: valid with its key in DNS, and with another key the record to publish is said', async () => {
    const own = { dkim: KEY, host: 'mail.northwind.example' };
    const name = 'mail._domainkey.northwind.example';
    const dmarc = { '_dmarc.northwind.example': { TXT: ['v=DMARC1; p=quarantine'] } };
    const right = await found({ ...dmarc, [name]: { TXT: [`v=DKIM1; k=rsa; p=${PUBLIC}`] } }, own);
    expect(right.DKIM).toMatchObject({ good: true });
    // Aligned with the sender, the signature is enough.
    expect(right.DMARC).toMatchObject({ good: true });
    const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const other = await found({ ...dmarc, [name]: { TXT: [`v=DKIM1; k=rsa; p=${wrong}`] } }, own);
    expect(other.DKIM).toMatchObject({ good: false, words: expect.stringContaining(`v=DKIM1; k=rsa; p=${PUBLIC}`) });
    expect(other.DMARC).toMatchObject({ good: false });
  });

  it('an SPF record that needs too many lookups, or two of them', async () => {
    const two = await found(
      { 'northwind.example': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] } },
      { ip: '198.51.100.7', host: 'mail.northwind.example' },
    );
    expect(two.SPF).toMatchObject({ good: false, words: expect.stringContaining('cannot be used') });
  });

  it('DNS that does not answer is no missing record', async () => {
    const resolver = new dns.Resolver({ timeout: 200, tries: 1 });
    const server = await dnsServer({});
    await server.close();
    resolver.setServers([server.place]);
    const check = { from: FROM, bytes: Buffer.from('From: ar@northwind.example\r\n\r\n'), host: 'smtp.gmail.com', dkim: null };
    await expect(checkSender({ ...check, resolve: (name, type) => resolver.resolve(name, type as 'TXT') })).rejects.toBeInstanceOf(DnsAway);
  });
});

describe('npm run verify-mail', () => {
  const script = path.resolve(import.meta.dirname, '../../scripts/verify-mail.ts');
  async function run(env: Record<string, string>, ...flags: string[]) {
    const stops: (() => unknown)[] = [];
    const dir = await tempFolder(stops);
    onTestFinished(async () => {
      for (const stop of stops) await stop();
    });
    const key = path.join(dir, 'dkim.pem');
    await fs.writeFile(key, KEY.privateKey);
    const dkim = { SMTP_DKIM_DOMAIN: KEY.domain, SMTP_DKIM_SELECTOR: KEY.selector, SMTP_DKIM_KEY_FILE: key };
    const child = promisify(execFile)(process.execPath, [script, ...flags], { cwd: dir, env: { PATH: process.env.PATH, ...dkim, ...env } });
    return child.then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  }

  it('logs in, sends one message and says what the records mean', async () => {
    const sink = await smtpSink({ password: 'right' });
    onTestFinished(() => sink.close());
    const server = await dnsServer({
      'northwind.example': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
      'mail._domainkey.northwind.example': { TXT: [`v=DKIM1; k=rsa; p=${PUBLIC}`] },
      '_dmarc.northwind.example': { TXT: ['v=DMARC1; p=none'] },
    });
    onTestFinished(() => void server.close());
    const flags = ['--to', 'admin@northwind.example', '--from', FROM, '--dns', server.place];
    const good = await run({ SMTP_URL: sink.url }, ...flags);
    expect(good.stderr).toBe('');
    expect(good.stdout.split('\n').map((line) => line.slice(0, 20))).toEqual([
      'Connected to 127.0.0',
      'The mail server took',
      'good   SPF: northwin',
      'good   DKIM: The sig',
      'good   DMARC: northw',
      '',
    ]);
    expect(sink.taken.map(({ to }) => to)).toEqual([['admin@northwind.example']]);
    const wrong = await run({ SMTP_URL: sink.url.replace('right', 'wrong') }, ...flags);
    expect(wrong).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/refuses our login.*\n535.*wrong password\nCorrect the login/),
    });
    expect(await run({ SMTP_URL: sink.url }, '--to', 'nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--to must be one mail address'),
    });
    expect(sink.taken).toHaveLength(1);
  });
});
