import type { PlainTextOption } from '@slack/types';
import { type Day, daysBetween } from '../domain/day.ts';
import type { OpenItem } from '../operations/ports.ts';
import { clip, counted, money } from './text.ts';

/** Slack's limits of a select: options, and characters of an option's value. */
const [MOST, LONGEST_VALUE] = [100, 75];

/** Open invoices to choose from, oldest first. Plain text: a select's options know no markup. */
export function invoiceOptions(items: readonly OpenItem[], today: Day): PlainTextOption[] {
  const oldest = [...items].sort((a, b) => (a.due < b.due ? -1 : 1));
  return oldest
    .map((item): PlainTextOption => {
      const late = daysBetween(item.due, today);
      const age = late > 0 ? `${counted(late, 'day')} late` : `due ${item.due}`;
      const text = `${clip(item.number, 25)} · ${money(item.open, item.currency)} · ${age}`;
      return { text: { type: 'plain_text', text: clip(text, 75) }, value: [item.currency, item.entity, item.number].join('\n') };
    })
    .filter((option) => option.value!.length <= LONGEST_VALUE)
    .slice(0, MOST);
}

export function readInvoiceOption(value: string): { currency: string; entity: string; number: string } {
  const [currency = '', entity = '', number = ''] = value.split('\n');
  return { currency, entity, number };
}
