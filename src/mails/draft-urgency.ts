import type { Draft } from './draft.ts';

type Ranked = Pick<Draft, 'id' | 'letter' | 'secondPerson' | 'day' | 'approvals'>;

/**
 * Which of two approved mails leaves first: a demand letter, whose deadline the customer is given from its day; a final notice; then whose approval
 * lapses first, since it lapses with the working day after the mail's own; then the oldest approval.
 */
export function byUrgency(one: Ranked, other: Ranked): number {
  return rank(one) - rank(other) || compare(one.day, other.day) || compare(approvedAt(one), approvedAt(other)) || compare(one.id, other.id);
}

const rank = ({ letter, secondPerson }: Ranked) => (letter ? 0 : secondPerson ? 1 : 2);
const approvedAt = ({ approvals }: Ranked) => approvals.at(-1)?.at ?? '';
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
