import type { FigureCounts } from '../kernel/figures.port.ts';
import { goingOn, type StoreCounts, type StoreState } from './store-watch.ts';

interface Way {
  readonly ok: boolean;
  /** ISO time of the last change. */
  readonly since: string;
  readonly problem: string | null;
}

/** How the bot stands with Slack. `requests` null: Slack's requests come over HTTP, and nobody knows whether they could. */
export interface SlackWays {
  readonly api: Way;
  readonly requests: (Way & { readonly connections: number; readonly opened: number; readonly lost: number }) | null;
}

export interface ReadinessNow {
  readonly store: StoreState;
  /** What the store last said, when it was last asked. */
  readonly counts: StoreCounts | null;
  readonly slack: SlackWays;
  /** The end of the last tick of the clock; null: none yet. */
  readonly lastTick: Temporal.Instant | null;
  readonly started: Temporal.Instant;
  /** By this machine's clock, as the tick and the start are. */
  readonly now: Temporal.Instant;
  /** By the clock of what is stored. */
  readonly storeTime: Temporal.Instant;
}

/** The clock ticks each minute; a tick behind steps that hang takes longer. */
const TICK_WITHIN_SECONDS = 5 * 60;

interface Part {
  readonly ok: boolean;
  readonly since: string;
  readonly problem: string | null;
}

export interface Readiness {
  readonly ready: boolean;
  readonly store: Part;
  readonly slack: Part;
  readonly clock: Part & { readonly lastTick: string | null; readonly ageSeconds: number | null };
  /** For information: no restart and no other instance would make it younger. */
  readonly ledger: { readonly asOf: string | null; readonly ageSeconds: number | null };
  /** For information: emails wait in the store until the server takes them. Null: none is set, or it is not known yet. */
  readonly mail: Part | null;
}

/** Whether this instance does its work: it can reach the store and Slack, and its clock ticks. */
export function readiness(at: ReadinessNow): Readiness {
  const parts = { store: storePart(at), slack: slackPart(at.slack), clock: clockPart(at) };
  const ready = Object.values(parts).every(({ ok }) => ok);
  return { ready, ...parts, ledger: ledgerAge(at.counts, at.storeTime), mail: mailPart(at.counts, at.started) };
}

const text = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' });
export const secondsSince = (at: Temporal.Instant, now: Temporal.Instant) => Math.max(0, Math.round(now.since(at).total('seconds')));

const storePart = ({ store: { ok, since } }: ReadinessNow): Part => ({
  ok,
  since: text(since),
  problem: ok ? null : 'The store does not answer.',
});

function slackPart({ api, requests }: SlackWays): Part {
  for (const way of [api, requests]) if (way && !way.ok) return { ok: false, since: way.since, problem: way.problem };
  if (requests?.connections === 0) return { ok: false, since: requests.since, problem: 'No connection to Slack is open yet.' };
  const since = [api.since, ...(requests ? [requests.since] : [])].sort().at(-1)!;
  return { ok: true, since, problem: null };
}

function clockPart({ lastTick, started, now }: ReadinessNow): Readiness['clock'] {
  if (!lastTick) {
    const problem = 'The first tick of the clock has not ended yet.';
    return { ok: false, since: text(started), problem, lastTick: null, ageSeconds: null };
  }
  const ageSeconds = secondsSince(lastTick, now);
  const ok = ageSeconds <= TICK_WITHIN_SECONDS;
  const problem = ok ? null : `The clock has not ticked for ${Math.floor(ageSeconds / 60)} minutes.`;
  return { ok, since: text(ok ? started : lastTick), problem, lastTick: text(lastTick), ageSeconds };
}

function ledgerAge(counts: Pick<FigureCounts, 'ledgerAsOf'> | null, now: Temporal.Instant): Readiness['ledger'] {
  const asOf = counts?.ledgerAsOf ?? null;
  return asOf ? { asOf: text(asOf), ageSeconds: secondsSince(asOf, now) } : { asOf: null, ageSeconds: null };
}

/** The sender and the server's words stay out: they may hold addresses. The admins' alert has them. */
function mailPart(counts: StoreCounts | null, started: Temporal.Instant): Part | null {
  if (!counts?.troubles) return null;
  const [first] = goingOn(counts.troubles).sort((one, other) => one.since.localeCompare(other.since));
  if (!first) return { ok: true, since: text(started), problem: null };
  const since = text(Temporal.Instant.from(first.since));
  return { ok: false, since, problem: `The mail server takes no email (${first.kind}). Approved emails wait.` };
}
