import type { WebClient } from '@slack/web-api';
import type { Reply } from './reply.ts';

/** Reasons of conversations.open that no waiting heals: the person is deactivated, gone, or no person. */
const UNREACHABLE = new Set([
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'cannot_dm_bot',
  'account_inactive',
]);

/** Channel of the direct messages with a person; null when nobody can be reached there any more. Needs im:write. */
export async function directChannel(client: WebClient, user: string): Promise<string | null> {
  try {
    return (await client.conversations.open({ users: user })).channel?.id ?? null;
  } catch (error) {
    const reason = (error as { data?: { error?: string } }).data?.error;
    if (reason !== undefined && UNREACHABLE.has(reason)) return null;
    throw error;
  }
}

/** A channel as an answer's place; in a thread with the ts of its first message. */
export function placeIn(channel: string, thread?: string): string {
  return thread === undefined ? channel : `${channel}:${thread}`;
}

/**
 * To one person alone in a channel, in a thread where the place names one, or by direct message where the bot cannot post. Only
 * chat.postEphemeral reaches one person in a thread: a response_url takes thread_ts for messages to everybody alone
 * (docs.slack.dev/interactivity/handling-user-interaction#publishing_in_thread).
 */
export async function tellPrivately(client: WebClient, user: string, place: string, reply: Reply): Promise<void> {
  if (place !== '') {
    const [channel = '', thread] = place.split(':');
    const inThread = thread ? { thread_ts: thread } : {};
    const shown = await client.chat.postEphemeral({ channel, user, ...inThread, ...reply }).catch(() => null);
    if (shown?.ok) return;
  }
  const direct = (await client.conversations.open({ users: user })).channel?.id;
  if (direct) await client.chat.postMessage({ channel: direct, ...reply });
}

/** Plain words by direct message: nothing in them that Slack could refuse. */
export async function directly(client: WebClient, user: string, text: string): Promise<void> {
  const channel = (await client.conversations.open({ users: user })).channel?.id;
  if (channel) await client.chat.postMessage({ channel, text });
}
