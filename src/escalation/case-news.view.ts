import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { money, plain } from '../slack/text.ts';
import type { Case } from './case.ts';
import { type CaseRef, STATE_WORDS } from './case-card.view.ts';
import { CASE_KIND_WORDS, momentIn } from './case-words.view.ts';

const what = (of: Case, name: string) => `${CASE_KIND_WORDS[of.kind]} · ${plain(name)} · ${money(of.amount, of.currency)}`;
const refOf = (of: Case): CaseRef => ({ c: of.id, r: of.revision });

/** How a decision ended, to whoever asked for it. */
export function caseNewsReply(of: Case, name: string): Reply {
  const text = `*${what(of, name)}*\nWhat you asked for: ${STATE_WORDS[of.state]}.${of.outcome ? ` ${plain(of.outcome)}` : ''}`;
  return { text, blocks: [{ ...section(text), accessory: button('case-show', 'news', 'Open', refOf(of)) }] };
}

/** To somebody who can still decide, once, before it lapses. */
export function reminderReply(of: Case, name: string, zone: string): Reply {
  const text = `:alarm_clock: *${what(of, name)}*\nThis waits for a decision and lapses ${momentIn(of.expiresAt, zone)}. <@${of.requester}> asks: ${plain(of.reason)}`;
  return { text, blocks: [{ ...section(text), accessory: button('case-show', 'remind', 'Open', refOf(of)) }] };
}

/** What sales operations must put into the order system. */
export function supplyTaskReply(name: string, ref: { readonly a: string; readonly c: string }, stopped: boolean): Reply {
  const text = stopped
    ? `:no_entry: *Stop supply of ${plain(name)}*\nIt was decided that nothing more is delivered on credit. Block the customer in the order system, then say so here.`
    : `:white_check_mark: *Supply ${plain(name)} again*\nThe stop was lifted. Release the customer in the order system, then say so here.`;
  return { text, blocks: [{ ...section(text), accessory: button('supply-done', 'task', 'Done', ref) }] };
}
