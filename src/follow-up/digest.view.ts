import type { KnownBlock } from '@slack/types';
import { PROMISE_OUTCOME_WORDS } from '../account/call-words.view.ts';
import { isExact } from '../kernel/money.ts';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import { progressWords } from '../numbers/goals.view.ts';
import { contextLine, freshnessLine, longDay, nameOf, shortDay } from '../slack/freshness.ts';
import type { OutgoingMessage } from '../slack/outbound.ts';
import { andMore, clip, counted, figure, money, plain, tooLargeLine } from '../slack/text.ts';
import type { Digest } from './digest.port.ts';
import type { DigestFigures } from './digest.ts';
import { nothingChanged } from './digest.ts';

export interface DigestView {
  readonly digest: Digest;
  readonly zone: string;
  readonly company: string;
  /** The chart, or the line in its place while Slack works on it; null when there is none to show. */
  readonly chart: KnownBlock | null;
  readonly now: Temporal.Instant;
}

/** Nothing has changed since the one before: one line says so, without table or chart. */
export function isQuiet({ previous, figures }: Digest): boolean {
  return previous !== null && nothingChanged(previous.figures, figures);
}

/** The parent message and the replies of its thread: one message a day in the channel, never a burst. */
export function digestMessages(view: DigestView): OutgoingMessage[] {
  const { digest } = view;
  if (isQuiet(digest)) return [unchanged(view)];
  return [
    parent(view),
    ...[
      promises(digest.figures),
      pastLimit(digest.figures),
      newlyOverdue(digest.figures),
      biggest(digest.figures),
      unassigned(digest.figures),
    ].filter((reply) => reply !== null),
  ];
}

const LISTED = 20;

function title({ digest, company }: DigestView): string {
  return clip(`Overdue digest · ${longDay(digest.day)}${company ? ` · ${company}` : ''}`, 150);
}

function statusLine(view: DigestView): KnownBlock {
  const { digest, zone, now } = view;
  const parts = [freshnessLine(digest.asOf ? Temporal.Instant.from(digest.asOf) : null, digest.sample, zone, now)];
  if (digest.late) parts.unshift(':hourglass: *Late*: the set hour had passed when this was posted.');
  return contextLine(...parts);
}

function unchanged(view: DigestView): OutgoingMessage {
  const line = `Nothing changed in the ledger since ${shortDay(view.digest.previous?.day ?? view.digest.day)}. ${summary(view.digest.figures)}`;
  return { text: line, blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: line } }, statusLine(view)] };
}

function summary(figures: DigestFigures): string {
  const totals = figures.currencies.filter((entry) => entry.overdue > 0).map((entry) => money(entry.overdue, entry.currency));
  if (totals.length === 0) return 'Nothing is overdue.';
  return `Overdue: ${totals.join(', ')} from ${counted(figures.overdueAccounts, 'account')}.`;
}

function parent(view: DigestView): OutgoingMessage {
  const { digest } = view;
  const { figures } = digest;
  const blocks: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: title(view) } },
    statusLine(view),
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: `*${summary(figures)}*${figures.currencies.length > 0 ? '\nWhat is open, by days past due:' : ''}`,
      },
    },
  ];
  if (figures.currencies.length > 0) blocks.push(ageingTable(figures, digest.previous?.figures ?? null));
  if (view.chart) blocks.push(view.chart);
  blocks.push({ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: notes(figures, digest.previous) } });
  blocks.push({
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'overdue-list',
        text: { type: 'plain_text', text: 'Open the overdue list' },
        value: JSON.stringify({ q: {}, o: 'amount', p: 0 }),
      },
    ],
  });
  return { text: `${title(view)}. ${summary(figures)}`, blocks };
}

/** What the chart shows, for those who cannot see it. */
export function chartWords(figures: DigestFigures): string {
  const rows = figures.currencies.map((entry) => {
    const shares = AGEING_BUCKETS.map(
      (bucket) => `${bucket} ${entry.open === 0 ? 0 : Math.round((entry.buckets[bucket] / entry.open) * 100)}%`,
    );
    return `${entry.currency}: ${shares.join(', ')}`;
  });
  return clip(`Share of open receivables by days past due. ${rows.join('. ')}`, 2000);
}

/** The first column names the currency, so the figures go without its sign: the table fits the page, and on a phone what is overdue is in sight. */
function ageingTable(figures: DigestFigures, previous: DigestFigures | null): KnownBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text: text || ' ' });
  const change = previous ? ['Change'] : [];
  const header = ['Currency', 'Overdue', ...change, ...AGEING_BUCKETS.map((bucket) => (bucket === 'current' ? 'Not due' : bucket))];
  const rows = figures.currencies.map(({ currency, overdue, buckets }) => {
    const before = previous?.currencies.find((each) => each.currency === currency)?.overdue ?? 0;
    const exact = isExact(overdue) && isExact(before);
    const changed = previous ? [exact ? signed(overdue - before, currency) : '–'] : [];
    return [currency, figure(overdue, currency), ...changed, ...AGEING_BUCKETS.map((bucket) => figure(buckets[bucket], currency))];
  });
  const right = { align: 'right' as const };
  return { type: 'table', column_settings: [{}, ...header.slice(1).map(() => right)], rows: [header, ...rows].map((row) => row.map(cell)) };
}

function signed(amount: number, currency: string): string {
  if (amount === 0) return 'none';
  return `${amount > 0 ? '+' : '−'}${figure(Math.abs(amount), currency)}`;
}

function notes(figures: DigestFigures, previous: Digest['previous']): string {
  const since = previous ? `since ${shortDay(previous.day)}` : 'since yesterday';
  const sums = figures.currencies.map(({ currency, open }) => [currency, open] as const);
  const large = tooLargeLine(
    sums,
    figures.biggest.map(({ name, currency, overdue: amount }) => ({ name, currency, amount })),
  );
  const lines = [...(large ? [large] : []), `:bell: ${counted(figures.newlyOverdueTotal, 'invoice')} newly overdue ${since}`];
  if (figures.unassignedTotal > 0)
    lines.push(`:bust_in_silhouette: ${counted(figures.unassignedTotal, 'overdue account')} without a collector`);
  const approvals = figures.waitingApprovals ?? 0;
  if (approvals > 0) lines.push(`:ballot_box_with_check: ${counted(approvals, 'decision waits', 'decisions wait')} for an approval`);
  const { due = [], ended = [] } = figures.promises ?? {};
  const broken = ended.filter(({ outcome }) => outcome === 'broken' || outcome === 'partly-kept').length;
  if (due.length > 0) lines.push(`:handshake: ${counted(due.length, 'promised payment is', 'promised payments are')} due today`);
  if (broken > 0) lines.push(`:warning: ${counted(broken, 'promise')} not kept ${since}`);
  const overdue = figures.overdueDisputes?.length ?? 0;
  if (overdue > 0) lines.push(`:rotating_light: ${counted(overdue, 'dispute')} past ${overdue === 1 ? 'its' : 'their'} limit`);
  const { stopped = 0, releasable = 0 } = figures.supply ?? {};
  if (stopped > 0)
    lines.push(
      `:no_entry: Supply is stopped for ${counted(stopped, 'customer')}${releasable > 0 ? `; ${releasable} of them can be released, nothing is past due` : ''}`,
    );
  const disputed = figures.currencies.filter((entry) => entry.disputed > 0).map((entry) => money(entry.disputed, entry.currency));
  if (disputed.length > 0) lines.push(`:scales: In dispute: ${disputed.join(', ')}`);
  const credit = figures.currencies.filter((entry) => entry.credit > 0).map((entry) => money(entry.credit, entry.currency));
  if (credit.length > 0) lines.push(`:memo: Unapplied cash and open credit: ${credit.join(', ')} (not yet taken off the amounts above)`);
  const { cashThisMonth, targets = {} } = figures;
  const cash = [...new Set([...Object.keys(cashThisMonth), ...Object.keys(targets)])].map((currency) =>
    currency in targets
      ? progressWords({ cash: cashThisMonth[currency] ?? 0, target: targets[currency]!, currency })
      : money(cashThisMonth[currency]!, currency),
  );
  lines.push(`:moneybag: Cash received this month: ${cash.length > 0 ? cash.join(', ') : 'none yet'}`);
  return lines.join('\n');
}

function newlyOverdue(figures: DigestFigures): OutgoingMessage | null {
  if (figures.newlyOverdueTotal === 0) return null;
  const lines = figures.newlyOverdue.map(
    (item) => `• *${plain(item.name)}*: invoice ${plain(item.number)}, ${money(item.open, item.currency)}, was due ${shortDay(item.due)}`,
  );
  return listReply('Newly overdue', lines, figures.newlyOverdueTotal);
}

/** Kept ones are told here and nowhere else; who took a broken one has its card. */
function promises({ promises: known }: DigestFigures): OutgoingMessage | null {
  if (!known || known.due.length + known.ended.length === 0) return null;
  const due = known.due.map(
    ({ name, amount, currency, takenBy }) => `• *${plain(name)}*: ${money(amount, currency)} promised for today, to <@${takenBy}>`,
  );
  const ended = known.ended.map(({ name, amount, paid, currency, takenBy, outcome }) => {
    const part = outcome === 'partly-kept' ? `${money(paid, currency)} of ${money(amount, currency)}` : money(amount, currency);
    return `• *${plain(name)}*: ${part}, *${PROMISE_OUTCOME_WORDS[outcome]}*, taken by <@${takenBy}>`;
  });
  const lines = [...due, ...ended];
  return listReply('Promises', lines.slice(0, LISTED), lines.length);
}

function pastLimit({ overdueDisputes = [] }: DigestFigures): OutgoingMessage | null {
  if (overdueDisputes.length === 0) return null;
  const lines = overdueDisputes
    .slice(0, LISTED)
    .map(
      ({ name, invoice, amount, currency, owner, until }) =>
        `• *${plain(name)}*: ${money(amount, currency)} of ${plain(invoice)}, was to be resolved by ${shortDay(until)}, ${nameOf(owner)} sees to it`,
    );
  return listReply('Disputes past their limit', lines, overdueDisputes.length);
}

function biggest(figures: DigestFigures): OutgoingMessage | null {
  if (figures.biggest.length === 0) return null;
  const lines = figures.biggest.map(
    (row) =>
      `• *${plain(row.name)}*: ${money(row.overdue, row.currency)} in ${counted(row.invoices, 'invoice')}, oldest ${counted(row.oldest, 'day')} past due, collector ${nameOf(row.collector)}`,
  );
  return listReply('Biggest overdue accounts per currency', lines, lines.length);
}

function unassigned(figures: DigestFigures): OutgoingMessage | null {
  if (figures.unassignedTotal === 0) return null;
  const lines = figures.unassigned.map((row) => `• *${plain(row.name)}*: ${money(row.overdue, row.currency)} overdue`);
  return listReply('Overdue accounts without a collector', lines, Math.max(lines.length, figures.unassignedTotal));
}

function listReply(heading: string, lines: string[], total: number): OutgoingMessage {
  const text = clip([`*${heading}*`, ...lines, ...andMore(total - lines.length)].join('\n'), 3000);
  return {
    text: `${heading}: ${counted(total, 'entry', 'entries')}`,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } }],
  };
}
