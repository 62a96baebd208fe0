import type { WebClient } from '@slack/web-api';

/** Slack user ids of the guests who read a channel. Needs channels:read, groups:read, users:read. */
export async function guestsIn(client: WebClient, channel: string): Promise<string[]> {
  const guests = new Set<string>();
  for await (const page of client.paginate('users.list', { limit: 200 })) {
    const { members = [] } = page as {
      members?: { id: string; deleted?: boolean; is_restricted?: boolean; is_ultra_restricted?: boolean }[];
    };
    for (const each of members) if (!each.deleted && (each.is_restricted || each.is_ultra_restricted)) guests.add(each.id);
  }
  const found: string[] = [];
  if (guests.size === 0) return found;
  for await (const page of client.paginate('conversations.members', { channel, limit: 200 })) {
    const { members = [] } = page as { members?: string[] };
    found.push(...members.filter((each) => guests.has(each)));
  }
  return found;
}
