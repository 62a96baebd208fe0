import { amountsText } from '../follow-up/policy.view.ts';
import type { Day } from '../kernel/day.ts';
import { languageName } from '../slack/country-words.ts';
import { shortDay } from '../slack/freshness.ts';
import { percent } from '../slack/percent.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { Agreement, Insurance, NoticeMethod, SignedDocument } from './agreement.ts';
import { lastInsuredDay, reportBy } from './insured.ts';
import { type Law, lawName } from './law.ts';
import { type Inherited, type StandardTerms, type Terms, termsOf, type VatPlace } from './terms.ts';

export const NOTICE_WORDS: Readonly<Record<NoticeMethod, string>> = {
  email: 'By email',
  post: 'By post',
  'registered-post': 'By registered post',
  courier: 'By courier',
};

export function lawWords(law: Law | null): string {
  return law === null ? 'not known' : lawName(law);
}

export const VAT_WORDS: Readonly<Record<VatPlace, string>> = { UK: 'United Kingdom', DE: 'Germany', other: 'Another country' };

/** Our own terms with one customer: the agreement, and the standard terms of the company that usually invoices. */
export interface AgreementView {
  readonly agreement: Agreement | null;
  readonly terms: StandardTerms | undefined;
  /** The selling company's name. */
  readonly company: string;
}

/** The name of a selling company as its invoices have it; its code while no name is set. */
export const companyName = (settings: { readonly senders?: Readonly<Record<string, { readonly name: string }>> }, entity: string): string =>
  settings.senders?.[entity]?.name || entity || 'our company';

/** On the account's card, a line for what was agreed and one for what is standard; '' while nothing is on file. */
export function agreementLine({ agreement, terms: standard, company }: AgreementView): string {
  if (!agreement && !standard) return '';
  const terms = termsOf(agreement, standard);
  const { law, document, interestRate } = terms;
  const usual = (field: Inherited) => terms.standard.includes(field);
  const shown: readonly (readonly [Inherited, string])[] = [
    ['law', law ? `law: ${lawWords(law)}` : ':warning: law not known'],
    ['terms', terms.terms === null ? '' : `terms ${counted(terms.terms, 'day')}`],
  ];
  const said = (which: boolean) => shown.filter(([field, text]) => text !== '' && usual(field) === which).map(([, text]) => text);
  const rate = interestRate === null ? [] : [`agreed interest ${percent(interestRate)}`];
  const own = [...said(false), ...rate, document ? documentText(document) : 'no signed document'];
  const standards = said(true);
  return [
    `*Agreed with this customer*  ${agreement || standards.length === 0 ? own.join(' · ') : 'nothing'}`,
    ...(standards.length > 0 ? [`*Standard terms of ${plain(company)}*  ${standards.join(' · ')}`] : []),
  ].join('\n');
}

/** What the insurer must hear and by when, and how long it lets us wait; `invoices`: the oldest due first. '' where nothing is insured. */
export function insuranceLine(
  agreement: Agreement | null,
  invoices: readonly { readonly number: string; readonly due: Day }[],
  today: Day,
): string {
  const insurance = agreement?.insurance;
  if (!agreement || (!insurance && agreement.insuranceDeadline === null)) return '';
  const [first] = invoices;
  const last = first && lastInsuredDay(agreement, first.due);
  const reported = insurance?.reported;
  return [
    `*Credit insurance*  ${insurance?.policy ? `policy ${plain(insurance.policy)}` : 'policy number not entered'}`,
    ...(reported ? [`reported to the insurer on ${shortDay(reported)}`] : []),
    ...reportText(agreement, invoices, today),
    ...(last ? [extensionText(plain(first.number), last, today)] : []),
  ].join(' · ');
}

function reportText(agreement: Agreement, invoices: readonly { readonly number: string; readonly due: Day }[], today: Day): string[] {
  const waiting = invoices.find(({ due }) => due < today && reportBy(agreement, due) !== null);
  if (!waiting) return [];
  const by = reportBy(agreement, waiting.due)!;
  const number = plain(waiting.number);
  return [by < today ? `:warning: ${number} had to be reported by ${shortDay(by)}` : `report ${number} by ${shortDay(by)}`];
}

const extensionText = (number: string, last: Day, today: Day) =>
  last < today ? `:warning: longest extension of ${number} passed on ${shortDay(last)}` : `earliest last day ${shortDay(last)} (${number})`;

/** Everything, for whoever may see and not change it, with where each part comes from. */
export function agreementText({ agreement, terms: standard, company }: AgreementView): string {
  if (!agreement && !standard) return 'No agreement with this customer and no standard terms are entered. A manager can enter both.';
  const terms = termsOf(agreement, standard);
  const { law, notice, noticeMethod, feeClause, interestRate, acceleration, disputeClause, insuranceDeadline, insurance, document } = terms;
  const from = (field: Inherited) =>
    terms.standard.includes(field) ? `  _Standard terms of ${plain(company)}_` : '  _Agreed with this customer_';
  const fee = feeClause && Object.keys(feeClause.amounts).length > 0;
  const lines: [string, string][] = [
    ['Governing law', law ? lawWords(law) + from('law') : 'not known'],
    ['Payment terms', terms.terms === null ? 'not known' : counted(terms.terms, 'day') + from('terms')],
    ['Notice', noticeText(notice, noticeMethod) + (noticeMethod ? from('notice') : '')],
    ['Reminder fee', fee ? `${amountsText(feeClause.amounts)} from the ${feeClause.from} letter on${from('feeClause')}` : 'none agreed'],
    ['Interest', interestRate === null ? 'none agreed: as the law says' : `${percent(interestRate)} a year, agreed`],
    ['On default of a plan', acceleration ? 'the whole balance falls due' : 'nothing agreed'],
    ['Mediation or arbitration', disputeClause ? plain(disputeClause) + from('disputeClause') : 'none agreed'],
    [
      'Credit insurer to be told',
      insuranceDeadline === null ? 'no deadline' : `within ${counted(insuranceDeadline, 'day')} after the due date`,
    ],
    ['Credit insurance', insurance ? insuranceText(insurance) : 'none entered'],
    ['Signed document', document ? documentText(document) : 'none'],
    ...(agreement
      ? [['Entered', `${shortDay(agreement.on)} by ${agreement.by === 'import' ? 'an import' : `<@${agreement.by}>`}`] as [string, string]]
      : []),
  ];
  return clip(lines.map(([label, value]) => `*${label}:* ${value}`).join('\n'), 3000);
}

function noticeText(notice: Terms['notice'], method: NoticeMethod | null): string {
  if (notice) return `${NOTICE_WORDS[notice.method]} to ${plain(notice.address)}`;
  return method ? `${NOTICE_WORDS[method]}; the customer’s address is missing` : 'not known';
}

function insuranceText({ policy, extension, reported }: Insurance): string {
  const longest = extension === null ? 'longest extension not known' : `at most ${counted(extension, 'day')} after the original due date`;
  const told = reported ? `, reported on ${shortDay(reported)}` : '';
  return `${policy ? `policy ${plain(policy)}, ` : ''}${longest}${told}`;
}

/** Standard terms of one company, in one paragraph; the first line names it. */
export function standardText(company: string, standard: StandardTerms | undefined): string {
  if (!standard) return `*${plain(company)}*\n:warning: Not set: interest and formal steps need each customer’s own agreement.`;
  const { law, terms, notice, feeClause, disputeClause, language, vat, by, on } = standard;
  const parts = [
    `law: ${lawWords(law)}`,
    terms === null ? 'payment terms not set' : `payment within ${counted(terms, 'day')}`,
    notice ? `notice ${NOTICE_WORDS[notice.method].toLowerCase()} to ${plain(notice.place)}` : 'method of notice not set',
    feeClause ? `fee ${amountsText(feeClause.amounts)} from the ${feeClause.from} letter on` : 'no reminder fee',
    disputeClause ? `mediation or arbitration: “${plain(disputeClause)}”` : 'no mediation or arbitration',
    language ? `letters in ${languageName(language)} where the customer’s language is not known` : 'language of letters not set',
    vat ? `VAT in: ${VAT_WORDS[vat]}` : 'country of VAT not set',
  ];
  return `*${plain(company)}*\n${parts.join(' · ')}\nSet ${shortDay(on)} by <@${by}>`;
}

function documentText({ name, at, signed }: SignedDocument): string {
  return signed ? `${documentLink(name, at)}, signed ${shortDay(signed)}` : documentLink(name, at);
}

/** Addresses were checked to be https without spaces or brackets when they were entered. */
export function documentLink(name: string, at: string): string {
  return at.startsWith('https://')
    ? `<${at.replaceAll('&', '&amp;')}|${plain(name).replaceAll('|', ' ')}>`
    : `${plain(name)} (Slack file ${at})`;
}
