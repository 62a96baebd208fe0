import type { WebClient } from '@slack/web-api';
import { type FileToUpload, uploadFile } from './files.ts';
import { Refused } from './listeners.ts';

/** Sends a file to one person's direct messages, since everybody in a channel sees its files. Throws Refused when Slack takes no files. */
export async function sendFile(client: WebClient, user: string, file: Omit<FileToUpload, 'channel' | 'thread'>): Promise<void> {
  const channel = (await client.conversations.open({ users: user })).channel?.id;
  if (!channel) throw new Error('conversations.open answered without a channel');
  await uploadFile(client, { ...file, channel }).catch((error: { data?: { error?: string } }) => {
    if (error.data?.error !== 'missing_scope') throw error;
    throw new Refused(
      'Slack does not let me upload files: an admin must add the scope files:write under OAuth &amp; Permissions and reinstall the app.',
    );
  });
}
