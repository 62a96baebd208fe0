import type { WebClient } from '@slack/web-api';
import { Refused } from './listeners.ts';
import { sharedOutside } from './shared-channels.ts';

/** What files.info says of a file that matters here; texts are untrusted. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly url: string;
  /** The message whose thread it is answered in; '' when Slack does not say yet. */
  readonly thread: string;
}

/** Of a file dropped into Slack; npm run import has no such limit for CSV. */
export const MOST_BYTES = 20_000_000;
const NO_PERMISSION =
  'Slack does not let me read files: an admin must add the scope files:read under OAuth &amp; Permissions and reinstall the app. Nothing was imported.';
/** Of a channel that became shared later too: what was to be posted there waits then, like everything that leaves (exit.ts). */
export const SHARED_PLACE =
  'This channel is shared with another company, so I import nothing there and show no figures. Drop the file into a channel of your own company.';
const TABLES = /\.(csv|tsv|txt|xlsx?)$/i;

/** A file that could be a ledger file; null for every other kind. Needs files:read. Throws Refused. */
export async function sharedFile(client: WebClient, id: string, channel: string): Promise<SharedFile | null> {
  const { file } = await client.files.info({ file: id }).catch((error: { data?: { error?: string } }) => {
    if (error.data?.error === 'missing_scope') throw new Refused(NO_PERMISSION);
    if (error.data?.error === 'file_not_found' || error.data?.error === 'file_deleted')
      throw new Refused('The file is not there any more. Nothing was imported.');
    throw error;
  });
  const name = file?.name ?? '';
  if (!file?.id || !TABLES.test(name)) return null;
  const shares = { ...file.shares?.public, ...file.shares?.private }[channel]?.[0];
  const { thread_ts: thread, ts = '' } = (shares ?? {}) as { thread_ts?: string; ts?: string };
  return { id: file.id, name, size: file.size ?? 0, url: file.url_private_download ?? file.url_private ?? '', thread: thread ?? ts };
}

/** Why customers' balances must not be shown in a channel; null when they may. */
export type PlaceProblem = (channel: string) => Promise<string | null>;

const KEEP_MS = 60_000;

/** What Slack says of a channel is kept for a minute, like what it says of people: a card asks at each step. Needs channels:read, groups:read. */
export function placeCheck(client: WebClient): PlaceProblem {
  const known = new Map<string, { until: number; problem: string | null }>();
  return async (channel) => {
    const kept = known.get(channel);
    if (kept && kept.until > performance.now()) return kept.problem;
    const problem = await placeProblem(client, channel);
    known.set(channel, { until: performance.now() + KEEP_MS, problem });
    return problem;
  };
}

async function placeProblem(client: WebClient, channel: string): Promise<string | null> {
  // Direct messages with the bot: whoever is not a full member was refused before.
  if (channel.startsWith('D')) return null;
  const found = await client.conversations.info({ channel }).catch((error: { data?: { error?: string } }) => {
    if (['channel_not_found', 'missing_scope'].includes(error.data?.error ?? '')) return null;
    throw error;
  });
  const place = found?.channel;
  if (!place?.is_member || place.is_mpim)
    return 'Files are imported only in channels that I was invited to, and in direct messages with me.';
  if (sharedOutside(place)) return SHARED_PLACE;
  return null;
}

/** The file's bytes. Throws Refused with what to do. */
export async function download(client: WebClient, { url, size, name }: SharedFile): Promise<Uint8Array> {
  if (size > MOST_BYTES) throw new Refused(tooLarge(size));
  if (!trusted(url, client.slackApiUrl))
    throw new Refused(
      'This file does not lie in Slack but elsewhere, and I have no access there. Nothing was imported. Download it and drop the file itself.',
    );
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${client.token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(60_000),
  });
  // Without the permission Slack answers 200 with its sign-in page.
  if (answer.status === 403 || (answer.ok && answer.headers.get('content-type')?.startsWith('text/html'))) throw new Refused(NO_PERMISSION);
  if (!answer.ok || !answer.body)
    throw new Refused(
      `Slack did not hand over ${/\w/.test(name) ? 'the file' : 'it'} (HTTP ${answer.status}). Nothing was imported. Drop it again.`,
    );
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    read += part.byteLength;
    if (read > MOST_BYTES) throw new Refused(tooLarge(read));
    parts.push(part);
  }
  if (read === 0) throw new Refused('The file is empty. Nothing was imported.');
  return Buffer.concat(parts);
}

function tooLarge(size: number): string {
  return `The file has ${Math.ceil(size / 1e6)} MB; in Slack I take ${MOST_BYTES / 1e6} MB. Nothing was imported. Import it with \`npm run import -- --file FILE --map MAPPING\` where Arrears runs, which has no such limit for CSV.`;
}

/** The token goes to Slack alone, or to the workspace that the API calls go to. */
function trusted(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (apiUrl && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
