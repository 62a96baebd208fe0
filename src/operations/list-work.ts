import { addDays, type Day, dayIn } from '../domain/day.ts';
import { type DigestFigures, digestCounter } from '../domain/digest.ts';
import type { Team } from '../domain/team.ts';
import { type WorkEntry, type WorkItem, workCounter, worklist } from '../domain/worklist.ts';
import type { AccountStore, Clock, Freshness, Ledger, SettingsStore, TeamStore } from './ports.ts';

export interface WorkPorts {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly team: TeamStore;
}

/** Everything lists and Home are drawn from, of one moment. */
export interface WorkBoard {
  /** The company's day: everybody's list turns at one midnight. */
  readonly today: Day;
  readonly freshness: Freshness;
  readonly team: Team;
  /** Accounts on which something is open, in no order. */
  readonly items: readonly WorkItem[];
  readonly figures: DigestFigures;
}

/** One pass over the open items, whoever asks: the order of a list rests on the totals of all accounts. */
export async function readBoard(ports: WorkPorts): Promise<WorkBoard> {
  const { zone } = await ports.settings.read();
  const today = dayIn(zone, ports.clock.now());
  const [freshness, team, accounts, work] = await Promise.all([
    ports.ledger.freshness(),
    ports.team.read(),
    ports.ledger.accounts(),
    ports.accounts.all(),
  ]);
  const counter = workCounter(
    today,
    accounts.map(({ id, name, number, autopay, owner }) => ({ account: id, name, number, autopay, owner })),
    work,
  );
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const figures = digestCounter({ today, since: addDays(today, -1), accounts: byId, cashThisMonth: {}, credits: [] });
  for await (const item of ports.ledger.openItems()) {
    counter.add(item);
    figures.add(item);
  }
  return { today, freshness, team, items: counter.items(), figures: figures.figures() };
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
