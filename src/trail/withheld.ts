import type { Marking } from './marking.ts';

/** What an entry that stays in the house is about, in words for the person who reviews a pack. */
export const WITHHELD_WORDS = {
  decisions: 'requests for a decision, votes and outcomes',
  owner: 'questions to the owner in sales and answers',
  'write-offs': 'write-offs',
  placements: 'placements with agencies and law firms',
  mandates: 'mandates of negotiators',
  offers: 'offers, settlements and discounts',
  counsel: 'advice of counsel',
  mails: 'drafting, review and sending of mails and letters',
  notes: 'notes, calls and searches for contacts',
  account: 'stages, holds, assignments, the ledger and bookings',
} as const;
export type WithheldKind = keyof typeof WITHHELD_WORDS;

/**
 * What the reader of a pack is told of them. Coarser than for us: that a debt was written off or an offer made is itself nothing for others to
 * know, so what is privileged and what is without prejudice stands in one line that does not say which.
 */
export const WITHHELD_OUTSIDE = {
  decisions: 'Deliberation and decisions within the company',
  mails: 'Drafting and review of mails and letters before they left',
  notes: 'Notes and enquiries within the company',
  account: 'Administration of the account',
  protected: 'Privileged or without prejudice',
} as const;
type WithheldOutside = keyof typeof WITHHELD_OUTSIDE;

const OUTSIDE: Readonly<Record<WithheldKind, Exclude<WithheldOutside, 'protected'>>> = {
  ...{ decisions: 'decisions', owner: 'decisions', 'write-offs': 'decisions', placements: 'decisions', mandates: 'decisions' },
  ...{ offers: 'decisions', counsel: 'decisions', mails: 'mails', notes: 'notes', account: 'account' },
};

/** Entries of one kind and mark that stay in the house. */
export interface Withheld {
  readonly kind: WithheldKind;
  readonly marking: Exclude<Marking, 'shareable'>;
  readonly count: number;
  /** ISO instants of the first and the last of them. */
  readonly first: string;
  readonly last: string;
}

export interface WithheldGroup {
  readonly words: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** For the reader of a pack; empty groups are left out. */
export function withheldOutside(withheld: readonly Withheld[]): WithheldGroup[] {
  const groups = Object.entries(WITHHELD_OUTSIDE) as [WithheldOutside, string][];
  return groups.flatMap(([group, words]) => {
    const own = withheld.filter(({ kind, marking }) => (marking === 'internal' ? OUTSIDE[kind] : 'protected') === group);
    return own.length === 0 ? [] : [{ words, ...span(own) }];
  });
}

const span = (own: readonly Omit<Withheld, 'kind' | 'marking'>[]) => ({
  count: own.reduce((sum, each) => sum + each.count, 0),
  first: own.map(({ first }) => first).reduce((a, b) => (a < b ? a : b)),
  last: own.map(({ last }) => last).reduce((a, b) => (a > b ? a : b)),
});

/** Counted while entries are read, oldest first. */
export function withheldCount() {
  const found = new Map<string, Withheld>();
  return {
    add(kind: WithheldKind, at: string, marking: Withheld['marking']): void {
      const before = found.get(`${kind} ${marking}`) ?? { kind, marking, count: 0, first: at, last: at };
      found.set(`${kind} ${marking}`, { ...before, count: before.count + 1, last: at });
    },
    all: (): Withheld[] => [...found.values()],
  };
}
