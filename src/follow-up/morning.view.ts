import type { Button, KnownBlock } from '@slack/types';
import { mayBatch } from '../mails/draft.ts';
import type { ReviewQueue } from '../mails/review-queue.op.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import { dayParts, daySummary, largestWords } from './home-day.view.ts';
import type { WorkList } from './list-work.op.ts';
import { restsToday } from './worklist.ts';

/** The one message of a morning: how much there is to do and where it begins; null when there is nothing. The accounts themselves are on Home. */
export function morningReply(list: WorkList, queue: ReviewQueue): Reply | null {
  const parts = dayParts(list.entries, false);
  const { count, words } = daySummary(parts, queue.waiting.length);
  if (count === 0) return null;
  const text = `Good morning. ${counted(count, 'thing')} to do today.`;
  const largest = largestWords(list.entries.filter(({ step }) => !restsToday(step)));
  const routine = queue.waiting.filter(({ draft }) => mayBatch(draft)).length;
  const buttons: Button[] = [
    ...(queue.waiting.length > 0 ? [{ ...button('draft-review', 'morning', 'Start with the emails', {}), style: 'primary' as const }] : []),
    ...(routine > 1 ? [button('draft-batch', 'morning', 'Review as list', {})] : []),
    button('work-page', 'morning', 'My whole list', { p: 0 }),
  ];
  const cover = [...Map.groupBy(list.entries, ({ coveredFor }) => coveredFor)].flatMap(([user, own]) =>
    user ? `With ${counted(own.length, 'account')} of <@${user}>, who is away.` : [],
  );
  const blocks: KnownBlock[] = [
    section([`*${text}*`, words, largest, ...cover].filter(Boolean).join('\n')),
    { type: 'actions', elements: buttons },
  ];
  return { text, blocks };
}
