import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { progressNow } from './change-goals.op.ts';
import type { Progress } from './goals.ts';
import type { Report } from './report.ts';

/** What Home shows of the figures: yesterday evening's as they were kept, the month so far, and what waits for an answer. */
export interface HomeFigures {
  readonly report: Report | null;
  readonly progress: readonly Progress[];
  readonly openLessons: number;
  readonly openActions: number;
}

export async function homeFigures(world: World, user: string): Promise<HomeFigures> {
  const { zone } = await world.settings.read();
  const today = dayIn(zone, world.clock.now());
  const [kept, progress, { lessons }] = await Promise.all([
    world.keptFigures.latest<Report>('snapshot', today),
    progressNow(world),
    world.lessons.read(),
  ]);
  return {
    report: kept?.body ?? null,
    progress,
    openLessons: lessons.filter(({ state }) => state === 'open').length,
    openActions: lessons.filter(({ action }) => action && !action.done && action.owner === user).length,
  };
}
