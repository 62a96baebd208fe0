/** Who may see an entry of the paper trail outside the company: an evidence pack holds shareable ones only. */
export const MARKINGS = ['internal', 'shareable', 'without-prejudice', 'privileged'] as const;
export type Marking = (typeof MARKINGS)[number];

/** What passed between the customer and us is theirs to know already; everything else stays in the house. */
const SHAREABLE: ReadonlySet<string> = new Set([
  'draft-sent',
  'draft-sent-by-hand',
  'contact-made',
  'call-made',
  'reply-received',
  'reply-answered',
  'promise-recorded',
  'promise-closed',
  'dispute-recorded',
  'dispute-closed',
  'plan-recorded',
  'plan-notice-given',
  'plan-defaulted',
  'plan-closed',
  'charge-claimed',
  'charge-waived',
  'charge-paid',
  'letter-sent',
  'letter-posted',
]);

/** How a fact is marked when it enters the trail. A type that is not named here is internal: nothing leaves the house by oversight. */
export function markingOf(fact: { readonly type: string; readonly marking?: unknown; readonly kind?: unknown }): Marking {
  // Only where a person chose: any other fact's `marking` is part of what it tells.
  if (fact.type === 'interaction-recorded') return MARKINGS.find((each) => each === fact.marking) ?? 'internal';
  if (SHAREABLE.has(fact.type)) return 'shareable';
  // An offer to settle must not be held against whoever made it (custom of negotiation in every law we write to).
  if (fact.type.startsWith('offer-') && fact.kind === 'settlement') return 'without-prejudice';
  if (fact.type.startsWith('counsel-')) return 'privileged';
  return 'internal';
}

/** Later marks of an entry, by the id of its fact; the one recorded last counts. Facts oldest first. */
export function remarked(facts: Iterable<{ readonly type: string } & Readonly<Record<string, unknown>>>): Map<string, Marking> {
  const latest = new Map<string, Marking>();
  for (const { type, entry, to } of facts) {
    const marking = MARKINGS.find((each) => each === to);
    if (type === 'marking-changed' && typeof entry === 'string' && marking) latest.set(entry, marking);
  }
  return latest;
}

/** Recorded on the account; `entry` is the id of the fact whose mark changes. */
export interface MarkingFact {
  readonly type: 'marking-changed';
  readonly entry: string;
  readonly from: Marking;
  readonly to: Marking;
  readonly reason: string;
}

export interface MarkingRequest {
  readonly do: 'change-marking';
  readonly entry: string;
  readonly from: Marking;
  readonly to: Marking;
  readonly reason: string;
  readonly mayManage: boolean;
}

export type MarkingRefusal = 'marking-unchanged' | 'privilege-needs-manager' | 'reason-missing';

export function decideMarking(request: MarkingRequest): { readonly fact: MarkingFact } | { readonly refused: MarkingRefusal } {
  const { entry, from, to, reason, mayManage } = request;
  if (from === to) return { refused: 'marking-unchanged' };
  if (reason.trim() === '') return { refused: 'reason-missing' };
  // Any way out of privilege, or it would be given up in two steps.
  if (from === 'privileged' && !mayManage) return { refused: 'privilege-needs-manager' };
  return { fact: { type: 'marking-changed', entry, from, to, reason: reason.trim() } };
}
