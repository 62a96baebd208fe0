import { day, dayIn, daysBetween } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { Refused, type Subject } from '../slack/listeners.ts';

import { LONGEST_SIMULATION, simulate } from './simulate.op.ts';
import { simulationReply } from './simulation.view.ts';

const USUAL_DAYS = 7;

/** /collections simulate: what would be drafted in the next days. */
export function simulateSubject(world: World): Subject {
  return {
    parts: {
      simulate: {
        may: 'read',
        usage: 'simulate [number of days | YYYY-MM-DD]',
        help: 'what would be drafted in the next days, if all is approved and nobody pays',
        async run({ text, answer, settings }) {
          const now = world.clock.now();
          const days = daysAsked(text, dayIn(settings.zone, now));
          if (days === null || days < 1 || days > LONGEST_SIMULATION)
            throw new Refused(
              `Say for how many days, from 1 to ${LONGEST_SIMULATION}, or through which day: \`/${settings.commands.collections} simulate 14\` or \`/${settings.commands.collections} simulate ${dayIn(settings.zone, now.add({ hours: 24 * 14 }))}\`.`,
            );
          await answer(simulationReply(await simulate(world, days), settings.zone, now));
        },
      },
    },
  };
}

/** Days from today on, the first being today; null for what is neither a number nor a day. */
function daysAsked(text: string, today: ReturnType<typeof dayIn>): number | null {
  const wanted = text.trim();
  if (wanted === '') return USUAL_DAYS;
  if (/^\d{1,3}$/.test(wanted)) return Number(wanted);
  try {
    return daysBetween(today, day(wanted)) + 1;
  } catch {
    return null;
  }
}
