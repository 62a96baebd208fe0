import { setTimeout as wait } from 'node:timers/promises';
import { ErrorCode, type WebClient } from '@slack/web-api';
import { whoMayDecide } from '../escalation/case-people.ts';
import type { Day } from '../kernel/day.ts';
import type { Job } from '../kernel/jobs.port.ts';
import type { StepHealth } from '../kernel/step-health.op.ts';
import { calendarAround, dayOff, workingDayAfter } from '../kernel/working-days.ts';
import { homeFigures } from '../numbers/home-figures.op.ts';
import { longDay } from '../slack/freshness.ts';
import { nextLook, PICTURE_HOURS, refusesPicture } from '../slack/pictures.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { chartOnHome } from './chart-file.slack.ts';
import { type HomeView, homeBlocks } from './home.view.ts';
import { listOf, readBoard } from './list-work.op.ts';

export interface HomeNeeds extends SlackWorld {
  readonly chart: ReturnType<typeof chartOnHome>;
  /** Whether a person may still read what Home shows. */
  readonly mayRead: (user: string) => Promise<boolean>;
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
  /** Draws the Homes again that were drawn without a chart which is there now, unless they have been drawn since. */
  fillIn(): Promise<void>;
}

const TRIES = 3;
/** After a minute of tries nobody looks at an empty Home any more. */
const MOST_SECONDS_TO_WAIT = 20;
export const CHART_JOB = 'home-chart';
const LEASE_SECONDS = 60;

/** Draws Homes: one at a time per person, and of those asked for meanwhile only the last. */
export function homes(world: HomeNeeds): Home {
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
            await publish(world, user, each);
          }
        } finally {
          drawing.delete(user);
        }
      };
      entry.done = draw();
      return entry.done;
    },
    async fillIn() {
      for (;;) {
        const job = await world.jobs.claim([CHART_JOB], world.owner, world.clock.now(), LEASE_SECONDS);
        if (!job) return;
        await addChart(world, job).catch((error) => world.log.warn({ err: error }, 'a Home could not be given its chart'));
      }
    },
  };
}

/**
 * Waits as Slack asks when it is too much at once; reads anew when another instance has drawn the view meanwhile; leaves out the chart when
 * Slack refuses its file. A chart that is awaited comes by a job.
 */
async function publish(world: HomeNeeds, user: string, { hash, ...place }: HomePlace): Promise<void> {
  let [seen, withChart] = [hash, true];
  for (let tries = 1; ; tries += 1) {
    const { view, awaited } = await read(world, user, place, withChart);
    try {
      const published = await publishView(world.client, user, view, seen);
      if (awaited) await awaitChart(world, user, place, published);
      return;
    } catch (error) {
      const { code, data, retryAfter } = error as { code?: string; data?: { error?: string }; retryAfter?: number };
      if (tries === TRIES) throw error;
      if (code === ErrorCode.RateLimitedError && (retryAfter ?? 0) <= MOST_SECONDS_TO_WAIT)
        await wait((retryAfter ?? 1) * 1000, undefined, { ref: false });
      else if (data?.error === 'hash_conflict') seen = undefined;
      else if (refusesPicture(error) && withChart) withChart = false;
      else throw error;
    }
  }
}

/** Returns the hash of what stands there now. */
async function publishView(client: WebClient, user: string, view: HomeView, hash?: string): Promise<string> {
  const answer = await client.views.publish({ user_id: user, view: { type: 'home', blocks: homeBlocks(view) }, ...(hash ? { hash } : {}) });
  return answer.view?.hash ?? '';
}

async function awaitChart({ jobs, clock }: HomeNeeds, user: string, place: Omit<HomePlace, 'hash'>, hash: string): Promise<void> {
  const now = clock.now();
  await jobs.add({ id: `${CHART_JOB}:${user}:${hash}`, kind: CHART_JOB, payload: { user, place, hash }, dueAt: nextLook(now, now) });
}

/** The hash says whether the person still sees what was drawn; a refusal for another reason leaves Home as it is. */
async function addChart(world: HomeNeeds, job: Job): Promise<void> {
  const { user, place, hash } = job.payload as { user: string; place: Omit<HomePlace, 'hash'>; hash: string };
  const now = world.clock.now();
  const over = now.since(job.createdAt).total('hours') >= PICTURE_HOURS;
  if (over || !(await world.mayRead(user))) return void (await world.jobs.done(job));
  const { view, awaited } = await read(world, user, place, true);
  const later = () => world.jobs.retry(job, nextLook(job.createdAt, now), 'waiting for a picture');
  if (awaited) return void (await later());
  try {
    if (view.chart) await publishView(world.client, user, view, hash);
  } catch (error) {
    if ((error as { code?: string }).code !== ErrorCode.PlatformError) return void (await later());
  }
  await world.jobs.done(job);
}

/** On a day off of ours: what is there to see belongs to the next working day. */
async function dayOffWords(world: HomeNeeds, today: Day): Promise<string> {
  const { country, region } = await world.settings.read();
  const calendar = calendarAround(world.holidays, { country, region }, today);
  const off = dayOff(today, calendar);
  if (off === null) return '';
  const next = workingDayAfter(today, 1, calendar);
  return `${off === 'weekend' ? 'It’s the weekend' : 'It’s a public holiday'}. Nothing goes out today; what is here is ready for ${longDay(next)}.`;
}

async function read(
  world: HomeNeeds,
  user: string,
  place: Omit<HomePlace, 'hash'>,
  withChart: boolean,
): Promise<{ view: HomeView; awaited: boolean }> {
  const [board, { zone, commands }, open, figures] = await Promise.all([
    readBoard(world),
    world.settings.read(),
    world.cases.open(),
    homeFigures(world, user),
  ]);
  const deciding = open.filter(({ case: of }) => whoMayDecide(of, board.team, board.today).some((each) => each.user === user));
  const { image, awaited } = withChart ? await world.chart(board.figures, user) : { image: null, awaited: false };
  const health = world.health();
  const dayOff = await dayOffWords(world, board.today);
  const view = {
    dayOff,
    board,
    figures,
    user,
    list: listOf(board, user),
    place,
    deciding,
    chart: image,
    health,
    zone,
    commands,
    now: world.clock.now(),
  };
  return { view, awaited };
}
