import type { Button, KnownBlock } from '@slack/types';
import { LETTER_LANGUAGES, type LetterLanguage } from '../mails/letter-language.ts';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, firstOf, money, plain } from '../slack/text.ts';
import type { FirstHour } from './first-hour.op.ts';
import type { StartPlan } from './plan-starts.op.ts';
import type { StartsState } from './start-many.op.ts';

interface Line {
  readonly about: string;
  /** What is to do, with the button that does it; null: nothing. */
  readonly open: { readonly text: string; readonly button: Button } | null;
  readonly done: string;
}

const LANGUAGE_WORDS: Readonly<Record<LetterLanguage, string>> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' };

const plainButton = (action_id: string, label: string): Button => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text: label },
  value: '',
});

/** What is still to do before customers are written to, with the buttons that do it; what is done in one line. */
export function firstHourBlocks(hour: FirstHour): KnownBlock[] {
  if (hour.accounts === 0) return [];
  const lines = linesOf(hour);
  const open = lines.flatMap(({ about, open }) => (open ? [{ about, ...open }] : []));
  const done = lines.filter((line) => line.open === null).map((line) => line.done);
  const title =
    open.length === 0 ? '*Ready for the first reminders*' : `*Before the first reminders: ${counted(open.length, 'thing')} to do*`;
  const drafts = [...hour.drafts.values()].reduce((sum, each) => sum + each, 0);
  const review = drafts > 0 ? [plainButton('draft-review', 'Review emails')] : [];
  // The first is the one to press next.
  const buttons = [...open.map((line) => line.button), ...review].map((each, at) =>
    at === 0 ? { ...each, style: 'primary' as const } : each,
  );
  return [
    section([title, ...open.map(({ about, text }) => `• *${about}:* ${text}`), ...draftLine(hour, drafts, open.length === 0)].join('\n')),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
    ...(done.length > 0 ? [contextLine(`Done: ${done.join(' · ')}`)] : []),
  ];
}

function draftLine({ drafts }: FirstHour, all: number, ready: boolean): string[] {
  const whose = [...drafts].map(([user, count]) => `${user === '' ? 'managers' : `<@${user}>`} ${count.toLocaleString('en-GB')}`);
  if (all > 0) return [`${counted(all, 'email is', 'emails are')} ready to review: ${firstOf(whose, 8)}`];
  return ready ? ['No email is ready to review. What is due is drafted within a few minutes.'] : [];
}

export function firstHourReply(hour: FirstHour): Reply {
  const blocks = firstHourBlocks(hour);
  return {
    text: 'Before the first reminders',
    blocks: blocks.length > 0 ? blocks : [section('Nothing is open. Import the list of what your customers owe first.')],
  };
}

function linesOf(hour: FirstHour): Line[] {
  const { accounts, withoutCollector, withoutAddress, unsetSenders, starts } = hour;
  return [
    {
      about: 'Collectors',
      open:
        withoutCollector === 0
          ? null
          : {
              text: `${withoutCollector.toLocaleString('en-GB')} of ${counted(accounts, 'customer')} ${withoutCollector === 1 ? 'has' : 'have'} no collector.`,
              button: plainButton('reassign-open:nobody', 'Assign collectors…'),
            },
      done: 'every customer has a collector',
    },
    {
      about: 'Email addresses',
      open:
        withoutAddress.length === 0
          ? null
          : {
              text: `${counted(withoutAddress.length, 'customer has', 'customers have')} no email address: they can only be called. Get the list, fill it in and drop it here, or drop a file with contacts.`,
              button: plainButton('first-hour-contacts', 'Get missing addresses'),
            },
      done: 'every customer has an email address',
    },
    {
      about: 'Who writes',
      open:
        unsetSenders.length === 0
          ? null
          : {
              text: `Nobody has said as whom ${firstOf(unsetSenders.map(plain), 10)} ${unsetSenders.length === 1 ? 'writes' : 'write'}.`,
              button: plainButton('sender-open', 'Say who writes…'),
            },
      done: 'every selling entity has a sender',
    },
    languageLine(hour),
    {
      about: 'Where follow-up starts',
      open:
        starts.accounts === 0
          ? null
          : {
              text: `${counted(starts.accounts, 'customer was', 'customers were')} overdue when imported. Nobody is reminded before you say what they have had.`,
              button: plainButton('first-hour-starts', 'Place by age…'),
            },
      done: 'every overdue customer has a starting point',
    },
  ];
}

function languageLine({ languages, languageUnknown, entitiesWithoutLanguage }: FirstHour): Line {
  const known = LETTER_LANGUAGES.flatMap((each) =>
    languages.has(each) ? `${LANGUAGE_WORDS[each]} ${languages.get(each)!.toLocaleString('en-GB')}` : [],
  );
  const [entity] = entitiesWithoutLanguage;
  const about = 'Language';
  if (languageUnknown === 0 || entity === undefined) return { about, open: null, done: `language: ${known.join(', ')}` };
  const rest = known.length > 0 ? ` The others: ${known.join(', ')}.` : '';
  return {
    about,
    open: {
      text: `${counted(languageUnknown, 'customer has', 'customers have')} neither a language nor a country we know: they get English. Set the usual language of ${plain(entity)}, or import countries.${rest}`,
      button: button('standard-terms', 'first-hour', 'Set language…', { e: entity }),
    },
    done: '',
  };
}

/** "45 days and more" and its likes, in the order of the plan's bands. */
export function bandWords(bands: StartPlan['bands']): string[] {
  return bands.map(({ from, invoices, amounts }, at) => {
    const younger = bands[at - 1];
    const days = younger ? `${from} to ${younger.from - 1} days overdue` : `${from} days overdue and more`;
    const sums = [...amounts].map(([currency, amount]) => money(amount, currency));
    return `${days}: ${counted(invoices, 'invoice')}${sums.length > 0 ? `, ${sums.join(' · ')}` : ''}`;
  });
}

/** How placing ended, with the button that takes it back for a day. */
export function startsReply({ id, by, done, left, undo, undoUntil }: StartsState, zone: string): Reply {
  const kept =
    left > 0
      ? ` ${counted(left, 'one was', 'ones were')} left as ${left === 1 ? 'it is' : 'they are'}: ${undo ? 'the customer was contacted since, or it was gone' : 'somebody else had placed it, or nothing is overdue any more'}.`
      : '';
  const text = undo
    ? `:leftwards_arrow_with_hook: ${counted(done, 'starting point')} taken back by <@${by}>.${kept} Nobody is reminded before they are placed again.`
    : `:white_check_mark: ${counted(done, 'starting point')} set by <@${by}>.${kept} What is due is drafted within a few minutes.`;
  if (undoUntil === null) return { text, blocks: [section(text)] };
  const until = undoUntil.toZonedDateTimeISO(zone);
  const when = `${until.toPlainDate().toLocaleString('en-GB', { weekday: 'long' })}, ${until.toPlainTime().toString({ smallestUnit: 'minute' })}`;
  const take = { ...button('first-hour-undo', 'undo', 'Take back', { j: id }), confirm: confirmUndo };
  return { text, blocks: [section(text), { type: 'actions', elements: [take] }, contextLine(`Can be taken back until ${when}.`)] };
}

const confirmUndo = {
  title: { type: 'plain_text' as const, text: 'Take all of them back?' },
  text: {
    type: 'plain_text' as const,
    text: 'Customers who have been contacted since keep theirs. Emails that rest on the others are withdrawn.',
  },
  confirm: { type: 'plain_text' as const, text: 'Take back' },
  deny: { type: 'plain_text' as const, text: 'Leave them' },
};
