import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, plain } from '../slack/text.ts';
import { moment } from './delivery.view.ts';
import type { MailTrouble } from './mail-trouble.ts';
import { troubleWords } from './trouble-words.view.ts';

const SAID = 300;

/** To the admins, once: what stopped, what was kept, what to do. */
export function stoppedCard({ of, kind, said, since, probeAt }: MailTrouble): Reply {
  const { what, todo } = troubleWords(kind, of);
  const title = 'No email leaves';
  const text = `${what}. Approved emails wait, and none is lost. The next try is ${moment(probeAt)}. ${todo}`;
  const server = `Since ${moment(since)}. The mail server said: “${clip(plain(said), SAID)}”`;
  return { text: `${title}: ${what}.`, blocks: [section(`:warning: *${title}*\n${text}\n${server}`)] };
}

/** The end of it. */
export function worksCard({ of, kind, since }: Pick<MailTrouble, 'of' | 'kind' | 'since'>, over: string): Reply {
  const { what } = troubleWords(kind, of);
  const text = `Emails leave again since ${moment(over)}. They had stopped ${moment(since)}: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`;
  return { text: `Emails leave again: ${what} no more.`, blocks: [section(`:white_check_mark: ${text}`)] };
}
