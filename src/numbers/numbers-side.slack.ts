import type { SlackWorld } from '../slack/world.ts';
import { numbersByTheClock } from './by-the-clock.slack.ts';
import { FORECAST_JOB, forecastRenderer, forecastSubject } from './forecast.slack.ts';
import { goalsSubject } from './goals.slack.ts';
import { ACTIONS_JOB, actionsRenderer, LESSONS_JOB, lessonsRenderer, lessonsSubject } from './lessons.slack.ts';
import { reportSubject } from './report.slack.ts';
import { REPORT_JOB, reportRenderer } from './report-message.slack.ts';

/** Reports, payment patterns, forecasts and what a case taught. */
export function numbersSide(world: SlackWorld) {
  return {
    subjects: [reportSubject(world), forecastSubject(world), goalsSubject(world), lessonsSubject(world)],
    renderers: {
      [REPORT_JOB]: reportRenderer(world),
      [FORECAST_JOB]: forecastRenderer(world),
      [LESSONS_JOB]: lessonsRenderer(world),
      [ACTIONS_JOB]: actionsRenderer(world),
    },
    due: numbersByTheClock(world),
  };
}
