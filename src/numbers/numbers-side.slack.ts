import type { SlackWorld } from '../slack/world.ts';
import { reportSubject } from './report.slack.ts';
import { REPORT_JOB, reportRenderer } from './report-message.slack.ts';

/** Reports, payment patterns, forecasts and what a case taught. */
export function numbersSide(world: SlackWorld) {
  return {
    subjects: [reportSubject(world)],
    renderers: { [REPORT_JOB]: reportRenderer(world) },
  };
}
