import type { WebClient } from '@slack/web-api';

/** A file that reaches nobody but those in `channel`; without one it is the bot's alone until a message shows it. */
export interface FileToUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly title: string;
  /** Of a picture: what those hear who cannot see it. */
  readonly alt?: string;
  readonly channel?: string;
  readonly comment?: string;
  /** The message in whose thread it goes. */
  readonly thread?: string;
  /** Told the file's id before Slack has the whole of it, so that an upload whose end nobody saw can be found again. */
  readonly begun?: (file: string) => Promise<void>;
}

const MOST_ALT_CHARACTERS = 1000;

/** Returns the file's id. Needs files:write. */
export async function uploadFile(client: WebClient, { name, bytes, title, alt, ...more }: FileToUpload): Promise<string> {
  const { channel, comment, thread, begun } = more;
  // Documented as alt_txt (https://docs.slack.dev/reference/methods/files.getUploadURLExternal); the SDK's type knows alt_text alone.
  const described = alt === undefined ? {} : { alt_txt: alt.slice(0, MOST_ALT_CHARACTERS) };
  const ticket = await client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength, ...described });
  const file = ticket.file_id!;
  await begun?.(file);
  const sent = await fetch(ticket.upload_url!, { method: 'POST', body: Buffer.from(bytes), signal: AbortSignal.timeout(60_000) });
  if (!sent.ok) throw new Error(`Slack refused the upload of ${name}: HTTP ${sent.status}`);
  const said = { ...(comment === undefined ? {} : { initial_comment: comment }), ...(thread ? { thread_ts: thread } : {}) };
  const place = channel === undefined ? {} : { channel_id: channel, ...said };
  await client.files.completeUploadExternal({ files: [{ id: file, title }], ...place });
  return file;
}
