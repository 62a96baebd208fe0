import type { DemandFact, ServedBy } from '../../domain/demand.ts';
import type { RecordedFact } from '../../operations/ports.ts';
import { plain } from '../text.ts';
import { shortDay } from './freshness.ts';

export const SERVED_WORDS: Readonly<Record<ServedBy, string>> = {
  email: 'email',
  post: 'post',
  'registered-post': 'registered post',
  courier: 'courier',
  'process-server': 'process server',
};

function served({ sentOn, deadline, method, tracking, firm, sha256 }: DemandFact): string {
  const number = tracking ? `, ${plain(tracking)}` : '';
  const by = firm ? `, by ${plain(firm)}` : '';
  return `demand letter of ${shortDay(sentOn)} by ${SERVED_WORDS[method]}${number}${by}, deadline ${shortDay(deadline)}, PDF \`${plain(sha256.slice(0, 12))}\``;
}

const SENTENCES: Readonly<Record<string, (fact: RecordedFact) => string>> = {
  'letter-sent': (fact) => served(fact as unknown as DemandFact),
  'letter-posted': (fact) => served(fact as unknown as DemandFact),
};

/** What a fact about a demand letter says; undefined for every other one. */
export function demandSentence(fact: RecordedFact): string | undefined {
  return SENTENCES[fact.type]?.(fact);
}
