import type { SlackWorld } from '../slack/world.ts';
import { keepForecast } from './follow-forecast.op.ts';
import { FORECAST_JOB, forecastRenderer, forecastSubject } from './forecast.slack.ts';
import { reportSubject } from './report.slack.ts';
import { REPORT_JOB, reportRenderer } from './report-message.slack.ts';

/** Reports, payment patterns, forecasts and what a case taught. */
export function numbersSide(world: SlackWorld) {
  return {
    subjects: [reportSubject(world), forecastSubject(world)],
    renderers: { [REPORT_JOB]: reportRenderer(world), [FORECAST_JOB]: forecastRenderer(world) },
    due: [{ name: 'forecast of the week', run: () => keepForecast(world) }],
  };
}
