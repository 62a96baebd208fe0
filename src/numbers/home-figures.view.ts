import type { KnownBlock } from '@slack/types';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { counted } from '../slack/text.ts';
import { progressWords, teamProgress } from './goals.view.ts';
import type { HomeFigures } from './home-figures.op.ts';
import { daysWords, indexWords, percentWords } from './measure-words.view.ts';

const CURRENCIES_SHOWN = 3;

/** For managers and finance leads: how well the team collects, with the way to the report and the forecast. */
export function figuresOnHome({ report, progress, openLessons, openActions }: HomeFigures): KnownBlock[] {
  const lines = (report?.currencies ?? []).slice(0, CURRENCIES_SHOWN).map(({ figures: { currency, dso, add, cei, overdueShare } }) => {
    return `*${currency}*  DSO ${daysWords(dso)} · delinquent ${daysWords(add)} · CEI ${indexWords(cei)} · overdue ${percentWords(overdueShare)}`;
  });
  const head = report ? `*How well we collect*, 91 days to ${shortDay(report.period.to)}` : '*How well we collect*';
  const team = teamProgress(progress);
  const waiting = [
    openLessons > 0 ? `${counted(openLessons, 'closed case')} without a lesson` : '',
    openActions > 0 ? `${counted(openActions, 'open action')} of yours` : '',
  ].filter(Boolean);
  const none = report ? [] : ['The first figures come tomorrow morning.'];
  return [
    section([head, ...lines, ...none, ...(team ? [team] : []), ...(waiting.length > 0 ? [waiting.join(' · ')] : [])].join('\n')),
    {
      type: 'actions',
      elements: [
        button('report-now', 'home', 'Report', {}),
        button('forecast-now', 'home', 'Cash forecast', {}),
        ...(openLessons + openActions > 0 ? [button('lessons-now', 'home', 'Lessons', {})] : []),
      ],
    },
  ];
}

/** A collector's own month: nobody else's. */
export function ownProgress({ progress, openActions }: HomeFigures, user: string): KnownBlock[] {
  const own = progress.filter(({ collector, target }) => collector === user && target !== null).map(progressWords);
  const lines = [
    own.length > 0 ? `Your cash this month: ${own.join(' · ')}` : '',
    openActions > 0 ? `${counted(openActions, 'open action')} of yours from closed cases` : '',
  ].filter(Boolean);
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}
