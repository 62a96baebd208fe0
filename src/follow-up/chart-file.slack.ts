import { createHash } from 'node:crypto';
import type { ImageBlock } from '@slack/types';
import type { Uploads } from '../kernel/uploads.port.ts';
import { imageOf, type Picture } from '../slack/pictures.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { DigestFigures } from './digest.ts';
import { chartWords } from './digest.view.ts';

/** PNG of the ageing chart. */
export type DrawChart = (figures: DigestFigures) => Promise<Uint8Array>;

/** Null when there is nothing to draw. */
export function ageingPicture(homeTeam: string, chart: DrawChart, figures: DigestFigures): Picture | null {
  if (!figures.currencies.some((entry) => entry.open > 0)) return null;
  return {
    key: keyOf(homeTeam, figures),
    name: `ageing-${figures.today}.png`,
    bytes: () => chart(figures),
    alt: chartWords(figures),
    follows: 'The chart follows.',
  };
}

/** The same amounts are the same picture, whichever day it is. Files belong to a workspace. */
function keyOf(homeTeam: string, { currencies }: DigestFigures): string {
  const drawn = currencies.map(({ currency, open, buckets }) => [currency, open, buckets]);
  return `ageing:${homeTeam}:${createHash('sha256').update(JSON.stringify(drawn)).digest('hex').slice(0, 32)}`;
}

const placeOf = (key: string) => `${key}:in`;

/** Notes that a digest in this channel shows the picture, whose readers see it from now on. */
export async function noteShown(uploads: Uploads, { key }: Picture, channel: string): Promise<void> {
  await uploads.keep(placeOf(key), channel);
}

/** `awaited`: a digest will show it, but does not yet. */
export interface HomeChart {
  readonly image: ImageBlock | null;
  readonly awaited: boolean;
}

const NONE: HomeChart = { image: null, awaited: false };
const READERS_MINUTES = 10;

/**
 * The chart on Home is the digest's while the figures are the same, for people who can read that digest: nothing Slack says promises that
 * a file in a view is shown to somebody with whom it was never shared (docs/decisions/pictures.md).
 */
export function chartOnHome(world: SlackWorld): (figures: DigestFigures, user: string) => Promise<HomeChart> {
  const reads = readers(world);
  return async (figures, user) => {
    const key = keyOf(world.homeTeam, figures);
    const [file, channel] = await Promise.all([world.uploads.find(key), world.uploads.find(placeOf(key))]);
    if (file === null) return NONE;
    if (channel === null) return { image: null, awaited: true };
    return (await reads(channel, user)) ? { image: imageOf(file, { alt: chartWords(figures) }), awaited: false } : NONE;
  };
}

/** Whether a person may read a channel. Needs channels:read and groups:read; where Slack does not say, the answer is no. */
function readers({ client, log }: SlackWorld): (channel: string, user: string) => Promise<boolean> {
  const known = new Map<string, { until: number; members: Promise<ReadonlySet<string> | 'everybody'> }>();
  const ask = async (channel: string): Promise<ReadonlySet<string> | 'everybody'> => {
    if ((await client.conversations.info({ channel })).channel?.is_private !== true) return 'everybody';
    const members = new Set<string>();
    for (let cursor = ''; ; ) {
      const page = await client.conversations.members({ channel, limit: 200, ...(cursor ? { cursor } : {}) });
      for (const member of page.members ?? []) members.add(member);
      cursor = page.response_metadata?.next_cursor ?? '';
      if (!cursor) return members;
    }
  };
  return async (channel, user) => {
    const now = performance.now();
    let entry = known.get(channel);
    if (!entry || entry.until < now) {
      entry = { until: now + READERS_MINUTES * 60_000, members: ask(channel) };
      known.set(channel, entry);
    }
    try {
      const members = await entry.members;
      return members === 'everybody' || members.has(user);
    } catch (error) {
      known.delete(channel);
      log.warn({ err: error, channel }, 'who reads the digest is not known; Home goes without its chart');
      return false;
    }
  };
}
