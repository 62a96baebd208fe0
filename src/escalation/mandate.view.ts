import type { KnownBlock } from '@slack/types';
import type { CurrencyAmounts } from '../follow-up/policy.ts';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { percent } from '../slack/percent.ts';
import type { CardRef } from '../slack/pressed.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { type Mandate, usedOf } from './mandate.ts';

/** Who negotiates and what they may concede, in one line. */
export function mandateBlocks(mandate: Mandate | null, today: string, ref: CardRef, mayApprove: boolean): KnownBlock[] {
  if (!mandate || today > mandate.until) return [];
  const used = Object.keys(mandate.most)
    .map((currency) => ({ currency, amount: usedOf(mandate, currency) }))
    .filter(({ amount }) => amount > 0)
    .map(({ currency, amount }) => money(amount, currency));
  const so = used.length > 0 ? ` Used so far: ${used.join(', ')}.` : '';
  const line = section(
    `:handshake: *Negotiator* <@${mandate.negotiator}> until ${shortDay(mandate.until)}: ${mandateWords(mandate)}, given by <@${mandate.givenBy}>.${so}`,
  );
  return [mayApprove ? { ...line, accessory: button('account-mandate-end', mandate.id, 'End mandate…', ref) } : line];
}

/** 'may give up 20.00 % and £5,000.00 in all, plans up to 180 days'. */
export function mandateWords({ off, most, longest }: Pick<Mandate, 'off' | 'most' | 'longest'>): string {
  return `may give up ${percent(off)} of a balance and ${amounts(most)} in all, plans up to ${counted(longest, 'day')}`;
}

const amounts = (most: CurrencyAmounts) =>
  Object.entries(most)
    .map(([currency, amount]) => money(amount, currency))
    .join(', ') || 'nothing';

/** Told to whoever got the mandate and whoever gave it. */
export function mandateNews(fact: RecordedFact, account: { readonly id: string; readonly name: string }): Reply {
  const { negotiator, givenBy, until, reason } = fact as RecordedFact & {
    negotiator: string;
    givenBy: string;
    until: string;
    reason?: string;
  };
  const given = fact.type === 'mandate-given';
  const title = `${given ? 'Mandate given' : 'Mandate ended'}: ${plain(account.name)}`;
  const text = given
    ? `<@${negotiator}> ${mandateWords(fact as unknown as Mandate)}, until ${shortDay(until)}; given by <@${givenBy}>. Settlements and plans within it need no further approval; others are decided as usual.`
    : `<@${negotiator}> concedes no more on this account${reason ? `: ${plain(reason)}` : `, since ${shortDay(until)} was its last day`}. What was agreed stands.`;
  return {
    text: `${title}. ${text}`,
    blocks: [
      section(`:handshake: *${title}*\n${text}`),
      { type: 'actions', elements: [button('account-card', 'news', 'Open card', { a: account.id })] },
    ],
  };
}
