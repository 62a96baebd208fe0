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

/** To one person alone in a channel, or by direct message where the bot cannot post. */
export async function tellPrivately(client: WebClient, user: string, channel: string, reply: Reply): Promise<void> {
  if (channel !== '') {
    const shown = await client.chat.postEphemeral({ channel, user, ...reply }).catch(() => null);
    if (shown?.ok) return;
  }
  const direct = (await client.conversations.open({ users: user })).channel?.id;
  if (direct) await client.chat.postMessage({ channel: direct, ...reply });
}
