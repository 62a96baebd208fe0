import type { App, BlockAction } from '@slack/bolt';
import { placeIn } from './direct.ts';
import type { Guard } from './guard.ts';
import { type Door, OLD_BUTTON, respondOr, teller } from './hear.ts';
import { type Asker, type ClickRequest, type Listeners, Refused } from './listeners.ts';
import { pressed } from './pressed.ts';
import type { Reply } from './reply.ts';
import { onTopOf, replyView, viewPlace } from './surface.ts';

/** Buttons, menus and pickers, of messages, forms and Home. */
export function hearClicks(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.action<BlockAction>(/.*/, async ({ body, action, ack, respond }) => {
    const { name, value, menu } = pressed(action);
    const listener = listeners.clicks[name];
    if (!listener?.commits) await ack();
    const { asker, thread, mine } = clickedAt(body);
    const tell = teller(door.client, asker.user);
    const place = viewPlace(door.client, body);
    const answer = async (reply: Reply) => {
      const view = place && replyView(reply);
      if (view) return place.show(view).catch(() => tell(asker.channel, reply));
      if (!body.response_url || thread) return tell(asker.channel, reply);
      await respondOr(
        () => tell(asker.channel, reply),
        () => door.respond(respond, { response_type: 'ephemeral', replace_original: false, ...reply }),
      );
    };
    let redrawn = false;
    const replace = async (reply: Reply) => {
      redrawn = true;
      const view = place && replyView(reply);
      if (view) return place.redraw(view).catch(() => tell(asker.channel, reply));
      if (!mine) return answer(reply);
      await respondOr(
        () => tell(asker.channel, reply),
        () => door.respond(respond, { replace_original: true, ...reply }),
      );
    };
    let committed = async () => {
      committed = async () => {};
      if (listener?.commits) await ack();
    };
    let told = true;
    const untold = () => {
      told = false;
    };
    await guard.run({ user: asker.user, answer, again: 'Press the button again.', untold }, async (settings, permitted) => {
      if (!listener) {
        if ('url' in action) return;
        throw new Refused(OLD_BUTTON);
      }
      const base = {
        asker,
        client: onTopOf(door.client, body),
        settings,
        triggerId: body.trigger_id,
        answer,
        tell,
        replace,
        body,
        value,
        place,
      };
      const request: ClickRequest = { ...base, committed: () => committed() };
      await permitted(listener, request);
      await committed();
      // A menu keeps its choice, and the same choice once more is no click in Slack: the card around it is drawn anew.
      if (menu && mine && !redrawn) await permitted(listeners.clicks['account-card']!, { ...request, answer: replace });
    });
    // Whom no refusal can reach, Slack tells that the click did not arrive.
    if (told) await committed();
  });
}

/** Who clicked, and where: in a thread the answer stands there too (github.com/slackapi/bolt-js/issues/963). */
function clickedAt(body: BlockAction): { asker: Asker; thread: string | undefined; mine: boolean } {
  const { container } = body;
  const parent = container.thread_ts as string | undefined;
  const thread = parent !== undefined && parent !== container.message_ts ? parent : undefined;
  const channel = body.channel?.id ?? '';
  const asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel: channel && placeIn(channel, thread) };
  // Only a message of the asker's own is redrawn in place, seen by nobody else; one posted in a channel belongs to everybody.
  const mine = container.type === 'message' && (container.is_ephemeral === true || channel.startsWith('D'));
  return { asker, thread, mine };
}
