import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import { type Day, daysBetween } from '../kernel/day.ts';
import { mayBatch } from '../mails/draft.ts';
import { askedWords } from '../mails/draft-card.view.ts';
import type { ReviewQueue } from '../mails/review-queue.op.ts';
import { waitsForSecond } from '../mails/review-queue.op.ts';
import { contextLine, shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { stepWords } from './next-step.view.ts';
import { cardButton, overdueWords } from './work-list.view.ts';
import { restsToday, type WorkEntry, type WorkItem } from './worklist.ts';

/** Rows of a section; the list has all of them. */
const SHOWN = 5;
const NAME = 80;

/** What there is to do today, by its kind, in the order in which it is done; whatever only waits is apart. */
export interface DayParts {
  readonly replies: readonly WorkEntry[];
  readonly promises: readonly WorkEntry[];
  readonly calls: readonly WorkEntry[];
  readonly decisions: readonly WorkEntry[];
  readonly starts: readonly WorkEntry[];
  readonly others: readonly WorkEntry[];
  readonly waiting: readonly WorkEntry[];
  readonly resting: readonly WorkEntry[];
}

/** A call that only a manager may make is nobody else’s to do. */
export function dayParts(entries: readonly WorkEntry[], manager: boolean): DayParts {
  const parts = { replies: [], promises: [], calls: [], decisions: [], starts: [], others: [], waiting: [], resting: [] } as Record<
    keyof DayParts,
    WorkEntry[]
  >;
  for (const entry of entries) parts[partOf(entry, manager)].push(entry);
  return parts;
}

/** An email is not among them: it stands in the review. */
function partOf({ step }: WorkEntry, manager: boolean): keyof DayParts {
  switch (step.do) {
    case 'answer-reply':
      return 'replies';
    case 'chase-promise':
    case 'check-promise':
    case 'check-instalment':
      return 'promises';
    case 'decide':
      return 'decisions';
    case 'follow-up':
      if (step.action.stage.channel === 'email') return 'resting';
      return step.action.stage.approval === 'manager' && !manager ? 'waiting' : 'calls';
    case 'rest':
      return restsToday(step) ? 'resting' : 'starts';
    case 'wait':
    case 'nothing':
      return 'resting';
    default:
      return 'others';
  }
}

const PLAIN: readonly (readonly [part: keyof DayParts, one: string, many: string])[] = [
  ['replies', 'reply', 'replies'],
  ['promises', 'promise', 'promises'],
  ['calls', 'call', 'calls'],
  ['decisions', 'decision to request', 'decisions to request'],
  ['starts', 'starting point', 'starting points'],
  ['others', 'other', 'others'],
];

/** How many things there are, and of which kind: "7 emails · 2 calls". */
export function daySummary(parts: DayParts, emails: number): { readonly count: number; readonly words: string } {
  const kinds = PLAIN.map(([part, one, many]) => ({ n: parts[part].length, one, many }));
  const all = [{ n: emails, one: 'email', many: 'emails' }, ...kinds].filter(({ n }) => n > 0);
  return { count: all.reduce((sum, { n }) => sum + n, 0), words: all.map(({ n, one, many }) => counted(n, one, many)).join(' · ') };
}

/** One person's day: a section for each kind of work that there is, each row with the button that does it. */
export function daySections(parts: DayParts, today: Day, names: ReadonlyMap<string, string>, queue: ReviewQueue): KnownBlock[] {
  return [
    ...rows('Replies to answer', parts.replies, today, ({ item }, key) => cardButton(item.account, key, 'Answer…')),
    ...rows('Promises', parts.promises, today, (entry, key) =>
      entry.step.do === 'chase-promise' ? callButton(entry.item, key) : cardButton(entry.item.account, key, 'Check…'),
    ),
    ...emailSection(queue, names),
    ...rows('Calls', parts.calls, today, ({ item }, key) => callButton(item, key)),
    ...rows('Decisions to request', parts.decisions, today, decisionButton),
    ...rows('Choose a starting point', parts.starts, today, ({ item }, key) => button('account-why', key, 'Choose…', { a: item.account })),
    ...rows('Also today', parts.others, today, ({ item }, key) => cardButton(item.account, key, 'Open')),
    ...rows('Waiting for a manager', parts.waiting, today, ({ item }, key) => cardButton(item.account, key, 'Open')),
  ];
}

function rows(title: string, entries: readonly WorkEntry[], today: Day, does: (entry: WorkEntry, key: string) => Button): KnownBlock[] {
  if (entries.length === 0) return [];
  const key = title.toLowerCase().replace(/\W+/g, '-');
  const more = entries.length - SHOWN;
  return [
    section(`*${title} (${entries.length.toLocaleString('en-GB')})*`),
    ...entries
      .slice(0, SHOWN)
      .map((entry, n): SectionBlock => ({ ...section(rowWords(entry, today)), accessory: does(entry, `${key}-${n}`) })),
    ...(more > 0
      ? [{ type: 'actions' as const, elements: [button('work-page', key, `See all ${entries.length.toLocaleString('en-GB')}`, { p: 0 })] }]
      : []),
  ];
}

/** Who, how much, how late; then what, and what was last. */
function rowWords({ item, step, coveredFor }: WorkEntry, today: Day): string {
  const oldest = Math.max(0, ...item.overdue.map((part) => part.oldest.daysPastDue));
  const late = oldest > 0 ? ` · ${counted(oldest, 'day')}` : '';
  const last = item.lastContact ? ` · last contact ${contactWords(item.lastContact, today)}` : '';
  const cover = coveredFor ? ` · you cover for <@${coveredFor}>` : '';
  return `*${plain(clip(item.name, NAME))}* · ${overdueWords(item)}${late}\n${stepWords(step)}${last}${cover}`;
}

const contactWords = (on: Day, today: Day) => (daysBetween(on, today) === 0 ? 'today' : shortDay(on));

const callButton = ({ account }: WorkItem, key: string) => button('account-call', key, 'Call…', { a: account });

function decisionButton({ item, step }: WorkEntry, key: string): Button {
  if (step.do !== 'decide') return cardButton(item.account, key, 'Open');
  const { stage, entity } = step.proposal;
  if (stage.proposes.includes('demand-letter')) return button('account-letter', key, 'Demand letter…', { a: item.account, e: entity });
  if (stage.proposes.includes('stop-supply')) return button('decide-now', key, 'Request…', { a: item.account, k: 'stop-supply' });
  return cardButton(item.account, key, 'Open');
}

/** What may go as a list, what is to be looked at, and second approvals, each with its button. */
function emailSection({ waiting, approved }: ReviewQueue, names: ReadonlyMap<string, string>): KnownBlock[] {
  const second = waiting.filter(({ draft }) => waitsForSecond(draft));
  const own = waiting.filter(({ draft }) => !waitsForSecond(draft));
  const routine = own.filter(({ draft }) => mayBatch(draft));
  const apart = own.filter(({ draft }) => !mayBatch(draft));
  const name = (account: string) => plain(clip(names.get(account) ?? 'a customer', NAME));
  const kinds = [...Map.groupBy(routine, ({ draft }) => draft.stage.name)].map(([stage, all]) => `${plain(stage)} ${all.length}`);
  const list = button('draft-batch', 'home', 'Review as list', {});
  const review = button('draft-review', 'home', 'Review', {});
  return [
    ...(second.length > 0 ? [section(`*Second approval (${second.length})*`)] : []),
    ...second.slice(0, SHOWN).map(({ draft, facts }, n) => ({
      ...section(
        `*${plain(draft.stage.name)} to ${name(draft.account)}* · ${askedWords(draft)}\nApproved by <@${draft.approvals[0]!.by}>; it needs you today.`,
      ),
      accessory: button('draft-show', `second-${n}`, 'Review', { d: draft.id, h: draft.hash, n: facts }),
    })),
    ...(own.length > 0 ? [section(`*Emails to review (${own.length.toLocaleString('en-GB')})*`)] : []),
    ...(routine.length > 1
      ? [{ ...section(`*${routine.length.toLocaleString('en-GB')} routine:* ${firstOf(kinds, 4)}`), accessory: list }]
      : []),
    ...(apart.length > 0 || routine.length === 1
      ? [
          {
            ...section(
              `*${(apart.length || 1).toLocaleString('en-GB')} to look at:* ${firstOf(
                (apart.length > 0 ? apart : routine)
                  .slice(0, 3)
                  .map(({ draft }) => `${name(draft.account)} (${plain(draft.stage.name).toLowerCase()})`),
                3,
                apart.length || 1,
              )}`,
            ),
            accessory: review,
          },
        ]
      : []),
    ...(approved.length > 0
      ? [
          {
            ...section(`*Approved, not sent yet (${approved.length.toLocaleString('en-GB')})*`),
            accessory: button('draft-approved', 'home', 'Look', {}),
          },
        ]
      : []),
  ];
}

/** What needs nobody today, in one line. */
export function restLine({ resting }: DayParts): KnownBlock[] {
  const quiet = resting.filter(({ step }) => step.do !== 'follow-up');
  return quiet.length === 0
    ? []
    : [contextLine(`Nothing due today at ${counted(quiet.length, 'account')}: your whole list says why, and what comes next.`)];
}

/** The largest of the day, for the morning's message. */
export function largestWords(entries: readonly WorkEntry[]): string | null {
  const rated = entries
    .flatMap(({ item }) => item.overdue.map((part) => ({ item, part })))
    .sort((a, b) => b.part.overdue - a.part.overdue)[0];
  if (!rated) return null;
  const { item, part } = rated;
  return `Largest: *${plain(clip(item.name, NAME))}*, ${money(part.overdue, part.currency)}, ${counted(part.oldest.daysPastDue, 'day')} overdue`;
}
