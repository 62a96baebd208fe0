import { digestDue } from '../kernel/calendar.ts';
import { addDays, type Day, dayIn } from '../kernel/day.ts';
import { calendarAround, weekdayOf, workingDayAfter } from '../kernel/working-days.ts';
import type { SlackWorld } from '../slack/world.ts';
import { buildReport } from './build-report.op.ts';
import { changeLessons, endedCases } from './change-lessons.op.ts';
import { keepForecast, sundayBefore } from './follow-forecast.op.ts';
import { FORECAST_JOB, forecastShown, postForecast } from './forecast.slack.ts';
import { ACTIONS_JOB, LESSONS_JOB, lastQuarter, quarterOf } from './lessons.slack.ts';
import { monthOf } from './period.ts';
import { postReport } from './report.slack.ts';
import type { Report } from './report.ts';
import { REPORT_JOB } from './report-message.slack.ts';

/** Asked each minute: reading nothing but the day, once the day's work is done. */
export function numbersByTheClock(world: SlackWorld) {
  let [snapped, posted] = ['', ''];
  const now = async () => {
    const settings = await world.settings.read();
    const today = dayIn(settings.zone, world.clock.now());
    const calendar = calendarAround(world.holidays, settings, today);
    return {
      settings,
      today,
      calendar,
      due: digestDue(world.clock.now(), { hour: settings.digestHour, zone: settings.zone }, calendar).due,
    };
  };
  return [
    {
      name: 'figures of the day',
      run: async () => {
        const { today, settings } = await now();
        if (snapped === today) return;
        await keepSnapshot(world, addDays(today, -1));
        const [works, book] = await Promise.all([world.accounts.all(), world.ledger.book(settings.zone)]);
        const cases = await endedCases(works, book, today);
        if (cases.length > 0) await changeLessons(world, { do: 'open-lessons', cases }, 'clock', `lessons:${today}`);
        snapped = today;
      },
    },
    {
      name: 'posted figures',
      run: async () => {
        const { today, calendar, due } = await now();
        if (!due || posted === today) return;
        await postFigures(world, today, workingDayAfter(addDays(monthOf(today), -1), 2, calendar));
        posted = today;
      },
    },
  ];
}

/** Yesterday evening's figures as they are known this morning, kept once. */
export async function keepSnapshot(world: SlackWorld, evening: Day): Promise<void> {
  const known = await world.keptFigures.latest<Report>('snapshot', evening);
  if (known?.day === evening) return;
  const report = await buildReport(world, { period: 'quarter' }, evening);
  const currencies = report.currencies.map((each) => ({ ...each, trend: [] }));
  await world.keptFigures.keep({ id: `snapshot:${evening}`, kind: 'snapshot', day: evening, body: { ...report, currencies } });
}

/** Monday's forecast, the month's report, the quarter's lessons, and actions that come back: each posted once. `second`: the month's second working day. */
async function postFigures(world: SlackWorld, today: Day, second: Day): Promise<void> {
  const { posts } = await world.goals.read();
  await keepForecast(world);
  const week = sundayBefore(today);
  if (posts.forecast !== '' && !(await world.jobs.get(`${FORECAST_JOB}:${week}`)))
    await postForecast(world, `${FORECAST_JOB}:${week}`, { to: { channel: posts.forecast }, shown: await forecastShown(world) });
  const month = today.slice(0, 7);
  if (posts.report !== '' && today >= second && !(await world.jobs.get(`${REPORT_JOB}:${month}`)))
    await postReport(world, `${REPORT_JOB}:${month}`, {
      to: { channel: posts.report },
      report: await buildReport(world, { period: 'month' }),
    });
  const quarter = quarterOf(today);
  if (posts.lessons !== '' && today >= second && monthOf(today) === quarter)
    await world.jobs.add({
      id: `${LESSONS_JOB}:${quarter}`,
      kind: LESSONS_JOB,
      payload: { channel: posts.lessons, ...lastQuarter(today) },
      dueAt: world.clock.now(),
    });
  if (weekdayOf(today) === 1) await remindOfActions(world, today);
  world.postSoon();
}

async function remindOfActions(world: SlackWorld, today: Day): Promise<void> {
  const { lessons } = await world.lessons.read();
  const owners = new Set(lessons.flatMap(({ action }) => (action && !action.done ? [action.owner] : [])));
  for (const user of owners)
    await world.jobs.add({ id: `${ACTIONS_JOB}:${user}:${today}`, kind: ACTIONS_JOB, payload: { user, today }, dueAt: world.clock.now() });
}
