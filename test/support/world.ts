import type { SlackWorld } from '../../src/slack/world.ts';

/** A world of these parts, some of them perhaps stand-ins. What else is asked for is not there: a verb that needs it fails, and the test gives it. */
export function worldOf<Parts extends object>(parts: Parts): Parts & SlackWorld {
  return parts as Parts & SlackWorld;
}
