import cron from 'node-cron';
import type { Logger } from 'pino';

/** Something to do when it is due: each calls one operation, which itself knows whether its time has come. */
export interface Due {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

export interface Tick {
  /** Runs everything once, from the beginning: what had passed its turn in a pass that is under way is looked at again. */
  now(): Promise<void>;
  /** Resolves when a running tick has ended. */
  stop(): Promise<void>;
}

/**
 * One minute tick for all. It decides nothing by the clock: what is due follows from the store and from the operation's own reading of time,
 * so a missed minute, a restart or a second instance makes no difference.
 */
export function minuteTick(table: readonly Due[], log: Logger): Tick {
  let running: Promise<void> | null = null;
  const pass = async () => {
    for (const due of table) {
      try {
        await due.run();
      } catch (error) {
        log.error({ err: error, due: due.name }, 'a scheduled step failed; it is tried again within a minute');
      }
    }
  };
  const start = (): Promise<void> => {
    running ??= pass().finally(() => {
      running = null;
    });
    return running;
  };
  const task = cron.schedule('* * * * *', start, { noOverlap: true });
  return {
    async now() {
      await running;
      await start();
    },
    async stop() {
      await task.destroy();
      await running;
    },
  };
}
