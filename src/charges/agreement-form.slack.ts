import type { KnownBlock } from '@slack/types';
import { amountsText } from '../follow-up/policy.view.ts';
import { day } from '../kernel/day.ts';
import { LETTER_STAGES, type LetterStage } from '../mails/letter-facts.ts';
import { LETTER_LANGUAGES } from '../mails/letter-language.ts';
import { readAmounts } from '../slack/amounts.ts';
import { languageName } from '../slack/country-words.ts';
import type { SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, textField } from '../slack/modals.ts';
import { percent, readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { clip, counted } from '../slack/text.ts';
import {
  type Agreement,
  type AgreementRefusal,
  type AgreementTerms,
  type FeeClause,
  type Insurance,
  NOTICE_METHODS,
  type NoticeMethod,
} from './agreement.ts';
import { lawWords, NOTICE_WORDS, VAT_WORDS } from './agreement.view.ts';
import { isLaw, LAWS } from './law.ts';
import { NO_CLAUSE, type StandardEntered, type StandardTerms, VAT_PLACES } from './terms.ts';

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
  'extension-out-of-range': 'extension',
  'reported-in-future': 'reported',
  'document-name-missing': 'document',
  'document-link': 'link',
  'document-in-future': 'signed',
};

export interface Standard {
  /** The selling company's name. */
  readonly company: string;
  readonly terms: StandardTerms | undefined;
}

/** Fields that standard terms have too say what holds while they are left empty. */
export function agreementFields(agreement: Agreement | null, { company, terms: standard }: Standard): KnownBlock[] {
  const text = (name: string, label: string, initial: string, more: { hint?: string; max?: number; multiline?: boolean }) =>
    textField(name, label, { ...more, optional: true, initial });
  const { notice, feeClause, document } = agreement ?? { notice: null, feeClause: null, document: null };
  const whole = (value: number | null | undefined) => (value == null ? '' : String(value));
  const usual = (said: string | null | undefined, without: string) => (said ? `Standard terms of ${company}: ${said}` : without);
  const empty = (said: string | null | undefined, without: string) =>
    clip(`Empty: ${said ? `${said}, as the standard terms of ${company} say` : without}.`, 150);
  const laws = lawOptions(usual(standard?.law && lawWords(standard.law), 'Not known'));
  const methods = { [NONE]: usual(standard?.notice && NOTICE_WORDS[standard.notice.method].toLowerCase(), 'Not known'), ...NOTICE_WORDS };
  const lawHint =
    'Of the contract, not of the customer’s country. It decides about interest and fees; while it is not known none are claimed.';
  return [
    choiceField('law', 'Governing law', laws, agreement?.law ?? NONE, lawHint),
    text('terms', 'Payment terms in days', whole(agreement?.terms), {
      max: 3,
      hint: empty(standard?.terms == null ? null : counted(standard.terms, 'day'), 'not known'),
    }),
    choiceField('method', 'Method of notice', methods, notice?.method ?? NONE, 'How formal notice must be given.'),
    text('address', 'Address for notice', notice?.address ?? '', {
      max: 500,
      multiline: true,
      hint: clip(standard?.notice ? `The customer’s own. The standard terms say: ${standard.notice.place}` : 'The customer’s own.', 150),
    }),
    text('fee', 'Fee for a reminder', feeClause && Object.keys(feeClause.amounts).length === 0 ? NO_CLAUSE : feeText(feeClause), {
      max: 150,
      hint: clip(`GBP 15, EUR 15; or none. ${empty(standard?.feeClause && amountsText(standard.feeClause.amounts), 'none')}`, 150),
    }),
    choiceField('feeFrom', 'From which letter on', LETTERS, feeClause?.from ?? 'reminder', FEE_ONCE),
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
    text('clause', 'Mediation or arbitration', agreement?.disputeClause ?? '', {
      max: 500,
      multiline: true,
      hint: clip(`The clause; or none. ${empty(standard?.disputeClause && `“${clip(standard.disputeClause, 40)}”`, 'none')}`, 150),
    }),
    text('insurance', 'Credit insurer to be told within days after the due date', whole(agreement?.insuranceDeadline), { max: 3 }),
    text('policy', 'Number of the credit insurance policy', agreement?.insurance?.policy ?? '', { max: 60 }),
    text('extension', 'Longest extension the insurer allows, in days', whole(agreement?.insurance?.extension), {
      max: 3,
      hint: 'Counted from the original due date of each invoice. Plans, promises, holds and settlements beyond it warn.',
    }),
    {
      ...dayField(
        'reported',
        'Reported to the insurer on',
        agreement?.insurance?.reported ?? undefined,
        'Covers what was overdue by that day.',
      ),
      optional: true,
    },
    text('document', 'Signed document', document?.name ?? '', { max: 150, hint: 'Its title or file name.' }),
    text('link', 'Where it lies', document?.at ?? '', {
      max: 500,
      hint: 'https://… or a Slack file’s link or id. The file stays there, of whatever size: only its address is kept.',
    }),
    { ...dayField('signed', 'Signed on', document?.signed ?? undefined), optional: true },
  ];
}

const feeText = (clause: FeeClause | null) => (clause ? amountsText(clause.amounts) : '');
const LETTERS = Object.fromEntries(LETTER_STAGES.filter((stage) => stage !== 'note').map((stage) => [stage, `The ${stage} letter`]));
const FEE_ONCE = 'Once for an invoice and letter, when a person claims it.';
const lawOptions = (none: string) => Object.fromEntries([[NONE, none], ...LAWS.map((law) => [law, lawWords(law)])]);

/** Standard terms of one of our companies. Its reminder fees and dispute clause hold for whoever agreed nothing else. */
export function standardFields(now: StandardTerms | undefined): KnownBlock[] {
  const text = (name: string, label: string, initial: string, more: { hint?: string; max?: number; multiline?: boolean }) =>
    textField(name, label, { ...more, optional: true, initial });
  const methods = { [NONE]: 'Not set', ...NOTICE_WORDS };
  const languages = { [NONE]: 'Not set', ...Object.fromEntries(LETTER_LANGUAGES.map((code) => [code, languageName(code)])) };
  return [
    choiceField(
      'law',
      'Governing law',
      lawOptions('Not set'),
      now?.law ?? NONE,
      'Of your contracts. It decides about interest and formal steps.',
    ),
    text('terms', 'Payment terms in days', now?.terms == null ? '' : String(now.terms), { max: 3 }),
    choiceField('method', 'Method of notice', methods, now?.notice?.method ?? NONE, 'How formal notice must be given.'),
    text('place', 'Where notice goes', now?.notice?.place ?? '', {
      max: 200,
      hint: 'For example: the registered office. Each customer’s own address is entered or imported with its agreement.',
    }),
    text('fee', 'Fee for a reminder', feeText(now?.feeClause ?? null), { max: 150, hint: 'For example GBP 15, EUR 15. Empty: none.' }),
    choiceField('feeFrom', 'From which letter on', LETTERS, now?.feeClause?.from ?? 'reminder', FEE_ONCE),
    text('clause', 'Mediation or arbitration', now?.disputeClause ?? '', { max: 500, multiline: true }),
    choiceField('language', 'Language of letters where the customer’s is not known', languages, now?.language ?? NONE),
    choiceField(
      'vat',
      'Where this company accounts for VAT',
      { [NONE]: 'Not set', ...VAT_WORDS },
      now?.vat ?? NONE,
      'For the relief on bad debts.',
    ),
  ];
}

export function readStandard(request: SubmitRequest): { readonly entered: StandardEntered } | { readonly errors: Record<string, string> } {
  const text = (name: string) => entered(request, name).trim();
  const errors: Record<string, string> = {};
  const terms = readDays(text('terms'), 'terms', errors);
  const feeClause = readFee(request, errors);
  const law = text('law');
  const method = NOTICE_METHODS.find((each) => each === text('method'));
  if (!method && text('place') !== '') errors.method = 'Choose how notice is given there.';
  const read: StandardEntered = {
    law: isLaw(law) ? law : null,
    terms,
    notice: method ? { method, place: text('place') } : null,
    feeClause: feeClause && Object.keys(feeClause.amounts).length > 0 ? feeClause : null,
    disputeClause: text('clause').toLowerCase() === NO_CLAUSE ? '' : text('clause'),
    language: LETTER_LANGUAGES.find((each) => each === text('language')) ?? null,
    vat: VAT_PLACES.find((each) => each === text('vat')) ?? null,
  };
  return Object.keys(errors).length > 0 ? { errors } : { entered: read };
}

function readDays(typed: string, name: string, errors: Record<string, string>): number | null {
  if (typed !== '' && !/^\d{1,3}$/.test(typed)) errors[name] = 'Write a whole number of days, or leave it empty.';
  return typed === '' ? null : Number(typed);
}

function readFee(request: SubmitRequest, errors: Record<string, string>): FeeClause | null {
  const typed = entered(request, 'fee').trim();
  const from = entered(request, 'feeFrom') as LetterStage;
  if (typed === '') return null;
  if (typed.toLowerCase() === NO_CLAUSE) return { amounts: {}, from };
  const fee = readAmounts(typed);
  if ('problem' in fee) errors.fee = fee.problem;
  return 'amounts' in fee ? { amounts: fee.amounts, from } : null;
}

export type AgreementRead = { readonly terms: AgreementTerms } | { readonly errors: Record<string, string> };

/** `standard`: of the selling company, whose method of notice holds for an address alone. */
export function readAgreement(request: SubmitRequest, standard: StandardTerms | undefined): AgreementRead {
  const text = (name: string) => entered(request, name).trim();
  const errors: Record<string, string> = {};
  const whole = (name: string) => readDays(text(name), name, errors);
  const rate = text('rate') === '' ? null : readPercent(text('rate'));
  if (text('rate') !== '' && rate === null) errors.rate = 'Write a percentage like 12.50, or leave it empty.';
  const law = entered(request, 'law');
  if (law !== NONE && law !== '' && !isLaw(law)) errors.law = REFUSED['law-unknown'];
  const method = NOTICE_METHODS.find((each): each is NoticeMethod => each === entered(request, 'method'));
  if (!method && text('address') !== '' && !standard?.notice) errors.method = 'Choose how notice is given to this address.';
  const [name, at, signed] = [text('document'), text('link'), entered(request, 'signed')];
  const terms: AgreementTerms = {
    law: isLaw(law) ? law : null,
    terms: whole('terms'),
    notice: method || text('address') !== '' ? { method: method ?? null, address: text('address') } : null,
    feeClause: readFee(request, errors),
    interestRate: rate,
    acceleration: entered(request, 'acceleration') === 'yes',
    disputeClause: text('clause'),
    insuranceDeadline: whole('insurance'),
    insurance: insured(text('policy'), whole('extension'), text('reported')),
    document: name || at || signed ? { name, at, signed: signed ? day(signed) : null } : null,
  };
  return Object.keys(errors).length > 0 ? { errors } : { terms };
}

const insured = (policy: string, extension: number | null, reported: string): Insurance | null =>
  policy === '' && extension === null && reported === ''
    ? null
    : { policy, extension, ...(reported === '' ? {} : { reported: day(reported) }) };
