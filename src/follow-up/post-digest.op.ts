import type { AccountWork } from '../account/account-work.ts';
import { digestDue } from '../kernel/calendar.ts';
import { addDays, type Day, dayIn } from '../kernel/day.ts';
import { inTurns } from '../kernel/in-turns.op.ts';
import { calendarAround } from '../kernel/working-days.ts';
import type { World } from '../kernel/world.port.ts';
import type { Ledger } from '../ledger/ledger.port.ts';
import type { Digest } from './digest.port.ts';
import { type DigestFigures, type DigestSupply, digestCounter } from './digest.ts';
import { overdueDisputes } from './digest-disputes.ts';
import { digestPromises } from './digest-promises.ts';

export interface DigestNeeds extends World {
  /** Slack team and the id of the set channel; null while the channel cannot be used (the reason has been told). */
  readonly destination: (channel: string) => Promise<{ team: string; channel: string } | null>;
}

/** Kind of the job that posts a decided digest. */
export const DIGEST_JOB = 'digest';

/**
 * Decides today's digest when its hour has come and hands it to the outgoing jobs. May be called at any time by any number of
 * instances: the digest's id (team, channel, local date) exists once. The first one of an installation is due at once.
 * Returns the id when this call decided it, else null.
 */
export async function postDigest(world: DigestNeeds): Promise<string | null> {
  const now = world.clock.now();
  const settings = await world.settings.read();
  const today = dayIn(settings.zone, now);
  const due = digestDue(now, { hour: settings.digestHour, zone: settings.zone }, calendarAround(world.holidays, settings, today));
  const destination = await world.destination(settings.digestChannel);
  if (!destination) return null;
  const id = digestId(destination.team, destination.channel, today);
  // A crash between deciding and handing over heals here: adding the job again does nothing when it is known.
  if (await world.digests.exists(id)) return (await handOver(world, id, now)) ? id : null;
  const first = !(await world.digests.any(destination.channel));
  if (!due.due && !first) return null;
  const previous = await world.digests.latestBefore(destination.channel, today);
  const since = previous?.day ?? addDays(today, -1);
  const [freshness, rows, work] = await Promise.all([world.ledger.freshness(), world.ledger.accounts(), world.accounts.all()]);
  const supply = await supplyStopped(world.ledger, work, today);
  const digest: Digest = {
    id,
    channel: destination.channel,
    day: today,
    late: due.due && due.late && !first,
    first,
    sample: freshness.sample,
    asOf: freshness.asOf?.toString() ?? null,
    figures: {
      ...(await countDigest(world.ledger, today, since)),
      waitingApprovals: (await world.cases.open()).length,
      overdueDisputes: overdueDisputes(rows, work, today),
      ...(await teamTargets(world, today)),
      ...(supply.stopped > 0 ? { supply } : {}),
      promises: digestPromises(rows, work, today, since, previous?.figures.promises),
    },
    previous: previous && { day: previous.day, figures: previous.figures },
  };
  const decided = await world.digests.decide(digest);
  await handOver(world, id, now);
  return decided ? id : null;
}

/** The team's alone: nobody is ranked in a channel. */
async function teamTargets({ goals }: Pick<World, 'goals'>, today: Day): Promise<Pick<DigestFigures, 'targets'>> {
  const own = (await goals.read()).targets.filter(({ month, collector }) => month === today.slice(0, 7) && collector === '');
  return own.length > 0 ? { targets: Object.fromEntries(own.map(({ currency, amount }) => [currency, amount])) } : {};
}

export function digestId(team: string, channel: string, localDay: Day): string {
  return `digest:${team}:${channel}:${localDay}`;
}

function handOver(world: DigestNeeds, id: string, now: Temporal.Instant): Promise<boolean> {
  return world.jobs.add({ id, kind: DIGEST_JOB, payload: { digest: id }, dueAt: now });
}

/** Few customers are stopped at a time; each is looked at. */
async function supplyStopped(ledger: Ledger, work: ReadonlyMap<string, Pick<AccountWork, 'supply'>>, today: Day): Promise<DigestSupply> {
  const stopped = [...work].filter(([, { supply }]) => supply?.stopped);
  let releasable = 0;
  for (const [account] of stopped) {
    const items = await ledger.openItems(account);
    if (items.every((item) => item.due >= today)) releasable += 1;
  }
  return { stopped: stopped.length, releasable };
}

/** One pass over the open items. `since` as in DigestInput. */
export async function countDigest(ledger: Ledger, today: Day, since: Day): Promise<DigestFigures> {
  const [accounts, books, cash] = await Promise.all([
    ledger.accounts(),
    ledger.openBooks(),
    ledger.cashReceived(`${today.slice(0, 8)}01` as Day, today),
  ]);
  const counter = digestCounter({
    today,
    since,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    cashThisMonth: Object.fromEntries([...cash].sort()),
    credits: [...books.credits.values()].flat(),
  });
  for await (const items of inTurns(books.items.values())) for (const item of items) counter.add(item);
  return counter.figures();
}
