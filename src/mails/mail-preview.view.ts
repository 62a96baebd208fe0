import type { KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';

/** Slack shows at most this many characters in one section. */
const SECTION = 2900;
/** A text up to here is shown whole; of a longer one what is enough to judge words and figures. The card has room for more (limits.ts, messageBlockText). */
const [WHOLE, BEGINNING, END] = [6000, 2400, 1800];

/** Split at line ends, and within a line only where it is longer than a section. */
export function textParts(text: string, most: number): string[] {
  const parts: string[] = [];
  let current: string[] = [];
  let length = 0;
  const close = () => {
    if (current.length > 0) parts.push(current.join('\n'));
    [current, length] = [[], 0];
  };
  for (const line of text.split('\n')) {
    if (length + line.length + 1 > most) close();
    if (line.length <= most) {
      current.push(line);
      length += line.length + 1;
      continue;
    }
    for (let at = 0; at < line.length; at += most) parts.push(line.slice(at, at + most));
  }
  close();
  return parts;
}

const shown = (text: string): KnownBlock[] =>
  textParts(text, SECTION)
    .map((part) => part.replace(/^\n+|\s+$/g, ''))
    .filter((part) => part !== '')
    .map((part) => ({ type: 'section', text: { type: 'plain_text', text: part, emoji: false } }));

/** Whole lines up to so many characters from one end; at least one. */
function linesWithin(lines: readonly string[], most: number): number {
  let length = 0;
  const count = lines.findIndex((line) => {
    length += line.length + 1;
    return length > most;
  });
  return Math.max(1, count === -1 ? lines.length : count);
}

/** A mail's or letter's text: all of it, or beginning and end of a long one, with a line between that says where all of it is. */
export function mailPreview(body: string, where: string): { readonly blocks: KnownBlock[]; readonly whole: boolean } {
  if (body.length <= WHOLE) return { blocks: shown(body), whole: true };
  const lines = body.split('\n').flatMap((line) => textParts(line, 1000));
  const first = linesWithin(lines, BEGINNING);
  const last = Math.min(lines.length - first, linesWithin(lines.toReversed(), END));
  const between = lines.length - first - last;
  const left = contextLine(`:scissors: … *${between.toLocaleString('en-GB')} more lines* … ${where}`);
  return {
    blocks: [...shown(lines.slice(0, first).join('\n')), left, ...shown(lines.slice(first + between).join('\n'))],
    whole: false,
  };
}
