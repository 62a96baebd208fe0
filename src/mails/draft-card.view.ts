import type { Button, KnownBlock, RichTextBlock, StaticSelect } from '@slack/types';
import { languageName } from '../slack/country-words.ts';
import { contextLine, freshnessLine, nameOf, shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { type DraftRef, deliveryActions, deliveryStatus } from './delivery.view.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, mayBatch } from './draft.ts';
import { TONES, WHY_TEMPLATE } from './draft-text.ts';
import { askedIn, type MailAddress } from './mail-content.ts';
import { mailPreview } from './mail-preview.view.ts';
import type { SendPlan } from './send-plan.op.ts';
import type { Around } from './unusual.op.ts';
import type { Unusual } from './unusual.ts';
import { unusualLines, unusualShort } from './unusual.view.ts';

export interface DraftView {
  readonly stored: StoredDraft;
  readonly accountName: string;
  readonly zone: string;
  readonly now: Temporal.Instant;
  /** How many wait in this person's queue, this one included. */
  readonly waiting: number;
  readonly batch: number;
  /** Approved and not sent yet. */
  readonly approved: number;
  readonly sample: boolean;
  /** A mail server is set. */
  readonly server: boolean;
  /** When it leaves, of a queued one. */
  readonly plan?: SendPlan | null;
  /** What to look at before it is approved, and what was before. */
  readonly around: Around;
  /** What stands in the way of other mails. */
  readonly gaps: readonly KnownBlock[];
}

/** Enough of a hash to tell two versions of one draft apart. */
export const SHORT_HASH = 16;
const NAME = 80;

/** The whole email as it would be sent, with what can be done about it; who, how much and what is unusual stand first and once more at the end. */
export function draftBlocks(view: DraftView): KnownBlock[] {
  const { stored, zone, now, around } = view;
  const { draft } = stored;
  const { content, state } = draft;
  const preview = mailPreview(content.body, '*Show whole email* sends all of it to you alone.');
  const asOf = stored.asOf ? Temporal.Instant.from(stored.asOf) : null;
  const remarks = remarksOf(draft);
  const end = [`*${customer(view)}* · ${plain(draft.stage.name)} · *${askedWords(draft)}*`, `to ${clip(addresses(content.to), 300)}`];
  return [
    section(headLines(view).join('\n')),
    section(state === 'waiting' ? unusualLines(around.unusual) : deliveryStatus(draft, view.server, view.plan).join('\n')),
    ...(remarks.length > 0 ? [section(remarks.join('\n'))] : []),
    ...lately(view),
    ...draftActions(view, preview.whole),
    { type: 'divider' },
    contextLine(clip(`*Subject:* ${plain(content.subject)}`, 1900)),
    ...preview.blocks,
    { type: 'divider' },
    ...(content.invoices.length > 0 ? [section(invoiceLines(draft))] : []),
    ...(draft.earlier ? earlierWords(draft.earlier) : []),
    section([...end, ...(state === 'waiting' ? unusualShort(around.unusual) : [])].join('\n')),
    contextLine(`From ${addresses([content.from])}`, origin(draft), freshnessLine(asOf, view.sample, zone, now)),
    ...view.gaps,
  ];
}

/** As a message of its own, where no form can be opened. */
export function draftCardReply(view: DraftView): Reply {
  const { draft } = view.stored;
  return {
    text: clip(`${draft.stage.name} to ${plain(view.accountName)}: ${plain(draft.content.subject)}`, 1000),
    blocks: draftBlocks(view),
  };
}

const customer = ({ accountName }: DraftView) => plain(clip(accountName, NAME));

/** "€30,104.66"; what is asked for, else how many invoices are named. */
export function askedWords(draft: Draft): string {
  const asked = askedIn(draft.content).map(({ amount, currency }) => money(amount, currency));
  if (!draft.correspondence && asked.length > 0) return asked.join(' and ');
  const { length } = draft.content.invoices;
  return length > 0 ? counted(length, 'invoice') : 'nothing asked for';
}

function headLines(view: DraftView): string[] {
  const { draft } = view.stored;
  const { content, text, correspondence } = draft;
  const { oldestDays } = view.around;
  const files = content.attachments.map(({ name }) => plain(name));
  const about = [
    correspondence ? 'Asks for nothing' : `*Asks for ${askedWords(draft)}*`,
    counted(content.invoices.length, 'invoice'),
    oldestDays === null ? '' : `oldest ${counted(oldestDays, 'day')} overdue`,
    `${languageName(text.language)}${text.languageWhy ? `, ${plain(text.languageWhy)}` : ''}`,
    files.length > 0 ? `attached: ${firstOf(files, 4)}` : 'nothing attached',
  ];
  return [
    `*${plain(draft.stage.name)} to ${customer(view)}*`,
    `*To:* ${clip(addresses(content.to), 600)}`,
    ...(content.cc.length > 0 ? [`*Cc:* ${clip(addresses(content.cc), 600)}`] : []),
    about.filter(Boolean).join(' · '),
    ...statusLines(draft),
  ];
}

function statusLines(draft: Draft): string[] {
  if (!draft.secondPerson || draft.state !== 'waiting') return [];
  const given = draft.approvals.filter((approval) => approval.hash === draft.hash);
  if (given.length > 0) return [`:eyes: Approved by ${nameOf(given[0]!.by)}; a second person decides.`];
  return [':eyes: A final notice: two people approve it.'];
}

/** What the customer did last, in one line. */
function lately({ around: { lastContact, lastReply, promises } }: DraftView): KnownBlock[] {
  const parts = [
    lastContact ? `Last contact ${shortDay(lastContact)}` : 'No contact yet',
    lastReply ? `last reply ${shortDay(lastReply)}` : '',
    promises.of > 0 ? `promises kept: ${promises.kept} of ${promises.of} in 12 months` : '',
  ];
  return [contextLine(...parts.filter(Boolean))];
}

export const addresses = (list: readonly MailAddress[]) =>
  list.map(({ name, address }) => (name ? `${plain(clip(name, NAME))}, ${plain(address)}` : plain(address))).join('; ');

/** Of words that are there to be copied from; the whole of them is in the history. */
const EARLIER = 2500;

/** Set apart as a quotation, so that nobody takes them for the mail itself. */
function earlierWords({ why, by, body }: NonNullable<Draft['earlier']>): KnownBlock[] {
  const heading = `:memo: The email before this one was replaced: ${plain(why)} The words ${nameOf(by)} had put in, to copy from; they are *not* in this email:`;
  const quoted: RichTextBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: clip(body, EARLIER) }] }],
  };
  return [section(heading), quoted];
}

function invoiceLines({ content, correspondence }: Draft): string {
  const named = correspondence ? 'names' : 'asks for';
  const lines = content.invoices.slice(0, 10).map((invoice) => {
    const left = correspondence
      ? []
      : [
          invoice.promised > 0 ? `promised ${money(invoice.promised, invoice.currency)}` : '',
          invoice.disputed > 0 ? `in dispute ${money(invoice.disputed, invoice.currency)}` : '',
        ].filter(Boolean);
    return `• ${plain(invoice.number)}: ${named} ${money(invoice.asked, invoice.currency)} of ${money(invoice.residual, invoice.currency)} open${left.length > 0 ? ` (${left.join(', ')})` : ''}`;
  });
  const more = content.invoices.length > lines.length ? [`…and ${counted(content.invoices.length - lines.length, 'more invoice')}`] : [];
  const credits = content.apart
    .filter(({ why }) => why === 'credit')
    .map(({ amount, currency }) => `• less credit on the account: ${money(amount, currency)}`);
  return [`*Invoices this email ${named}*`, ...lines, ...more, ...credits].join('\n');
}

function remarksOf({ notices, text }: Draft): string[] {
  const failed = text.checks.filter((check) => !check.passed).map((check) => check.says);
  return [...new Set([...notices, ...text.notices, ...failed])].map((line) => `:warning: ${plain(line)}`);
}

function origin({ text, editors }: Draft): string {
  if (editors.length > 0) return `Words edited by ${nameOf(editors.at(-1)!)}`;
  if (text.source === 'model') return `Written by ${plain(text.model ?? 'the model')}, every figure put in by code`;
  return text.whyTemplate ? WHY_TEMPLATE[text.whyTemplate] : 'Standard template';
}

/** What can be done about it besides approving, which is the form's own button. */
/** What a check of the address answers. */
const ADDRESS: ReadonlySet<Unusual['key']> = new Set(['first-email', 'new-recipient', 'odd-domain']);

function draftActions({ stored: { draft, facts }, waiting, batch, approved, server, around }: DraftView, whole: boolean): KnownBlock[] {
  const value = JSON.stringify({ d: draft.id, h: draft.hash, n: facts } satisfies DraftRef);
  const button = (action_id: string, text: string, style?: 'primary' | 'danger'): Button => ({
    type: 'button',
    action_id,
    text: { type: 'plain_text', text },
    value,
    ...(style ? { style } : {}),
  });
  const account: Button = { ...button('account-card', 'Open account'), value: JSON.stringify({ a: draft.account }) };
  const all = whole ? [] : [button('draft-whole', 'Show whole email')];
  if (draft.state !== 'waiting') {
    const [own] = deliveryActions(draft, server, button);
    return [{ type: 'actions', elements: [...(own?.elements ?? []), account, ...all] }];
  }
  // An option's value holds ids and the beginning of the hash.
  const tones = TONES.filter((tone) => tone !== draft.text.tone).map((tone) => ({
    text: { type: 'plain_text' as const, text: `Redo, ${tone}` },
    value: `${draft.id}|${draft.hash.slice(0, SHORT_HASH)}|${tone}`,
  }));
  const redo: StaticSelect = {
    type: 'static_select',
    action_id: 'draft-redo',
    placeholder: { type: 'plain_text', text: 'Redo in another tone' },
    options: tones,
  };
  const elements = [
    button('draft-edit', 'Edit…'),
    ...(waiting > 1 ? [button('draft-next', 'Skip')] : []),
    ...(around.unusual.some(({ key }) => ADDRESS.has(key)) ? [button('draft-address', 'Address is right')] : []),
    button('draft-later', 'Later…'),
    button('draft-reject', 'Reject…', 'danger'),
    ...(draft.letter ? [] : [redo]),
    account,
    ...all,
    ...(batch > 1 && mayBatch(draft) ? [button('draft-batch', 'Review as list')] : []),
    ...approvedButton(approved),
  ];
  return [{ type: 'actions', elements }];
}

export function approvedButton(approved: number): Button[] {
  if (approved === 0) return [];
  const text = { type: 'plain_text' as const, text: `Approved, not sent (${approved})` };
  return [{ type: 'button', action_id: 'draft-approved', text, value: '{}' }];
}

const LISTED = 20;
const UNSENT: Readonly<Partial<Record<Draft['state'], string>>> = {
  queued: ' · queued',
  sending: ' · being sent',
  failed: ' · :x: *not sent*',
  ambiguous: ' · :grey_question: *not known whether it was sent*',
};

/** Approved mails that wait to be sent. */
export function approvedMailsReply(drafts: readonly StoredDraft[], names: ReadonlyMap<string, string>): Reply {
  const heading =
    drafts.length === 0 ? 'No approved email waits to be sent.' : `*Approved, not sent yet* · ${counted(drafts.length, 'email')}`;
  const rows: KnownBlock[] = drafts.slice(0, LISTED).map(({ draft }) => ({
    ...section(
      `*${plain(clip(names.get(draft.account) ?? draft.account, NAME))}* · ${plain(draft.stage.name)}${UNSENT[draft.state] ?? ''}\n${plain(clip(draft.content.subject, 200))}`,
    ),
    accessory: {
      type: 'button',
      action_id: `draft-show:${draft.id}`,
      text: { type: 'plain_text', text: 'Open' },
      value: JSON.stringify({ d: draft.id, h: draft.hash } satisfies DraftRef),
    },
  }));
  const more = andMore(drafts.length - LISTED).map((line) => contextLine(line));
  return { text: heading, blocks: [section(heading), ...rows, ...more] };
}
