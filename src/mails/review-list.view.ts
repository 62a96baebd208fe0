import type { Checkboxes, InputBlock, KnownBlock, ModalView } from '@slack/types';
import { languageName } from '../slack/country-words.ts';
import { contextLine } from '../slack/freshness.ts';
import { ACTION } from '../slack/modals.ts';
import { button, section } from '../slack/parts.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { StoredDraft } from './draft.port.ts';
import { askedWords } from './draft-card.view.ts';
import { askedIn } from './mail-content.ts';
import type { Outcome, Sitting } from './review.view.ts';

/** Slack's limits of an option's text and description (limits.ts); an address is never cut, and one that is too long is in no list. */
export const LONGEST_ADDRESS = 75;
const BOXES = 10;

/** A line of a list with what its box stands for. */
export interface ListLine {
  readonly stored: StoredDraft;
  readonly name: string;
  /** Days overdue of its oldest invoice; null when none is. */
  readonly oldestDays: number | null;
}

export interface ListPage {
  readonly key: string;
  readonly lines: readonly ListLine[];
  /** All that are of this group. */
  readonly all: number;
  readonly sender: string;
  /** Milliseconds. */
  readonly at: number;
  /** The letter has been read. */
  readonly read: boolean;
}

/** What a list's form carries; ids, hashes and versions are in its boxes. */
export interface ListCarried {
  readonly g: string;
  readonly t: number;
  /** Keys of groups whose letter was read. */
  readonly r: readonly string[];
  readonly s: readonly [approved: number, rejected: number, later: number];
  readonly k: readonly string[];
}

const text = (words: string) => ({ type: 'plain_text' as const, text: words });

/** 64 hexadecimal digits in 43 signs. */
const shortened = (hash: string) => (/^[0-9a-f]{64}$/.test(hash) ? Buffer.from(hash, 'hex').toString('base64url') : hash);

/** A box of the list: the draft, its hash and its version. */
export const boxValue = ({ draft, facts }: StoredDraft) => `${draft.id}|${shortened(draft.hash)}|${facts}`;

/** Read back; null for what is none of ours. */
export function boxed(value: string): { readonly id: string; readonly hash: string; readonly facts: number } | null {
  const [id = '', hash = '', facts = ''] = value.split('|');
  if (id === '' || !/^\d+$/.test(facts)) return null;
  return { id, hash: hash.length === 43 ? Buffer.from(hash, 'base64url').toString('hex') : hash, facts: Number(facts) };
}

function optionOf({ stored, name, oldestDays }: ListLine): NonNullable<Checkboxes['options']>[number] {
  const { draft } = stored;
  const [to] = draft.content.to;
  const days = oldestDays === null ? '' : ` · ${counted(oldestDays, 'day')}`;
  const amount = askedWords(draft);
  const whole = `${to!.name}, ${to!.address}`;
  return {
    text: {
      type: 'mrkdwn',
      verbatim: true,
      text: `${clip(plain(name), Math.max(12, 72 - amount.length - days.length))} · ${amount}${days}`,
    },
    description: text(whole.length <= LONGEST_ADDRESS ? whole : to!.address),
    value: boxValue(stored),
  };
}

/** Routine emails of one letter, each ticked by itself; whatever is unticked is read by itself afterwards. */
export function listView(page: ListPage, sitting: Sitting, read: readonly string[], outcome: Outcome | null): ModalView {
  const { lines, at, key, all } = page;
  const [first] = lines;
  const { draft } = first!.stored;
  const carried: ListCarried = { g: key, t: at, r: read, s: [sitting.approved, sitting.rejected, sitting.later], k: sitting.skipped };
  const groups = Array.from({ length: Math.ceil(lines.length / BOXES) }, (_, n) => lines.slice(n * BOXES, (n + 1) * BOXES));
  const head = `*${plain(draft.stage.name)}, ${languageName(draft.text.language)}, ${plain(page.sender)}*`;
  const same = `The same letter for all ${lines.length}${all > lines.length ? ` of ${all.toLocaleString('en-GB')}` : ''}. Nothing unusual. Untick what you want to read first.`;
  const undo = outcome?.undo ? { accessory: button('list-undo', 'all', 'Undo all', { u: outcome.undo.d }) } : {};
  return {
    type: 'modal',
    callback_id: 'review-list',
    title: text('Routine emails'),
    submit: text('Approve ticked, next'),
    close: text('Close'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...(outcome ? [{ ...section(outcome.says), ...undo }] : []),
      {
        ...section(`${head}\n${same}`),
        accessory: button('list-text', 'read', page.read ? 'Read again' : 'Read the letter', { d: draft.id }),
      },
      ...groups.map((own, n) => boxes(own, n, at)),
      contextLine('An email that changes before you press Approve is left out, and you are told which.'),
    ],
  };
}

/** The block's name changes with each page: Slack keeps the ticks of one that has the same name. */
function boxes(lines: readonly ListLine[], n: number, at: number): InputBlock {
  const options = lines.map(optionOf);
  const sums = Map.groupBy(
    lines.flatMap(({ stored }) => askedIn(stored.draft.content)),
    ({ currency }) => currency,
  );
  const total = [...sums]
    .map(([currency, own]) =>
      money(
        own.reduce((sum, { amount }) => sum + amount, 0),
        currency,
      ),
    )
    .join(' · ');
  return {
    type: 'input',
    block_id: `boxes:${n}:${at}`,
    optional: true,
    label: text(`${n * BOXES + 1} to ${n * BOXES + lines.length}, ${total} in total`),
    element: { type: 'checkboxes', action_id: ACTION, options, initial_options: options },
  };
}

/** "18 approved, 2 left for you, 1 changed and was left out: Kestrel Foundry Ltd (…)." */
export function listOutcome(approved: number, unticked: number, left: readonly { readonly name: string; readonly why: string }[]): string {
  const parts = [
    `${approved.toLocaleString('en-GB')} approved`,
    unticked > 0 ? `${unticked} left for you` : '',
    left.length > 0
      ? `${left.length} left out: ${left.map(({ name, why }) => `${plain(clip(name, 60))} (${plain(clip(why, 120))})`).join('; ')}`
      : '',
  ];
  return `${approved > 0 ? ':white_check_mark: ' : ''}${parts.filter(Boolean).join(', ')}.`;
}

/** The letter as the first of them says it, for reading only. */
export function letterView({ draft }: StoredDraft, body: readonly KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'shown',
    title: text('The letter'),
    close: text('Back'),
    blocks: [contextLine(`*Subject:* ${plain(clip(draft.content.subject, 300))}`), ...body],
  };
}
