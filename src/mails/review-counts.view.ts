import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import type { ReviewCount } from './review-counts.port.ts';

export function countWords({ decisions, seconds, edited }: ReviewCount): string {
  if (decisions === 0) return 'no emails decided yet';
  const each = Math.max(1, Math.round(seconds / decisions));
  return `${counted(decisions, 'email')} decided, ${counted(each, 'second')} each, ${Math.round((edited * 100) / decisions)}% of them edited`;
}

/** One's own, which nobody else is shown; and for who manages the whole. `whole` null: too few people. Left out: not for this reader. */
export function reviewCountsReply(own: ReviewCount, whole?: ReviewCount | null): Reply {
  const lines = [`*Your reviewing:* ${countWords(own)}. Nobody else sees this.`];
  if (whole !== undefined)
    lines.push(`*The whole team:* ${whole ? `${countWords(whole)}.` : 'told once three people have decided about emails.'}`);
  return { text: 'Reviewing', blocks: [section(lines.join('\n'))] };
}
