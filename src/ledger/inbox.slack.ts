import { dayIn } from '../kernel/day.ts';
import { oneAtATime } from '../kernel/one-at-a-time.op.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { takeInbox } from './take-inbox.op.ts';
import { INBOX_NEWS, type InboxNews, tellMissing, tellTaken } from './tell-inbox.op.ts';

/** The folder out of which files are imported by the clock, and what whoever imports hears of it. */
export function inboxSide(world: SlackWorld) {
  const { inbox } = world;
  const stopping = new AbortController();
  const work = oneAtATime(
    async () => {
      const today = async () => dayIn((await world.settings.read()).zone, world.clock.now());
      if (inbox) await takeInbox({ ...world, inbox, today, onTaken: (taken) => tellTaken(world, taken) }, stopping.signal);
    },
    (error) => {
      if (!stopping.signal.aborted)
        world.log.error({ err: error }, 'the import folder could not be looked through; it is tried again within a minute');
    },
  );
  const look = async () => {
    work.soon();
    await tellMissing(world);
  };
  return {
    renderers: { [INBOX_NEWS]: newsRenderer(world) },
    due: inbox ? [{ name: 'import folder', run: look }] : [],
    async idle(): Promise<void> {
      stopping.abort();
      await work.idle();
    },
  };
}

function newsRenderer({ client }: SlackWorld): Renderer {
  return async (payload) => {
    const { user, ...news } = payload as unknown as InboxNews & { readonly user: string };
    const channel = await directChannel(client, user);
    return channel === null ? null : { channel, messages: [newsReply(news as InboxNews)] };
  };
}

/** What whoever imports is told of the folder. Names and reasons may hold what stands in a file. */
export function newsReply(news: InboxNews): Reply {
  const name = `*${plain(clip(news.name, 200))}*`;
  switch (news.what) {
    case 'refused':
      return sentence(
        `:warning: ${name} in the import folder was refused. ${plain(clip(news.reason, 1_500))}\nThe file is in the folder refused, with this reason beside it. The ledger stays as it was.`,
      );
    case 'rejected-rows':
      return sentence(
        `:warning: ${name} from the import folder was imported, but ${news.rejected.toLocaleString('en-GB')} of ${counted(news.rows, 'row')} ${news.rejected === 1 ? 'was' : 'were'} rejected. The rejected rows are in the folder done, beside the file.`,
      );
    case 'missing':
      return sentence(
        `:warning: No file has come into the import folder since the last working day. The last one was ${name}. Check the export in your accounting system, or drop today’s file here. When payments are too old, reminders stop by themselves.`,
      );
  }
}
