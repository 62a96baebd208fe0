import type { Button, KnownBlock } from '@slack/types';
import { onHold } from '../account/account-work.ts';
import { habitLine } from '../numbers/habit-line.view.ts';
import { contextLine, freshnessLine } from '../slack/freshness.ts';
import { button, pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain, tooLargeLine } from '../slack/text.ts';
import type { WorkList } from './list-work.op.ts';
import { stepWords } from './next-step.view.ts';
import { restsToday, type WorkEntry, type WorkItem } from './worklist.ts';

const WORK_PAGE = 10;

/** A page of something that may have become shorter since its button was drawn: then its last page. */
export function pageOf<T>(all: readonly T[], wanted: number): { rows: readonly T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / WORK_PAGE));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { rows: all.slice(page * WORK_PAGE, (page + 1) * WORK_PAGE), page, pages };
}

/** `user`'s list as an answer of its own, with paging. */
export function workListReply(list: WorkList, user: string, wanted: number, zone: string, now: Temporal.Instant): Reply {
  const { rows, page, pages } = pageOf(list.entries, wanted);
  const heading = `*Your list*: ${workSummary(list.entries)}`;
  const freshness = freshnessLine(list.freshness.asOf, list.freshness.sample, zone, now);
  if (rows.length === 0) return { text: 'Your list is empty.', blocks: [section(emptyWords(user)), contextLine(freshness)] };
  const blocks: KnownBlock[] = [section(heading)];
  const large = workTooLarge(list.entries);
  if (large) blocks.push(contextLine(large));
  if (wanted > page) blocks.push(contextLine('The list has become shorter; this is its last page now.'));
  blocks.push(...entriesBlocks(rows, list.today, page));
  const buttons = pageButtons('work-page', page, pages, (p) => ({ p }));
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  blocks.push(contextLine(`Page ${page + 1} of ${pages}`, freshness));
  return { text: `Your list: ${counted(list.entries.length, 'account')}. Page ${page + 1} of ${pages}.`, blocks };
}

export function emptyWords(user: string): string {
  return `:white_check_mark: Nothing is waiting for <@${user}>: no account with something overdue is yours or yours to cover today.`;
}

/** "12 accounts, £1,200.00 and €300.00 overdue". */
export function workSummary(entries: readonly WorkEntry[]): string {
  const totals = new Map<string, number>();
  for (const { item } of entries)
    for (const { currency, overdue } of item.overdue) totals.set(currency, (totals.get(currency) ?? 0) + overdue);
  const amounts = [...totals].sort().map(([currency, amount]) => money(amount, currency));
  return `${counted(entries.length, 'account')}${amounts.length > 0 ? `, ${amounts.join(' · ')} overdue` : ''}`;
}

/** Names the row where a sum of the list is too large. */
export function workTooLarge(entries: readonly WorkEntry[]): string | null {
  const rows = entries.flatMap(({ item }) => item.overdue.map(({ currency, overdue }) => ({ name: item.name, currency, amount: overdue })));
  const totals = new Map<string, number>();
  for (const { currency, amount } of rows) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  return tooLargeLine(totals, rows);
}

/** The entries of one page; above the first that needs nothing today it says so once. */
export function entriesBlocks(rows: readonly WorkEntry[], today: WorkList['today'], page: number): KnownBlock[] {
  const first = rows.findIndex(({ step }) => restsToday(step));
  return rows.flatMap((entry, index) => [
    ...(index === first ? [section('*Nothing to do today*, and why:')] : []),
    ...entryBlocks(entry, today, `${page}-${index}`),
  ]);
}

/** Two blocks an entry: what and why, and its buttons. */
function entryBlocks({ item, step, coveredFor }: WorkEntry, today: WorkList['today'], key: string): KnownBlock[] {
  const habit = habitLine(item, today);
  const cover = coveredFor ? `\n:bust_in_silhouette: You cover for <@${coveredFor}>, who is away.` : '';
  const hold = step.do !== 'wait' && onHold(item, today) ? '\n:hourglass: On hold: nothing goes out.' : '';
  return [
    section(
      `*${plain(item.name)}*  ${overdueWords(item)}\n${stepWords(step)}${habit ? `\n${habit}` : ''}${hold}${item.supplyStopped ? '\n:octagonal_sign: Supply is stopped.' : ''}${cover}`,
    ),
    {
      type: 'actions',
      elements: [
        ...callButton(item.account, step, key),
        ...letterButton(item, key),
        ...supplyButton(item, step, key),
        cardButton(item.account, key),
        button('work-snooze', key, 'Snooze…', { a: item.account }),
      ],
    },
  ];
}

/** Where the next step is a call, its card is one click away. */
function callButton(account: string, step: WorkEntry['step'], key: string): Button[] {
  const calls = step.do === 'chase-promise' || (step.do === 'follow-up' && step.action.stage.channel === 'call');
  return calls ? [{ ...button('account-call', key, 'Call…', { a: account }), style: 'primary' }] : [];
}

/** Where the policy proposes a demand letter, its form is one click away. */
function letterButton({ account, decision }: WorkItem, key: string): Button[] {
  const proposed = decision?.proposals.find(({ stage }) => stage.proposes.includes('demand-letter'));
  return proposed ? [{ ...button('account-letter', key, 'Demand letter…', { a: account, e: proposed.entity }), style: 'primary' }] : [];
}

/** Where the policy proposes to stop supply, asking for it is one click away. */
function supplyButton({ account, decision }: WorkItem, step: WorkEntry['step'], key: string): Button[] {
  const stages = [...(decision?.proposals ?? []).map(({ stage }) => stage), ...(step.do === 'follow-up' ? [step.action.stage] : [])];
  if (!stages.some(({ proposes }) => proposes.includes('stop-supply'))) return [];
  return [button('decide-now', key, 'Request stop of supply…', { a: account, k: 'stop-supply' })];
}

export function overdueWords({ overdue }: WorkItem): string {
  if (overdue.length === 0) return 'nothing overdue';
  return `${overdue.map((part) => money(part.overdue, part.currency)).join(' · ')} overdue`;
}

export function cardButton(account: string, key: string, label = 'Open card'): Button {
  return button('account-card', key, label, { a: account });
}
