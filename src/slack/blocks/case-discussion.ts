import { visibleText } from '../../domain/untrusted.ts';
import type { CaseTexts } from '../../operations/case-ports.ts';
import type { Reply } from '../reply.ts';
import { sentence } from '../reply.ts';
import { clip, counted, plain } from '../text.ts';
import { momentIn } from './case-words.ts';
import { section } from './parts.ts';

type Said = Awaited<ReturnType<CaseTexts['of']>>[number];

/** So many of so many characters stay below what Slack takes in one message. */
const [MOST, LONGEST] = [15, 600];

/** What was said about a decision in its thread, oldest first; the last of it where there is more. */
export function discussionReply(said: readonly Said[], zone: string): Reply {
  if (said.length === 0) return sentence('Nothing was said in the thread of this decision.');
  const shown = said.slice(-MOST);
  const head = `*${counted(said.length, 'message')} in the thread of this decision*${shown.length < said.length ? `, the last ${MOST} of them` : ''}`;
  const lines = shown.map(({ by, at, text }) =>
    section(clip(`<@${by}>, ${momentIn(at, zone)}\n${plain(visibleText(text, LONGEST))}`, 900)),
  );
  return { text: `Discussion: ${counted(said.length, 'message')}`, blocks: [section(head), ...lines] };
}
