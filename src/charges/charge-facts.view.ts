import { percent } from '../slack/percent.ts';
import { money, plain } from '../slack/text.ts';
import type { RatesFact } from './added-rates.ts';
import type { Agreement, AgreementFact } from './agreement.ts';
import { lawWords } from './agreement.view.ts';
import type { ChargesFact } from './charges.ts';
import { CHARGE_WORDS, chargeText, coveredText } from './charges.view.ts';
import { SERIES_NAMES } from './interest-rates.ts';

type Fact = ChargesFact | AgreementFact | RatesFact;

export const CHARGE_SENTENCES: { readonly [Type in Fact['type']]: (fact: Extract<Fact, { type: Type }>) => string } = {
  'charge-claimed': (fact) =>
    `claimed ${money(fact.amount, fact.currency)} ${chargeText(fact)}${fact.covered ? ` (${coveredText(fact)})` : ''}`,
  'charge-waived': ({ amount, currency, kind, invoice, reason }) =>
    `waived ${money(amount, currency)} of ${CHARGE_WORDS[kind]}${invoice ? ` on ${plain(invoice)}` : ''}: ${plain(reason)}`,
  'charge-paid': ({ amount, currency, kind, invoice }) =>
    `${money(amount, currency)} of ${CHARGE_WORDS[kind]}${invoice ? ` on ${plain(invoice)}` : ''} paid`,
  'agreement-set': ({ from, to }) =>
    from ? `agreement on file changed: ${changesOf(from, to)}` : `agreement entered, law: ${lawWords(to.law)}`,
  'rate-added': ({ series, half, rate, source, from }) =>
    `${SERIES_NAMES[series]} for ${plain(half)} set to ${percent(rate)}${from === null ? '' : `, was ${percent(from)}`} (${plain(source)})`,
};

const FIELD_WORDS: Readonly<Partial<Record<keyof Agreement, string>>> = {
  law: 'governing law',
  terms: 'payment terms',
  notice: 'notice',
  feeClause: 'reminder fee',
  interestRate: 'agreed interest',
  acceleration: 'default of a plan',
  disputeClause: 'mediation or arbitration',
  insuranceDeadline: 'insurer’s deadline',
  document: 'signed document',
};

function changesOf(from: Agreement, to: Agreement): string {
  const changed = (Object.keys(FIELD_WORDS) as (keyof Agreement)[]).filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]));
  return changed.map((key) => FIELD_WORDS[key]).join(', ');
}
