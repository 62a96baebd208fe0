import { shortDay } from '../slack/freshness.ts';
import { percent } from '../slack/percent.ts';
import { firstOf, money, plain } from '../slack/text.ts';
import type { RatesFact } from './added-rates.ts';
import type { Agreement, AgreementFact } from './agreement.ts';
import { lawWords } from './agreement.view.ts';
import type { ChargesFact } from './charges.ts';
import { CHARGE_WORDS, chargeText, coveredText } from './charges.view.ts';
import type { InsuredFact } from './insured.ts';
import { SERIES_NAMES } from './interest-rates.ts';
import { limitationText } from './limitation.view.ts';
import type { LimitationFact } from './limitation-record.ts';
import type { StandardTerms, StandardTermsFact } from './terms.ts';

type Fact = ChargesFact | AgreementFact | InsuredFact | LimitationFact | RatesFact | StandardTermsFact;

export const CHARGE_SENTENCES: { readonly [Type in Fact['type']]: (fact: Extract<Fact, { type: Type }>) => string } = {
  'charge-claimed': (fact) =>
    `claimed ${money(fact.amount, fact.currency)} ${chargeText(fact)}${fact.covered ? ` (${coveredText(fact)})` : ''}`,
  'charge-waived': ({ amount, currency, kind, invoice, reason }) =>
    `waived ${money(amount, currency)} of ${CHARGE_WORDS[kind]}${invoice ? ` on ${plain(invoice)}` : ''}: ${plain(reason)}`,
  'charge-paid': ({ amount, currency, kind, invoice }) =>
    `${money(amount, currency)} of ${CHARGE_WORDS[kind]}${invoice ? ` on ${plain(invoice)}` : ''} paid`,
  'agreement-set': ({ from, to }) =>
    from ? `agreement on file changed: ${changesOf(from, to)}` : `agreement entered, law: ${lawWords(to.law)}`,
  'limitation-recorded': limitationText,
  'insured-period-passed': ({ what, until, invoices }) =>
    `${ARRANGED[what] ?? 'arrangement'} until ${shortDay(until)} recorded beyond the credit insurer’s period: ${firstOf(
      invoices.map(({ invoice, last }) => `${plain(invoice)} (last day ${shortDay(last)})`),
      3,
    )}`,
  'standard-terms-set': ({ entity, from, to }) =>
    `standard terms of ${plain(entity)} ${from ? `changed: ${standardChanges(from, to)}` : `entered, law: ${lawWords(to.law)}`}`,
  'rate-added': ({ series, half, rate, source, from }) =>
    `${SERIES_NAMES[series]} for ${plain(half)} set to ${percent(rate)}${from === null ? '' : `, was ${percent(from)}`} (${plain(source)})`,
};

const ARRANGED: Readonly<Record<string, string>> = {
  hold: 'hold',
  'record-promise': 'promise',
  'log-call': 'promise',
  'record-plan': 'payment plan',
  'make-offer': 'settlement offer',
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
  insurance: 'credit insurance',
  document: 'signed document',
};

const STANDARD_WORDS = {
  law: 'governing law',
  terms: 'payment terms',
  notice: 'notice',
  feeClause: 'reminder fee',
  disputeClause: 'mediation or arbitration',
  language: 'language of letters',
  vat: 'country of VAT',
} as const satisfies Partial<Record<keyof StandardTerms, string>>;

function standardChanges(from: StandardTerms, to: StandardTerms): string {
  const keys = Object.keys(STANDARD_WORDS) as (keyof typeof STANDARD_WORDS)[];
  const changed = keys.filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]));
  return changed.map((key) => STANDARD_WORDS[key]).join(', ');
}

function changesOf(from: Agreement, to: Agreement): string {
  const changed = (Object.keys(FIELD_WORDS) as (keyof Agreement)[]).filter(
    (key) => JSON.stringify(from[key] ?? null) !== JSON.stringify(to[key] ?? null),
  );
  return changed.map((key) => FIELD_WORDS[key]).join(', ');
}
