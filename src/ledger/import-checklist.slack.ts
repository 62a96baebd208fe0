import type { KnownBlock } from '@slack/types';
import { readFirstHour } from '../follow-up/first-hour.op.ts';
import { firstHourBlocks } from '../follow-up/first-hour.view.ts';
import type { SlackWorld } from '../slack/world.ts';
import type { DroppedFile } from './dropped-file.ts';

/** This many times its own length lies between two looks at what is to do next. */
const REST = 20;

/** What is to do after an import: it stands on the card of the newest one alone and changes with what is done elsewhere. */
export function importChecklist(world: SlackWorld) {
  const listing = new Set<string>();
  let again = 0;
  return {
    async blocks({ id, state }: DroppedFile): Promise<KnownBlock[]> {
      const newest = state === 'imported' && (await world.dropped.lastImported())?.id === id;
      const next = newest ? firstHourBlocks(await readFirstHour(world)) : [];
      if (next.length > 0) listing.add(id);
      else listing.delete(id);
      return next;
    },
    /** Draws the cards that list it anew; a ledger that takes long to look at is looked at less often. */
    async relist(redraw: (id: string) => Promise<void>): Promise<void> {
      if (performance.now() < again) return;
      const started = performance.now();
      const newest = await world.dropped.lastImported();
      for (const id of new Set([...listing, ...(newest ? [newest.id] : [])])) await redraw(id);
      again = performance.now() + (performance.now() - started) * REST;
    },
  };
}
