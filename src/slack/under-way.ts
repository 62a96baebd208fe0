import type { App, ReceiverEvent } from '@slack/bolt';

/**
 * Slack's requests that are being worked on. A command is acknowledged before it is looked at, and nobody brings it again: whoever stops lets it end
 * before the store goes. Resolves when none is left.
 */
export function requestsUnderWay(app: App): () => Promise<unknown> {
  const process = app.processEvent.bind(app);
  const running = new Set<Promise<void>>();
  app.processEvent = (event: ReceiverEvent) => {
    const work = process(event).finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  return () => Promise.allSettled(running);
}
