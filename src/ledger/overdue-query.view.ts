import { z } from 'zod';
import { AGEING_BUCKETS } from './ageing.ts';
import type { OverdueOrder, OverdueQuery } from './overdue.ts';

/** The list's place as a button carries it: query, order, page from 0. Ids and words of the query only. */
export const overduePlace = z.object({
  q: z.object({
    account: z.string().max(80).optional(),
    collector: z.string().max(40).optional(),
    bucket: z.enum(AGEING_BUCKETS).optional(),
    moreThanDays: z.number().int().min(0).max(9999).optional(),
    currency: z.string().length(3).optional(),
  }),
  o: z.enum(['amount', 'age', 'name']),
  p: z.number().int().min(0),
});

export interface OverduePlace {
  readonly q: OverdueQuery;
  readonly o: OverdueOrder;
  readonly p: number;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/**
 * Reads what stands behind /overdue: any of a bucket, >days, a currency, @collector, me, nobody, by age|name|amount; what is left is part of
 * an account's name or number. 'all' adds nothing.
 */
export function parseOverdue(text: string, asker: string): OverduePlace | { problem: string } {
  const query: { -readonly [K in keyof OverdueQuery]: OverdueQuery[K] } = {};
  let order: OverdueOrder = 'amount';
  const rest: string[] = [];
  const words = text.split(/\s+/).filter((word) => word !== '' && word.toLowerCase() !== 'all');
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    const bucket = AGEING_BUCKETS.find((each) => each === word.toLowerCase());
    const mention = /^<@([A-Z0-9]+)(\|[^>]*)?>$/.exec(word);
    const days = /^(?:>|&gt;)(\d{1,4})$/.exec(word);
    if (bucket) query.bucket = bucket;
    else if (mention) query.collector = mention[1]!;
    else if (word.toLowerCase() === 'me') query.collector = asker;
    else if (word.toLowerCase() === 'nobody') query.collector = 'nobody';
    else if (days) query.moreThanDays = Number(days[1]);
    else if (CURRENCIES.has(word.toUpperCase()) && word.length === 3 && word === word.toUpperCase()) query.currency = word;
    else if (word.toLowerCase() === 'by' && /^(amount|age|name)$/i.test(words[index + 1] ?? '')) {
      order = words[index + 1]!.toLowerCase() as OverdueOrder;
      index += 1;
    } else if (word.startsWith('@'))
      return { problem: `I do not know who ${word} is. Pick the person from the list Slack offers while you type.` };
    else if (/^(>|&gt;)/.test(word)) return { problem: `\`${word}\` is not a number of days. Write for example \`>30\`.` };
    else rest.push(word);
  }
  const account = rest.join(' ');
  if (account.length > 80) return { problem: 'That is longer than any account name. Type a part of the name or number.' };
  if (account) query.account = account;
  return { q: query, o: order, p: 0 };
}

/** The query in words, for the list's heading. Unescaped. */
export function queryWords(query: OverdueQuery): string {
  const parts: string[] = [];
  if (query.account !== undefined) parts.push(`name or number contains “${query.account}”`);
  if (query.bucket !== undefined) parts.push(`${query.bucket} days past due`);
  if (query.moreThanDays !== undefined) parts.push(`more than ${query.moreThanDays} days past due`);
  if (query.currency !== undefined) parts.push(`in ${query.currency}`);
  return parts.join(', ');
}
