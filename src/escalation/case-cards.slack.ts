import { Refused } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { StoredCase } from './case.port.ts';
import { caseCardReply } from './case-card.view.ts';
import { readCase } from './read-case.op.ts';

export interface CaseCardNeeds extends SlackWorld {
  /** Told when a card stands in its channel: what belongs into its thread follows. */
  readonly placed?: (id: string) => Promise<void>;
}

/** Kind of the job that posts a case's card. */
export const CASE_CARD_JOB = 'case-card';

/** Slack's reasons for which a message can never be changed again. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found', 'is_archived']);
const REDRAWS = 5;

/** The cards of cases: shown to one person, posted once, redrawn after every change. */
export function caseCards(world: CaseCardNeeds) {
  const stored = async (id: string): Promise<StoredCase> => {
    const found = await world.cases.load(id);
    if (!found) throw new Refused(REFUSED['no-such-case']);
    return found;
  };
  const draw = async (of: StoredCase, notice?: string): Promise<Reply> => caseCardReply(await readCase(world, of), notice);
  const post = (id: string, n: string | number = 'first') =>
    world.jobs.add({ id: `case-card:${id}:${n}`, kind: CASE_CARD_JOB, payload: { case: id }, dueAt: world.clock.now() });
  /** Redraws the posted card until it shows the version that is stored; where Slack refuses for ever, a new card follows. */
  const redraw = async (id: string): Promise<void> => {
    for (let tries = 0; tries < REDRAWS; tries += 1) {
      const before = await stored(id);
      if (!before.place) return;
      const { text, blocks } = await draw(before);
      try {
        await world.client.chat.update({ ...before.place, text, blocks });
      } catch (error) {
        if (!GONE.has((error as { data?: { error?: string } }).data?.error ?? '')) throw error;
        return void (await post(id, before.version));
      }
      if ((await stored(id)).version === before.version) return;
    }
  };
  return { stored, draw, post, redraw };
}

export type CaseCards = ReturnType<typeof caseCards>;
