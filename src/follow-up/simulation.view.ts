import type { KnownBlock } from '@slack/types';
import { contextLine, freshnessLine, longDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { andMore, clip, counted, money, plain } from '../slack/text.ts';
import type { SimulatedStep, Simulation } from './simulate.op.ts';

/** All text of a message together may be about 13,200 characters (docs.slack.dev); some of it is for the frame. */
const ROOM = 11_000;

/** What would be drafted in the next days, by day. */
export function simulationReply({ days, steps, freshness }: Simulation, zone: string, now: Temporal.Instant): Reply {
  const heading = `*What would happen in the next ${counted(days, 'day')}*, if every step is approved on its day and nobody pays`;
  const byDay = [...Map.groupBy(steps, (step) => step.day)];
  const room = Math.min(2_900, Math.floor(ROOM / Math.max(1, byDay.length)));
  const blocks: KnownBlock[] = [section(byDay.length > 0 ? heading : `${heading}: nothing.`)];
  for (const [day, ofDay] of byDay) blocks.push(section(dayText(day, ofDay, room)));
  blocks.push(contextLine(`${counted(steps.length, 'step')} in all`, freshnessLine(freshness.asOf, freshness.sample, zone, now)));
  return { text: `Simulation: ${counted(steps.length, 'step')} in ${counted(days, 'day')}`, blocks };
}

/** The counts of each stage, then as many accounts as there is room for. */
function dayText(day: string, steps: readonly SimulatedStep[], room: number): string {
  const counts = [...Map.groupBy(steps, (step) => step.action.stage.name)].map(([name, of]) => `${plain(name)} ${of.length}`);
  let text = `*${longDay(day)}* · ${clip(counts.join(', '), 400)}`;
  for (const [index, { account, action }] of steps.entries()) {
    const amounts = action.totals.map((each) => money(each.asked, each.currency)).join(' and ');
    const line = `\n• ${clip(plain(account.name), 60)}: ${plain(action.stage.name)}, ${plain(action.entity)}, ${amounts}`;
    const more = `\n${andMore(steps.length - index)}`;
    if (text.length + line.length + more.length > room) return text + more;
    text += line;
  }
  return text;
}
