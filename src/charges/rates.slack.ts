import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { contextLine } from '../slack/freshness.ts';
import { Refused, type Subject } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { percent, readPercent } from '../slack/percent.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { clip } from '../slack/text.ts';
import { changeRates } from './change-rates.op.ts';
import { type Half, readHalf, SERIES, SERIES_NAMES, type Series } from './interest-rates.ts';
import { periodOf, seriesText, seriesTitle } from './rates.view.ts';

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
          const how = `Rates that come with the program were found at two sources each. A half-year without one is refused by name, never guessed. Add it with \`/${settings.commands.collections} rates add\`.`;
          await answer({ text: 'Reference rates for interest', blocks: [...rates, contextLine(how)] });
        },
      },
    },
    clicks: {
      'rate-open': {
        may: 'admin',
        async run({ value, asker, client, triggerId }) {
          const { s, h } = readCarried(z.object({ s: z.enum(SERIES), h: z.string().max(6) }), value);
          await client.views.open({ trigger_id: triggerId, view: rateForm(asker.channel, s, readHalf(h)) });
        },
      },
    },
    submits: {
      'rate-add': {
        may: 'admin',
        async run(request) {
          const { c } = readCarried(z.object({ c: z.string().max(40) }), request.view.private_metadata);
          const half = readHalf(entered(request, 'half'));
          if (!half) return fieldErrors({ half: 'This is no half-year, so nothing was saved. Write it like 2027H1 or 2027H2.' });
          const rate = readPercent(entered(request, 'rate'));
          if (rate === null) return fieldErrors({ rate: 'This is no rate, so nothing was saved. Write it like 3.75, in percent a year.' });
          const series = SERIES.find((each) => each === entered(request, 'series'));
          if (!series) return fieldErrors({ series: 'Choose one of the rates of the list. Nothing was saved.' });
          const added = { series, half, rate, source: entered(request, 'source').trim() };
          const result = await changeRates(world, added, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'rate']: REFUSED[result.refused] });
          const done = `:white_check_mark: ${seriesTitle(series)} for ${periodOf(half)}: ${percent(rate)}. Interest that needed it can be worked out now; what was claimed before stays as it was.`;
          request.later(() => request.tell(c, sentence(done)));
          return undefined;
        },
      },
    },
  };
}

function rateForm(channel: string, series: Series | null = null, half: Half | null = null) {
  const names = Object.fromEntries(SERIES.map((series) => [series, SERIES_NAMES[series]]));
  return modal('rate-add', 'Add a reference rate', 'Add', { c: channel }, [
    choiceField('series', 'Which rate', names, series ?? undefined),
    textField('half', 'Half-year', {
      max: 6,
      initial: half ?? '',
      hint: 'Write 2027H1 for 1 January – 30 June 2027 and 2027H2 for 1 July – 31 December. Bank of England: the rate of the last day before.',
    }),
    textField('rate', 'Rate in percent a year', { max: 10, hint: 'The official rate alone, without the points that the law adds.' }),
    textField('source', 'Source', { max: 300, hint: 'Where it was published, with the date.' }),
  ]);
}
