import { ErrorCode } from '@slack/web-api';
import { KEPT_FROM_SHARING, keptFromSharing } from './shared-channels.ts';

/** Nobody answered within the time there was; the work was given up, or goes on. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
  readonly storeHangs: boolean;

  constructor(message: string, storeHangs = false) {
    super(message);
    this.storeHangs = storeHangs;
  }
}

export interface FailedRequest {
  readonly error: unknown;
  readonly storeAway: boolean;
  /** A write was sent to the store before the failure. */
  readonly wrote: boolean;
  /** What to do once more: "Press the button again." */
  readonly again: string;
  /** For the log. */
  readonly reference: string;
}

type SlackFailure = { code?: string; data?: { error?: string }; retryAfter?: number; statusCode?: number };

/** A trigger lives three seconds and opens one form (docs.slack.dev/interactivity/handling-user-interaction). */
const TRIGGER_GONE = ['expired_trigger_id', 'exchanged_trigger_id'];
const TRIED_LATER = 'Try again in a minute.';

/** What a person is told: what happened, whether anything was recorded, what to do. */
export function failureWords({ error, storeAway, wrote, again, reference }: FailedRequest): string {
  if (keptFromSharing(error)) return KEPT_FROM_SHARING;
  const kept = wrote ? 'It may have been recorded: look at the card before you try again.' : 'Nothing was recorded.';
  const retry = (words: string) => (wrote ? kept : `${kept} ${words}`);
  if (storeAway || (error instanceof TooLate && error.storeHangs)) return `I could not reach my database. ${retry(TRIED_LATER)}`;
  if (error instanceof TooLate) return `I could not finish this in time. ${retry(TRIED_LATER)}`;
  const { code, data, retryAfter } = error as SlackFailure;
  if (code === ErrorCode.PlatformError && TRIGGER_GONE.includes(data?.error ?? '')) return `That took too long. ${retry(again)}`;
  if (code === ErrorCode.RateLimitedError) return `Slack is limiting my calls. ${retry(`Wait ${seconds(retryAfter)}. ${again}`)}`;
  if (code === ErrorCode.RequestError || code === ErrorCode.HTTPError)
    return `I could not reach Slack to finish this. ${retry(TRIED_LATER)}`;
  const happened = code === ErrorCode.PlatformError ? `Slack refused what I sent (${data?.error}).` : 'Something went wrong on our side.';
  return `${happened} ${retry(again)} If it happens again, give your admin the reference \`${reference}\` to look up in the log.`;
}

function seconds(retryAfter: number | undefined): string {
  const wait = retryAfter ?? 30;
  return wait === 1 ? 'a second' : `${wait} seconds`;
}
