import { z } from 'zod';
import { type AccountCards, carriedBy } from '../account/account-cards.slack.ts';
import type { World } from '../kernel/world.port.ts';

import { invoiceOptions, invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { readOptionalAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, enteredOptions, field, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { askedReply } from './asked-for.slack.ts';
import type { CaseCards } from './case-cards.slack.ts';
import { requestDecision } from './request-decision.op.ts';
import { reverseWriteOff, writeOffAsked } from './write-off.op.ts';
import { WRITE_OFF_REASONS } from './write-off.ts';
import { WRITE_OFF_WORDS } from './write-off.view.ts';

const writeOffRef = z.looseObject({ a: z.string().max(100), i: z.string().max(100) });

/** Giving a claim up, and taking that back when money comes in after all. */
export function writeOffSubject(world: World, cases: CaseCards, cards: AccountCards): Subject {
  return {
    clicks: {
      'account-write-off': {
        may: 'collect',
        run: cards.open(async ({ ref, today }, given) => {
          if (!(await world.settings.read()).escalationsChannel) throw new Refused(REFUSED['escalations-channel-missing']);
          const options = invoiceOptions(await world.ledger.openItems(ref.a), today);
          if (options.length === 0) throw new Refused('Nothing is open on this account, so there is nothing to write off.');
          return modal('account-write-off', 'Write off', 'Ask', given, [
            field('invoices', 'Invoices', invoicesSelect(options), { hint: 'Of one selling entity in one currency.' }),
            choiceField('code', 'Reason', WRITE_OFF_WORDS),
            textField('amount', 'Amount', {
              optional: true,
              max: 30,
              hint: 'Left empty: all that is open and neither promised, disputed nor planned.',
            }),
            textField('reason', 'Why, in your words', {
              multiline: true,
              max: 1500,
              hint: 'What was tried and why it ends here. Kept with the decision.',
            }),
          ]);
        }),
      },
      'write-off-reverse': {
        may: 'collect',
        async run(request) {
          const { a, i } = readCarried(writeOffRef, request.value);
          const command = `click:reverse:${i}:${(await world.accounts.load(a))?.version ?? 0}`;
          const result = await reverseWriteOff(world, a, i, request.asker.user, command);
          const done = ':white_check_mark: Taken back by what came in. What the bookkeepers have to do is on the card and under postings.';
          await request.answer(await cards.card(a, request.asker, result.done ? done : REFUSED[result.refused]));
        },
      },
    },
    submits: { 'account-write-off': { may: 'collect', run: (request) => submit(world, cases, request) } },
  };
}

const FIELD: Readonly<Record<string, string>> = { 'write-off-above-open': 'amount' };

async function submit(world: World, cases: CaseCards, request: SubmitRequest) {
  const { a, c } = carriedBy(request);
  const invoices = enteredOptions(request, 'invoices').map(readInvoiceOption);
  const read = readOptionalAmount(entered(request, 'amount'), invoices[0]?.currency ?? '');
  if ('problem' in read) return fieldErrors({ amount: read.problem });
  if (read.amount !== null && read.amount <= 0) return fieldErrors({ amount: 'Type an amount above zero, or leave the field empty.' });
  const code = WRITE_OFF_REASONS.find((each) => each === entered(request, 'code'))!;
  const reason = entered(request, 'reason').trim();
  const asked = await writeOffAsked(world, { account: a, invoices, amount: read.amount, code, reason });
  if ('refused' in asked) return fieldErrors({ [FIELD[asked.refused] ?? 'invoices']: REFUSED[asked.refused] });
  const result = await requestDecision(world, asked.asked, request.asker.user, `submit:${request.view.id}`);
  return askedReply(world, cases, request, c, result, 'invoices');
}
