import type { Logger } from 'pino';
import type { Waits } from '../kernel/clock.port.ts';

/** Does the work again and again, each time behind a pause, until it is stopped. */
export function repeatedly(pause: number, { waits, log }: { readonly waits: Waits; readonly log: Logger }, work: () => Promise<void>) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    for (;;) {
      await waits.sleep(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      await work().catch((error) => log.error({ err: error }, 'work that waited could not be taken up'));
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
