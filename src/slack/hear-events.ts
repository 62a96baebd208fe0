import type { App } from '@slack/bolt';
import { directly } from './direct.ts';
import { failureWords, TooLate } from './failure.ts';
import type { Guard } from './guard.ts';
import { type Door, teller } from './hear.ts';
import type { Asker, ListenerNeeds, Listeners } from './listeners.ts';
import { type Reply, sentence } from './reply.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Events that a person caused. What is refused on the way to Home is said there; elsewhere the person is told alone. */
export function hearEvents(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.event(/.*/, async ({ event, body }) => {
    const fields = event as unknown as Fields;
    const listener = listeners.events[eventName(fields)];
    const user = causedBy(fields);
    const channel = fields.channel ?? fields.channel_id;
    if (!listener || user === null) return;
    const asker: Asker = { user, team: namedBy(body), channel: typeof channel === 'string' ? channel : '' };
    const tell = teller(door.client, user);
    const answer = answering(door, user, fields);
    // What was not asked for by a command is refused where it cannot be overlooked, and says what it is about.
    let about: string | null | undefined;
    const withSubject = (reply: Reply) => answer(about ? sentence(`${about}: ${reply.text}`) : reply);
    let told = true;
    const untold = () => {
      told = false;
    };
    await guard.run({ user, answer: withSubject, again: 'Try again.', untold }, async (settings, permitted) => {
      const request = { asker, client: door.client, settings, triggerId: '', tell, event: fields, answer: withSubject };
      about = await listener.about?.(request);
      if (about !== null) await permitted(listener, request);
    });
    // What could neither be done nor told, as when Slack is away, is kept and tried again (inbox.ts).
    if (!told) throw new Error('whoever caused the event could not be answered');
  });
}

/** As listeners know it: what is written to the bot itself has a name of its own, as it has among the manifest's events. */
export function eventName(event: Fields): string {
  return event.type === 'message' && event.channel_type === 'im' ? 'message.im' : String(event.type);
}

/** An event says for which installation it is; the workspace it names may be another of the organisation's (api.slack.com/enterprise/apps/changes-apis). */
function namedBy(body: { team_id: string; authorizations?: unknown[] | undefined }): string {
  return body.authorizations?.length ? '' : body.team_id;
}

/** Of a message that was changed or deleted the event names nobody, and whose message it was is all that Slack says. */
function causedBy(event: Fields): string | null {
  const message = (event.message ?? event.previous_message ?? {}) as { user?: unknown };
  const user = event.user ?? event.user_id ?? message.user;
  return typeof user === 'string' ? user : null;
}

function answering({ client }: Door, user: string, event: Fields): (reply: Reply) => Promise<void> {
  if (event.type !== 'app_home_opened') return (reply) => teller(client, user)('', reply);
  return async (reply) => void (await client.views.publish({ user_id: user, view: { type: 'home', blocks: reply.blocks } }));
}

/**
 * Tells the person whose event could not even be kept, on its first delivery: Slack brings it again by itself after a minute, so that a file or
 * a message is not lost. Of what is said in channels nobody knows yet whether it was meant for the bot.
 */
export function unkeptEvent(door: Door, ports: ListenerNeeds) {
  return async (event: Fields, error: unknown): Promise<void> => {
    const user = causedBy(event);
    if (user === null || eventName(event) === 'message') return;
    const failed = {
      error,
      storeAway: ports.storeAway(error) || error instanceof TooLate,
      wrote: false,
      again: 'Try again in a minute.',
      reference: '',
    };
    const words = failed.storeAway ? failureWords(failed) : 'I could not take this in. Nothing was recorded. Try again in a minute.';
    await answering(
      door,
      user,
      event,
    )(sentence(words))
      .catch(() => directly(door.client, user, words))
      .catch((failure) => ports.log.warn({ err: failure }, 'could not tell whose event was not kept'));
  };
}
