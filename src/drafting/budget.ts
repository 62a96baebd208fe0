import type { Clock } from '../kernel/clock.port.ts';
import type { TokenBudget } from '../mails/drafter.port.ts';

/** Counts within this process: a restart begins the day anew. */
export function memoryBudget(cap: number, clock: Clock): TokenBudget {
  let day = '';
  let used = 0;
  const today = () => clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
  return {
    async take(tokens) {
      if (today() !== day) {
        day = today();
        used = 0;
      }
      if (used + tokens > cap) return false;
      used += tokens;
      return true;
    },
    async settle(taken, spent) {
      used = Math.max(0, used - taken + spent);
    },
  };
}
