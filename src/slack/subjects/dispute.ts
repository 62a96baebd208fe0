import { z } from 'zod';
import { DISPUTE_OUTCOMES, DISPUTE_REASONS, type DisputeRefusal } from '../../domain/dispute.ts';
import { parseAmount } from '../../domain/money.ts';
import type { FollowUpPorts } from '../../operations/account-days.ts';
import { recordDispute } from '../../operations/record-dispute.ts';
import { type AccountCards, carriedBy } from '../account-cards.ts';
import { DISPUTE_OUTCOME_WORDS, DISPUTE_WORDS } from '../blocks/recorded.ts';
import { invoiceOptions, readInvoiceOption } from '../invoice-options.ts';
import { Refused, type Subject } from '../listeners.ts';
import { choiceField, entered, field, fieldErrors, modal, personField, textField } from '../modals.ts';
import { REFUSED } from '../refusals.ts';
import { TEAM_STYLE } from './promise.ts';

const ABOUT_AMOUNT: readonly string[] = ['dispute-above-open', 'amount-not-positive'] satisfies DisputeRefusal[];

/** A dispute, from the account's card; a part of an invoice is enough (F31). */
export function disputeSubject(ports: FollowUpPorts, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-dispute': {
        may: 'collect',
        run: async (request) =>
          cards.open(async ({ ref, today }, carried) => {
            const options = invoiceOptions(await Array.fromAsync(ports.ledger.openItems(ref.a)), today);
            if (options.length === 0)
              throw new Refused('Nothing is open on this account, so nothing can be disputed. Nothing was changed.');
            return modal('account-dispute', 'Dispute', 'Record', carried, [
              field('invoice', 'Invoice', { type: 'static_select', action_id: 'value', options }),
              textField('amount', 'Disputed amount', {
                optional: true,
                max: 30,
                hint: 'For example 250.00. Left empty: all that is open. Only this amount rests.',
              }),
              choiceField('reason', 'Reason', DISPUTE_WORDS),
              textField('note', 'What the customer says', { optional: true, multiline: true, max: 1000 }),
              personField('owner', 'Who sees to it', request.asker.user),
            ]);
          })(request),
      },
      'account-dispute-close': {
        may: 'collect',
        run: cards.open((_, carried) =>
          modal('account-dispute-close', 'Close the dispute', 'Close it', carried, [
            choiceField('outcome', 'Outcome', DISPUTE_OUTCOME_WORDS),
            textField('note', 'Note', {
              optional: true,
              multiline: true,
              max: 1000,
              hint: 'For example the number of the credit note. Kept in the file.',
            }),
          ]),
        ),
      },
    },
    submits: {
      'account-dispute': {
        may: 'collect',
        async run(request) {
          const carried = carriedBy(request);
          const invoice = readInvoiceOption(entered(request, 'invoice'));
          const text = entered(request, 'amount').trim();
          const parsed = text === '' ? null : parseAmount(text, invoice.currency, TEAM_STYLE);
          if (parsed && !parsed.ok) return fieldErrors({ amount: `This is not an amount: ${parsed.reason}. Write it like 250.00.` });
          const { view, asker } = request;
          const reason = z.enum(DISPUTE_REASONS).parse(entered(request, 'reason'));
          const dispute = {
            id: `dispute:${view.id}`,
            account: carried.a,
            invoice,
            amount: parsed?.amount ?? null,
            reason,
            note: entered(request, 'note'),
            owner: entered(request, 'owner'),
          };
          const result = await recordDispute(ports, dispute, asker.user, `submit:${view.id}`);
          if (!result.done) return fieldErrors({ [ABOUT_AMOUNT.includes(result.refused) ? 'amount' : 'invoice']: REFUSED[result.refused] });
          cards.redrawn(request, carried, ':white_check_mark: Dispute recorded. Only the disputed amount rests.');
          return undefined;
        },
      },
      'account-dispute-close': {
        may: 'collect',
        run: cards.submitted(
          'outcome',
          async (request, { i = '' }) => ({
            do: 'close-dispute',
            id: i,
            outcome: z.enum(DISPUTE_OUTCOMES).parse(entered(request, 'outcome')),
            note: entered(request, 'note'),
          }),
          ':white_check_mark: Dispute closed.',
        ),
      },
    },
  };
}
