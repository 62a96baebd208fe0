import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { contextLine } from '../slack/freshness.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { percent, readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { clip, plain } from '../slack/text.ts';
import { changeRates } from './change-rates.op.ts';
import { type DatedRate, type Half, KNOWN_RATES, readHalf, SERIES, SERIES_NAMES, type Series, SOURCES } from './interest-rates.ts';

/** Of each series, the newest half-years. */
const SHOWN = 8;

const FIELD: Readonly<Record<string, string>> = {
  'reference-rate-out-of-range': 'rate',
  'rate-source-missing': 'source',
  'rate-not-fixed-yet': 'half',
};

/** /collections rates: reference rates with their sources; an admin adds the next half-year's. */
export function ratesSubject(world: Pick<World, 'clock' | 'settings' | 'rates'>): Subject {
  return {
    parts: {
      rates: {
        may: 'admin',
        usage: 'rates [add]',
        help: 'reference rates for interest with their sources; add the rate of a new half-year',
        async run({ text, asker, answer, client, settings, triggerId }) {
          if (text === 'add') return void (await client.views.open({ trigger_id: triggerId, view: rateForm(asker.channel) }));
          if (text !== '') throw new Refused(`Type \`/${settings.commands.collections} rates\` to see them or \`rates add\` to add one.`);
          const { added } = await world.rates.read();
          const rates = SERIES.map((series) => ({
            type: 'section' as const,
            text: { type: 'mrkdwn' as const, verbatim: true, text: clip(seriesText(series, added), 3000) },
          }));
          const how = `A half-year that is not listed is refused, never guessed. Add one with \`/${settings.commands.collections} rates add\`.`;
          await answer({ text: 'Reference rates for interest', blocks: [...rates, contextLine(how)] });
        },
      },
    },
    submits: {
      'rate-add': {
        may: 'admin',
        async run(request) {
          const { c } = readCarried(z.object({ c: z.string().max(40) }), request.view.private_metadata);
          const half = readHalf(entered(request, 'half'));
          if (!half) return fieldErrors({ half: 'Write the half-year like 2027H1 or 2027H2.' });
          const rate = readPercent(entered(request, 'rate'));
          if (rate === null) return fieldErrors({ rate: 'Write the rate like 3.75, in percent a year.' });
          const series = SERIES.find((each) => each === entered(request, 'series'))!;
          const added = { series, half, rate, source: entered(request, 'source').trim() };
          const result = await changeRates(world, added, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'rate']: REFUSED[result.refused] });
          const done = `:white_check_mark: ${title(series)} for ${periodOf(half)}: ${percent(rate)}. Interest that needed it can be worked out now; what was claimed before stays as it was.`;
          request.later(() => request.tell(c, sentence(done)));
          return undefined;
        },
      },
    },
  };
}

function seriesText(series: Series, added: readonly (DatedRate & { readonly by?: string })[]): string {
  const own: readonly (DatedRate & { readonly by?: string })[] = [
    ...KNOWN_RATES.filter((known) => !added.some(sameHalf(known))),
    ...added,
  ].filter((rate) => rate.series === series);
  const lines = own
    .toSorted((a, b) => (a.half < b.half ? 1 : -1))
    .slice(0, SHOWN)
    .map(
      (rate) => `• ${periodOf(rate.half)}: *${percent(rate.rate)}*${rate.by ? `, added by <@${rate.by}> from ${plain(rate.source)}` : ''}`,
    );
  const asOf = series === 'bank-of-england' ? ' as of the day before each half-year' : '';
  return `*${title(series)}*${asOf}\n${lines.join('\n')}\n_Source${own.some((rate) => rate.by) ? ' of the others' : ''}: ${plain(SOURCES[series])}_`;
}

const title = (series: Series) => SERIES_NAMES[series].replace(/^./, (first) => first.toUpperCase());

/** '1 July – 31 December 2026'. */
function periodOf(half: Half): string {
  return `${half.endsWith('1') ? '1 January – 30 June' : '1 July – 31 December'} ${half.slice(0, 4)}`;
}

const sameHalf = (known: DatedRate) => (rate: DatedRate) => rate.series === known.series && rate.half === known.half;

function rateForm(channel: string) {
  const names = Object.fromEntries(SERIES.map((series) => [series, SERIES_NAMES[series]]));
  return modal('rate-add', 'Add a reference rate', 'Add', { c: channel }, [
    choiceField('series', 'Which rate', names),
    textField('half', 'Half-year', {
      max: 6,
      hint: 'Write 2027H1 for 1 January – 30 June 2027 and 2027H2 for 1 July – 31 December. Bank of England: the rate of the last day before.',
    }),
    textField('rate', 'Rate in percent a year', { max: 10, hint: 'The official rate alone, without the points that the law adds.' }),
    textField('source', 'Source', { max: 300, hint: 'Where it was published, with the date.' }),
  ]);
}
