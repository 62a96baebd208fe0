import type { Button, KnownBlock } from '@slack/types';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { type Reply, sentence } from '../slack/reply.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import type { FlagAnswer } from './answered-flags.ts';
import { FLAG_WORDS } from './flag-words.view.ts';
import type { FlaggedInvoice, FlagKind } from './hygiene.ts';
import { type AccountFlags, AHEAD } from './read-flags.op.ts';

/** What a button of a flag carries: account, entity, invoice, flag and answer. */
export interface FlagRef {
  readonly a: string;
  readonly e: string;
  readonly n: string;
  readonly f: FlagKind;
  readonly w: FlagAnswer;
  /** The list is of everybody's accounts. */
  readonly l: boolean;
}

/** Two blocks an invoice, within Slack's fifty. */
const LISTED = 20;

export function flagsReply(found: readonly AccountFlags[], everybody: boolean, notice?: string): Reply {
  const all = found.flatMap(({ account, invoices }) => invoices.map((invoice) => ({ account, invoice })));
  if (all.length === 0) return sentence(`${notice ? `${notice}\n` : ''}Nothing is missing on invoices that fall due within ${AHEAD} days.`);
  const sums = new Map<string, number>();
  for (const { invoice } of all) sums.set(invoice.currency, (sums.get(invoice.currency) ?? 0) + invoice.open);
  const total = [...sums].map(([currency, amount]) => money(amount, currency)).join(', ');
  const title = `*${counted(all.length, 'invoice')} due within ${AHEAD} days ${all.length === 1 ? 'has' : 'have'} something missing* (${total})`;
  const more = all.length > LISTED ? `\nThe first ${LISTED} are shown; answer them to see the next.` : '';
  return {
    text: `${counted(all.length, 'invoice')} with something missing`,
    blocks: [
      section(`${notice ? `${notice}\n` : ''}${title}${more}`),
      ...all.slice(0, LISTED).flatMap(({ account, invoice }) => blocksOf(account, invoice, everybody)),
    ],
  };
}

function blocksOf(
  { id, name }: AccountFlags['account'],
  { entity, number, currency, open, due, flags }: FlaggedInvoice,
  l: boolean,
): KnownBlock[] {
  const lines = flags.map(({ kind, says }) => `• ${FLAG_WORDS[kind]}: ${plain(says)}`);
  const answers = flags.flatMap(({ kind }): Button[] => {
    const ref = (w: FlagAnswer): FlagRef => ({ a: id, e: entity, n: number, f: kind, w, l });
    const of = flags.length > 1 ? `${FLAG_WORDS[kind]}: ` : '';
    return [
      button('flag-answer', `${kind}-r`, `${of}${of ? 'put right' : 'Put right'}`, ref('put-right')),
      button('flag-answer', `${kind}-n`, `${of}${of ? 'not needed' : 'Not needed'}`, ref('not-needed')),
    ];
  });
  return [
    section(clip(`*${plain(number)}* · ${plain(name)} · ${money(open, currency)}, due ${shortDay(due)}\n${lines.join('\n')}`, 3000)),
    { type: 'actions', elements: [...answers.slice(0, 20), button('account-card', 'flag', 'Open card', { a: id })] },
  ];
}
