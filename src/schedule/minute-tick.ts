import cron from 'node-cron';
import type { StepHealth } from '../kernel/step-health.op.ts';
import { atMost } from './at-most.ts';
import { type Due, type StepNeeds, step } from './step.ts';

export interface Tick {
  /**
   * Runs everything once, from the beginning, and resolves when all of it has ended: what had passed its turn in a pass that is under way is
   * looked at again.
   */
  now(): Promise<void>;
  /** Of every row, in the table's order. */
  health(): readonly StepHealth[];
  /** When every row had had its turn last, by the machine's own clock; null: not yet. */
  lastTick(): Temporal.Instant | null;
  /** Starts nothing more. Resolves when what runs has ended, or after `stopMs`: what hangs is left behind. */
  stop(): Promise<void>;
}

export interface TickTimes {
  /** The next row starts when the one before it has ended, or has run for so long. */
  readonly patienceMs: number;
  /** What runs for longer is said to hang. */
  readonly hangsAfterMs: number;
  readonly stopMs: number;
}

const TIMES: TickTimes = { patienceMs: 10_000, hangsAfterMs: 5 * 60_000, stopMs: 5_000 };

/**
 * One minute tick for all. It decides nothing by the clock: what is due follows from the store and from the verb's own reading of time,
 * so a missed minute, a restart or a second instance makes no difference. The rows' order is no more than a courtesy, so that what one records the
 * next can tell in the same minute: a row that fails or hangs keeps no other from its turn.
 */
export function minuteTick(table: readonly Due[], ports: StepNeeds, times: TickTimes = TIMES): Tick {
  const steps = table.map((due) => step(due, ports, times.hangsAfterMs));
  let running: Promise<void> | null = null;
  let stopped = false;
  let lastTick: Temporal.Instant | null = null;
  const pass = async () => {
    for (const each of steps) {
      if (stopped) return;
      // What runs since an earlier pass has had its patience.
      if (!each.running()) await atMost(times.patienceMs, each.run());
    }
    lastTick = Temporal.Now.instant();
  };
  const start = (): Promise<void> => {
    running ??= pass().finally(() => {
      running = null;
    });
    return running;
  };
  const ended = () => Promise.all(steps.map((each) => each.ended()));
  const clock = everyMinute(() => void start(), ports.log);
  return {
    async now() {
      await running;
      await atMost(times.patienceMs, ended());
      await start();
      await ended();
    },
    health: () => steps.map((each) => each.health()),
    lastTick: () => lastTick,
    async stop() {
      stopped = true;
      clock.stop();
      if (await atMost(times.stopMs, Promise.all([running, ended()]))) return;
      const due = steps.filter((each) => each.running()).map((each) => each.health().name);
      ports.log.warn({ due }, 'stopped while scheduled steps were running; they go on at the next start');
    },
  };
}

/**
 * node-cron matches wall-clock time, and in a zone with summer time the hour that comes twice in autumn runs once: so it is told UTC
 * (nodecron.com/timezones-and-dst). 4.6.0 also reckons with the process's own zone, by `Date.setMilliseconds`: so the process has none from here on.
 * Every zone in this program is named where it is used (docs/decisions/clock.md).
 */
function everyMinute(run: () => void, log: StepNeeds['log']): { stop(): void } {
  process.env.TZ = 'UTC';
  const said = (level: 'warn' | 'error') => (message: string | Error, error?: Error) =>
    log[level]({ err: error ?? (message instanceof Error ? message : undefined) }, `the minute tick: ${message}`);
  const logger = { info: () => {}, debug: () => {}, warn: said('warn'), error: said('error') };
  // A minute that is missed while the program is busy is no news: the next one does what is due.
  const task = cron.schedule('* * * * *', run, { timezone: 'UTC', suppressMissedWarning: true, logger });
  return { stop: () => void task.destroy() };
}
