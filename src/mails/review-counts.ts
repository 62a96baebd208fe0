import type { ReviewCount } from './review-counts.port.ts';

/** Whoever leaves an email open over lunch is not reading it. Our own bound. */
const LONGEST_SECONDS = 300;
/** Of fewer people a whole would show one of them. Our own bound. */
const FEWEST_PEOPLE = 3;

/** One decision; milliseconds between drawing and press. Of a list of several the time is shared. */
export function oneDecision(shownFor: number, edited: boolean, decisions = 1): ReviewCount {
  const seconds = Math.round(Math.min(Math.max(0, shownFor) / 1000, LONGEST_SECONDS * decisions));
  return { decisions, seconds, edited: edited ? decisions : 0 };
}

/** All of them together; null where so few have decided that it would say what one of them does. */
export function wholeOf(counts: Iterable<ReviewCount>): ReviewCount | null {
  const all = [...counts].filter(({ decisions }) => decisions > 0);
  if (all.length < FEWEST_PEOPLE) return null;
  const sum = (part: keyof ReviewCount) => all.reduce((total, each) => total + each[part], 0);
  return { decisions: sum('decisions'), seconds: sum('seconds'), edited: sum('edited') };
}
