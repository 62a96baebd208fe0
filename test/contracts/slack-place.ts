import { setTimeout as wait } from 'node:timers/promises';
import { ErrorCode, type WebClient } from '@slack/web-api';

/** Where the checks post: a channel of the team's own, in which people see what is tried. */
export interface SlackPlace {
  readonly client: WebClient;
  readonly channel: string;
  readonly botUser: string;
  readonly botName: string;
  /** Opens a socket as the bot does, and closes it; null where requests come over HTTP. */
  readonly socket: (() => Promise<void>) | null;
}

/** One thing Arrears needs of Slack. Throws when it does not hold; what it answers is said beside its name. */
export interface SlackCheck {
  readonly name: string;
  readonly run: (place: SlackPlace) => Promise<string | undefined>;
}

export const must = (holds: boolean, otherwise: string) => {
  if (!holds) throw new Error(otherwise);
};

const MOST_WAITS = 10;

/** Waits as long as Slack asks for. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      const { code, retryAfter } = error as { code?: string; retryAfter?: number };
      if (code !== ErrorCode.RateLimitedError || waits === MOST_WAITS) throw error;
      await wait((retryAfter ?? 30) * 1000);
    }
  }
}

const found = new WeakMap<SlackPlace, Promise<string>>();

/** Somebody in the channel who is a person; looked for once. */
export function somebody(place: SlackPlace): Promise<string> {
  const user = found.get(place) ?? findSomebody(place);
  found.set(place, user);
  return user;
}

async function findSomebody({ client, channel, botUser }: SlackPlace): Promise<string> {
  const { members = [] } = await patiently(() => client.conversations.members({ channel, limit: 50 }));
  for (const user of members.filter((each) => each !== botUser)) {
    const someone = (await patiently(() => client.users.info({ user }))).user;
    if (someone && !someone.is_bot && !someone.deleted) return user;
  }
  throw new Error('nobody but bots is in the channel: ask a colleague to join it');
}
