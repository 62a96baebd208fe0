import { z } from 'zod';
import { untrusted } from '../kernel/untrusted.ts';
import type { World } from '../kernel/world.port.ts';
import { anyCarried } from '../slack/carried.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { CaseStore, StoredCase } from './case.port.ts';
import { discussionReply } from './case-discussion.view.ts';

const caseRef = z.object({ c: z.string().max(60) });

type Said = Readonly<Record<string, unknown>>;

/** Longer than any message Slack takes from a person (docs.slack.dev: 40,000 characters, cut after 4,000 in practice). */
const MOST = 12_000;

interface Spoken {
  readonly case: StoredCase;
  /** The message itself, whatever has become of it. */
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly how: 'said' | 'edited' | 'deleted';
}

const partOf = (event: Said, name: string): Said => (event[name] ?? {}) as Said;

/** What a person said in the thread of a case's card, or did to what they had said there; null for everything else in a channel. */
export async function spokenInCase(cases: CaseStore, event: Said): Promise<Spoken | null> {
  const message = messageOf(event);
  if (!message) return null;
  const { how, of } = message;
  const { channel } = event;
  const { thread_ts, ts, subtype, bot_id, text = '' } = of;
  const byPerson = bot_id === undefined && (subtype === undefined || subtype === 'thread_broadcast' || subtype === 'file_share');
  if (!byPerson || typeof channel !== 'string' || typeof thread_ts !== 'string' || typeof ts !== 'string' || ts === thread_ts) return null;
  if (typeof text !== 'string' || (how === 'said' && text.trim() === '')) return null;
  const stored = await cases.at({ channel, ts: thread_ts });
  return stored && { case: stored, channel, ts, text: how === 'deleted' ? '' : text.slice(0, MOST), how };
}

/** Slack wraps what was changed; it also sends a change when it adds a preview of a link, which leaves the words as they are. */
function messageOf(event: Said): { readonly how: Spoken['how']; readonly of: Said } | null {
  if (event.subtype === 'message_deleted') return { how: 'deleted', of: partOf(event, 'previous_message') };
  if (event.subtype !== 'message_changed') return { how: 'said', of: event };
  const of = partOf(event, 'message');
  return of.text === partOf(event, 'previous_message').text ? null : { how: 'edited', of };
}

const NOT_KEPT: Readonly<Record<Spoken['how'], string>> = {
  said: 'What you wrote in the thread of a decision was not kept',
  edited: 'Your change of a message in the thread of a decision was not kept; what you wrote first is',
  deleted: 'That you deleted a message in the thread of a decision was not kept; the message is',
};

/** What is said in the thread of a case's card is kept with the decision, and so is each change of it. */
export function caseThreadSubject({ cases, caseTexts, clock }: World): Subject {
  return {
    clicks: {
      'case-discussion': {
        may: 'read',
        async run({ value, settings, answer }) {
          const ref = caseRef.safeParse(anyCarried(value));
          if (!ref.success) throw new Refused(REFUSED['no-such-case']);
          await answer(discussionReply(await caseTexts.of(ref.data.c), settings.zone));
        },
      },
    },
    events: {
      message: {
        may: 'member',
        about: async ({ event }) => {
          const spoken = await spokenInCase(cases, event);
          return spoken && NOT_KEPT[spoken.how];
        },
        async run({ event, asker }) {
          const spoken = await spokenInCase(cases, event);
          if (!spoken) return;
          const { channel, ts, text, how } = spoken;
          const { id, account } = spoken.case.case;
          const said = { case: id, account, by: asker.user, at: clock.now().toString(), text: untrusted(text) };
          const first = `${channel}:${ts}`;
          if (how === 'said') return caseTexts.keep({ ...said, id: first });
          await caseTexts.keep({ ...said, id: `${first}:${String(event.ts)}`, changes: { id: first, how } });
        },
      },
    },
  };
}
