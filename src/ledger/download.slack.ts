import type { WebClient } from '@slack/web-api';
import type { SheetWriter } from '../kernel/sheet.port.ts';
import { Refused } from '../slack/listeners.ts';
import { sendFile } from '../slack/private-file.ts';
import type { OverdueList } from './list-overdue.op.ts';
import { overdueSheet } from './overdue-sheet.op.ts';

/**
 * Sends a list as a file to one person's direct messages, since everybody in a channel sees its files. Returns the file's name.
 * Needs files:write and users:read. Throws Refused when the list is empty or Slack takes no files.
 */
export async function sendOverdueFile(
  client: WebClient,
  user: string,
  { list, write, ending, comment }: { list: OverdueList; write: SheetWriter; ending: string; comment: string },
): Promise<string> {
  if (list.rows.length === 0) throw new Refused('Nothing overdue matches any more, so there is nothing to put into a file.');
  const collectors = new Set(list.rows.flatMap(({ collector }) => collector ?? []));
  const bytes = await write(overdueSheet(list, await realNames(client, collectors)));
  const name = `overdue-${list.today}.${ending}`;
  await sendFile(client, user, { name, bytes, title: name, comment });
  return name;
}

/** One after another: a team has few collectors, and the calls of a minute are counted. */
async function realNames(client: WebClient, users: Iterable<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const user of users) {
    const answer = await client.users.info({ user }).catch(() => null);
    names.set(user, answer?.user?.real_name ?? user);
  }
  return names;
}
