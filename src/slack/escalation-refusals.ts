/** Of write-offs, placements, agencies and mandates; one sentence each, as in refusals.ts. Nothing was changed in any of them. */
export const ESCALATION_REFUSED = {
  'account-placed':
    'An agency or a law firm follows this account up, so whatever is agreed with the customer, or told to them, goes through them. Nothing was recorded. Write what they agreed under Placement… on the account’s card, or recall the account first.',
  'placed-already': 'This account is with an agency or a law firm. Recall it first.',
  'no-such-placement': 'This placement has ended meanwhile. Nothing was changed.',
  'placement-step-past': 'The placement is at this step or behind it already.',
  'placement-closed': 'They have given the account back already. Recall it, so that follow-up goes on.',
  'fee-out-of-range': 'A fee is zero or more, and no more than what came in.',
  'paid-in-future': 'Choose today or the day on which the money came in.',
  'opinion-from-missing': 'Say who gave the opinion.',
  'opinion-text-missing': 'Give the opinion in a few words, or a link to it.',
  'opinion-in-future': 'Choose today or the day of the opinion.',
  'mandate-to-oneself': 'Nobody gives a mandate to themselves. Another manager or finance lead must.',
  'mandate-runs-already': 'A mandate on this account runs already. End it first.',
  'mandate-out-of-range':
    'What may be given up is 0 to 99.99 % of a balance and an amount of zero or more; a plan ends within five years. Correct these.',
  'no-mandate': 'No mandate runs on this account any more. Nothing was changed.',
  'mandate-runs-still': 'The last day of this mandate has not passed.',
  'mandate-exceeded': 'Another offer has used this mandate in the meantime. Record the offer again: it may need an approval now.',
  'mandate-above-role': 'Offers of that size need a finance lead among those who approve, so only a finance lead can give such a mandate.',
  'negotiator-lacks-role': 'A negotiator needs the role collector, manager or finance lead. An admin gives roles.',
  'partner-name-missing': 'Give the name of the agency or law firm.',
  'partner-known': 'An agency or law firm of this name is on file already. Edit that one.',
  'licence-missing': 'Give the number of the licence or registration: nothing is placed without one.',
  'countries-missing': 'Give at least one country like GB or DE.',
  'fee-share-out-of-range': 'A fee lies between 0 and 100 % of what comes in.',
  'no-such-partner': 'This agency or law firm has been retired meanwhile. Nothing was changed.',
  'no-such-write-off': 'This write-off has been taken back meanwhile. Nothing was changed.',
  'nothing-came-in': 'Nothing has come in on this write-off that was not taken back already. Nothing was changed.',
  'told-already': 'This has been told already.',
  'write-off-above-open':
    'That is more than what is open on these invoices and neither promised, disputed nor planned. Correct the amount, or choose more invoices.',
} as const;
