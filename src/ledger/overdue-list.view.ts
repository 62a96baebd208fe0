import type { Button, KnownBlock } from '@slack/types';
import { cardButton } from '../follow-up/work-list.view.ts';
import { contextLine, freshnessLine, nameOf } from '../slack/freshness.ts';
import { button, pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain, tooLargeLine } from '../slack/text.ts';
import type { OverdueList } from './list-overdue.op.ts';
import type { OverdueAccount } from './overdue.ts';
import { type OverduePlace, queryWords } from './overdue-query.view.ts';

const OVERDUE_PAGE = 10;

/** One page of the list. A page past the end (the list got shorter meanwhile) shows the last one and says so. */
export function overdueListReply(list: OverdueList, place: OverduePlace, zone: string, now: Temporal.Instant, example: string): Reply {
  const pages = Math.max(1, Math.ceil(list.rows.length / OVERDUE_PAGE));
  const page = Math.min(place.p, pages - 1);
  const rows = list.rows.slice(page * OVERDUE_PAGE, (page + 1) * OVERDUE_PAGE);
  const totals = [...list.totals].map(([currency, amount]) => money(amount, currency)).join(', ');
  const heading = overdueHeading(place);
  const freshness = contextLine(freshnessLine(list.freshness.asOf, list.freshness.sample, zone, now));
  if (rows.length === 0) {
    const none = Object.keys(place.q).length > 0 ? `Nothing overdue matches. Try ${example}.` : 'Nothing is overdue.';
    return { text: none, blocks: [section(`${heading}\n${none}`), freshness] };
  }
  const accounts = new Set(list.rows.map((row) => row.account)).size;
  const blocks: KnownBlock[] = [section(`${heading}\n${totals} from ${counted(accounts, 'account')}`)];
  const large = tooLargeLine(
    list.totals,
    list.rows.map(({ name, currency, overdue: amount }) => ({ name, currency, amount })),
  );
  if (large) blocks.push(contextLine(large));
  if (place.p > page) blocks.push(contextLine('The list has become shorter; this is its last page now.'));
  blocks.push(
    { type: 'divider' },
    ...rows.map((row, index) => ({ ...section(rowText(row)), accessory: cardButton(row.account, `${page}-${index}`, 'Card') })),
    { type: 'divider' },
  );
  blocks.push(...paging({ ...place, p: page }, pages), contextLine(`Page ${page + 1} of ${pages}`, freshnessText(freshness)));
  return { text: `Overdue: ${totals}. Page ${page + 1} of ${pages}.`, blocks };
}

/** What the list holds, in words. */
export function overdueHeading({ q }: OverduePlace): string {
  const words = queryWords(q);
  const who = q.collector === undefined ? '' : q.collector === 'nobody' ? ', without a collector' : `, collector <@${q.collector}>`;
  return `*Overdue${words ? ` · ${plain(words)}` : ''}*${who}`;
}

function rowText(row: OverdueAccount): string {
  const amount = money(row.overdue, row.currency);
  return `*${plain(row.name)}*  ${amount}\n${counted(row.invoices, 'invoice')}, oldest ${counted(row.oldest, 'day')} past due · collector ${nameOf(row.collector)}`;
}

function paging(place: OverduePlace, pages: number): KnownBlock[] {
  const other = place.o === 'amount' ? 'age' : 'amount';
  const order = button('overdue-page', 'order', other === 'age' ? 'Oldest first' : 'Largest first', { ...place, o: other, p: 0 });
  const pager = pageButtons('overdue-page', place.p, pages, (p) => ({ ...place, p }));
  return [{ type: 'actions', elements: [...pager, order, ...downloadButtons(place)] }];
}

/** The whole list as a file, to the asker alone. */
export function downloadButtons(place: OverduePlace): Button[] {
  const value = { ...place, p: 0 };
  return [button('overdue-download', 'csv', 'Download CSV', value), button('overdue-download', 'xlsx', 'Download XLSX', value)];
}

/** Asks for the list of everything overdue. */
export function overdueButton(): Button {
  return button('overdue-list', 'all', 'Overdue list', { q: {}, o: 'amount', p: 0 });
}

const freshnessText = (block: ReturnType<typeof contextLine>) => (block.elements[0] as { text: string }).text;
