import type { App, ReceiverEvent } from '@slack/bolt';

/**
 * Slack's commands, clicks and forms that are being worked on. They are acknowledged before they are looked at, and nobody brings them again: whoever
 * stops lets them end before the store goes. Events are kept (inbox.ts) and come up at the next start, however long they take. Resolves when none is left.
 */
export function requestsUnderWay(app: App): () => Promise<unknown> {
  const process = app.processEvent.bind(app);
  const running = new Set<Promise<void>>();
  app.processEvent = (event: ReceiverEvent) => {
    const work = process(event).finally(() => running.delete(work));
    if (event.body.type !== 'event_callback') running.add(work);
    return work;
  };
  return () => Promise.allSettled(running);
}
