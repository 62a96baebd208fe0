import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { sharedOutside } from './shared-channels.ts';

interface Channel {
  id?: string;
  name?: string;
  is_archived?: boolean;
  is_ext_shared?: boolean;
  is_pending_ext_shared?: boolean;
  is_member?: boolean;
}

/** Why a channel cannot take the digest, in terms of what to click; null when it can. */
export function channelProblem(channel: Channel | null, wanted: string, bot: string): string | null {
  if (channel === null)
    return `There is no channel #${wanted} that I can see. Create it, or if it is private invite me there with /invite @${bot}.`;
  if (channel.is_archived) return `#${channel.name} is archived. Unarchive it in its settings, or set another channel.`;
  if (sharedOutside(channel)) {
    return `#${channel.name} is shared with another company. Customers’ balances are never posted there; set a channel of your own company.`;
  }
  if (!channel.is_member) return `I am not in #${channel.name}. Open it and type /invite @${bot}.`;
  return null;
}

/** Finds the set channel by name or id; tells the log once per reason while it cannot be used. Needs channels:read, groups:read. */
export function channelFinder(client: WebClient, team: string, bot: string, log: Logger, shared: (channel: string) => void) {
  let told = '';
  const found = new Map<string, string>();
  return async (wanted: string): Promise<{ team: string; channel: string } | null> => {
    const channel = await findChannel(client, found.get(wanted) ?? wanted);
    const problem = channelProblem(channel, wanted, bot);
    if (problem !== null && problem !== told) log.warn(problem);
    told = problem ?? '';
    if (channel?.id && sharedOutside(channel)) shared(channel.id);
    if (problem !== null || !channel?.id) return null;
    found.set(wanted, channel.id);
    return { team, channel: channel.id };
  };
}

/** By name or id; null when the bot cannot see it. Needs channels:read, groups:read. */
export async function findChannel(client: WebClient, wanted: string): Promise<Channel | null> {
  if (/^[CG][A-Z0-9]{6,}$/.test(wanted)) {
    const answer = await client.conversations.info({ channel: wanted }).catch(notFound);
    return answer?.channel ?? null;
  }
  const name = wanted.replace(/^#/, '');
  let cursor = '';
  do {
    const page = await client.conversations.list({ types: 'public_channel,private_channel', limit: 200, ...(cursor ? { cursor } : {}) });
    const hit = page.channels?.find((channel) => channel.name === name);
    if (hit) return hit;
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return null;
}

function notFound(error: { data?: { error?: string } }): null {
  if (error.data?.error === 'channel_not_found') return null;
  throw error;
}
