import type { DrawAlert } from '../follow-up/alert-cards.view.ts';
import type { World } from '../kernel/world.port.ts';
import { button, section } from '../slack/parts.ts';
import { type Half, rateName, rateTable, SERIES, type Series } from './interest-rates.ts';
import { missingOf } from './missing-rates.ts';
import { periodOf } from './rates.view.ts';

/** On a button, which Slack shows on one line. */
const SHORT: Readonly<Record<Series, string>> = {
  'bank-of-england': 'Bank Rate',
  'ecb-mro': 'ECB rate',
  'german-base': 'German base rate',
  'austrian-base': 'Austrian base rate',
  'polish-reference': 'Polish rate',
  'swedish-reference': 'Swedish rate',
  'danish-lending': 'Danish rate',
};

/** The rates that are still missing, each with the form to enter it; nothing once all are on file. */
export function rateAlert(world: Pick<World, 'rates'>): DrawAlert {
  return async ({ about }) => {
    const half = String(about.half) as Half;
    const told = SERIES.filter((series) => (about.series as readonly string[]).includes(series));
    const missing = missingOf(told, half, rateTable((await world.rates.read()).added));
    if (missing.length === 0) return null;
    const title = `Reference rates for ${periodOf(half)} are missing`;
    const names = missing.map((series) => `• ${rateName(series, half)}`).join('\n');
    const text = `${names}\nUntil they are entered, interest that needs them is not worked out and cannot be claimed. Enter each with its source.`;
    const elements = missing.map((series) => button('rate-open', series, `Enter ${SHORT[series]}…`, { s: series, h: half }));
    return {
      text: `${title}: ${missing.map((series) => SHORT[series]).join(', ')}`,
      blocks: [section(`:bank: *${title}*\n${text}`), { type: 'actions', elements }],
    };
  };
}
