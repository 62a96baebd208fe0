import { randomBytes } from 'node:crypto';
import { subscribed } from '../state/manifest.ts';
import type { Json } from '../state/model.ts';
import type { World } from '../world.ts';
import type { Answer } from './transport.ts';

const CHANNEL_EVENT = { channel: 'message.channels', private: 'message.groups', im: 'message.im', mpim: 'message.mpim' } as const;

/**
 * The Events API: sends an event if the app's manifest subscribes to it, until it is acknowledged, at most four times.
 * @param name the subscription, where it differs from event.type
 */
export function emit(world: World, event: Json & { type: string }, name = event.type): void {
  if (!subscribed(world.manifest, name)) return;
  const channel = typeof event.channel === 'string' ? world.store.channel(event.channel) : undefined;
  const { organisation } = world;
  // On Enterprise Grid team_id may be another workspace of the author's: only authorizations say for which installation the event is
  // (api.slack.com/enterprise/apps/changes-apis).
  const author = organisation && typeof event.user === 'string' ? world.store.person(event.user) : undefined;
  const payload = {
    token: 'local-verification-token',
    team_id: author?.teamId ?? world.team.id,
    ...(organisation && { enterprise_id: organisation.id, context_team_id: world.team.id, context_enterprise_id: organisation.id }),
    api_app_id: world.app.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: organisation?.id ?? null,
        team_id: organisation?.orgWide ? null : world.team.id,
        user_id: world.app.botUser,
        is_bot: true,
        is_enterprise_install: organisation?.orgWide ?? false,
      },
    ],
    is_ext_shared_channel: channel?.shared ?? false,
    event_context: `4-${randomBytes(9).toString('base64url')}`,
  };
  void deliver(world, payload, 0, 'http_timeout');
}

async function deliver(world: World, payload: Json, attempt: number, reason: string): Promise<void> {
  const answer = await world.delivery.send('events_api', payload, attempt === 0 ? undefined : { attempt, reason });
  const wait = world.timing.eventRetries[attempt];
  if (answer.acked || wait === undefined) return;
  world.delivery.later(wait, () => void deliver(world, payload, attempt + 1, reasonFor(answer)));
}

function reasonFor(answer: Answer): string {
  if (answer.acked || answer.why === 'timeout') return 'http_timeout';
  return answer.why === 'status' ? 'http_error' : 'connection_failed';
}

export function messageSubscription(kind: keyof typeof CHANNEL_EVENT): string {
  return CHANNEL_EVENT[kind];
}
