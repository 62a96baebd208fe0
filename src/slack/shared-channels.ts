import type { WebClient } from '@slack/web-api';

/** What conversations.info says of a channel's sharing. */
interface Sharing {
  readonly is_ext_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
}

/**
 * People of another company read along, or will as soon as they accept. `is_org_shared` is no such thing: those are workspaces of one company
 * (https://docs.slack.dev/reference/objects/conversation-object).
 */
export function sharedOutside(channel: Sharing): boolean {
  return channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
}

/** Our own word in place of Slack's refusals, for what was kept from leaving. */
export const SHARED = 'shared_with_another_company';

/** The call was kept from leaving since the channel is shared with another company. */
export function keptFromSharing(error: unknown): boolean {
  return (error as { data?: { error?: string } } | null)?.data?.error === SHARED;
}

/** Said to the person whose request would have posted there. */
export const KEPT_FROM_SHARING =
  'The channel this belongs to is shared with another company, so nothing was posted there. What you did was kept, and an admin was told what to do about the channel.';

/** Where a request is decided, said to the person who asked. `where` is what stands there. */
export async function decidedWhere(client: WebClient, channel: string | undefined, where: string): Promise<string> {
  const found = channel ? await client.conversations.info({ channel }).catch(() => null) : null;
  if (!found?.channel || !sharedOutside(found.channel)) return `:white_check_mark: Asked. ${where}`;
  return `:white_check_mark: Asked, but <#${channel}> is shared with another company, so the request is *not shown there yet*. It is kept and shown as soon as the sharing has ended; an admin was told.`;
}

/** In place of an answer in such a channel. It says nothing of any customer. */
export const NOT_SHOWN_HERE =
  'This channel is shared with another company, so nothing about customers is shown here. What you did was kept. Ask again in a channel of your own company, or in your messages with me.';
/** Where Slack did not say, in place of an answer. */
export const NOT_KNOWN_HERE =
  'Slack did not say whether this channel is shared with another company, so nothing about customers is shown here yet. Ask again in a minute, or in your messages with me.';
