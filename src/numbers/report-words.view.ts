import { contextLine, shortDay } from '../slack/freshness.ts';
import { pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { Period } from './period.ts';
import type { Asked, GroupKind } from './report.ts';
import { headWords, rowWords } from './report.view.ts';
import type { FigureRow, RowKind } from './report-rows.op.ts';

/** Where a page of rows is: what was asked, which rows, the page from 0, the last day. */
export interface RowsPlace {
  readonly a: Asked;
  readonly k: RowKind;
  readonly p: number;
  readonly d: string;
}

const PAGE = 15;

/** One page of the rows that a figure was added up from. */
export function rowsReply(
  rows: readonly FigureRow[],
  place: RowsPlace,
  period: Period,
  companies: Readonly<Record<string, string>>,
): Reply {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(place.p, pages - 1);
  const totals = new Map<string, number>();
  for (const { currency, amount } of rows) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  const sums = [...totals].sort().map(([currency, amount]) => money(amount, currency));
  const title = `*${rowWords(place.k)}* · ${headWords({ asked: place.a, period }, companies)}`;
  if (rows.length === 0) return { text: rowWords(place.k), blocks: [section(`${title}\nThere are none.`)] };
  const shown = rows.slice(page * PAGE, (page + 1) * PAGE);
  const buttons = pageButtons('report-rows-page', page, pages, (p) => ({ ...place, p }));
  return {
    text: `${rowWords(place.k)}: ${sums.join(', ')}`,
    blocks: [
      section(`${title}\n${counted(rows.length, 'row')} · ${sums.join(' · ')}`),
      section(shown.map(rowLine).join('\n')),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
      contextLine(`Page ${page + 1} of ${pages}`),
    ],
  };
}

function rowLine({ name, number, currency, amount, issued, due, late, paid }: FigureRow): string {
  const when = paid !== '' ? `paid ${shortDay(paid)}` : due === '' ? shortDay(issued) : `due ${shortDay(due)}`;
  const how =
    late === null || late === 0
      ? ''
      : late > 0
        ? ` · ${counted(late, 'day')} late`
        : paid === ''
          ? ''
          : ` · ${counted(-late, 'day')} early`;
  return `• *${plain(name)}* ${plain(number)}  ${money(amount, currency)} · ${when}${how}`;
}

/** What a part of the company is called; `people`: names by Slack user id. Unescaped. */
export function groupName(
  kind: GroupKind,
  key: string,
  companies: Readonly<Record<string, string>>,
  people: ReadonlyMap<string, string>,
): string {
  if (kind === 'entity') return companies[key] || key;
  if (kind === 'collector') return key === '' ? 'no collector' : (people.get(key) ?? key);
  return key === '' ? 'none' : key;
}
