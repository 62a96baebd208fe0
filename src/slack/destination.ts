import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { installationOf, listsOf } from './installation.ts';
import { sharedOutside } from './shared-channels.ts';

interface Channel {
  id?: string;
  name?: string;
  is_archived?: boolean;
  is_ext_shared?: boolean;
  is_pending_ext_shared?: boolean;
  is_member?: boolean;
}

const ID = /^[CG][A-Z0-9]{6,}$/;

/** Why a channel cannot take the digest, in terms of what to click; null when it can. */
export function channelProblem(channel: Channel | null, wanted: string, bot: string): string | null {
  if (channel === null) {
    return ID.test(wanted)
      ? `There is no channel ${wanted} that I can see. Create one, or if it is private open it and type /invite @${bot}.`
      : `There is no channel #${wanted.replace(/^#/, '')} that I am in. Create it, or open it, and type /invite @${bot}.`;
  }
  if (channel.is_archived) return `#${channel.name} is archived. Unarchive it in its settings, or set another channel.`;
  if (sharedOutside(channel)) {
    return `#${channel.name} is shared with another company. Customers’ balances are never posted there; set a channel of your own company.`;
  }
  if (!channel.is_member) return `I am not in #${channel.name}. Open it and type /invite @${bot}.`;
  return null;
}

/**
 * Finds the set channel by id or name; tells the log once per reason while it cannot be used, and `shared` of one that another company reads. A
 * search that Slack puts off goes on at the same place the next time. Needs channels:read, groups:read.
 */
export function channelFinder(client: WebClient, team: string, bot: string, log: Logger, shared: (channel: string) => void) {
  let told = '';
  const found = new Map<string, string>();
  const search = ownChannels(client);
  return async (wanted: string): Promise<{ team: string; channel: string } | null> => {
    const known = found.get(wanted) ?? wanted;
    const searched = ID.test(known) ? await byId(client, known) : await search(known);
    if (searched === 'later') return null;
    const problem = channelProblem(searched, wanted, bot);
    if (problem !== null && problem !== told) log.warn(problem);
    told = problem ?? '';
    if (searched?.id && sharedOutside(searched)) shared(searched.id);
    if (problem !== null || !searched?.id) return null;
    found.set(wanted, searched.id);
    return { team, channel: searched.id };
  };
}

/** Longer than Slack makes anybody wait for a list. */
const PATIENCE_MS = 90_000;

/** By id, or by name among the channels the bot is in; null when there is none. Waits when Slack says so. Needs channels:read, groups:read. */
export async function findChannel(client: WebClient, wanted: string): Promise<Channel | null> {
  if (ID.test(wanted)) return byId(client, wanted);
  const search = ownChannels(client);
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await search(wanted);
    if (found !== 'later') return found;
    if (performance.now() > end)
      throw new Error('Slack puts the search for the channel off again and again. Give its id in place of its name.');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function byId(client: WebClient, channel: string): Promise<Channel | null> {
  try {
    return (await client.conversations.info({ channel })).channel ?? null;
  } catch (error) {
    if ((error as { data?: { error?: string } }).data?.error === 'channel_not_found') return null;
    throw error;
  }
}

/** The most that Slack gives at once (docs.slack.dev/reference/methods/users.conversations). */
const PAGE = 999;

/**
 * Searches a name among the channels the bot is in, which are few even where the company has tens of thousands. 'later': Slack puts it off; the
 * next call goes on where this one stopped, and not before the time Slack gave.
 */
function ownChannels(client: WebClient): (name: string) => Promise<Channel | null | 'later'> {
  const installation = installationOf(client);
  let at = { name: '', list: 0, cursor: '' };
  let notBefore = 0;
  return async (wanted) => {
    const name = wanted.replace(/^#/, '').toLowerCase();
    if (at.name !== name) at = { name, list: 0, cursor: '' };
    if (performance.now() < notBefore) return 'later';
    try {
      const lists = listsOf(await installation());
      while (at.list < lists.length) {
        const cursor = at.cursor ? { cursor: at.cursor } : {};
        const page = await client.users.conversations({
          ...lists[at.list],
          types: 'public_channel,private_channel',
          limit: PAGE,
          ...cursor,
        });
        const hit = page.channels?.find((channel) => channel.name === name);
        // users.conversations lists where the bot is a member and does not say so of each.
        if (hit) {
          at = { name: '', list: 0, cursor: '' };
          return { is_member: true, ...hit };
        }
        const next = page.response_metadata?.next_cursor ?? '';
        at = next === '' ? { name, list: at.list + 1, cursor: '' } : { ...at, cursor: next };
      }
      at = { name: '', list: 0, cursor: '' };
      return null;
    } catch (error) {
      const { retryAfter } = error as { retryAfter?: unknown };
      if (typeof retryAfter !== 'number') throw error;
      notBefore = performance.now() + retryAfter * 1000;
      return 'later';
    }
  };
}
