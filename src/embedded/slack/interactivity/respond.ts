import { change, findMessage, post, remove, whisper } from '../conversation/messages.ts';
import type { Json, Message } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';
import { Args } from '../web-api/args.ts';
import { readContent } from '../web-api/content.ts';
import type { World } from '../world.ts';

/** A response_url's body, or the acknowledgement of a command, which means the same. */
export function respond(world: World, to: { channel: string; person: string; original?: string }, body: Json): void {
  const args = new Args(body);
  const original = to.original === undefined ? undefined : findMessage(world, to.channel, to.original, to.person);
  if (args.flag('delete_original')) {
    if (!original) throw new ApiError('message_not_found');
    remove(world, original);
    return;
  }
  const content = readContent(world, args);
  if (args.flag('replace_original') && original) {
    change(world, original, { text: content.text, blocks: content.blocks, edited: world.nextTs() });
    return;
  }
  // Slack takes thread_ts of a response_url together with response_type in_channel alone; an answer to one person stands in the channel
  // (docs.slack.dev/interactivity/handling-user-interaction#publishing_in_thread, github.com/slackapi/bolt-js/issues/963).
  const threadTs = args.text('response_type') === 'in_channel' ? args.text('thread_ts') : undefined;
  const draft: Pick<Message, 'text'> & Partial<Message> = { ...content, ...(threadTs && { threadTs }) };
  if (args.text('response_type') !== 'in_channel') whisper(world, to.channel, to.person, draft);
  else post(world, world.store.channel(to.channel)!, { ...draft, user: world.app.botUser, byApp: true });
}
