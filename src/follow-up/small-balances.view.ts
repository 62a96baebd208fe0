import type { KnownBlock } from '@slack/types';
import { button, pageButtons, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain } from '../slack/text.ts';
import { ageWords } from './follow-up.view.ts';
import { NUMBERS } from './numbers.ts';
import type { SmallBalance } from './small-balances.op.ts';
import { cardButton, pageOf } from './work-list.view.ts';

/** The queue with what can be done about each: write it off on the card, or keep it for now. */
export function smallBalancesReply(all: readonly SmallBalance[], wanted: number, mayCollect: boolean): Reply {
  if (all.length === 0) return { text: 'No small balances.', blocks: [section(':white_check_mark: No small balances to decide about.')] };
  const { rows, page, pages } = pageOf(all, wanted);
  const sums = new Map<string, number>();
  for (const { currency, amount } of all) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  const total = [...sums].sort().map(([currency, amount]) => money(amount, currency));
  const blocks: KnownBlock[] = [
    section(
      `*Small balances*: ${counted(all.length, 'invoice')}, ${total.join(' · ')}. Each has had every step whose minimum it reaches. Write it off on its card, or keep it for ${NUMBERS.keptDays} days.`,
    ),
  ];
  for (const [index, row] of rows.entries()) {
    const key = `${page}-${index}`;
    const { account, entity, invoice } = row;
    blocks.push(section(`*${plain(row.name)}*  ${plain(invoice)} · ${money(row.amount, row.currency)} · ${ageWords(row.daysPastDue)}`), {
      type: 'actions',
      elements: [
        cardButton(account, key, 'Open'),
        ...(mayCollect ? [button('small-keep', key, `Keep ${NUMBERS.keptDays} days`, { a: account, e: entity, i: invoice, p: page })] : []),
      ],
    });
  }
  const buttons = pageButtons('small-page', page, pages, (p) => ({ p }));
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  return { text: `Small balances: ${counted(all.length, 'invoice')}. Page ${page + 1} of ${pages}.`, blocks };
}
