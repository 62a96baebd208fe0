import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Law } from './law.ts';

/** What a customer or we did that lets the time begin again, where the law says so. */
export const RESTARTS = ['acknowledgement', 'part-payment', 'written-demand'] as const;
export type Restart = (typeof RESTARTS)[number];

/** What makes the time stand still, where the law says so, and how long it runs at least when that is over. */
export interface SuspensionRule {
  readonly by: 'negotiations' | 'mediation';
  readonly leastMonths: number;
  readonly source: string;
}

/** Until when the price of goods or services can be claimed in court between businesses. */
export interface LimitationRule {
  readonly years: number;
  /** The time runs from the due date, or from the end of the year in which that lies. */
  readonly from: 'due' | 'end-of-year';
  readonly restarts: readonly Restart[];
  readonly suspended?: SuspensionRule;
  /** The article, and where its words were read. */
  readonly source: string;
  /** One source only, or sources that differ: the date is a hint for counsel. */
  readonly doubtful?: true;
  /** After its end the claim is gone, not only barred. */
  readonly extinguished?: true;
}

const ENGLAND: LimitationRule = {
  years: 6,
  from: 'due',
  // Section 29(5) and (7): in writing and signed, and only while the time still runs.
  restarts: ['acknowledgement', 'part-payment'],
  source: 'Limitation Act 1980, sections 5 and 29 (legislation.gov.uk/ukpga/1980/58)',
};

/** A chart of all states (aldungroup.com/statute-of-limitations); written contracts. Sale of goods is four years in most states (UCC 2-725). */
const state = (years: number, article: string): LimitationRule => ({
  years,
  from: 'due',
  restarts: [],
  source: `${article}, by one chart of the states (aldungroup.com/statute-of-limitations)`,
  doubtful: true,
});

/**
 * Without what suspends the time elsewhere, such as a court claim: that is for counsel. Where two sources differ the shorter time stands. Laws that
 * are not listed are not guessed: a person says until when, with a source.
 */
const RULES: Readonly<Partial<Record<Law, LimitationRule>>> = {
  UK: ENGLAND,
  'UK:SCT': {
    years: 5,
    from: 'due',
    restarts: [],
    source: 'Prescription and Limitation (Scotland) Act 1973, section 6, schedule 1 paragraph 1(g) (legislation.gov.uk/ukpga/1973/52)',
    extinguished: true,
  },
  'EU:IE': {
    years: 6,
    from: 'due',
    restarts: ['acknowledgement', 'part-payment'],
    source: 'Statute of Limitations 1957, section 11(1)(a) (revisedacts.lawreform.ie/eli/1957/act/6)',
  },
  DE: {
    years: 3,
    from: 'end-of-year',
    restarts: ['acknowledgement', 'part-payment'],
    // Only days on which the time runs count (haufe.de, margin numbers 559 to 561).
    suspended: { by: 'negotiations', leastMonths: 3, source: 'BGB sections 203 and 209 (lexetius.com, gesetze-in-app.de)' },
    source: 'BGB sections 195, 199(1) and 212 (lexcada.com, gesetze.legal)',
  },
  'EU:AT': {
    years: 3,
    from: 'due',
    restarts: ['acknowledgement'],
    source: 'ABGB sections 1486 no. 1 and 1497 (OGH 2 Ob 217/09i)',
    doubtful: true,
  },
  FR: {
    years: 5,
    from: 'due',
    restarts: ['acknowledgement'],
    suspended: { by: 'mediation', leastMonths: 6, source: 'Code civil article 2238 (french-business-law.com, village-justice.com)' },
    source: 'Code de commerce article L110-4, Code civil article 2224 (litige.fr, matuile.com)',
  },
  'EU:NL': {
    years: 5,
    from: 'due',
    restarts: ['acknowledgement', 'written-demand'],
    source: 'Burgerlijk Wetboek 3:307 (beslagrecht.nl) and 3:317',
  },
  'EU:BE': {
    years: 5,
    from: 'due',
    restarts: [],
    source: 'sources differ: ten years by the old Code civil article 2262bis (creditexpo.be), five by bierensgroup.com',
    doubtful: true,
  },
  'EU:IT': {
    years: 10,
    from: 'due',
    restarts: [],
    source: 'Codice civile article 2946, by one source (bierensgroup.com)',
    doubtful: true,
  },
  'EU:ES': {
    years: 5,
    from: 'due',
    restarts: ['acknowledgement', 'written-demand'],
    source: 'Código Civil article 1964.2 (sfadvocatsbarcelona.com); Catalonia and Navarre have times of their own',
  },
  'EU:PL': {
    years: 2,
    from: 'due',
    restarts: ['acknowledgement'],
    source: 'Kodeks cywilny articles 118 and 554: two years for goods, three to the end of the year for other claims, by one source',
    doubtful: true,
  },
  'US:NY': state(6, 'New York CPLR 213(2)'),
  'US:CA': state(4, 'California Code of Civil Procedure 337'),
  'US:TX': state(4, 'Texas Civil Practice and Remedies Code 16.004'),
  'US:FL': state(5, 'Florida Statutes 95.11'),
  'US:IL': state(10, '735 ILCS 5/13-206'),
  'US:NJ': state(6, 'New Jersey Statutes 2A:14-1'),
  'US:PA': state(4, '42 Pa. C.S. 5525'),
  'US:DE': state(3, '10 Delaware Code 8106'),
};

export const limitationRule = (law: Law): LimitationRule | null => RULES[law] ?? null;

/** Something that lets the time begin again, or makes it stand still from a first to a last day, both counted. */
export type LimitationEvent =
  | { readonly kind: Restart; readonly on: Day }
  | { readonly kind: 'suspension'; readonly on: Day; readonly through: Day };

/** Until when counsel or a manager says that a claim can be brought, and what they rest it on. */
export interface GivenEnd {
  readonly until: Day;
  readonly source: string;
}

export interface LimitationEnd {
  /** The last day on which the claim can be brought. */
  readonly until: Day;
  readonly source: string;
  /** Counsel has to confirm the date before anybody relies on it. */
  readonly doubtful: boolean;
  /** What moved it last; null: nothing did. */
  readonly moved: LimitationEvent | null;
}

/**
 * The last day of a claim that fell due on a day; null for a law that is not listed while nobody has said until when. What a person says goes before
 * the list. Only what the law names moves the day, and only while the time runs.
 */
export function limitationEnd(
  law: Law | null,
  due: Day,
  events: readonly LimitationEvent[] = [],
  given: GivenEnd | null = null,
): LimitationEnd | null {
  if (given) return { ...given, doubtful: false, moved: null };
  const rule = law && limitationRule(law);
  if (!rule) return null;
  const begins = (rule.from === 'end-of-year' ? `${due.slice(0, 4)}-12-31` : due) as Day;
  let runs: Running = { until: yearsAfter(begins, rule.years), counted: begins };
  let moved: LimitationEvent | null = null;
  for (const event of [...events].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    const next = event.on > due && event.on <= runs.until ? movedBy(rule, event, runs) : null;
    if (next && next.until > runs.until) [runs, moved] = [next, event];
  }
  return { until: runs.until, source: rule.source, doubtful: rule.doubtful === true, moved };
}

interface Running {
  readonly until: Day;
  /** The last day that counts no more: before the time began, or while it stood still. */
  readonly counted: Day;
}

function movedBy(rule: LimitationRule, event: LimitationEvent, { until, counted }: Running): Running | null {
  if (event.kind !== 'suspension') {
    return rule.restarts.includes(event.kind) ? { until: yearsAfter(event.on, rule.years), counted: event.on } : null;
  }
  if (!rule.suspended || event.through <= counted) return null;
  const still = daysBetween(event.on > counted ? addDays(event.on, -1) : counted, event.through);
  const least = Temporal.PlainDate.from(event.through).add({ months: rule.suspended.leastMonths }).toString() as Day;
  const later = addDays(until, still);
  return { until: later > least ? later : least, counted: event.through };
}

const yearsAfter = (from: Day, years: number) => Temporal.PlainDate.from(from).add({ years }).toString() as Day;

/** Marked as near this many days before (own policy). */
const NEAR_DAYS = 90;

export type LimitationStand = 'open' | 'near' | 'past';

export function limitationStandOf({ until }: Pick<LimitationEnd, 'until'>, today: Day): LimitationStand {
  if (today > until) return 'past';
  return addDays(today, NEAR_DAYS) >= until ? 'near' : 'open';
}
