import type { AccountStatus } from '../account/account.ts';
import { shortDay } from '../slack/freshness.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { FollowUpAction } from './follow-up.ts';
import { ageWords, PROPOSAL_WORDS, REASON_WORDS } from './follow-up.view.ts';
import type { NextStep } from './next-step.ts';
import type { ProposedStep } from './proposals.ts';

const STOPS: Readonly<Record<Exclude<AccountStatus, 'active'>, string>> = {
  insolvent: 'the customer is insolvent',
  represented: 'the customer is represented by counsel',
  'ceased-trading': 'the customer has ceased trading',
  'do-not-contact': 'the customer is marked “do not contact”',
};

/** The one next action in bold, then its reason; the reason alone where nothing is to be done. */
export function stepWords(step: NextStep): string {
  switch (step.do) {
    case 'assign':
      return '*Give it a collector*: nobody has this account yet.';
    case 'decide-by-hand':
      return `:no_entry: *Decide by hand*: ${STOPS[step.status]}, so nothing goes out as usual.`;
    case 'answer-reply':
      return `*Answer*: ${counted(step.replies, 'reply is', 'replies are')} waiting.`;
    case 'chase-promise':
      return `*Call about the broken promise*: ${counted(step.broken, 'promised payment has', 'promised payments have')} not arrived.`;
    case 'check-promise':
      return `*Check the promise*: ${counted(step.due, 'promised payment is', 'promised payments are')} due.`;
    case 'check-instalment':
      return `*Check the plan*: ${counted(step.due, 'instalment is', 'instalments are')} due and not here.`;
    case 'trace-contact':
      return '*Look for a contact*: mail bounces and calls fail, so nobody there can be reached.';
    case 'wait':
      return `:hourglass: *Wait*: on hold through ${shortDay(step.until)}.`;
    case 'look-again':
      return `*Look again*: the hold ended on ${shortDay(step.ended)}.`;
    case 'check-direct-debit':
      return `*Check the direct debit*: invoice ${plain(step.invoice)} is ${counted(step.daysPastDue, 'day')} past due although it is collected by direct debit.`;
    case 'follow-up':
      return actionStep(step.action);
    case 'decide':
      return decideStep(step.proposal);
    case 'rest':
      return step.why === 'start-unconfirmed'
        ? '*Say where follow-up begins*: it was late already when it first came into the ledger.'
        : REASON_WORDS[step.why];
    case 'nothing':
      return '*Nothing to do*: nothing is past due.';
  }
}

function actionStep({ stage, leading }: FollowUpAction): string {
  const about = `invoice ${plain(leading.invoice)}, ${ageWords(leading.daysPastDue)}`;
  switch (stage.channel) {
    case 'email':
      return `*Review the mail “${plain(stage.name)}”*: ${about}.`;
    default:
      return `*Call*: stage “${plain(stage.name)}” is due; ${about}.`;
  }
}

/** "Decide: demand letter; £1,200.00 on 2 invoices, open since 4 Mar." */
function decideStep({ stage, currency, sum, invoices, since }: ProposedStep): string {
  const choices = stage.proposes.map((each) => PROPOSAL_WORDS[each]).join(', or ');
  return `*Decide*: ${choices}; ${money(sum, currency)} on ${counted(invoices.length, 'invoice')}, open since ${shortDay(since)}.`;
}
