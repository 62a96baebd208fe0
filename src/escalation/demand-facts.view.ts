import { shortDay } from '../slack/freshness.ts';
import { plain } from '../slack/text.ts';
import type { DemandFact, ServedBy } from './demand.ts';

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

export const DEMAND_SENTENCES = { 'letter-sent': served, 'letter-posted': served };
