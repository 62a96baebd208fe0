import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import { addDays, day } from '../kernel/day.ts';
import { invoiceOptions, invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readAmount } from '../slack/amounts.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, enteredOptions, field, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { OFFER_WORDS } from './arrangements.view.ts';
import { warningSeen, warnOfInsurer } from './insurer-warning.slack.ts';
import type { PlanNeeds } from './plan.slack.ts';
import { type OfferAsked, recordSettlement } from './record-settlement.op.ts';
import type { OfferKind, OfferRefusal } from './settlement.ts';

const FIELD: Partial<Record<string, string>> = {
  'offer-above-balance': 'terms',
  'amount-not-positive': 'terms',
  'offer-in-past': 'until',
  'offer-too-far': 'until',
} satisfies Partial<Record<OfferRefusal, string>>;

/** A lump sum that settles a balance, or a discount for paying early, from the account's card. */
export function settlementSubject(world: PlanNeeds, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-settlement': {
        may: 'collect',
        run: cards.openUnplaced(async ({ ref, today }, carried) => {
          const options = invoiceOptions(await world.ledger.openItems(ref.a), today);
          if (options.length === 0)
            throw new Refused('Nothing is open on this account, so there is nothing to settle. Nothing was changed.');
          return modal('account-settlement', 'Settlement or discount', 'Record', carried, [
            choiceField('kind', 'What is offered', OFFER_WORDS, 'settlement', 'A settlement is made without prejudice.'),
            field('invoices', 'Invoices', invoicesSelect(options)),
            textField('terms', 'They pay, or what is taken off', {
              max: 30,
              hint: 'An amount like 4,500.00 that settles all of it, or a part to take off like 2.5%.',
            }),
            dayField(
              'until',
              'Money here by',
              addDays(today, 14),
              'Cleared on this day at the latest; a day later the full balance stands.',
            ),
          ]);
        }),
      },
      'account-offer-accept': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-offer-accept', 'They accept', 'Record', carried, [
            textField('who', 'Who accepted', {
              max: 80,
              hint: 'Name of the person at the customer. The invoices rest until the offer’s last day.',
            }),
          ]),
        ),
      },
      'account-offer-withdraw': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-offer-withdraw', 'Withdraw the offer', 'Withdraw', carried, [
            textField('note', 'Why', { multiline: true, hint: 'The full balance stands and is asked for again. Tell the customer.' }),
          ]),
        ),
      },
    },
    submits: {
      'account-settlement': { may: 'collect', run: (request) => submitOffer(world, cards, request) },
      'account-offer-accept': {
        may: 'collect',
        run: cards.submitted(
          'who',
          async (request, { i = '' }) => ({ do: 'accept-offer', id: i, acceptedBy: entered(request, 'who') }),
          ':white_check_mark: Accepted. The invoices rest until the offer’s last day.',
        ),
      },
      'account-offer-withdraw': {
        may: 'collect',
        run: cards.submitted(
          'note',
          async (request, { i = '' }) => ({
            ...{ do: 'close-offer', id: i, outcome: 'withdrawn', inTime: 0, late: 0, remainder: [] },
            note: entered(request, 'note'),
          }),
          ':white_check_mark: Offer withdrawn. The full balance stands.',
        ),
      },
    },
  };
}

async function submitOffer(world: PlanNeeds, cards: AccountCards, request: SubmitRequest) {
  const carried = carriedBy(request);
  const invoices = enteredOptions(request, 'invoices').map(readInvoiceOption);
  const terms = readTerms(entered(request, 'terms').trim(), invoices[0]?.currency ?? '');
  if ('problem' in terms) return fieldErrors({ terms: terms.problem });
  const kind: OfferKind = entered(request, 'kind') === 'discount' ? 'discount' : 'settlement';
  const id = `offer:${request.view.id}`;
  const by = request.asker.user;
  const asked: OfferAsked = {
    id,
    account: carried.a,
    kind,
    invoices,
    terms,
    until: day(entered(request, 'until')),
    seen: warningSeen(request),
  };
  const result = await recordSettlement(world, asked, by, `submit:${request.view.id}`);
  if (!result.done && result.refused === 'beyond-insured')
    return warnOfInsurer(world, request, carried.a, { invoices, until: asked.until }, 'until');
  if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'invoices']: REFUSED[result.refused] });
  const proposed = result.account.work.offers.find((offer) => offer.id === id)?.state === 'proposed';
  if (!proposed) {
    cards.redrawn(request, carried, ':white_check_mark: Offer recorded. Follow-up goes on until they accept.');
    return undefined;
  }
  request.later(async () => {
    const asking = await world.askApproval(carried.a, id, by);
    const done = `:white_check_mark: Offer recorded; do not make it before it is approved. ${asking}`;
    await request.tell(carried.c, await cards.card(carried.a, request.asker, done));
  });
  return undefined;
}

/** '4,500.00' that they pay, or '2.5%' that is taken off, in hundredths of a percent. */
function readTerms(text: string, currency: string): OfferAsked['terms'] | { readonly problem: string } {
  const [, percent] = /^(\d{1,2}(?:\.\d{1,2})?)\s*%$/.exec(text) ?? [];
  if (percent !== undefined) {
    const [whole = '0', part = ''] = percent.split('.');
    const off = Number(whole) * 100 + Number(part.padEnd(2, '0'));
    return off > 0 ? { off } : { problem: 'Take off more than nothing, for example 2.5%.' };
  }
  const read = readAmount(text, currency);
  return 'problem' in read ? { problem: `${read.problem} A percentage looks like 2.5%.` } : { pay: read.amount };
}
