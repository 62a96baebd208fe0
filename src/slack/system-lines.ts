import type { KnownBlock } from '@slack/types';
import { ails, type StepHealth } from '../kernel/step-health.op.ts';
import { shortDay } from './freshness.ts';
import { section } from './parts.ts';
import { andMore, clip, counted, plain } from './text.ts';

const LONGEST_PROBLEM = 200;
const SHOWN = 10;

/** A line for each step of the clock that fails or hangs, for the people who keep the program running; nothing while all is well. */
export function systemLines(health: readonly StepHealth[], zone: string, now: Temporal.Instant): KnownBlock[] {
  const ailing = health.filter(ails);
  if (ailing.length === 0) return [];
  const lines = ailing.slice(0, SHOWN).map((step) => line(step, zone, now));
  const more = andMore(ailing.length - SHOWN).map((each) => `${each}. The log names all of them.`);
  return [section([...lines, ...more].join('\n'))];
}

function line({ name, hangs, runningSince, failingSince, failures, problem }: StepHealth, zone: string, now: Temporal.Instant): string {
  const label = `:warning: *${plain(name[0]!.toUpperCase() + name.slice(1))}*`;
  if (hangs && runningSince)
    return `${label} has been running since ${when(runningSince, zone, now)} without an end. Restart Arrears if it stays so.`;
  const tries = counted(failures, 'try', 'tries');
  return `${label} has failed since ${when(failingSince ?? now, zone, now)} (${tries}, one a minute): ${plain(clip(problem, LONGEST_PROBLEM))}`;
}

/** '09:05', and with its date when that is not today. */
function when(at: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = local.toPlainDate();
  return day.equals(now.toZonedDateTimeISO(zone).toPlainDate()) ? time : `${shortDay(day.toString())}, ${time}`;
}
