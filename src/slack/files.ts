import type { WebClient } from '@slack/web-api';

/** A file that reaches nobody but those in `channel`; without one it is shown nowhere yet, and its id goes into an image block. */
export interface FileToUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its title, and for images what those hear who cannot see it. */
  readonly title: string;
  readonly channel?: string;
  readonly comment?: string;
  /** The message in whose thread it goes. */
  readonly thread?: string;
}

/** Returns the file's id. Needs files:write. */
export async function uploadFile(client: WebClient, { name, bytes, title, channel, comment, thread }: FileToUpload): Promise<string> {
  const ticket = await client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength, alt_text: title.slice(0, 1000) });
  const sent = await fetch(ticket.upload_url!, { method: 'POST', body: Buffer.from(bytes), signal: AbortSignal.timeout(60_000) });
  if (!sent.ok) throw new Error(`Slack refused the upload of ${name}: HTTP ${sent.status}`);
  const more = { ...(comment === undefined ? {} : { initial_comment: comment }), ...(thread ? { thread_ts: thread } : {}) };
  const place = channel === undefined ? {} : { channel_id: channel, ...more };
  await client.files.completeUploadExternal({ files: [{ id: ticket.file_id!, title }], ...place });
  return ticket.file_id!;
}

/** Uploads an image without showing it anywhere yet; the file's id goes into an image block. */
export type Upload = (name: string, bytes: Uint8Array, alt: string) => Promise<string>;

export function uploader(client: WebClient): Upload {
  return (name, bytes, alt) => uploadFile(client, { name, bytes, title: alt });
}
