import type { WebClient } from '@slack/web-api';
import type { Jobs } from '../kernel/jobs.port.ts';
import { Refused } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Reply } from '../slack/reply.ts';
import type { CaseStore, StoredCase } from './case.port.ts';
import { caseCardReply } from './case-card.view.ts';
import { type ReadCasePorts, readCase } from './read-case.op.ts';

export interface CaseCardPorts extends ReadCasePorts {
  readonly cases: CaseStore;
  readonly jobs: Jobs;
  readonly client: WebClient;
  /** Told when a card stands in its channel: what belongs into its thread follows. */
  readonly placed?: (id: string) => Promise<void>;
}

/** Kind of the job that posts a case's card. */
export const CASE_CARD_JOB = 'case-card';

/** Slack's reasons for which a message can never be changed again. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found', 'is_archived']);
const REDRAWS = 5;

/** The cards of cases: shown to one person, posted once, redrawn after every change. */
export function caseCards(ports: CaseCardPorts) {
  const stored = async (id: string): Promise<StoredCase> => {
    const found = await ports.cases.load(id);
    if (!found) throw new Refused(REFUSED['no-such-case']);
    return found;
  };
  const draw = async (of: StoredCase, notice?: string): Promise<Reply> => caseCardReply(await readCase(ports, of), notice);
  const post = (id: string, n: string | number = 'first') =>
    ports.jobs.add({ id: `case-card:${id}:${n}`, kind: CASE_CARD_JOB, payload: { case: id }, dueAt: ports.clock.now() });
  /** Redraws the posted card until it shows the version that is stored; where Slack refuses for ever, a new card follows. */
  const redraw = async (id: string): Promise<void> => {
    for (let tries = 0; tries < REDRAWS; tries += 1) {
      const before = await stored(id);
      if (!before.place) return;
      const { text, blocks } = await draw(before);
      try {
        await ports.client.chat.update({ ...before.place, text, blocks });
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
