/** Who may see an entry of the paper trail outside the company: an evidence pack holds shareable ones only. */
export const MARKINGS = ['internal', 'shareable', 'without-prejudice', 'privileged'] as const;
export type Marking = (typeof MARKINGS)[number];

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
