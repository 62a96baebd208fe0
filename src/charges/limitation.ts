import { addDays, type Day } from '../kernel/day.ts';
import type { Law } from './law.ts';

/** Until when a claim can be brought before a court: so many years from its due date, by some laws from the end of that year. */
interface Limitation {
  readonly years: number;
  readonly fromYearsEnd: boolean;
}

/**
 * Simple debts under a contract, without anything that suspends or restarts the time. Sources: UK: Limitation Act 1980 s. 5 (England and Wales;
 * Scotland has five years, which counsel must weigh). DE: BGB sections 195, 199. FR: Code civil art. 2224, Code de commerce art. L110-4.
 * ES: Código Civil art. 1964.2. Other laws are not guessed.
 */
const LIMITATIONS: Readonly<Partial<Record<Law, Limitation>>> = {
  UK: { years: 6, fromYearsEnd: false },
  DE: { years: 3, fromYearsEnd: true },
  FR: { years: 5, fromYearsEnd: false },
  'EU:ES': { years: 5, fromYearsEnd: false },
};

/** Marked as near this many days before (own policy). */
const NEAR_DAYS = 90;

/** The last day of a claim that fell due on a day; null for a law that is not listed. */
export function limitationOf(law: Law, due: Day): Day | null {
  const rule = LIMITATIONS[law];
  if (!rule) return null;
  const from = rule.fromYearsEnd ? `${due.slice(0, 4)}-12-31` : due;
  return Temporal.PlainDate.from(from).add({ years: rule.years }).toString() as Day;
}

/** Where the oldest of several claims stands. */
export function limitationStand(law: Law, dues: readonly Day[], today: Day): 'not-listed' | 'open' | 'near' | 'barred' {
  const ends = dues.map((due) => limitationOf(law, due));
  if (ends.some((end) => end === null)) return 'not-listed';
  if (ends.some((end) => today > end!)) return 'barred';
  return ends.some((end) => addDays(today, NEAR_DAYS) >= end!) ? 'near' : 'open';
}
