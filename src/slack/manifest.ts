import type { CommandNames } from '../team/settings.port.ts';

/** Every scope the bot asks for, with its reason: nothing is asked for that no feature uses. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'the slash commands, and the entry in every message’s menu that puts it on an account’s file',
  'chat:write': 'posting the digest, cards and answers',
  'channels:read': 'finding the channel that was set, and whether it is archived or shared with another company',
  'groups:read': 'the same for private channels the bot was invited to',
  'channels:history':
    'reading a post of its own back when Slack’s answer to it was lost, so that nothing is posted twice; keeping what is said in the thread of a decision',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages',
  'im:write': 'direct messages to collectors',
  'users:read.email': 'finding account owners in sales, whom the ledger knows by their email address and not by their Slack id',
  'metadata.message:read': 'knowing its own posts again by the id it put into them, when an answer was lost',
  'users:read': 'refusing guests, bots and people of other companies; showing names',
  'files:write': 'charts and downloads',
  'files:read': 'importing a ledger file that somebody drops into a channel the bot is in',
};

/**
 * Events that Slack sends: opening Home draws it; a CSV or XLSX file in a channel the bot is in is offered for import; what is said in the thread
 * of a decision is kept with it; a message to the bot itself is answered with what to type; every other message is passed over unread.
 */
const BOT_EVENTS = ['app_home_opened', 'file_shared', 'message.channels', 'message.groups', 'message.im'] as const;

/** Slack's app manifest (docs.slack.dev/reference/app-manifest). `requestUrl` switches from Socket Mode to HTTP. */
export function manifest(names: CommandNames, requestUrl?: string) {
  const url = requestUrl ? { url: requestUrl } : {};
  const command = (name: string, description: string, usage_hint: string) => ({
    command: `/${name}`,
    description,
    usage_hint,
    // People and channels arrive as ids, not as names that may change.
    should_escape: true,
    ...url,
  });
  return {
    display_information: {
      name: 'Arrears',
      description: 'Overdue digest, reminders under review, escalations in threads',
      background_color: '#1f3a34',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Arrears', always_online: true },
      shortcuts: [
        {
          name: 'Add to an account’s file',
          type: 'message',
          callback_id: 'file-message',
          description: 'Keeps the message’s words in the paper trail of a customer',
        },
      ],
      slash_commands: [
        command(names.overdue, 'What is overdue, largest first', '[name | @collector | 31-60 | >30 | EUR | all]'),
        command(names.account, 'One account: balances, invoices, contacts, what was recorded', 'NAME or number [timeline]'),
        command(names.collections, 'Everything else: try help', 'help'),
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { bot_events: [...BOT_EVENTS], ...(requestUrl ? { request_url: requestUrl } : {}) },
      // Over HTTP Slack asks for a select's options at a URL of its own; it may be the same (github.com/slackapi/java-slack-sdk/issues/1139).
      interactivity: { is_enabled: true, ...(requestUrl ? { request_url: requestUrl, message_menu_options_url: requestUrl } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: !requestUrl,
      token_rotation_enabled: false,
    },
  };
}
