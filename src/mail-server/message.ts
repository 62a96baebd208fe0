import DKIM from 'nodemailer/lib/dkim/index.js';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { isMailAddress } from '../kernel/mail-address.ts';
import type { MailAddress, MailContent } from '../mails/mail-content.ts';
import { mailHtml } from '../mails/mail-html.ts';
import type { MailHeaders } from '../mails/send.port.ts';

/** Raw bytes of an attachment by its digest. */
export type Bytes = (sha256: string) => Promise<Uint8Array>;

export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

/** An address that a mail program could read as something else. Nothing was composed. */
export class UnsafeAddress extends Error {
  override readonly name = 'UnsafeAddress';
  readonly code = 'arrears_unsafe_address';
}

/** Most mail servers take no more than this (25 MB, as Gmail and Exchange Online by default allow). */
const MOST_BYTES = 25_000_000;

/** Too much is attached. Nothing was composed. */
export class MailTooLarge extends Error {
  override readonly name = 'MailTooLarge';
  readonly code = 'arrears_mail_too_large';
}

/**
 * The mail as RFC 5322 bytes with CRLF: its text, and the same words as HTML. Addresses are passed as objects, never as text that a parser could read as more than one; no file or URL is
 * ever read. Throws UnsafeAddress, MailTooLarge.
 */
export async function messageBytes(
  content: MailContent,
  files: Bytes,
  headers: Partial<MailHeaders> & { readonly extra?: Readonly<Record<string, string>> } = {},
): Promise<Buffer> {
  for (const { address } of [content.from, ...content.to, ...content.cc]) {
    if (!isMailAddress(address)) throw new UnsafeAddress(`${JSON.stringify(address)} is not one plain mail address`);
  }
  // Base64 makes four bytes of three, and line ends.
  const size = (content.attachments.reduce((sum, file) => sum + file.size, 0) * 4 * 78) / (3 * 76);
  if (size > MOST_BYTES)
    throw new MailTooLarge(
      `it would be too large: ${Math.ceil(size / 1e6)} MB with its attachments; at most ${MOST_BYTES / 1e6} MB are sent`,
    );
  const attachments = [];
  for (const { name, type, sha256 } of content.attachments) {
    attachments.push({ filename: name, contentType: type, content: Buffer.from(await files(sha256)) });
  }
  const { messageId, references = [], date, replyTo, extra } = headers;
  const composer = new MailComposer({
    from: plainName(content.from),
    to: content.to.map(plainName),
    cc: content.cc.map(plainName),
    subject: content.subject,
    text: content.body,
    ...(content.layout ? { html: mailHtml(content.subject, content.body, content.layout) } : {}),
    attachments,
    ...(messageId ? { messageId } : {}),
    ...(references.length > 0 ? { references: [...references], inReplyTo: references.at(-1)! } : {}),
    ...(date ? { date: new Date(date.epochMilliseconds) } : {}),
    ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
    ...(extra ? { headers: extra } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  });
  return composer.compile().build();
}

/** Signed with the key of our domain, so that receivers can tell that the mail is ours (RFC 6376). */
export async function signed(bytes: Buffer, key: DkimKey): Promise<Buffer> {
  const signer = new DKIM({ domainName: key.domain, keySelector: key.selector, privateKey: key.privateKey });
  return Buffer.concat(await Array.fromAsync(signer.sign(bytes)));
}

/** A name is one line: receivers show it beside the address. */
function plainName({ name, address }: MailAddress): MailAddress {
  return { name: name.replace(/\p{C}+/gu, ' ').trim(), address };
}
