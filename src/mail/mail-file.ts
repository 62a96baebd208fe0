import type { MailContent } from '../domain/draft.ts';
import { type Bytes, messageBytes } from './message.ts';

/** The mail as an .eml file that any mail program opens; X-Unsent makes it a draft there. */
export function mailFile(content: MailContent, files: Bytes): Promise<Buffer> {
  return messageBytes(content, files, { extra: { 'X-Unsent': '1' } });
}
