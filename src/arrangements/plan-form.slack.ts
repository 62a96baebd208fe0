import type { KnownBlock, PlainTextOption } from '@slack/types';
import { type Day, day } from '../kernel/day.ts';
import { invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readAmount, readOptionalAmount } from '../slack/amounts.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, enteredOptions, field, textField } from '../slack/modals.ts';
import { INTERVALS, type Instalment, type Interval, instalmentsOf, MOST_INSTALMENTS, onBusinessDays } from './instalments.ts';
import type { PlanAsked } from './record-plan.op.ts';

const INTERVAL_WORDS: Readonly<Record<Interval, string>> = { weekly: 'Every week', fortnightly: 'Every two weeks', monthly: 'Every month' };

export interface PlanForm {
  /** Values of the chosen invoices' options. */
  readonly invoices: readonly string[];
  readonly amount: string;
  readonly count: string;
  readonly interval: Interval;
  readonly first: string;
  readonly byHand: string;
  readonly agreedWith: string;
}

/** The form's fields, filled with what was entered so far: the preview keeps them beside it. */
export function planFields(options: PlainTextOption[], { invoices, ...form }: PlanForm): KnownBlock[] {
  const chosen = options.filter((option) => invoices.includes(option.value!));
  return [
    field('invoices', 'Invoices', invoicesSelect(options, chosen), {
      hint: 'Of one selling entity in one currency. The plan is paid by what comes in on them.',
    }),
    textField('amount', 'Amount', {
      optional: true,
      max: 30,
      initial: form.amount,
      hint: 'For example 3,000.00. Left empty: all that is open on these invoices.',
    }),
    textField('count', 'Instalments', { max: 2, initial: form.count, hint: `1 to ${MOST_INSTALMENTS}.` }),
    choiceField(
      'interval',
      'How often',
      INTERVAL_WORDS,
      form.interval,
      'Every month on the same day; on the last day where a month is shorter.',
    ),
    dayField('first', 'First instalment', form.first, 'One on a day off of the customer moves to the next business day.'),
    textField('byHand', 'Or by hand', {
      optional: true,
      multiline: true,
      max: 2000,
      initial: form.byHand,
      hint: 'One a line, for example 2026-12-15 500.00. Takes the place of count and interval.',
    }),
    textField('agreedWith', 'Agreed with', { max: 80, initial: form.agreedWith, hint: 'Name of the person at the customer.' }),
  ];
}

export const readPlanForm = (request: SubmitRequest): PlanForm => ({
  invoices: enteredOptions(request, 'invoices'),
  amount: entered(request, 'amount').trim(),
  count: entered(request, 'count').trim(),
  interval: INTERVALS.find((each) => each === entered(request, 'interval')) ?? 'monthly',
  first: entered(request, 'first'),
  byHand: entered(request, 'byHand').trim(),
  agreedWith: entered(request, 'agreedWith').trim(),
});

/** What the form asks for; errors stand under their fields. */
export function planAsked(form: PlanForm): Omit<PlanAsked, 'id' | 'account'> | { readonly errors: Record<string, string> } {
  const chosen = form.invoices.map(readInvoiceOption);
  const currency = chosen[0]?.currency ?? '';
  const read = readOptionalAmount(form.amount, currency);
  if ('problem' in read) return { errors: { amount: read.problem } };
  const common = { invoices: chosen, amount: read.amount, agreedWith: form.agreedWith };
  if (form.byHand !== '') {
    const lines = readLines(form.byHand, currency);
    return 'problem' in lines
      ? { errors: { byHand: lines.problem } }
      : { ...common, instalments: (_, calendar) => onBusinessDays(lines.instalments, calendar) };
  }
  const count = /^\d{1,2}$/.test(form.count) ? Number(form.count) : 0;
  if (count < 1 || count > MOST_INSTALMENTS) return { errors: { count: `Write a whole number from 1 to ${MOST_INSTALMENTS}.` } };
  if (form.first === '') return { errors: { first: 'Choose the day of the first instalment.' } };
  const first = day(form.first);
  return { ...common, instalments: (of, calendar) => instalmentsOf(of, count, first, form.interval, calendar) };
}

function readLines(text: string, currency: string): { instalments: Omit<Instalment, 'date'>[] } | { problem: string } {
  const instalments: Omit<Instalment, 'date'>[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, on = '', figure = ''] = /^(\S+)[\s:;]+(.+)$/.exec(line) ?? [];
    const agreed = realDay(on);
    const read = readAmount(figure, currency);
    if (!agreed || 'problem' in read)
      return { problem: `“${line.slice(0, 60)}” is not a day and an amount. Write each line like 2026-12-15 500.00.` };
    instalments.push({ agreed, amount: read.amount });
  }
  return { instalments };
}

function realDay(text: string): Day | null {
  try {
    return day(text);
  } catch {
    return null;
  }
}
