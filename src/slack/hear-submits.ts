import { setTimeout as wait } from 'node:timers/promises';
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { anyCarried } from './carried.ts';
import type { Guard } from './guard.ts';
import { type Door, OLD_BUTTON, teller } from './hear.ts';
import { type Asker, type Listeners, Refused, type SubmitAnswer } from './listeners.ts';
import { type Reply, sentence } from './reply.ts';
import { replyView, viewBelow, waitingView } from './surface.ts';

/** Slack waits three seconds for the answer to a form and shows "We had some trouble connecting" afterwards, whatever became of it. */
const ACK_MS = 2_700;
/** For the two reads before a form's work. */
const PATIENCE_MS = 2_400;
const LATE =
  'This takes longer than Slack waits for a form. I am still working on it and will tell you how it ended. It may have been recorded: look at the card before you send it again.';

/** Forms that are sent. */
export function hearSubmits(app: App, listeners: Listeners, guard: Guard, door: Door): void {
  app.view<ViewSubmitAction>({ callback_id: /.*/, type: 'view_submission' }, async ({ body, ack }) => {
    const asker: Asker = { user: body.user.id, team: body.user.team_id ?? body.team?.id ?? '', channel: '' };
    const directly = teller(door.client, asker.user);
    let [answered, problem]: [boolean, Reply | null] = [false, null];
    const below = viewBelow(body);
    // What came of a form that was opened from Home or another form stands where it was opened.
    let [shown, stays, stayed]: [ModalView | null, boolean, boolean] = [null, false, true];
    const tell = async (place: string, reply: Reply) => {
      const view = place === '' ? replyView(reply) : null;
      const id = below || (stays ? body.view.id : '');
      stayed = false;
      if (view && id) return void (await door.client.views.update({ view_id: id, view }).catch(() => directly(place, reply)));
      if (view && !answered) shown = view;
      else await directly(place, reply);
    };
    const answer = async (reply: Reply) => {
      if (answered) return tell('', reply);
      problem = reply;
    };
    const asked = { user: asker.user, answer, again: 'Send the form again.', patience: PATIENCE_MS };
    const afterwards: (() => Promise<void>)[] = [];
    const working = guard.run(asked, async (settings, permitted): Promise<{ result: SubmitAnswer }> => {
      const listener = listeners.submits[body.view.callback_id];
      if (!listener) throw new Refused(OLD_BUTTON);
      const later = (work: () => Promise<void>) => void afterwards.push(work);
      const request = { asker, client: door.client, settings, triggerId: '', answer, tell, later, view: body.view };
      return { result: await permitted(listener, request) };
    });
    const inTime = await Promise.race([working.then(() => true), wait(ACK_MS, false, { ref: false })]);
    answered = true;
    const view = (reply: Reply) => ack(update(problemView(reply)));
    if (!inTime) await view(sentence(LATE));
    const done = await working;
    if (inTime) {
      if (problem) return view(problem);
      stays = !done?.result && below === '' && shown === null && afterwards.length > 0 && fromView(body.view.private_metadata);
      const next = done?.result ?? (shown ? update(shown) : stays ? update(waitingView()) : undefined);
      await (next ? ack(next) : ack());
    } else if (done?.result) await answer(sentence(unshown(done.result)));
    // What was recorded stays, whatever fails from here on.
    for (const work of afterwards) await work().catch((error) => guard.told({ ...asked, answer: (reply) => tell('', reply) }, error, true));
    if (stays && stayed) await tell('', sentence(':white_check_mark: Done.'));
  });
}

const update = (view: ModalView) => ({ response_action: 'update' as const, view });

/** The form was opened where there is no channel to answer in: it names none. */
function fromView(carried: string): boolean {
  const named = anyCarried(carried) as { c?: unknown } | null;
  return named?.c === '';
}

/** The errors of a form that is no longer there to show them. */
function unshown(result: NonNullable<SubmitAnswer>): string {
  const errors = result.response_action === 'errors' ? Object.values(result.errors ?? {}) : [];
  return `Your form was not saved. ${errors.join(' ') || 'It needs another look.'} Open it again.`;
}

function problemView(reply: Reply) {
  const title = { type: 'plain_text' as const, text: 'Not done' };
  return { type: 'modal' as const, title, close: { type: 'plain_text' as const, text: 'Close' }, blocks: reply.blocks };
}
