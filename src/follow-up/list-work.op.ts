import { instalmentsDue } from '../arrangements/plan.ts';
import { addDays, type Day, dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { Freshness } from '../ledger/ledger.port.ts';
import type { StoredDraft } from '../mails/draft.port.ts';
import { habitsToday } from '../numbers/read-habits.op.ts';
import type { Team } from '../team/team.ts';
import { type DigestFigures, digestCounter } from './digest.ts';
import { planDay } from './plan-day.op.ts';
import { type WorkEntry, type WorkItem, workCounter, worklist } from './worklist.ts';

/** Everything lists and Home are drawn from, of one moment. */
export interface WorkBoard {
  /** The company's day: everybody's list turns at one midnight. */
  readonly today: Day;
  readonly freshness: Freshness;
  readonly team: Team;
  /** Accounts on which something is open, in no order. */
  readonly items: readonly WorkItem[];
  readonly figures: DigestFigures;
  /** Open drafts, whosever they are. */
  readonly drafts: readonly StoredDraft[];
}

/** One pass over the open items, whoever asks: the order of a list rests on the totals of all accounts. */
export async function readBoard(world: World): Promise<WorkBoard> {
  const { zone } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  const [plan, team, drafts, habits] = await Promise.all([planDay(world), world.team.read(), world.drafts.open(), habitsToday(world)]);
  const counter = workCounter(
    today,
    plan.accounts.map(({ row: { id, name, number, autopay, owner }, work, day, decision }) => ({
      account: id,
      name,
      number,
      autopay,
      owner,
      decision,
      habit: habits.get(id),
      instalmentsDue: instalmentsDue(work.plans, day.items, day.today),
    })),
    new Map(plan.accounts.map(({ row, work }) => [row.id, work])),
  );
  const byId = new Map(plan.accounts.map(({ row }) => [row.id, row]));
  const figures = digestCounter({ today, since: addDays(today, -1), accounts: byId, cashThisMonth: {}, credits: [] });
  for (const { row, day } of plan.accounts) {
    for (const item of day.items) {
      const own = { ...item, account: row.id };
      counter.add(own);
      figures.add(own);
    }
  }
  return { today, freshness: plan.freshness, team, items: counter.items(), figures: figures.figures(), drafts };
}

export interface WorkList {
  readonly today: Day;
  readonly freshness: Freshness;
  readonly entries: readonly WorkEntry[];
}

/** One person's list, most urgent first. */
export function listOf(board: WorkBoard, user: string): WorkList {
  const { today, freshness, team, items } = board;
  return { today, freshness, entries: worklist(items, team, user, today) };
}
