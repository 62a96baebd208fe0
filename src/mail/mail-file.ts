import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { MailContent } from '../domain/draft.ts';

/** Raw bytes of an attachment by its digest. */
export type Bytes = (sha256: string) => Promise<Uint8Array>;

/** The mail as RFC 5322 bytes, for a file that any mail program opens (X-Unsent makes it a draft there). No file or URL is ever read. */
export async function mailFile(content: MailContent, bytes: Bytes): Promise<Buffer> {
  const attachments = [];
  for (const { name, type, sha256 } of content.attachments) {
    attachments.push({ filename: name, contentType: type, content: Buffer.from(await bytes(sha256)) });
  }
  const composer = new MailComposer({
    from: content.from,
    to: [...content.to],
    cc: [...content.cc],
    subject: content.subject,
    text: content.body,
    attachments,
    headers: { 'X-Unsent': '1' },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  });
  return composer.compile().build();
}
