import type { App } from '@slack/bolt';
import { guardOf } from './guard.ts';
import { type Door, hearCommands, hearOptions, hearShortcuts } from './hear.ts';
import { hearClicks } from './hear-clicks.ts';
import { hearEvents, unkeptEvent } from './hear-events.ts';
import { hearSubmits } from './hear-submits.ts';
import type { ListenerNeeds, Listeners } from './listeners.ts';

/**
 * Every path into the bot: each request is acknowledged, authorized and run behind one guard, and whatever fails is told to the person who
 * asked. An action id may carry a suffix behind a colon, since Slack wants ids unique within a block. `unkept`: tells the person whose event
 * could not be kept.
 */
export function registerListeners(
  app: App,
  listeners: Listeners,
  ports: ListenerNeeds,
): { readonly unkept: ReturnType<typeof unkeptEvent> } {
  // One client for all: Bolt's own would add the workspace a request names to each call, which on Enterprise Grid may be another one's.
  const door: Door = { client: app.client, respond: async (respond, message) => void (await respond(message)) };
  const guard = guardOf(door.client, ports);
  hearCommands(app, listeners, guard, door);
  hearClicks(app, listeners, guard, door);
  hearSubmits(app, listeners, guard, door);
  hearShortcuts(app, listeners, guard, door);
  hearOptions(app, listeners, guard, door);
  hearEvents(app, listeners, guard, door);
  return { unkept: unkeptEvent(door, ports) };
}
