import { setTimeout as wait } from 'node:timers/promises';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { whoMayDecide } from '../domain/case-people.ts';
import type { CaseStore } from '../operations/case-ports.ts';
import { listOf, readBoard, type WorkPorts } from '../operations/list-work.ts';
import type { StepHealth } from '../operations/step-health.ts';
import { type HomeView, homeBlocks } from './blocks/home.ts';
import type { chartFile } from './chart-file.ts';

export interface HomePorts extends WorkPorts {
  readonly cases: CaseStore;
  readonly client: WebClient;
  readonly chart: ReturnType<typeof chartFile>;
  /** How the clock's steps fare in this process. */
  readonly health: () => readonly StepHealth[];
}

/** Pages from 0 of the person's list and of the accounts they own in sales; the hash of the view that was clicked. */
export interface HomePlace {
  readonly page: number;
  readonly owned: number;
  readonly hash?: string;
}

export interface Home {
  /** Draws a person's Home from the store as it is now. The caller has authorized the person. */
  show(user: string, place: HomePlace): Promise<void>;
}

const TRIES = 3;
/** All tries together stay within the minute for which the event that opens Home is leased (inbox.ts). */
const MOST_SECONDS_TO_WAIT = 20;

/** Draws Homes: one at a time per person, and of those asked for meanwhile only the last. */
export function homes(ports: HomePorts): Home {
  const drawing = new Map<string, { next: HomePlace | null; done: Promise<void> }>();
  return {
    show(user, place) {
      const running = drawing.get(user);
      if (running) {
        running.next = place;
        return running.done;
      }
      const entry = { next: place as HomePlace | null, done: Promise.resolve() };
      drawing.set(user, entry);
      const draw = async () => {
        try {
          for (let each = entry.next; each; each = entry.next) {
            entry.next = null;
            await publish(ports, user, each);
          }
        } finally {
          drawing.delete(user);
        }
      };
      entry.done = draw();
      return entry.done;
    },
  };
}

/**
 * Waits as Slack asks when it is too much at once; reads anew when another instance has drawn the view meanwhile; leaves out the chart when
 * Slack has not finished with its file.
 */
async function publish(ports: HomePorts, user: string, { hash, ...place }: HomePlace): Promise<void> {
  let [seen, withChart] = [hash, true];
  for (let tries = 1; ; tries += 1) {
    const blocks = homeBlocks(await read(ports, user, place, withChart));
    try {
      await ports.client.views.publish({ user_id: user, view: { type: 'home', blocks }, ...(seen ? { hash: seen } : {}) });
      return;
    } catch (error) {
      const { code, data, retryAfter } = error as { code?: string; data?: { error?: string }; retryAfter?: number };
      if (tries === TRIES) throw error;
      if (code === ErrorCode.RateLimitedError && (retryAfter ?? 0) <= MOST_SECONDS_TO_WAIT)
        await wait((retryAfter ?? 1) * 1000, undefined, { ref: false });
      else if (data?.error === 'hash_conflict') seen = undefined;
      else if (data?.error === 'invalid_blocks' && withChart) withChart = false;
      else throw error;
    }
  }
}

async function read(ports: HomePorts, user: string, place: Omit<HomePlace, 'hash'>, withChart: boolean): Promise<HomeView> {
  const [board, { zone, commands }, open] = await Promise.all([readBoard(ports), ports.settings.read(), ports.cases.open()]);
  const deciding = open.filter(({ case: of }) => whoMayDecide(of, board.team, board.today).some((each) => each.user === user));
  const chart = withChart ? await ports.chart(board.figures, board.freshness) : null;
  return { board, user, list: listOf(board, user), place, deciding, chart, health: ports.health(), zone, commands, now: ports.clock.now() };
}
