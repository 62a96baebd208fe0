import type { Draft } from '../mails/draft.ts';
import { messageIdOf } from '../mails/message-id.ts';
import { type Bytes, messageBytes } from './message.ts';

/** A sent mail written from what is kept of it, when the bytes as sent are not on file. */
export function mailCopy(draft: Draft, files: Bytes): Promise<Buffer> {
  const date = draft.sentOn ? { date: Temporal.PlainDate.from(draft.sentOn).toZonedDateTime('UTC').toInstant() } : {};
  return messageBytes(draft.content, files, { messageId: messageIdOf(draft), ...date });
}

/** The mail as an .eml file that any mail program opens; X-Unsent makes it a draft there. However often it is written, it is the same message. */
export function mailFile(draft: Draft, files: Bytes): Promise<Buffer> {
  return messageBytes(draft.content, files, { messageId: messageIdOf(draft), extra: { 'X-Unsent': '1' } });
}
