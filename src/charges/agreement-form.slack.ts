import type { KnownBlock } from '@slack/types';
import { amountsText } from '../follow-up/policy.view.ts';
import { day } from '../kernel/day.ts';
import { LETTER_STAGES, type LetterStage } from '../mails/letter-facts.ts';
import { readAmounts } from '../slack/amounts.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, textField } from '../slack/modals.ts';
import { percent, readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { type Agreement, type AgreementRefusal, type AgreementTerms, NOTICE_METHODS, type NoticeMethod } from './agreement.ts';
import { lawWords, NOTICE_WORDS } from './agreement.view.ts';
import { isLaw, LAWS } from './law.ts';

/** Not known or not agreed, in a select that cannot offer an empty value. */
const NONE = '-';

/** The form's field that each refusal points to. */
export const AGREEMENT_FIELD: Readonly<Partial<Record<AgreementRefusal, string>>> = {
  'law-unknown': 'law',
  'terms-out-of-range': 'terms',
  'notice-address-missing': 'address',
  'fee-not-positive': 'fee',
  'fee-stage-unknown': 'feeFrom',
  'rate-out-of-range': 'rate',
  'insurance-out-of-range': 'insurance',
  'document-name-missing': 'document',
  'document-link': 'link',
  'document-in-future': 'signed',
};

export function agreementFields(agreement: Agreement | null): KnownBlock[] {
  const text = (name: string, label: string, initial: string, more: { hint?: string; max?: number; multiline?: boolean }) =>
    textField(name, label, { ...more, optional: true, initial });
  const { notice, feeClause, document } = agreement ?? { notice: null, feeClause: null, document: null };
  const whole = (value: number | null | undefined) => (value == null ? '' : String(value));
  const laws = Object.fromEntries([[NONE, 'Not known'], ...LAWS.map((law) => [law, lawWords(law)])]);
  const methods = { [NONE]: 'Not known', ...NOTICE_WORDS };
  const letters = Object.fromEntries(LETTER_STAGES.filter((stage) => stage !== 'note').map((stage) => [stage, `The ${stage} letter`]));
  const lawHint =
    'Of the contract, not of the customer’s country. It decides about interest and fees; while it is not known none are claimed.';
  return [
    choiceField('law', 'Governing law', laws, agreement?.law ?? NONE, lawHint),
    text('terms', 'Payment terms in days', whole(agreement?.terms), { max: 3 }),
    choiceField('method', 'Method of notice', methods, notice?.method ?? NONE, 'How formal notice must be given.'),
    text('address', 'Address for notice', notice?.address ?? '', { max: 500, multiline: true }),
    text('fee', 'Fee for a reminder', feeClause ? amountsText(feeClause.amounts) : '', {
      max: 150,
      hint: 'For example GBP 15, EUR 15. Empty: the contract allows none.',
    }),
    choiceField(
      'feeFrom',
      'From which letter on',
      letters,
      feeClause?.from ?? 'reminder',
      'Once for an invoice and letter, when a person claims it.',
    ),
    text('rate', 'Agreed interest, percent a year', agreement?.interestRate == null ? '' : percent(agreement.interestRate), {
      max: 10,
      hint: 'For example 12.50. Empty: what the law gives.',
    }),
    choiceField(
      'acceleration',
      'On default of a plan',
      { no: 'Nothing agreed', yes: 'The whole balance falls due' },
      agreement?.acceleration ? 'yes' : 'no',
    ),
    text('clause', 'Mediation or arbitration', agreement?.disputeClause ?? '', { max: 500, multiline: true }),
    text('insurance', 'Credit insurer to be told within days after the due date', whole(agreement?.insuranceDeadline), { max: 3 }),
    text('document', 'Signed document', document?.name ?? '', { max: 150, hint: 'Its title or file name.' }),
    text('link', 'Where it lies', document?.at ?? '', {
      max: 500,
      hint: 'https://… or a Slack file’s link or id. The file stays there, of whatever size: only its address is kept.',
    }),
    { ...dayField('signed', 'Signed on', document?.signed ?? undefined), optional: true },
  ];
}

export type AgreementRead = { readonly terms: AgreementTerms } | { readonly errors: Record<string, string> };

export function readAgreement(request: SubmitRequest): AgreementRead {
  const text = (name: string) => entered(request, name).trim();
  const errors: Record<string, string> = {};
  const whole = (name: string) => {
    if (text(name) !== '' && !/^\d{1,3}$/.test(text(name))) errors[name] = 'Write a whole number of days, or leave it empty.';
    return text(name) === '' ? null : Number(text(name));
  };
  const fee = text('fee') === '' ? null : readAmounts(text('fee'));
  if (fee && 'problem' in fee) errors.fee = fee.problem;
  const rate = text('rate') === '' ? null : readPercent(text('rate'));
  if (text('rate') !== '' && rate === null) errors.rate = 'Write a percentage like 12.50, or leave it empty.';
  const law = entered(request, 'law');
  if (law !== NONE && law !== '' && !isLaw(law)) errors.law = REFUSED['law-unknown'];
  const method = NOTICE_METHODS.find((each): each is NoticeMethod => each === entered(request, 'method'));
  if (!method && text('address') !== '') errors.method = 'Choose how notice is given to this address.';
  const [name, at, signed] = [text('document'), text('link'), entered(request, 'signed')];
  const terms: AgreementTerms = {
    law: isLaw(law) ? law : null,
    terms: whole('terms'),
    notice: method ? { method, address: text('address') } : null,
    feeClause: fee && 'amounts' in fee ? { amounts: fee.amounts, from: entered(request, 'feeFrom') as LetterStage } : null,
    interestRate: rate,
    acceleration: entered(request, 'acceleration') === 'yes',
    disputeClause: text('clause'),
    insuranceDeadline: whole('insurance'),
    document: name || at || signed ? { name, at, signed: signed ? day(signed) : null } : null,
  };
  return Object.keys(errors).length > 0 ? { errors } : { terms };
}
