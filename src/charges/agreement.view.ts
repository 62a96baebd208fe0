import { amountsText } from '../follow-up/policy.view.ts';
import { shortDay } from '../slack/freshness.ts';
import { percent } from '../slack/percent.ts';
import { clip, counted, plain } from '../slack/text.ts';
import type { Agreement, NoticeMethod, SignedDocument } from './agreement.ts';
import { type Law, lawName } from './law.ts';

export const NOTICE_WORDS: Readonly<Record<NoticeMethod, string>> = {
  email: 'By email',
  post: 'By post',
  'registered-post': 'By registered post',
  courier: 'By courier',
};

export function lawWords(law: Law | null): string {
  return law === null ? 'not known' : lawName(law);
}

/** One line on the account's card; '' while nothing is on file. */
export function agreementLine(agreement: Agreement | null): string {
  if (!agreement) return '';
  const { law, terms, document, interestRate } = agreement;
  const parts = [
    law ? `law: ${lawWords(law)}` : ':warning: law not known',
    terms === null ? '' : `terms ${counted(terms, 'day')}`,
    interestRate === null ? '' : `agreed interest ${percent(interestRate)}`,
    document ? documentText(document) : 'no signed document',
  ];
  return `*Agreement*  ${parts.filter(Boolean).join(' · ')}`;
}

/** Everything, for whoever may see and not change it. */
export function agreementText(agreement: Agreement | null): string {
  if (!agreement) return 'Nothing is on file for this account. A manager can enter what was agreed.';
  const { law, terms, notice, feeClause, interestRate, acceleration, disputeClause, insuranceDeadline, document, by, on } = agreement;
  const lines: [string, string][] = [
    ['Governing law', lawWords(law)],
    ['Payment terms', terms === null ? 'not known' : counted(terms, 'day')],
    ['Notice', notice ? `${NOTICE_WORDS[notice.method]} to ${plain(notice.address)}` : 'not known'],
    ['Reminder fee', feeClause ? `${amountsText(feeClause.amounts)} from the ${feeClause.from} letter on` : 'none agreed'],
    ['Interest', interestRate === null ? 'none agreed: as the law says' : `${percent(interestRate)} a year, agreed`],
    ['On default of a plan', acceleration ? 'the whole balance falls due' : 'nothing agreed'],
    ['Mediation or arbitration', disputeClause ? plain(disputeClause) : 'none agreed'],
    [
      'Credit insurer to be told',
      insuranceDeadline === null ? 'no deadline' : `within ${counted(insuranceDeadline, 'day')} after the due date`,
    ],
    ['Signed document', document ? documentText(document) : 'none'],
    ['Entered', `${shortDay(on)} by <@${by}>`],
  ];
  return clip(lines.map(([label, value]) => `*${label}:* ${value}`).join('\n'), 3000);
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
