import type { Subject } from './listeners.ts';
import { sentence } from './reply.ts';

/** A person's own words to the bot: no file, no change, nothing that an app posted. */
export function writtenToBot(event: Readonly<Record<string, unknown>>): boolean {
  return event.subtype === undefined && event.bot_id === undefined && typeof event.user === 'string';
}

/**
 * Somebody writes to the bot as to a colleague. A read-only tab would refuse commands and files there too, since Slack has one switch for both
 * ("Allow users to send Slash commands and messages from the messages tab", docs.slack.dev/surfaces/app-home).
 */
export function messagesTabSubject(): Subject {
  return {
    events: {
      'message.im': {
        may: 'member',
        async run({ client, event, settings }) {
          if (!writtenToBot(event)) return;
          const { account, collections } = settings.commands;
          const thread = typeof event.thread_ts === 'string' ? { thread_ts: event.thread_ts } : {};
          const words = `I do not read messages. Type \`/${collections} mine\` for your work list, \`/${account} NAME\` for one customer, or \`/${collections} help\` for everything else. A ledger file dropped here is offered for import.`;
          await client.chat.postMessage({ channel: String(event.channel), ...thread, ...sentence(words) });
        },
      },
    },
  };
}
