import { addDays, type Customer, offOn, workingDays } from './p8-books.ts';

/** Who decides what, by plain lists: roles, absences, bands of amounts, times. Nothing here asks the program. */
export type Kind = 'demand-letter' | 'agency' | 'write-off' | 'stop-supply' | 'release-supply';

export const COLLECTORS = ['U0MARA', 'U0TOM'] as const;
export const APPROVERS: Readonly<Record<string, 'manager' | 'finance-lead'>> = {
  U0INES: 'manager',
  U0SARA: 'manager',
  U0PAUL: 'finance-lead',
  U0NOOR: 'finance-lead',
};
export const EVERYBODY = [...COLLECTORS, ...Object.keys(APPROVERS)];

export interface Absence {
  readonly user: string;
  readonly cover: string;
  readonly from: string;
  readonly to: string;
}

export interface Ballot {
  readonly by: string;
  /** In whose place. */
  readonly as: string;
  readonly revision: number;
}

export interface Asked {
  readonly kind: Kind;
  readonly amount: number;
  readonly requester: string;
  readonly opened: string;
  editor: string;
  revision: number;
  readonly ballots: Ballot[];
}

/** Minor units; what lies above needs the next line. */
const BANDS: Readonly<Record<Kind, readonly { readonly upTo: number; readonly people: number; readonly leads: number }[]>> = {
  'demand-letter': [{ upTo: Infinity, people: 1, leads: 0 }],
  agency: [{ upTo: Infinity, people: 2, leads: 1 }],
  'write-off': [
    { upTo: 50_000, people: 1, leads: 0 },
    { upTo: 500_000, people: 2, leads: 0 },
    { upTo: Infinity, people: 2, leads: 1 },
  ],
  'stop-supply': [{ upTo: Infinity, people: 1, leads: 0 }],
  'release-supply': [{ upTo: Infinity, people: 1, leads: 0 }],
};
/** Business days of ours. */
const EXPIRES: Readonly<Record<Kind, number>> = { 'demand-letter': 5, agency: 5, 'write-off': 5, 'stop-supply': 2, 'release-supply': 2 };

export const neededOf = ({ kind, amount }: Asked) => BANDS[kind].find(({ upTo }) => amount <= upTo)!;

export class People {
  readonly absences: Absence[] = [];
  #ours: string;

  constructor(ours: string) {
    this.#ours = ours;
  }

  absent = (user: string, day: string) => this.absences.find((each) => each.user === user && each.from <= day && day <= each.to);

  /** In whose place a person may decide, or '' when they may not. */
  decidesAs(of: Asked, user: string, day: string): string {
    const barred = new Set([of.requester, of.editor].flatMap((each) => this.#related(each, of.opened, day)));
    if (barred.has(user) || this.absent(user, day)) return '';
    const current = of.ballots.filter(({ revision }) => revision === of.revision);
    const used = (each: string) => current.some(({ by, as }) => by === each || as === each);
    if (used(user)) return '';
    if (APPROVERS[user]) return user;
    const covered = this.absences.filter(({ cover, from, to }) => cover === user && from <= day && day <= to).map((each) => each.user);
    return covered.find((each) => APPROVERS[each] && !barred.has(each) && !used(each)) ?? '';
  }

  enough(of: Asked): boolean {
    const current = of.ballots.filter(({ revision }) => revision === of.revision);
    const { people, leads } = neededOf(of);
    return current.length >= people && current.filter(({ as }) => APPROVERS[as] === 'finance-lead').length >= leads;
  }

  /** The last day on which a request of a day may be decided, up to the hour at which it was made. */
  lastDay({ kind }: Pick<Asked, 'kind'>, from: string): string {
    let day = from;
    while (workingDays(this.#ours, from, day) < EXPIRES[kind]) day = addDays(day, 1);
    return day;
  }

  /** Whoever covered for a person meanwhile, or was covered by them. */
  #related(user: string, from: string, to: string): string[] {
    if (user === '') return [];
    const within = this.absences.filter((each) => each.from <= to && each.to >= from);
    return [user, ...within.flatMap((each) => (each.user === user ? [each.cover] : each.cover === user ? [each.user] : []))];
  }
}

/** The earliest last day for payment of a letter that leaves on a day: a natural person under English law has thirty days, anybody under Spanish law thirty from receipt. */
export function leastDeadline({ kind, place }: Pick<Customer, 'kind' | 'place'>, leaves: string): string {
  const spanish = place.startsWith('ES') ? 35 : 14;
  let day = addDays(leaves, kind === 'sole-trader' && place.startsWith('GB') ? 30 : spanish);
  while (workingDays(place, leaves, day) < 7) day = addDays(day, 1);
  return day;
}

/** Whether a letter's deadline and three business days behind it are over. */
export const formalFrom = (place: string, deadline: string, today: string) => workingDays(place, deadline, addDays(today, -1)) >= 3;

export const nextWorkingDay = (place: string, day: string): string => {
  let at = day;
  while (offOn(place, at) !== null) at = addDays(at, 1);
  return at;
};
