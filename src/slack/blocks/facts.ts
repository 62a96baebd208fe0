import type { AccountStatus, CustomerKind } from '../../domain/account.ts';
import type { RecordedFact } from '../../operations/ports.ts';
import { plain } from '../text.ts';
import { shortDay } from './freshness.ts';

export const STATUS_WORDS: Readonly<Record<AccountStatus, string>> = {
  active: 'Active',
  insolvent: 'Insolvent',
  represented: 'Represented by counsel',
  'ceased-trading': 'Ceased trading',
  'do-not-contact': 'Do not contact',
};

export const KIND_WORDS: Readonly<Record<CustomerKind, string>> = {
  company: 'Company',
  'sole-trader': 'Sole trader or other natural person',
  'public-body': 'Public body',
  unknown: 'Not known: formal steps are blocked',
};

/** Who did it: a person, or the clock, a rule, an import. */
export function actor(by: string): string {
  return /^[UW][A-Z0-9]+$/.test(by) ? `<@${by}>` : by;
}

const person = (user: unknown) => (typeof user === 'string' && user !== '' ? `<@${user}>` : 'nobody');
const words = (value: unknown) => plain(String(value ?? ''));

const SENTENCES: Readonly<Record<string, (fact: RecordedFact) => string>> = {
  'collector-assigned': (fact) => `collector ${person(fact.from)} → ${person(fact.to)} (${words(fact.how)})`,
  held: (fact) => `on hold through ${shortDay(String(fact.until))}: ${words(fact.reason)}`,
  unheld: () => 'hold lifted',
  snoozed: (fact) => `snoozed through ${shortDay(String(fact.until))}`,
  'status-set': (fact) => `status ${STATUS_WORDS[fact.to as AccountStatus]}: ${words(fact.reason)}`,
  'kind-set': (fact) => `kind of customer ${KIND_WORDS[fact.to as CustomerKind]}`,
};

/** "20 Nov 2026, 08:15: hold lifted, by @Mara". */
export function factLine(fact: RecordedFact, zone: string): string {
  const at = Temporal.Instant.from(fact.at).toZonedDateTimeISO(zone);
  const when = `${shortDay(at.toPlainDate().toString())}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  return `${when}: ${SENTENCES[fact.type]?.(fact) ?? words(fact.type)}, by ${actor(fact.by)}`;
}
