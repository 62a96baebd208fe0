import type { MultiExternalSelect, MultiStaticSelect, PlainTextOption, StaticSelect } from '@slack/types';
import { z } from 'zod';
import type { Clock } from '../kernel/clock.port.ts';
import { type Day, dayIn, daysBetween, zoneOf } from '../kernel/day.ts';
import { anyCarried } from '../slack/carried.ts';
import { LIMITS } from '../slack/limits.ts';
import type { Subject } from '../slack/listeners.ts';
import { ACTION } from '../slack/modals.ts';
import { clip, counted, money } from '../slack/text.ts';
import type { Ledger, OpenItem } from './ledger.port.ts';

/** Open invoices to choose from, oldest first; all of them. Plain text: a select's options know no markup. */
export function invoiceOptions(items: readonly OpenItem[], today: Day): PlainTextOption[] {
  const oldest = [...items].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  return oldest.map((item): PlainTextOption => {
    const late = daysBetween(item.due, today);
    const age = late > 0 ? `${counted(late, 'day')} late` : `due ${item.due}`;
    const text = `${clip(item.number, 25)} · ${money(item.open, item.currency)} · ${age}`;
    // At most 89 characters of Slack's 150: a currency, 20 of a selling company, 64 of a number (read-row.ts).
    return {
      text: { type: 'plain_text', text: clip(text, LIMITS.optionText) },
      value: [item.currency, item.entity, item.number].join('\n'),
    };
  });
}

export function readInvoiceOption(value: string): { currency: string; entity: string; number: string } {
  const [currency = '', entity = '', number = ''] = value.split('\n');
  return { currency, entity, number };
}

const SEARCH = 'invoice-search';
const placeholder = { type: 'plain_text' as const, text: 'Type a part of the invoice number' };

/** One of them: a list, or a search where Slack’s list would not hold them all. The form must carry the account as `a` (invoiceSearch). */
export function invoiceSelect(options: PlainTextOption[]) {
  if (options.length <= LIMITS.selectOptions) return { type: 'static_select', action_id: ACTION, options } satisfies StaticSelect;
  return { type: 'external_select' as const, action_id: SEARCH, min_query_length: 0, placeholder };
}

/** Several of them, likewise. */
export function invoicesSelect(
  options: PlainTextOption[],
  chosen: readonly PlainTextOption[] = [],
): MultiStaticSelect | MultiExternalSelect {
  const initial = chosen.length > 0 ? { initial_options: [...chosen] } : {};
  if (options.length <= LIMITS.selectOptions) return { type: 'multi_static_select', action_id: ACTION, options, ...initial };
  return { type: 'multi_external_select', action_id: SEARCH, min_query_length: 0, placeholder, ...initial };
}

const carrying = z.looseObject({ a: z.string().max(100) });

/** What a search finds: open invoices of the form's account whose number or amount holds what was typed; the oldest first. */
export function invoiceSearch(ports: { readonly ledger: Ledger; readonly clock: Clock }): Subject {
  return {
    options: {
      [SEARCH]: {
        may: 'read',
        async run({ text, carried, settings }) {
          const form = carrying.safeParse(anyCarried(carried));
          if (!form.success) return [];
          const wanted = text.trim().toLowerCase();
          const [row, items] = await Promise.all([ports.ledger.account(form.data.a), ports.ledger.openItems(form.data.a)]);
          const today = dayIn(zoneOf(row, settings), ports.clock.now());
          const fits = ({ number, open, currency }: OpenItem) =>
            number.toLowerCase().includes(wanted) || money(open, currency).toLowerCase().includes(wanted);
          return invoiceOptions(items.filter(fits), today).slice(0, LIMITS.selectOptions);
        },
      },
    },
  };
}
