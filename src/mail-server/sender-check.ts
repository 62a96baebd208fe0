import { createPrivateKey, createPublicKey } from 'node:crypto';
import { authenticate } from 'mailauth';
import type { DkimKey } from './message.ts';

/** A DNS lookup as node:dns has it; rejects with its codes. */
export type Resolve = (name: string, type: string) => Promise<string[][] | string[]>;

export interface SenderCheck {
  /** The address mails come from. */
  readonly from: string;
  /** A mail as it is sent, signed where we sign. */
  readonly bytes: Buffer;
  /** Of the mail server. */
  readonly host: string;
  /** Where the server's mails leave, when an admin knows it. */
  readonly ip?: string | undefined;
  readonly dkim: DkimKey | null;
  readonly resolve: Resolve;
}

/** What one record means for our mail; `change`: what to do about it, or ''. */
export interface Finding {
  readonly of: 'SPF' | 'DKIM' | 'DMARC';
  readonly good: boolean;
  readonly says: string;
  readonly change: string;
}

interface Provider {
  readonly name: string;
  readonly hosts: RegExp;
  /** learn.microsoft.com: Set up SPF, Set up DKIM; support.google.com/a/answer/33786 and 174124. */
  readonly include: string;
  readonly selector: string;
  readonly turnOn: string;
}

const PROVIDERS: readonly Provider[] = [
  {
    name: 'Microsoft 365',
    hosts: /(^|\.)(office365|outlook)\.com$/,
    include: 'spf.protection.outlook.com',
    selector: 'selector1',
    turnOn:
      'Turn on DKIM for the domain in the Microsoft Defender portal (Email authentication settings) and publish the two CNAME records it shows.',
  },
  {
    name: 'Google Workspace',
    hosts: /(^|\.)(gmail|google|googlemail)\.com$/,
    include: '_spf.google.com',
    selector: 'google',
    turnOn: 'Turn on DKIM in the Google Admin console (Apps, Gmail, Authenticate email) and publish the TXT record it shows.',
  },
];

/** DNS gave no answer, so nothing can be said. */
export class DnsAway extends Error {
  override readonly name = 'DnsAway';
}

/** What receivers make of a mail of ours by SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489). Throws DnsAway. */
export async function checkSender(check: SenderCheck): Promise<Finding[]> {
  const { from, bytes, host, dkim } = check;
  const resolve = answering(check.resolve);
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  const provider = PROVIDERS.find(({ hosts }) => hosts.test(host)) ?? null;
  const ip = check.ip ?? (provider ? await firstAddress(provider.include, resolve) : await addressOf(host, resolve));
  const options = {
    ip: ip ?? '192.0.2.1',
    helo: host,
    sender: from,
    mta: 'receiver.example',
    resolver: resolve,
    disableArc: true,
    disableBimi: true,
  };
  const { spf, dkim: signatures, dmarc } = await authenticate(bytes, options);
  const spfPasses = spf !== false && spf.status.result === 'pass' && ip !== null;
  const dkimFinding = dkim
    ? ownKey(
        dkim,
        signatures.results.some(({ status }) => status.result === 'pass'),
      )
    : await providersKey(domain, provider, resolve);
  const found = [spfFinding(domain, spf === false ? 'none' : spf.status.result, ip, provider), dkimFinding];
  return [...found, dmarcFinding(domain, dmarc === false ? null : (dmarc.p ?? null), spfPasses || dkimFinding.good)];
}

/** A server that does not answer is no record that is missing. */
function answering(resolve: Resolve): Resolve {
  return async (name, type) => {
    try {
      return await resolve(name, type);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME') throw error;
      throw new DnsAway(
        `DNS did not answer (${code ?? (error as Error).message}), so SPF, DKIM and DMARC were not looked at. Try again, or name a DNS server with --dns.`,
      );
    }
  };
}

async function textOf(name: string, resolve: Resolve, begins: RegExp): Promise<string | null> {
  const records = await resolve(name, 'TXT').catch(none);
  return records.map((record) => (Array.isArray(record) ? record.join('') : record)).find((record) => begins.test(record)) ?? null;
}

function none(error: unknown): string[] {
  if (error instanceof DnsAway) throw error;
  return [];
}

/** An address from which a provider sends, by its own SPF record. */
async function firstAddress(name: string, resolve: Resolve, depth = 0): Promise<string | null> {
  const record = await textOf(name, resolve, /^v=spf1\b/);
  const own = /\bip4:([\d.]+)/.exec(record ?? '')?.[1];
  if (own || depth > 3) return own ?? null;
  for (const [, next] of (record ?? '').matchAll(/\b(?:include:|redirect=)(\S+)/g)) {
    const found = await firstAddress(next!, resolve, depth + 1);
    if (found) return found;
  }
  return null;
}

async function addressOf(host: string, resolve: Resolve): Promise<string | null> {
  if (/^[\d.]+$|:/.test(host)) return host;
  const [found] = await resolve(host, 'A').catch(none);
  return typeof found === 'string' ? found : null;
}

function spfFinding(domain: string, result: string, ip: string | null, provider: Provider | null): Finding {
  const who = provider ? provider.name : `the address ${ip}`;
  const part = provider ? `include:${provider.include}` : `ip4:${ip}`;
  const found = (good: boolean, says: string, change = ''): Finding => ({ of: 'SPF', good, says, change });
  if (ip === null) return found(false, 'It is not known from which address the mail server sends.', 'Name it with --ip, and try again.');
  if (result === 'pass') return found(true, `${domain} lets ${who} send.`);
  if (result === 'none') return found(false, `${domain} has no SPF record.`, `Publish a TXT record for ${domain}: v=spf1 ${part} ~all`);
  if (result === 'permerror')
    return found(
      false,
      `The SPF record of ${domain} cannot be used: it is malformed, there are two, or it needs more than ten lookups.`,
      `Keep one record of few parts, with ${part} in it.`,
    );
  return found(
    false,
    `The SPF record of ${domain} does not let ${who} send (${result}).`,
    `Add ${part} to the TXT record of ${domain} that begins with v=spf1.`,
  );
}

function ownKey({ domain, selector, privateKey }: DkimKey, passes: boolean): Finding {
  if (passes) return { of: 'DKIM', good: true, says: `The signature of Arrears (${selector}, ${domain}) is valid.`, change: '' };
  const key = createPublicKey(createPrivateKey(privateKey));
  // RFC 6376, 3.6.1 for RSA; RFC 8463, 4 for Ed25519, whose key is the last 32 bytes.
  const der = key.export({ type: 'spki', format: 'der' });
  const [kind, bytes] = key.asymmetricKeyType === 'ed25519' ? ['ed25519', der.subarray(-32)] : ['rsa', der];
  const record = `v=DKIM1; k=${kind}; p=${bytes.toString('base64')}`;
  const says = `Receivers cannot confirm the signature of Arrears: ${selector}._domainkey.${domain} does not hold the key of SMTP_DKIM_KEY_FILE.`;
  return { of: 'DKIM', good: false, says, change: `Publish a TXT record for ${selector}._domainkey.${domain}: ${record}` };
}

async function providersKey(domain: string, provider: Provider | null, resolve: Resolve): Promise<Finding> {
  const found = (good: boolean, says: string, change = ''): Finding => ({ of: 'DKIM', good, says, change });
  if (!provider)
    return found(
      false,
      'Arrears does not sign, and it is not known whether the mail server does.',
      'Look for dkim=pass in the headers of the test mail, or set SMTP_DKIM_DOMAIN, SMTP_DKIM_SELECTOR and SMTP_DKIM_KEY_FILE.',
    );
  const name = `${provider.selector}._domainkey.${domain}`;
  const key = await textOf(name, resolve, /\bp=\S/);
  return key
    ? found(true, `${provider.name} signs for ${domain}: ${name} holds a key.`)
    : found(false, `${provider.name} does not sign for ${domain}: ${name} holds no key.`, provider.turnOn);
}

function dmarcFinding(domain: string, policy: string | null, passes: boolean): Finding {
  const found = (good: boolean, says: string, change = ''): Finding => ({ of: 'DMARC', good, says, change });
  const fate = passes ? 'Our mail passes it' : 'Our mail fails it';
  const mend = 'Mend SPF or DKIM as said above: one of them must pass for this domain.';
  if (!policy)
    return found(
      false,
      `${domain} has no DMARC record; Google, Yahoo and Microsoft expect one.`,
      `Publish a TXT record for _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
    );
  const does =
    policy === 'reject'
      ? 'receivers are asked to refuse what fails'
      : policy === 'quarantine'
        ? 'receivers are asked to put what fails into spam'
        : 'nothing is asked of receivers';
  return found(passes, `${domain} has the policy ${policy}: ${does}. ${fate}.`, passes ? '' : mend);
}
