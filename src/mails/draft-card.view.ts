import type { ActionsBlock, Button, KnownBlock, RichTextBlock } from '@slack/types';
import { languageName } from '../slack/country-words.ts';
import { contextLine, freshnessLine, nameOf } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import { type DraftRef, deliveryActions, deliveryStatus } from './delivery.view.ts';
import type { StoredDraft } from './draft.port.ts';
import { type Draft, mayBatch } from './draft.ts';
import { TONES, WHY_TEMPLATE } from './draft-text.ts';
import type { MailAddress } from './mail-content.ts';
import { mailPreview } from './mail-preview.view.ts';
import type { SendPlan } from './send-plan.op.ts';
import type { Unusual } from './unusual.ts';
import { unusualLines } from './unusual.view.ts';

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
  /** What to look at before it is approved. */
  readonly unusual: readonly Unusual[];
  /** What stands in the way of other mails. */
  readonly gaps: readonly KnownBlock[];
  readonly notice?: string;
}

/** Enough of a hash to tell two versions of one draft apart. */
export const SHORT_HASH = 16;

/** The whole mail as it would be sent, with what can be done about it. */
export function draftCardReply(view: DraftView): Reply {
  const { stored, accountName, notice, zone, now, waiting } = view;
  const { draft } = stored;
  const { content } = draft;
  const blocks: KnownBlock[] = [];
  if (notice) blocks.push(contextLine(notice));
  blocks.push({ type: 'header', text: { type: 'plain_text', text: clip(`${draft.stage.name} · ${accountName}`, 150) } });
  if (draft.state !== 'waiting') for (const line of deliveryStatus(draft, view.server, view.plan)) blocks.push(contextLine(line));
  else
    blocks.push(
      contextLine(
        ...status(draft),
        waiting > 1 ? `${(waiting - 1).toLocaleString('en-GB')} more in your queue` : 'The only one in your queue',
      ),
    );
  if (draft.state === 'waiting') blocks.push(section(clip(unusualLines(view.unusual), 3000)));
  const remarks = remarksOf(draft);
  if (remarks.length > 0) blocks.push(section(clip(remarks.join('\n'), 3000)));
  blocks.push(section(clip(envelope(draft), 3000)));
  blocks.push({ type: 'divider' });
  const preview = mailPreview(content.body, '*Show whole email* sends all of it to you alone.');
  blocks.push(...preview.blocks);
  blocks.push({ type: 'divider' });
  if (content.invoices.length > 0) blocks.push(section(invoiceLines(draft)));
  if (draft.earlier) blocks.push(...earlierWords(draft.earlier));
  // What became of it stands beside the buttons, whatever the length of the mail.
  if (draft.state !== 'waiting') blocks.push(section(clip(deliveryStatus(draft, view.server, view.plan).join('\n'), 3000)));
  blocks.push(...actions(view, preview.whole));
  const asOf = stored.asOf ? Temporal.Instant.from(stored.asOf) : null;
  blocks.push(contextLine(freshnessLine(asOf, view.sample, zone, now), origin(draft)));
  blocks.push(...view.gaps);
  return { text: clip(`${draft.stage.name} to ${plain(accountName)}: ${plain(content.subject)}`, 1000), blocks };
}

function status(draft: Draft): string[] {
  const given = draft.approvals.filter((approval) => approval.hash === draft.hash);
  if (draft.secondPerson && given.length > 0) return [`:eyes: Approved by ${nameOf(given[0]!.by)}; a second person decides`];
  if (draft.secondPerson) return [':eyes: A final notice: two people approve it'];
  return [':hourglass: Waiting for your review'];
}

function envelope({ content, text }: Draft): string {
  const files = content.attachments.map((file) => plain(file.name)).join(', ') || 'none';
  const lines = [`*From* ${addresses([content.from])}`, `*To* ${addresses(content.to)}`];
  if (content.cc.length > 0) lines.push(`*Cc* ${addresses(content.cc)}`);
  return [
    ...lines,
    `*Subject* ${plain(content.subject)}`,
    `*Attachments* ${files}  ·  *Language* ${languageName(text.language)}${text.languageWhy ? `, ${plain(text.languageWhy)}` : ''}`,
  ].join('\n');
}

const addresses = (list: readonly MailAddress[]) =>
  list.map(({ name, address }) => (name ? `${plain(name)} (${plain(address)})` : plain(address))).join(', ');

/** Of words that are there to be copied from; the whole of them is in the history. */
const EARLIER = 2500;

/** Set apart as a quotation, so that nobody takes them for the mail itself. */
function earlierWords({ why, by, body }: NonNullable<Draft['earlier']>): KnownBlock[] {
  const heading = `:memo: The draft before this one was replaced: ${plain(why)} The words ${nameOf(by)} had put in, to copy from; they are *not* in this mail:`;
  const quoted: RichTextBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: clip(body, EARLIER) }] }],
  };
  return [section(clip(heading, 3000)), quoted];
}

function invoiceLines({ content, correspondence }: Draft): string {
  const named = correspondence ? 'names' : 'asks for';
  const lines = content.invoices.slice(0, 10).map((invoice) => {
    const rests = correspondence
      ? []
      : [
          invoice.promised > 0 ? `promised ${money(invoice.promised, invoice.currency)}` : '',
          invoice.disputed > 0 ? `in dispute ${money(invoice.disputed, invoice.currency)}` : '',
        ].filter(Boolean);
    return `• ${plain(invoice.number)}: ${named} ${money(invoice.asked, invoice.currency)} of ${money(invoice.residual, invoice.currency)} open${rests.length > 0 ? ` (${rests.join(', ')})` : ''}`;
  });
  const more = content.invoices.length > lines.length ? [`…and ${counted(content.invoices.length - lines.length, 'more invoice')}`] : [];
  const credits = content.apart
    .filter(({ why }) => why === 'credit')
    .map(({ amount, currency }) => `• less credit on the account: ${money(amount, currency)}`);
  return clip([`*Invoices this mail ${named}*`, ...lines, ...more, ...credits].join('\n'), 3000);
}

function remarksOf({ notices, text }: Draft): string[] {
  const failed = text.checks.filter((check) => !check.passed).map((check) => check.says);
  return [...new Set([...notices, ...text.notices, ...failed])].map((line) => `:warning: ${plain(line)}`);
}

function origin({ text, editors }: Draft): string {
  if (editors.length > 0) return `Words edited by ${nameOf(editors.at(-1)!)}`;
  if (text.source === 'model') return `Written by ${plain(text.model ?? 'the model')}, every figure put in by code`;
  return text.whyTemplate ? WHY_TEMPLATE[text.whyTemplate] : 'The template of the stage.';
}

function actions({ stored: { draft, facts }, waiting, batch, approved, server }: DraftView, whole: boolean): ActionsBlock[] {
  const value = JSON.stringify({ d: draft.id, h: draft.hash, n: facts } satisfies DraftRef);
  const button = (action_id: string, text: string, style?: 'primary' | 'danger'): Button => ({
    type: 'button',
    action_id,
    text: { type: 'plain_text', text },
    value,
    ...(style ? { style } : {}),
  });
  const next = waiting > 1 ? [button('draft-next', 'Next')] : [];
  const all: ActionsBlock[] = whole ? [] : [{ type: 'actions', elements: [button('draft-whole', 'Show whole email')] }];
  if (draft.state !== 'waiting') return [...all, ...deliveryActions(draft, server, button)];
  // An option's value holds 75 characters: ids and the beginning of the hash.
  const tones = TONES.filter((tone) => tone !== draft.text.tone).map((tone) => ({
    text: { type: 'plain_text' as const, text: `Redo, ${tone}` },
    value: `${draft.id}|${draft.hash.slice(0, SHORT_HASH)}|${tone}`,
  }));
  const first: ActionsBlock = {
    type: 'actions',
    elements: [
      button('draft-approve', server ? 'Approve and send' : 'Approve', 'primary'),
      button('draft-edit', 'Edit…'),
      button('draft-later', 'Later…'),
      button('draft-reject', 'Reject…', 'danger'),
      ...next,
    ],
  };
  const second: ActionsBlock = {
    type: 'actions',
    elements: [
      { type: 'static_select', action_id: 'draft-redo', placeholder: { type: 'plain_text', text: 'Redo in another tone' }, options: tones },
      ...(batch > 1 && mayBatch(draft) ? [button('draft-batch', 'Approve first reminders as a list…')] : []),
    ],
  };
  return [...all, first, second, ...approvedButton(approved)];
}

/** When nothing waits. */
export function emptyQueueReply(approved: number, gaps: readonly KnownBlock[]): Reply {
  const text = 'Nothing waits for your review.';
  return { text, blocks: [section(`:white_check_mark: ${text}`), ...gaps, ...approvedButton(approved)] };
}

function approvedButton(approved: number): ActionsBlock[] {
  if (approved === 0) return [];
  const text = { type: 'plain_text' as const, text: `Approved, not sent (${approved})` };
  return [{ type: 'actions', elements: [{ type: 'button', action_id: 'draft-approved', text, value: '{}' }] }];
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
    drafts.length === 0 ? 'No approved mail waits to be sent.' : `*Approved, not sent yet* · ${counted(drafts.length, 'mail')}`;
  const rows: KnownBlock[] = drafts.slice(0, LISTED).map(({ draft }) => ({
    type: 'section',
    text: {
      type: 'mrkdwn',
      verbatim: true,
      text: clip(
        `*${plain(names.get(draft.account) ?? draft.account)}* · ${plain(draft.stage.name)}${UNSENT[draft.state] ?? ''}\n${plain(draft.content.subject)}`,
        600,
      ),
    },
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

/** With long names and subjects five still fit into one section. */
const LINES = 5;

/** The whole list of a batch, nothing cut off: each draft with its own hash is approved by itself. */
export function batchList(drafts: readonly StoredDraft[], names: ReadonlyMap<string, string>): KnownBlock[] {
  const lines = drafts.map(({ draft: { account, content } }) => {
    const name = clip(plain(names.get(account) ?? account), 100);
    const sums = [...Map.groupBy(content.invoices, ({ currency }) => currency)].map(([currency, of]) => {
      const sum = (part: 'asked' | 'residual') => of.reduce((total, invoice) => total + invoice[part], 0);
      return `${money(sum('asked'), currency)} of ${money(sum('residual'), currency)} open`;
    });
    return `• *${name}*: ${clip(plain(content.subject), 200)}, to ${clip(addresses(content.to), 150)}; asks for ${sums.join(' and ')}`;
  });
  return Array.from({ length: Math.ceil(lines.length / LINES) }, (_, n) => section(lines.slice(n * LINES, (n + 1) * LINES).join('\n')));
}
