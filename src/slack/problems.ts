import { ErrorCode } from '@slack/web-api';
import { Leaving } from './connection.ts';
import { SCOPES } from './manifest.ts';

/** Why the bot cannot work with Slack, in terms of what to click. */
export class SlackProblem extends Error {
  override readonly name = 'SlackProblem';
}

const APP = 'api.slack.com/apps → your app';
const REINSTALL = `${APP} → Install App → Reinstall to Workspace`;

const BOT_TOKEN: Readonly<Record<string, string>> = {
  invalid_auth: `Slack does not know SLACK_BOT_TOKEN. Copy the Bot User OAuth Token (xoxb-…) again: ${APP} → OAuth & Permissions.`,
  not_authed: `SLACK_BOT_TOKEN is missing. Copy the Bot User OAuth Token (xoxb-…): ${APP} → OAuth & Permissions.`,
  not_allowed_token_type: `SLACK_BOT_TOKEN is a token of another kind. Use the Bot User OAuth Token (xoxb-…): ${APP} → OAuth & Permissions.`,
  account_inactive: `The app was removed from the workspace, or its bot was deactivated. Install it again: ${REINSTALL}, then copy the new Bot User OAuth Token.`,
  token_revoked: `SLACK_BOT_TOKEN was revoked. Install the app again: ${REINSTALL}, then copy the new Bot User OAuth Token.`,
  token_expired: `SLACK_BOT_TOKEN has expired. Switch token rotation off (${APP} → OAuth & Permissions), reinstall, and copy the new token.`,
  app_not_installed: `The app is not installed in the workspace yet: ${APP} → Install App → Install to Workspace.`,
  team_access_not_granted: `The app is not installed in this workspace: ${APP} → Install App.`,
  not_in_channel: 'I am not in that channel. Open it and type /invite @ and the bot’s name.',
  channel_not_found:
    'I cannot see that channel: it is gone, or private and I was not invited. Open it and type /invite @ and the bot’s name.',
  is_archived: 'That channel is archived. Unarchive it in its settings, or set another with the setup part of the collections command.',
  restricted_action: 'Only some people may post in that channel. Change who can post in its settings, or set another channel.',
  user_disabled: 'That person’s Slack account is deactivated.',
  cannot_dm_bot: 'That is a bot: it takes no direct messages.',
  messages_tab_disabled: `Direct messages to the app are switched off: ${APP} → App Home → Messages Tab.`,
};

const APP_TOKEN: Readonly<Record<string, string>> = {
  invalid_auth: `Slack does not know SLACK_APP_TOKEN. Make a new one: ${APP} → Basic Information → App-Level Tokens → Generate, with the scope connections:write.`,
  not_authed: `SLACK_APP_TOKEN is missing: ${APP} → Basic Information → App-Level Tokens.`,
  not_allowed_token_type: `SLACK_APP_TOKEN is a token of another kind. Use an App-Level Token (xapp-…): ${APP} → Basic Information → App-Level Tokens.`,
  missing_scope: `SLACK_APP_TOKEN lacks the scope connections:write. Make a new one: ${APP} → Basic Information → App-Level Tokens → Generate.`,
};
/** Whatever else apps.connections.open refuses with a good token. */
const SOCKET_MODE_OFF = `Slack refuses a connection. Most often Socket Mode is off: ${APP} → Socket Mode → Enable. To receive requests over HTTP instead, leave SLACK_APP_TOKEN empty and set SLACK_SIGNING_SECRET.`;

/** Slack's own trouble, and no fault of the app: docs.slack.dev lists these four as errors of every method. */
const PASSING = ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'];
const TOO_MANY =
  'This Slack app has ten connections already, the most that Slack allows. Stop other instances of Arrears that use the app.';

type ApiError = {
  code?: string;
  message?: string;
  data?: { error?: string; needed?: string };
  statusCode?: number;
  retryAfter?: number;
  cause?: { name?: string; code?: string; cause?: { code?: string } };
};

/** A failed call or connection in a sentence for whoever runs the bot. */
export interface Wrong {
  readonly sentence: string;
  /** Only a person can mend it: waiting at the start would hide it. */
  readonly lasting: boolean;
  /** How long Slack asks to wait. */
  readonly seconds?: number;
}

/** What a failed call of the Web API, or a socket that did not open, means. `token`: which of the two made the call. */
export function whatIsWrong(error: unknown, token: 'bot' | 'app' = 'bot'): Wrong {
  const { code, message = String(error), data, statusCode, retryAfter } = error as ApiError;
  const passing = (sentence: string): Wrong => ({ sentence, lasting: false });
  if (code === ErrorCode.RateLimitedError) return { ...passing('Slack asks for fewer requests (HTTP 429).'), seconds: retryAfter ?? 30 };
  if (code === ErrorCode.HTTPError) return passing(`Slack is in trouble: it answers with HTTP ${statusCode}.`);
  if (code === ErrorCode.PlatformError && PASSING.includes(data?.error ?? ''))
    return passing(`Slack is in trouble: it says ${data?.error}.`);
  const problem = slackProblem(error, token);
  if (problem) return { sentence: problem.message, lasting: code === ErrorCode.PlatformError };
  if (code === ErrorCode.PlatformError) return { sentence: `Slack refuses the app: it says ${data?.error}.`, lasting: true };
  if (error instanceof Leaving) return passing(error.reason === 'too_many_websockets' ? TOO_MANY : SOCKET_MODE_OFF);
  return passing(`Slack’s Web API answers, but no connection for Socket Mode opens (${message}).`);
}

/** What a refused call means for whoever runs the bot; null for what is none of Slack's refusals. `token`: which of the two made the call. */
export function slackProblem(error: unknown, token: 'bot' | 'app' = 'bot'): SlackProblem | null {
  const { code, data, cause } = error as ApiError;
  if (code === ErrorCode.RequestError) {
    const why = cause?.cause?.code ?? cause?.code ?? (cause?.name === 'TimeoutError' ? 'no answer in time' : undefined);
    const because = typeof why === 'string' ? ` (${why})` : '';
    return new SlackProblem(`Slack cannot be reached${because}. Check the network and SLACK_API_URL.`, { cause: error });
  }
  if (code !== ErrorCode.PlatformError || data?.error === undefined) return null;
  const sentence =
    token === 'app'
      ? (APP_TOKEN[data.error] ?? SOCKET_MODE_OFF)
      : data.error === 'missing_scope'
        ? missing([data.needed ?? ''])
        : BOT_TOKEN[data.error];
  return sentence === undefined ? null : new SlackProblem(`${sentence} (Slack says ${data.error}.)`, { cause: error });
}

/** Which scopes were not granted, what each is for, and how to grant them. */
function missing(scopes: readonly string[]): string {
  const reasons = scopes.flatMap((scope) => scope.split(',')).map((scope) => (SCOPES[scope] ? `${scope} (${SCOPES[scope]})` : scope));
  return `The app lacks the permission ${reasons.join(', ')}. Run npm run manifest, paste it at ${APP} → App Manifest, save, then ${REINSTALL}.`;
}

/** A sentence when the installed app was granted less than the manifest asks for; null when it has all. */
export function missingScopes(granted: readonly string[] | undefined): string | null {
  if (granted === undefined) return null;
  const lacking = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
  return lacking.length === 0 ? null : missing(lacking);
}
