import type { WebClientOptions } from '@slack/web-api';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** Hears of each call of the Web API: both words come from the sets below, whatever was sent or answered. */
export type SlackCalled = (method: string, outcome: string) => void;

/** What the bot and its libraries call; another is 'other'. */
const METHODS = new Set(
  `apps.connections.open auth.teams.list auth.test chat.delete chat.getPermalink chat.postEphemeral chat.postMessage chat.update
  conversations.history conversations.info conversations.join conversations.members conversations.open conversations.replies
  files.completeUploadExternal files.getUploadURLExternal files.info reactions.add team.info users.conversations users.info users.list
  users.lookupByEmail views.open views.publish views.push views.update`.split(/\s+/),
);

/** Refusals that tell a story (docs.slack.dev/reference/methods, "Errors" of each); any other is 'refused'. */
const REFUSALS = new Set(
  `account_inactive cant_update_message channel_not_found expired_trigger_id exchanged_trigger_id fatal_error internal_error invalid_auth
  invalid_blocks is_archived message_not_found missing_scope msg_blocks_too_long msg_too_long not_allowed_token_type not_authed not_found
  not_in_channel ratelimited request_timeout service_unavailable token_expired token_revoked user_not_found view_too_large
  restricted_action hash_conflict file_not_found cannot_dm_bot users_not_found`.split(/\s+/),
);

/** Counts what leaves for Slack by `send`: methods of the Web API; what goes to a response URL or a file's address is 'answer-or-file'. */
export function countedFetch(slackApiUrl: string, called: SlackCalled, send: Fetch = globalThis.fetch): Fetch {
  const apiUrl = slackApiUrl.endsWith('/') ? slackApiUrl : `${slackApiUrl}/`;
  return async (url, init) => {
    const method = methodOf(String(url), apiUrl);
    try {
      const response = await send(url, init);
      // Of what Slack answered a copy is read beside: nobody waits for it.
      const copy = response.ok && method !== FILE && response instanceof Response ? response.clone() : null;
      void outcomeOf(response.status, copy).then((outcome) => called(method, outcome));
      return response;
    } catch (error) {
      called(method, 'no-answer');
      throw error;
    }
  };
}

const FILE = 'answer-or-file';

function methodOf(url: string, apiUrl: string): string {
  if (!url.startsWith(apiUrl)) return FILE;
  const method = url.slice(apiUrl.length).split('?')[0]!;
  return METHODS.has(method) ? method : 'other';
}

async function outcomeOf(status: number, copy: Response | null): Promise<string> {
  if (status === 429) return 'ratelimited';
  if (status >= 400) return status >= 500 ? 'http-5xx' : 'http-4xx';
  if (!copy) return 'ok';
  const answer = await copy.text().catch(() => null);
  if (answer === null) return 'no-answer';
  // Slack begins with it; long lists need not be read for the sake of a count.
  if (/^\s*\{\s*"ok"\s*:\s*true/.test(answer)) return 'ok';
  const { ok, error } = parsed(answer);
  if (ok === true) return 'ok';
  return typeof error === 'string' && REFUSALS.has(error) ? error : 'refused';
}

function parsed(answer: string): { ok?: unknown; error?: unknown } {
  try {
    return JSON.parse(answer);
  } catch {
    return {};
  }
}
