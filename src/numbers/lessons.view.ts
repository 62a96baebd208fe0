import type { KnownBlock } from '@slack/types';
import type { Day } from '../kernel/day.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { andMore, counted, money, plain } from '../slack/text.ts';
import { CAUSE_WORDS, KIND_WORDS, WHERE_WORDS } from './lesson-words.view.ts';
import type { Lesson, QuarterLessons } from './lessons.ts';

const OPEN_SHOWN = 10;
const ACTIONS_SHOWN = 10;
type Names = ReadonlyMap<string, string>;
const nameIn = (names: Names, account: string) => plain(names.get(account) ?? account);

/** 'Acme Ltd  £1,200.00 written off on 3 Nov 2026, £1,200.00 lost. 95 days late, 4 contacts, 1 promise broken.' */
export function lessonLine({ account, amount, currency, kind, ended, lost, facts }: Lesson, names: Names): string {
  const { daysLate, contacts, promisesBroken } = facts;
  const cost = lost > 0 ? `, ${money(lost, currency)} lost` : '';
  const known = [
    `${counted(daysLate, 'day')} late`,
    `${counted(contacts, 'contact')}`,
    promisesBroken > 0 ? `${counted(promisesBroken, 'promise')} broken` : '',
  ].filter(Boolean);
  return `*${nameIn(names, account)}*  ${money(amount, currency)} ${KIND_WORDS[kind]} on ${shortDay(ended)}${cost}. ${known.join(', ')}.`;
}

/** Cases that wait for an answer, actions that are not done, and the quarter so far. */
export function lessonsBlocks(lessons: readonly Lesson[], quarter: QuarterLessons, names: Names, today: Day): KnownBlock[] {
  const open = lessons.filter(({ state }) => state === 'open').sort((a, b) => (a.ended < b.ended ? -1 : 1));
  return [
    section(
      open.length > 0
        ? `*What did these teach? ${counted(open.length, 'case')}*`
        : '*Lessons*\nNo case needs an answer. The next comes when one ends.',
    ),
    ...open.slice(0, OPEN_SHOWN).flatMap((each, n): KnownBlock[] => [
      section(lessonLine(each, names)),
      {
        type: 'actions',
        elements: [
          { ...button('lesson-record', `${n}`, 'Record lesson…', { l: each.id }), style: 'primary' as const },
          button('lesson-skip', `${n}`, 'Skip…', { l: each.id }),
        ],
      },
    ]),
    ...andMore(open.length - OPEN_SHOWN).map((line) => contextLine(line)),
    { type: 'divider' },
    ...quarterBlocks(quarter, names, today),
  ];
}

/** Causes by number and amount lost, what could have been prevented, actions with their owners, what to read. */
export function quarterBlocks({ causes, preventable, open, actions, read }: QuarterLessons, names: Names, today: Day): KnownBlock[] {
  const lines = causes.map(({ cause, count, lost }) => {
    const sums = [...lost]
      .filter(([, sum]) => sum > 0)
      .sort()
      .map(([currency, sum]) => money(sum, currency));
    return `• ${CAUSE_WORDS[cause]}: ${count}${sums.length > 0 ? `, ${sums.join(' · ')} lost` : ''}`;
  });
  const share = preventable === null ? '' : `\n${preventable}% could have been prevented by us.`;
  return [
    section(
      `*Causes this quarter*\n${lines.length > 0 ? lines.join('\n') : 'None recorded yet.'}${share}${open > 0 ? `\n${counted(open, 'case')} not answered yet.` : ''}`,
    ),
    ...(actions.length > 0 ? [section(`*Open actions: ${actions.length}*`)] : []),
    ...actions.slice(0, ACTIONS_SHOWN).map((each, n) => ({
      ...section(actionLine(each, today)),
      accessory: button('lesson-done', `${n}`, 'Mark as done', { l: each.id }),
    })),
    ...(read.length > 0
      ? [
          section(
            `*Read these*\n${read.map((each) => `• ${lessonLine(each, names)} ${CAUSE_WORDS[each.cause!]}, ${WHERE_WORDS[each.where!]}.`).join('\n')}`,
          ),
        ]
      : []),
  ];
}

export function actionLine({ action }: Lesson, today: Day): string {
  const { text, owner, until } = action!;
  return `${plain(text)} · <@${owner}>, ${until < today ? `:warning: was due ${shortDay(until)}` : `due ${shortDay(until)}`}`;
}
