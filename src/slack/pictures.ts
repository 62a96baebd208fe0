import { setTimeout as wait } from 'node:timers/promises';
import type { ImageBlock, KnownBlock } from '@slack/types';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { uploadFile } from './files.ts';
import { contextLine } from './freshness.ts';
import type { SlackWorld } from './world.ts';

/** A picture for an image block. What has the same key is uploaded once, whoever shows it and however often. */
export interface Picture {
  /** Of its workspace and its content. */
  readonly key: string;
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
  /** What those hear who cannot see it. */
  readonly alt: string;
  /** Stands in its place until Slack has finished with it. */
  readonly follows: string;
}

/** The block of a picture, or the line in its place while it is awaited; null when it cannot be had. */
export type Show = (picture: Picture) => Promise<KnownBlock | null>;

/**
 * How long a message waits for its pictures. Metabase, which posts charts the same way, sees Slack take one to two seconds
 * (https://github.com/metabase/metabase/blob/master/src/metabase/channel/slack.clj); whoever waits for a message waits no longer than for a slow page.
 */
export const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 500;
/** A picture that is not there after this time is given up. */
export const PICTURE_HOURS = 24;

const AWAITED = 'awaited-picture';

/** Shows pictures in one message: all of them together are waited for at most `patience` milliseconds. */
export function showing(world: Pick<SlackWorld, 'client' | 'uploads' | 'log'>, patience: number): Show {
  let [left, lines] = [patience, 0];
  const follows = (picture: Picture): KnownBlock => {
    lines += 1;
    return { ...contextLine(picture.follows), block_id: `${AWAITED}-${lines}` };
  };
  return async (picture) => {
    try {
      let { file, state } = await fileOf(world, picture);
      while (state === 'waits' && left > 0) {
        const pause = Math.min(LOOK_EVERY_MS, left);
        await wait(pause);
        left -= pause;
        state = await stateOf(world.client, file);
      }
      return state === 'ready' ? imageOf(file, picture) : follows(picture);
    } catch (error) {
      const refused = (error as { code?: string }).code === ErrorCode.PlatformError;
      world.log.warn({ err: error, picture: picture.name }, 'a picture could not be uploaded; its message goes out without it');
      return refused ? null : follows(picture);
    }
  };
}

/** Shows every picture by the line in its place: for a message in which Slack has refused them. */
export function showingLines(): Show {
  let lines = 0;
  return async ({ follows }) => {
    lines += 1;
    return { ...contextLine(follows), block_id: `${AWAITED}-${lines}` };
  };
}

export function imageOf(file: string, { alt }: Pick<Picture, 'alt'>): ImageBlock {
  return { type: 'image', slack_file: { id: file }, alt_text: alt };
}

/** Whether a picture in these blocks is still awaited. */
export function awaits(blocks: readonly KnownBlock[]): boolean {
  return blocks.some(isLine);
}

/** The blocks as they stay when a picture never comes. */
export function withoutLines(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.filter((block) => !isLine(block));
}

const isLine = ({ block_id }: KnownBlock) => block_id?.startsWith(AWAITED) ?? false;

/** Whether Slack refuses a message or view for a picture: "invalid slack file [json-pointer:/blocks/0/slack_file]" (slackapi/python-slack-sdk#1658). */
export function refusesPicture(error: unknown): boolean {
  const messages = (error as { data?: { response_metadata?: { messages?: unknown } } }).data?.response_metadata?.messages;
  return Array.isArray(messages) && messages.some((each) => String(each).includes('/slack_file'));
}

/** When to look again for a picture that has been awaited since then: soon at first, and less and less often. */
export function nextLook(since: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const seconds = Math.round(now.since(since).total('seconds') / 2);
  return now.add({ seconds: Math.min(15 * 60, Math.max(5, seconds)) });
}

type State = 'ready' | 'waits' | 'gone';

async function fileOf(
  { client, uploads }: Pick<SlackWorld, 'client' | 'uploads'>,
  { key, name, bytes, alt }: Picture,
): Promise<{ file: string; state: State }> {
  const known = await uploads.find(key);
  const state = known === null ? 'gone' : await stateOf(client, known);
  if (known !== null && state !== 'gone') return { file: known, state };
  const file = await uploadFile(client, { name, bytes: await bytes(), title: name, alt, begun: (id) => uploads.keep(key, id) });
  return { file, state: await stateOf(client, file) };
}

/**
 * A file's type is empty until Slack has finished with it (maintainers in slackapi/node-slack-sdk#2170 and slack-github-action#413). Where Slack
 * does not say, the post will tell.
 */
async function stateOf(client: WebClient, file: string): Promise<State> {
  try {
    const { mimetype } = (await client.files.info({ file })).file ?? {};
    return mimetype ? 'ready' : 'waits';
  } catch (error) {
    const { code, data } = error as { code?: string; data?: { error?: string } };
    if (data?.error === 'file_not_found' || data?.error === 'file_deleted') return 'gone';
    return code === ErrorCode.PlatformError ? 'ready' : 'waits';
  }
}
