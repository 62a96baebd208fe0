import type { Channel } from '../state/model.ts';
import { APP } from '../state/seed.ts';

/** Public channels of a large company: not stored, not on the page, and listed before the team's own, as the oldest are. */
export function crowdOf(count: number, joined: number): Channel[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `C1${index.toString(36).toUpperCase().padStart(7, '0')}`,
    name: `team-${index + 1}`,
    kind: 'channel',
    topic: '',
    archived: index % 7 === 0,
    shared: false,
    restricted: false,
    members: index < joined ? [APP.botUser] : [],
    creator: 'U0ALEX',
    created: 1_600_000_000 + index,
  }));
}
