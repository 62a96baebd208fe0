import { z } from 'zod';
import { untrusted } from '../../domain/untrusted.ts';
import type { CaseStore, CaseTexts, StoredCase } from '../../operations/case-ports.ts';
import type { Clock } from '../../operations/ports.ts';
import { discussionReply } from '../blocks/case-discussion.ts';
import { Refused, type Subject } from '../listeners.ts';
import { REFUSED } from '../refusals.ts';
import { carriedBy } from '../text.ts';

export interface CaseThreadPorts {
  readonly cases: CaseStore;
  readonly caseTexts: CaseTexts;
  readonly clock: Clock;
}

const caseRef = z.object({ c: z.string().max(60) });

type Said = Readonly<Record<string, unknown>>;

/** Longer than any message Slack takes from a person (docs.slack.dev: 40,000 characters, cut after 4,000 in practice). */
const MOST = 12_000;

/** The case in whose thread a person wrote; null for everything else that is said in a channel. */
export async function caseOfMessage(cases: CaseStore, { channel, thread_ts, ts, subtype, bot_id, text }: Said): Promise<StoredCase | null> {
  const words = typeof text === 'string' && text.trim() !== '' && typeof ts === 'string';
  const byPerson = bot_id === undefined && (subtype === undefined || subtype === 'thread_broadcast' || subtype === 'file_share');
  if (!words || !byPerson || typeof channel !== 'string' || typeof thread_ts !== 'string' || ts === thread_ts) return null;
  return cases.at({ channel, ts: thread_ts });
}

/** What is said in the thread of a case's card is kept with the decision (F33). */
export function caseThreadSubject({ cases, caseTexts, clock }: CaseThreadPorts): Subject {
  return {
    clicks: {
      'case-discussion': {
        may: 'read',
        async run({ value, settings, answer }) {
          const ref = caseRef.safeParse(carriedBy(value));
          if (!ref.success) throw new Refused(REFUSED['no-such-case']);
          await answer(discussionReply(await caseTexts.of(ref.data.c), settings.zone));
        },
      },
    },
    events: {
      message: {
        may: 'member',
        about: async ({ event }) =>
          (await caseOfMessage(cases, event)) ? 'What you wrote in the thread of a decision was not kept' : null,
        async run({ event, asker }) {
          const stored = await caseOfMessage(cases, event);
          if (!stored) return;
          const { id, account } = stored.case;
          const { channel, ts, text } = event as { channel: string; ts: string; text: string };
          const words = untrusted(text.slice(0, MOST));
          await caseTexts.keep({ id: `${channel}:${ts}`, case: id, account, by: asker.user, at: clock.now().toString(), text: words });
        },
      },
    },
  };
}
