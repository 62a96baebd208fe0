import type { InputBlock, PlainTextOption } from '@slack/types';
import { addDays, type Day } from '../kernel/day.ts';
import { invoicesSelect } from '../ledger/invoice-options.slack.ts';
import { dayField, field, textField } from '../slack/modals.ts';

/** What a promise is made of, in its own form and in a call's. */
export function promiseFields(options: PlainTextOption[], today: Day): InputBlock[] {
  return [
    field('invoices', 'Invoices', invoicesSelect(options), { hint: 'Only what is promised is paused.' }),
    textField('amount', 'Amount', {
      optional: true,
      max: 30,
      hint: 'For example 1,250.00. Left empty: all that is open on these invoices.',
    }),
    dayField('date', 'They pay on', addDays(today, 7), 'The day on which the money leaves them.'),
    textField('who', 'Who said it', { max: 80, hint: 'Name of the person at the customer.' }),
  ];
}
