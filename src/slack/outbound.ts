import type { KnownBlock } from '@slack/types';
import { ErrorCode, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock, Job, Jobs } from '../operations/ports.ts';
import { type Upload, uploader } from './files.ts';

/** A message of a job. The first is the parent; the ones behind it are replies in its thread. */
export interface OutgoingMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What a job posts: to which channel, and how it reads when it is delivered. Null: there is nothing left to say. */
export type Renderer = (payload: Record<string, unknown>, upload: Upload) => Promise<Rendered | null>;

export interface Rendered {
  readonly channel: string;
  readonly messages: OutgoingMessage[];
  /** The message in whose thread all of them go. */
  readonly thread?: string;
  /** Told where the first one stands; more than once when an instance stops in between. */
  readonly posted?: (ts: string) => Promise<void>;
}

export interface OutboundPorts {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly client: WebClient;
  readonly renderers: Readonly<Record<string, Renderer>>;
  readonly log: Logger;
  /** Name of this instance in leases. */
  readonly owner: string;
}

const LEASE_SECONDS = 120;
/** An answer may be lost while Slack still works on the post: look for it only after this time. */
const SETTLE_SECONDS = 4;
/**
 * A job that Slack refuses for a reason that time may heal (archived channel, missing scope) is tried for a day, however often: Slack may be
 * away for hours, and a message that is not worked on but sent cannot end the process, for which tries are counted elsewhere (work-job.ts).
 */
const GIVE_UP_AFTER_HOURS = 24;
export const METADATA_EVENT = 'arrears_message';

type Posted = { ts: string; channel: string };
/** `trying` is written before a post: whoever finds it set looks into the channel's history before posting again (P5). */
type Progress = { posted?: Posted[]; trying?: { index: number; since: string } };

/** Posts what the jobs collection holds, one job at a time. `work` handles everything that is due and says whether there was any. */
export function outbound(ports: OutboundPorts) {
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
        const job = await ports.jobs.claim(kinds, ports.owner, ports.clock.now(), LEASE_SECONDS);
        if (!job) return handled;
        await handle(job);
        handled += 1;
      }
    },
  };
}

async function deliver(ports: OutboundPorts, job: Job, render: Renderer): Promise<void> {
  const rendered = await render(job.payload, uploader(ports.client));
  if (!rendered) return void (await ports.jobs.done(job));
  const progress = { ...(job.progress as Progress) };
  const posted = [...(progress.posted ?? [])];
  for (let index = posted.length; index < rendered.messages.length; index += 1) {
    const message = rendered.messages[index]!;
    const thread = rendered.thread ?? posted[0]?.ts;
    const earlier =
      progress.trying?.index === index
        ? await findPosted(ports.client, rendered.channel, job.id, index, progress.trying.since, thread)
        : null;
    if (!earlier) {
      // Slack's own time, not the product's day: it bounds the search in the channel's history.
      const trying = { index, since: Temporal.Now.instant().toString() };
      if (!(await ports.jobs.progress(job, { posted, trying }))) return;
      progress.trying = trying;
    }
    posted.push(earlier ?? (await post(ports.client, rendered.channel, job.id, index, message, thread)));
    if (!(await ports.jobs.progress(job, { posted }))) return;
  }
  if (posted[0]) await rendered.posted?.(posted[0].ts);
  await ports.jobs.done(job);
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
async function settle(ports: OutboundPorts, job: Job, error: unknown): Promise<void> {
  const now = ports.clock.now();
  const { code, data, retryAfter } = error as { code?: string; data?: { error?: string }; retryAfter?: number };
  const problem = data?.error ?? (error instanceof Error ? error.message : String(error));
  if (code === ErrorCode.RateLimitedError)
    return void (await ports.jobs.retry(job, now.add({ seconds: retryAfter ?? 30 }), 'rate limited'));
  ports.log.warn({ job: job.id, problem, attempts: job.attempts }, 'a message could not be posted');
  const age = now.since(job.createdAt).total('hours');
  if (age >= GIVE_UP_AFTER_HOURS) return void (await ports.jobs.fail(job, problem));
  const pause =
    code === ErrorCode.PlatformError ? Math.min(15 * 60, 10 * 2 ** Math.min(job.attempts, 7)) : SETTLE_SECONDS * Math.min(job.attempts, 15);
  await ports.jobs.retry(job, now.add({ seconds: pause }), problem);
}
