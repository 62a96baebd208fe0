/** Of interest, fixed sums, fees, costs and reference rates; one sentence each, as in refusals.ts. */
export const CHARGES_REFUSED = {
  'law-not-known':
    'The governing law is missing, so nothing is claimed: neither the agreement with this customer nor our standard terms name it. A manager enters it; the law decides, not the customer’s country.',
  'law-unknown':
    'This law is none of the list. Nothing was changed. Choose one of the list, or leave it as not known; “Another law” is for one that it lacks.',
  'kind-not-known':
    'The kind of customer is missing, so nothing is claimed: the laws on late payment cover debts of businesses alone. Set it first.',
  'business-not-confirmed':
    'This customer is a natural person. The laws on late payment cover what a sole trader owes in business, not what somebody owes as a consumer. Say which it is before you claim.',
  'no-rule-for-law':
    'What this law gives on a late payment was not looked up, so nothing is claimed: it may give more or less than the Directive. If the contract names a rate, a manager can enter it in the agreement.',
  'public-body-not-checked':
    'What this law asks of a public body that pays late was not checked, so nothing is claimed. Ask counsel; if the contract names a rate, a manager can enter it in the agreement.',
  'public-body-kinds-differ':
    'A public hospital owes 8 points by this law and every other public body 10, and the customer type does not say which this is. Nothing is claimed. If the contract names a rate, a manager can enter it in the agreement.',
  'start-not-checked':
    'The payment terms are missing in the agreement and in our standard terms, and when interest begins without them by this law was not checked. Nothing is claimed. A manager can enter the terms in the agreement.',
  'no-interest-in-insolvency':
    'Insolvency proceedings were opened, and from then on this law gives no interest and no fixed sum. Nothing is claimed.',
  'currency-not-in-law':
    'The law states its fixed sum in its own currency, and this debt is in another. Interest can be claimed; the fixed sum is left out.',
  'sum-not-in-law': 'With an agreed rate the UK Act gives no fixed sum (s.5A comes with statutory interest, s.8 displaces it).',
  'sum-not-checked':
    'The fixed sum of this law was found in one place alone, so it is left out. Interest can be claimed; ask counsel about the sum.',
  'sum-needs-exchange-rate':
    'The fixed sum of this law is in euros, owed in its own currency at the exchange rate of a certain day, which is not on file. It is left out; interest can be claimed.',
  'covered-by-costs':
    'Recovery costs that were claimed on this debt are more than the fixed sum, and the law counts the sum towards them. Nothing more is claimed.',
  'no-fee-for-stage': 'The agreement allows no fee for this reminder, or it was not sent, or the fee was claimed before.',
  'claimed-already': 'This was claimed before: compensation once for each debt, a fee once for each reminder, interest once for each day.',
  'figures-changed': 'The figures have changed since they were shown. Nothing was claimed; read them again and decide again.',
  'nothing-to-claim': 'There is no interest that was not claimed before.',
  'no-such-charge': 'This claim is not on file.',
  'above-what-is-left': 'That is more than what is left of this claim.',
  'purpose-missing': 'Say what the cost was for: the file keeps it.',
  'waiver-needs-manager': 'A collector may waive up to 100 of the currency on one claim; above that a manager decides.',
  'reference-rate-out-of-range': 'A reference rate is between -2 and 30 % a year. Nothing was saved. Check the decimal point.',
  'rate-source-missing': 'Without its source nobody could check the rate, so nothing was saved. Write where it was published, and when.',
  'rate-not-fixed-yet':
    'This half-year has not begun, so its rate is not fixed. Nothing was saved. Add the rate when it has been published and the half-year has begun.',
  'rate-known':
    'This half-year has this rate already. Nothing was saved, and nothing needs to be. To put a rate right, enter another figure.',
  'limitation-entities-differ': 'Choose invoices of one selling entity at a time: each may have a law of its own. Nothing was recorded.',
  'reported-in-future': 'Choose today or the day on which the insurer was told.',
  'limitation-source-missing': 'Say what this rests on: whose advice, or what the customer wrote or paid. Nothing was recorded.',
  'limitation-link':
    'Give an address that begins with https://, or the id of a Slack file (F…); or leave it empty and describe the evidence. Nothing was recorded.',
  'limitation-in-future': 'That day has not come. Nothing was recorded. Give the day on which it happened.',
  'limitation-too-far': 'No claim of ours can be brought more than 30 years from now. Nothing was recorded. Check the year.',
  'limitation-through':
    'A suspension needs a last day, not before its first and not after today. Nothing was recorded. Record it when it is over.',
  'limitation-not-by-law':
    'By the law of this contract, as far as it is listed here, this does not move the limitation date, or the law is not listed. Nothing was recorded. Ask counsel, and record the date itself with its source.',
} as const;
