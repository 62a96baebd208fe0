import type { KnownBlock } from '@slack/types';
import { ErrorCode, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.port.ts';
import type { Job, Jobs } from '../kernel/jobs.port.ts';
import type { Uploads } from '../kernel/uploads.port.ts';
import {
  awaits,
  nextLook,
  PATIENCE_MS,
  PICTURE_HOURS,
  refusesPicture,
  type Show,
  showing,
  showingLines,
  withoutLines,
} from './pictures.ts';
import { keptFromSharing, SHARED } from './shared-channels.ts';

/** A message of a job. The first is the parent; the ones behind it are replies in its thread. */
export interface OutgoingMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What a job posts: to which channel, and how it reads when it is delivered, with its pictures as `show` has them. Null: there is nothing left to say. */
export type Renderer = (payload: Record<string, unknown>, show: Show) => Promise<Rendered | null>;

export interface Rendered {
  readonly channel: string;
  readonly messages: OutgoingMessage[];
  /** The message in whose thread all of them go. */
  readonly thread?: string;
  /** Told where the first one stands; more than once when an instance stops in between. */
  readonly posted?: (ts: string) => Promise<void>;
  /** Told when every picture stands where it belongs. */
  readonly complete?: () => Promise<void>;
}

export interface OutboundNeeds {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly client: WebClient;
  readonly uploads: Uploads;
  readonly renderers: Readonly<Record<string, Renderer>>;
  readonly log: Logger;
  /** Name of this instance in leases. */
  readonly owner: string;
  /** Whether Slack's Web API answers: nothing is tried while it does not. */
  readonly api?: { readonly away: boolean; suspect(): void };
}

const LEASE_SECONDS = 120;
/** An answer may be lost while Slack still works on the post: look for it only after this time. */
const SETTLE_SECONDS = 4;
/** While Slack is away nothing is tried (ApiWatch), so that this pause need not grow; it is over soon after Slack's return. */
const MOST_SETTLE_SECONDS = 8;
/** Refusals that meet every call: a person has to mend the app or its token, and what waits goes out as soon as that is done. */
const OF_THE_APP = ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'];
/**
 * A job that Slack refuses for a reason that time may heal (archived channel, missing scope) is tried for a day, however often: Slack may be
 * away for hours, and a message that is not worked on but sent cannot end the process, for which tries are counted elsewhere (work-job.ts).
 */
const GIVE_UP_AFTER_HOURS = 24;
export const METADATA_EVENT = 'arrears_message';

type Posted = { ts: string; channel: string; awaits?: boolean };
/**
 * `trying` is written before a post: whoever finds it set looks into the channel's history before posting again. `since`: everything is
 * posted, and pictures have been awaited from then on.
 */
type Progress = { posted?: Posted[]; trying?: { index: number; since: string }; since?: string };

/** Posts what the jobs collection holds, one job at a time. `work` handles everything that is due and says whether there was any. */
export function outbound(ports: OutboundNeeds) {
  const kinds = Object.keys(ports.renderers);
  const handle = async (job: Job): Promise<void> => {
    const render = ports.renderers[job.kind];
    if (!render) throw new Error(`no renderer for ${job.kind}`);
    try {
      await deliver(ports, job, render);
    } catch (error) {
      await settle(ports, job, error);
    }
  };
  return {
    async work(): Promise<number> {
      let handled = 0;
      for (;;) {
        if (ports.api?.away) return handled;
        const job = await ports.jobs.claim(kinds, ports.owner, ports.clock.now(), LEASE_SECONDS);
        if (!job) return handled;
        await handle(job);
        handled += 1;
      }
    },
  };
}

async function deliver(ports: OutboundNeeds, job: Job, render: Renderer): Promise<void> {
  const progress = { ...(job.progress as Progress) };
  if (progress.since) return fillIn(ports, job, render, progress.posted ?? [], Temporal.Instant.from(progress.since));
  const rendered = await render(job.payload, showing(ports, PATIENCE_MS));
  if (!rendered) return void (await ports.jobs.done(job));
  const { channel, messages } = rendered;
  const posted = [...(progress.posted ?? [])];
  for (let index = posted.length; index < messages.length; index += 1) {
    const message = messages[index]!;
    const thread = rendered.thread ?? posted[0]?.ts;
    const earlier =
      progress.trying?.index === index ? await findPosted(ports.client, channel, job.id, index, progress.trying.since, thread) : null;
    if (!earlier) {
      // Slack's own time, not the product's day: it bounds the search in the channel's history.
      const trying = { index, since: Temporal.Now.instant().toString() };
      if (!(await ports.jobs.progress(job, { posted, trying }))) return;
      progress.trying = trying;
    }
    const inLines = async () => (await render(job.payload, showingLines()))?.messages[index] ?? message;
    // With which pictures it was posted when the answer was lost is not known.
    if (earlier) posted.push({ ...earlier, awaits: awaits(message.blocks) || message.blocks.some(({ type }) => type === 'image') });
    else posted.push(await postWithPictures(ports.client, channel, job.id, index, message, inLines, thread));
    if (!(await ports.jobs.progress(job, { posted }))) return;
  }
  if (posted[0]) await rendered.posted?.(posted[0].ts);
  if (posted.some((each) => each.awaits)) return awaitPictures(ports, job, posted, ports.clock.now());
  await rendered.complete?.();
  await ports.jobs.done(job);
}

async function awaitPictures(ports: OutboundNeeds, job: Job, posted: readonly Posted[], since: Temporal.Instant): Promise<void> {
  if (!(await ports.jobs.progress(job, { posted, since: since.toString() }))) return;
  await ports.jobs.retry(job, nextLook(since, ports.clock.now()), 'waiting for a picture');
}

/** Puts the pictures into what is posted already, each message once all of its own are there; after a day the lines that promise them go. */
async function fillIn(ports: OutboundNeeds, job: Job, render: Renderer, before: readonly Posted[], since: Temporal.Instant): Promise<void> {
  const over = ports.clock.now().since(since).total('hours') >= PICTURE_HOURS;
  const rendered = await render(job.payload, showing(ports, 0));
  const posted: Posted[] = [];
  for (const [index, each] of before.entries()) {
    const message = rendered?.messages[index];
    const due = each.awaits && message && (over || !awaits(message.blocks));
    const done = !message || (due && (await redrawn(ports, each, { ...message, blocks: withoutLines(message.blocks) }, job)));
    posted.push(done ? { ...each, awaits: false } : each);
  }
  if (!over && posted.some((each) => each.awaits)) return awaitPictures(ports, job, posted, since);
  if (!over) await rendered?.complete?.();
  await ports.jobs.done(job);
}

/** False while Slack does not take a picture. A message that cannot be changed any more stays as it is. */
async function redrawn(
  { client, log }: OutboundNeeds,
  { ts, channel }: Posted,
  { text, blocks }: OutgoingMessage,
  job: Job,
): Promise<boolean> {
  try {
    await client.chat.update({ channel, ts, text, blocks });
    return true;
  } catch (error) {
    if (refusesPicture(error)) return false;
    if ((error as { code?: string }).code !== ErrorCode.PlatformError) throw error;
    log.warn({ err: error, job: job.id }, 'a picture could not be put into its message');
    return true;
  }
}

/** What Slack refuses for a picture goes out with lines in place of its pictures; any other refusal is thrown. */
async function postWithPictures(
  client: WebClient,
  channel: string,
  job: string,
  index: number,
  message: OutgoingMessage,
  inLines: () => Promise<OutgoingMessage>,
  thread?: string,
): Promise<Posted> {
  try {
    return { ...(await post(client, channel, job, index, message, thread)), awaits: awaits(message.blocks) };
  } catch (error) {
    if (!refusesPicture(error)) throw error;
    return { ...(await post(client, channel, job, index, await inLines(), thread)), awaits: true };
  }
}

async function post(
  client: WebClient,
  channel: string,
  job: string,
  index: number,
  message: OutgoingMessage,
  thread?: string,
): Promise<Posted> {
  const answer = await client.chat.postMessage({
    channel,
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    unfurl_media: false,
    // Readable by every app of the workspace: ids only.
    metadata: { event_type: METADATA_EVENT, event_payload: { job, index } },
    ...(thread ? { thread_ts: thread } : {}),
  });
  if (!answer.ts || !answer.channel) throw new Error('chat.postMessage answered without a ts');
  return { ts: answer.ts, channel: answer.channel };
}

/** Reads a post back whose answer was lost. Requires channels:history (groups:history, im:history). */
async function findPosted(
  client: WebClient,
  channel: string,
  job: string,
  index: number,
  since: string,
  thread?: string,
): Promise<Posted | null> {
  const oldest = String(Temporal.Instant.from(since).subtract({ minutes: 5 }).epochMilliseconds / 1000);
  let cursor = '';
  do {
    const page = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const answer = thread ? await client.conversations.replies({ ...page, ts: thread }) : await client.conversations.history(page);
    for (const message of answer.messages ?? []) {
      const { event_type, event_payload } = (message.metadata ?? {}) as {
        event_type?: string;
        event_payload?: { job?: string; index?: number };
      };
      if (event_type === METADATA_EVENT && event_payload?.job === job && event_payload.index === index && message.ts)
        return { ts: message.ts, channel };
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return null;
}

/** What a failed try means: wait as told, wait and look again, or give up with the reason kept. */
async function settle(ports: OutboundNeeds, job: Job, error: unknown): Promise<void> {
  const now = ports.clock.now();
  const { code, data, retryAfter } = error as { code?: string; data?: { error?: string }; retryAfter?: number };
  // It waits, however long: an admin was told what to do (shared-news.ts), and nothing is lost.
  if (keptFromSharing(error)) return void (await ports.jobs.retry(job, now.add({ minutes: 15 }), SHARED));
  const problem = data?.error ?? (error instanceof Error ? error.message : String(error));
  if (code === ErrorCode.RateLimitedError)
    return void (await ports.jobs.retry(job, now.add({ seconds: retryAfter ?? 30 }), 'rate limited'));
  ports.log.warn({ job: job.id, problem, attempts: job.attempts }, 'a message could not be posted');
  const age = now.since(job.createdAt).total('hours');
  if (age >= GIVE_UP_AFTER_HOURS) return void (await ports.jobs.fail(job, problem));
  const ofTheApp = OF_THE_APP.includes(data?.error ?? '');
  if (ofTheApp) ports.api?.suspect();
  const refused = code === ErrorCode.PlatformError && !ofTheApp;
  const pause = refused
    ? Math.min(15 * 60, 10 * 2 ** Math.min(job.attempts, 7))
    : Math.min(MOST_SETTLE_SECONDS, SETTLE_SECONDS * job.attempts);
  await ports.jobs.retry(job, now.add({ seconds: pause }), problem);
}
