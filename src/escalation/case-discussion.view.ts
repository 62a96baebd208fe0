import { visibleText } from '../kernel/untrusted.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { sentence } from '../slack/reply.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { CaseText } from './case.port.ts';
import { momentIn } from './case-words.view.ts';

/** So many of so many characters stay below what Slack takes in one message. */
const [MOST, LONGEST] = [15, 600];

/** What was said about a decision in its thread, oldest first; the last of it where there is more. Edits and deletions stand as what they are. */
export function discussionReply(said: readonly CaseText[], zone: string): Reply {
  if (said.length === 0) return sentence('Nothing was said in the thread of this decision.');
  const shown = said.slice(-MOST);
  const messages = counted(said.filter(({ changes }) => changes === undefined).length, 'message');
  const changed = said.some(({ changes }) => changes !== undefined) ? ', with what was changed later' : '';
  const head = `*${messages} in the thread of this decision${changed}*${shown.length < said.length ? `, the last ${MOST} entries` : ''}`;
  const at = new Map(said.map((each) => [each.id, momentIn(each.at, zone)]));
  const lines = shown.map((each) => section(clip(`<@${each.by}>, ${momentIn(each.at, zone)}${wordsOf(each, at)}`, 900)));
  return { text: `Discussion: ${messages}`, blocks: [section(head), ...lines] };
}

function wordsOf({ text, changes }: CaseText, at: ReadonlyMap<string, string>): string {
  const words = plain(visibleText(text, LONGEST));
  if (!changes) return `\n${words}`;
  const which = at.has(changes.id) ? `the message of ${at.get(changes.id)}` : 'a message that was not kept here';
  // Slack tells whose message is gone, not who took it away.
  return changes.how === 'deleted' ? `\n_${which} was deleted in Slack; it stays here_` : `\n_changed ${which} to_\n${words}`;
}
