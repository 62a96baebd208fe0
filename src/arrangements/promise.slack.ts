import { type AccountCards, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { invoiceOptions, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readOptionalAmount } from '../slack/amounts.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { entered, enteredOptions, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { warningSeen, warnOfInsurer } from './insurer-warning.slack.ts';
import type { PromiseRefusal } from './promise.ts';
import { promiseFields } from './promise-fields.slack.ts';
import { type PromiseAsked, type RecordPromiseResult, recordPromise } from './record-promise.op.ts';

/** The form's field that each refusal points to; everything else to the invoices. */
const FIELD: Partial<Record<PromiseRefusal | 'day-not-in-future', string>> = {
  'promise-in-past': 'date',
  'promise-too-far': 'date',
  'promise-above-balance': 'amount',
  'amount-not-positive': 'amount',
};

/** A promise to pay, from the account's card. */
export function promiseSubject(world: World, cards: AccountCards): Subject {
  const form = async ({ ref, today }: FromCard, carried: object) => {
    const options = invoiceOptions(await world.ledger.openItems(ref.a), today);
    if (options.length === 0) throw new Refused('Nothing is open on this account, so nothing can be promised. Nothing was changed.');
    return modal('account-promise', 'Promise to pay', 'Record', carried, promiseFields(options, today));
  };
  return {
    clicks: {
      'account-promise': {
        may: 'collect',
        run: cards.open(form),
      },
      'promise-again': { may: 'collect', run: cards.openNow(form) },
      'account-promise-withdraw': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-promise-withdraw', 'Withdraw the promise', 'Withdraw', carried, [
            textField('note', 'Why', {
              multiline: true,
              hint: 'For example a new date. What it paused is asked for again; it does not count as broken.',
            }),
          ]),
        ),
      },
    },
    submits: {
      'account-promise': {
        may: 'collect',
        async run(request) {
          const carried = carriedBy(request);
          const asked = readPromise(request);
          if ('errors' in asked) return fieldErrors(asked.errors);
          const { view, asker } = request;
          const { invoices, date: until } = asked;
          const result: RecordPromiseResult = await recordPromise(
            world,
            { id: `promise:${view.id}`, account: carried.a, ...asked, seen: warningSeen(request) },
            asker.user,
            `submit:${view.id}`,
          );
          if (!result.done && result.refused === 'beyond-insured')
            return warnOfInsurer(world, request, carried.a, { invoices, until }, 'date');
          if (!result.done) return fieldErrors({ [FIELD[result.refused as PromiseRefusal] ?? 'invoices']: REFUSED[result.refused] });
          cards.redrawn(request, carried, ':white_check_mark: Promise recorded. Only what was promised rests.');
          return undefined;
        },
      },
      'account-promise-withdraw': {
        may: 'collect',
        run: cards.submitted(
          'note',
          async (request, { i = '' }) => ({ do: 'close-promise', id: i, outcome: 'withdrawn', paid: 0, note: entered(request, 'note') }),
          ':white_check_mark: Promise withdrawn.',
        ),
      },
    },
  };
}

export function readPromise(request: SubmitRequest): Omit<PromiseAsked, 'id' | 'account'> | { readonly errors: Record<string, string> } {
  const chosen = enteredOptions(request, 'invoices').map(readInvoiceOption);
  const read = readOptionalAmount(entered(request, 'amount'), chosen[0]?.currency ?? '');
  if ('problem' in read) return { errors: { amount: read.problem } };
  return { invoices: chosen, amount: read.amount, date: day(entered(request, 'date')), saidBy: entered(request, 'who').trim() };
}
