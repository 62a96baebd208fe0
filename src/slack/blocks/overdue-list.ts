import type { Button, KnownBlock } from '@slack/types';
import type { OverdueAccount } from '../../domain/overdue.ts';

import type { OverdueList } from '../../operations/list-overdue.ts';
import { type OverduePlace, queryWords } from '../overdue-query.ts';
import type { Reply } from '../reply.ts';
import { counted, money, plain } from '../text.ts';
import { contextLine, freshnessLine, nameOf } from './freshness.ts';

export const OVERDUE_PAGE = 10;

/** One page of the list. A page past the end (the list got shorter meanwhile) shows the last one and says so. */
export function overdueListReply(list: OverdueList, place: OverduePlace, zone: string, now: Temporal.Instant, example: string): Reply {
  const pages = Math.max(1, Math.ceil(list.rows.length / OVERDUE_PAGE));
  const page = Math.min(place.p, pages - 1);
  const rows = list.rows.slice(page * OVERDUE_PAGE, (page + 1) * OVERDUE_PAGE);
  const words = queryWords(place.q);
  const who =
    place.q.collector === undefined ? '' : place.q.collector === 'nobody' ? ', without a collector' : `, collector <@${place.q.collector}>`;
  const totals = [...list.totals].map(([currency, amount]) => money(amount, currency)).join(', ');
  const heading = `*Overdue${words ? ` · ${plain(words)}` : ''}*${who}`;
  const freshness = contextLine(freshnessLine(list.freshness.asOf, list.freshness.sample, zone, now));
  if (rows.length === 0) {
    const none = words || who ? `Nothing overdue matches. Try ${example}.` : 'Nothing is overdue.';
    return { text: none, blocks: [section(`${heading}\n${none}`), freshness] };
  }
  const accounts = new Set(list.rows.map((row) => row.account)).size;
  const blocks: KnownBlock[] = [section(`${heading}\n${totals} from ${counted(accounts, 'account')}`)];
  if (place.p > page) blocks.push(contextLine('The list has become shorter; this is its last page now.'));
  blocks.push({ type: 'divider' }, ...rows.map((row) => section(rowText(row))), { type: 'divider' });
  blocks.push(...paging({ ...place, p: page }, pages), contextLine(`Page ${page + 1} of ${pages}`, freshnessText(freshness)));
  return { text: `Overdue: ${totals}. Page ${page + 1} of ${pages}.`, blocks };
}

function rowText(row: OverdueAccount): string {
  const amount = money(row.overdue, row.currency);
  return `*${plain(row.name)}*  ${amount}\n${counted(row.invoices, 'invoice')}, oldest ${counted(row.oldest, 'day')} past due · collector ${nameOf(row.collector)}`;
}

function paging(place: OverduePlace, pages: number): KnownBlock[] {
  const button = (label: string, to: OverduePlace, key: string): Button => ({
    type: 'button',
    action_id: `overdue-page:${key}`,
    text: { type: 'plain_text', text: label },
    value: JSON.stringify(to),
  });
  const elements: Button[] = [];
  if (place.p > 0) elements.push(button('Previous', { ...place, p: place.p - 1 }, 'previous'));
  if (place.p < pages - 1) elements.push(button('Next', { ...place, p: place.p + 1 }, 'next'));
  const other = place.o === 'amount' ? 'age' : 'amount';
  elements.push(button(other === 'age' ? 'Oldest first' : 'Largest first', { ...place, o: other, p: 0 }, 'order'));
  return [{ type: 'actions', elements }];
}

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const freshnessText = (block: ReturnType<typeof contextLine>) => (block.elements[0] as { text: string }).text;
