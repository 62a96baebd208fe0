import { accountCards } from '../account/account-cards.slack.ts';
import type { World } from '../kernel/world.port.ts';
import type { Subject } from '../slack/listeners.ts';
import { creditFileSubject } from './credit-file.slack.ts';

/** What customers may owe, and what it rests on. */
export function creditSubjects(world: World): Subject[] {
  return [creditFileSubject(world, accountCards(world))];
}
