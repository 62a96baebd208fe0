import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.port.ts';
import type { StepHealth } from '../kernel/step-health.op.ts';

/** Something to do when it is due: each calls one verb, which itself knows whether its time has come. */
export interface Due {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

export interface StepNeeds {
  readonly log: Logger;
  readonly clock: Clock;
  /** Takes secrets and addresses out of a text that people will read. */
  readonly scrub: (text: string) => string;
  /** Hears of the end of each run. */
  readonly ended?: (name: string, seconds: number, well: boolean) => void;
}

export interface Step {
  /** Starts it unless it is running still; resolves when it has ended, however it ended. */
  run(): Promise<void>;
  running(): boolean;
  /** Resolves when it is not running. */
  ended(): Promise<void>;
  health(): StepHealth;
}

const WELL = { failingSince: null, failures: 0, problem: '' };

/** One row of the table: never twice at a time, and its failures and its hanging are its own. `hangsAfterMs` of one run is told in the log, once. */
export function step({ name, run }: Due, { log, clock, scrub, ended }: StepNeeds, hangsAfterMs: number): Step {
  let underWay: Promise<void> | null = null;
  let state: StepHealth = { name, lastSuccess: null, runningSince: null, hangs: false, ...WELL };
  const failed = (error: unknown) => {
    const problem = scrub(error instanceof Error ? error.message : String(error));
    state = { ...state, failingSince: state.failingSince ?? clock.now(), failures: state.failures + 1, problem };
    const about = { err: error, due: name, failures: state.failures, since: state.failingSince?.toString() };
    log.error(about, 'a scheduled step failed; it is tried again within a minute');
  };
  const succeeded = () => {
    if (state.failures > 0) log.info({ due: name, failures: state.failures }, 'a scheduled step succeeds again');
    state = { ...state, lastSuccess: clock.now(), ...WELL };
  };
  const once = async (): Promise<void> => {
    const begun = performance.now();
    state = { ...state, runningSince: clock.now() };
    const watch = setTimeout(() => {
      state = { ...state, hangs: true };
      log.error(
        { due: name, since: state.runningSince?.toString() },
        'a scheduled step hangs; it is not started again before it has ended',
      );
    }, hangsAfterMs).unref();
    try {
      await run();
      succeeded();
    } catch (error) {
      failed(error);
    } finally {
      clearTimeout(watch);
      if (state.hangs) log.info({ due: name }, 'the scheduled step that hung has ended');
      state = { ...state, runningSince: null, hangs: false };
      ended?.(name, (performance.now() - begun) / 1000, state.failingSince === null);
    }
  };
  return {
    run() {
      underWay ??= once().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    running: () => underWay !== null,
    ended: async () => void (await underWay),
    health: () => state,
  };
}
