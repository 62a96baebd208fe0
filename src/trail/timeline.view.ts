import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { choiceField, modal, textField } from '../slack/modals.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, escaped, plain } from '../slack/text.ts';
import { FACT_KINDS, type FactKind } from './fact-table.ts';
import { factText } from './facts.view.ts';
import { MARKINGS, type Marking } from './marking.ts';
import type { TimelineEntry, TimelinePage } from './trail.port.ts';

export const MARKING_WORDS: Readonly<Record<Marking, string>> = {
  internal: 'Internal: stays in the house',
  shareable: 'Shareable: may go into an evidence pack',
  'without-prejudice': 'Without prejudice: an offer to settle',
  privileged: 'Privileged: between us and counsel',
};

const LABELS: Readonly<Record<Marking, string>> = {
  internal: 'internal',
  shareable: 'shareable',
  'without-prejudice': 'without prejudice',
  privileged: ':lock: privileged',
};

export const WITHHELD = 'Privileged. Only people on the case, managers, finance leads and admins can read this entry.';

const KIND_CHOICES: Readonly<Record<FactKind | 'all', string>> = {
  all: 'Everything',
  contacts: 'Contacts',
  arrangements: 'Arrangements',
  decisions: 'Decisions',
  ledger: 'Ledger',
};

/** What the buttons of a page carry: account, kind, and the place before which it begins; null: at the newest. */
export interface TimelinePlace {
  readonly a: string;
  readonly k: FactKind | 'all';
  readonly b: number | null;
}

export interface TimelineView {
  readonly account: { readonly id: string; readonly name: string };
  readonly place: TimelinePlace;
  readonly page: TimelinePage;
  /** Names of the account's contacts by id. */
  readonly contacts: ReadonlyMap<string, string>;
  readonly zone: string;
}

/** As much of an entry's words as a list shows; the whole is a click away. */
const SHOWN_WORDS = 400;
const WHOLE = 2000;

/** One page of what was recorded about an account, newest first. */
export function timelineReply(view: TimelineView): Reply {
  const { account, place, page } = view;
  const heading = `Timeline of ${plain(account.name)}${place.k === 'all' ? '' : `: ${KIND_CHOICES[place.k].toLowerCase()}`}`;
  const rows = page.entries.map((entry): KnownBlock => {
    const open = button('timeline-entry', entry.fact.id.slice(-150), 'Open…', { a: account.id, f: entry.fact.id });
    return { ...section(entryText(entry, view)), accessory: open };
  });
  const nothing = place.b === null ? 'Nothing of this kind is on file yet.' : 'There is nothing older.';
  return {
    text: heading,
    blocks: [
      section(`*${heading}*${place.b === null ? '' : ' · older entries'}`),
      { type: 'actions', elements: [kindSelect(place), ...pages(place, page)] },
      ...(rows.length > 0 ? rows : [section(nothing)]),
    ],
  };
}

function kindSelect({ a, k }: TimelinePlace): ActionsBlockElement {
  const options = (['all', ...FACT_KINDS] as const).map((kind) => ({
    text: { type: 'plain_text' as const, text: KIND_CHOICES[kind] },
    value: kind,
  }));
  const initial_option = options.find((option) => option.value === k)!;
  return { type: 'static_select', action_id: `timeline-kind:${a}`, options, initial_option };
}

function pages({ a, k, b }: TimelinePlace, { entries, more }: TimelinePage): ActionsBlockElement[] {
  const last = entries.findLast((entry) => entry.seq !== null);
  return [
    ...(b === null ? [] : [button('timeline-page', 'newest', 'Newest', { a, k, b: null })]),
    ...(more && last ? [button('timeline-page', 'older', 'Older', { a, k, b: last.seq })] : []),
  ];
}

/** When, who, how, with whom, the words, the mark. */
function entryText(entry: TimelineEntry, view: Pick<TimelineView, 'contacts' | 'zone'>, most = SHOWN_WORDS): string {
  const { fact, marking, erased, withheld } = entry;
  const { when, who, said } = factText(fact, view.zone);
  if (withheld) return `*${when}* · ${who} · _${LABELS[marking]}_\n_${WITHHELD}_`;
  const contact = view.contacts.get(String(fact.contact ?? ''));
  const words = erased ? '_The words of this entry have been erased._' : clip(said.charAt(0).toUpperCase() + said.slice(1), most);
  return `*${when}* · ${who}${contact ? ` · with ${plain(contact)}` : ''} · _${LABELS[marking]}_\n${words}`;
}

/** An entry in full; whoever may records another mark for it. */
export function entryModal(
  view: Pick<TimelineView, 'account' | 'contacts' | 'zone'> & { readonly entry: TimelineEntry; readonly mayCollect: boolean },
  channel: string,
): ModalView {
  const { account, entry } = view;
  const text = typeof entry.fact.text === 'string' ? entry.fact.text : '';
  const blocks: KnownBlock[] = [section(`*${plain(account.name)}*\n${entryText(entry, view, text === '' ? WHOLE : SHOWN_WORDS)}`)];
  // As it was entered, line by line: plain text needs no escaping, which could make it longer than a block.
  if (text !== '') blocks.push({ type: 'section', text: { type: 'plain_text', text: clip(text, 3000) } });
  const { permalink = '' } = (entry.fact.source ?? {}) as { permalink?: string };
  if (permalink !== '') blocks.push(contextLine(`<${escaped(permalink)}|Open the message in Slack>`));
  const place = entry.seq === null ? 'not in the paper trail yet: it follows within a minute' : `entry ${entry.seq} of the paper trail`;
  blocks.push(contextLine(`${place} · \`${plain(entry.fact.id)}\``));
  if (!view.mayCollect)
    return { type: 'modal', title: title('On file'), close: { type: 'plain_text', text: 'Close' }, blocks: blocks as ModalView['blocks'] };
  const others = Object.fromEntries(MARKINGS.filter((each) => each !== entry.marking).map((each) => [each, MARKING_WORDS[each]]));
  blocks.push(
    choiceField('to', 'Mark it as', others, undefined, 'Decides who may see it outside the company. The change is an entry of its own.'),
    textField('reason', 'Why', { max: 300 }),
  );
  return modal('timeline-mark', 'On file', 'Change mark', { a: account.id, f: entry.fact.id, c: channel }, blocks);
}

const title = (text: string) => ({ type: 'plain_text' as const, text });
