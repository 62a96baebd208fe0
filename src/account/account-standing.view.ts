import { disputedOf } from '../arrangements/dispute.ts';
import type { NextContact } from '../follow-up/next-contact.op.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import type { Invoice } from '../ledger/invoice.ts';
import { shortDay } from '../slack/freshness.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { factText, STATUS_WORDS } from '../trail/facts.view.ts';
import { type AccountWork, onHold } from './account-work.ts';
import type { AccountCard } from './read-account.op.ts';

/** What the first lines of a card are made of; `zone` is the company's. */
interface Standing {
  readonly card: Pick<AccountCard, 'work' | 'balances' | 'today' | 'timeline' | 'account'>;
  readonly next: NextContact | null;
  readonly zone: string;
}

/** What is owed, what comes next and when, what was last, and how promises went: before anything else. */
export function standing({ card: { work, balances, today, timeline, account }, next, zone }: Standing): string[] {
  const owed = balances.map(
    ({ overdue, open, currency, oldest }) =>
      `*${money(overdue, currency)} overdue* of ${money(open, currency)} outstanding${oldest > 0 ? ` · oldest ${counted(oldest, 'day')}` : ''}`,
  );
  const pastYear = work.pastPromises.filter(({ closed }) => daysBetween(closed, today) <= 365);
  const open = work.promises.map(({ amount, currency, date }) => `${money(amount, currency)} for ${shortDay(date)}`);
  const kept = pastYear.filter(({ outcome }) => outcome === 'kept').length;
  const history = pastYear.length > 0 ? ` · kept ${kept} of ${pastYear.length} in 12 months` : '';
  const when = work.lastContact ? shortDay(work.lastContact) : 'none yet';
  const last = timeline.find(({ type }) => LAST_CONTACT.has(type));
  return [
    ...owed,
    `*Next:* ${nextWords(next, { work, today, autopay: account.autopay })}`,
    `*Last contact:* ${when}${last ? ` · ${clip(factText(last, zone).said, 160)}` : ''}`,
    `*Promises:* ${open.length > 0 ? firstOf(open, 3) : 'none open'}${history}`,
  ];
}

const LAST_CONTACT: ReadonlySet<string> = new Set(['draft-sent', 'draft-sent-by-hand', 'call-made']);

/** The next step with its date; paused: why, and until when. */
function nextWords(next: NextContact | null, { work, today, autopay }: { work: AccountWork; today: Day; autopay: boolean }): string {
  if (work.status !== 'active') return `nothing: ${STATUS_WORDS[work.status].toLowerCase()}. A manager decides.`;
  if (work.replies.length > 0) return 'answer the reply. Reminders are paused until then.';
  if (onHold(work, today) && work.hold) return `nothing until ${shortDay(work.hold.until)}, on hold: “${plain(work.hold.reason)}”`;
  if (autopay) return 'nothing: direct debit.';
  if (!next) return 'nothing is scheduled. Someone needs to act first; *Why?* says what.';
  const step = next.at > 0 ? ` (step ${next.at} of ${next.of})` : '';
  return `${next.today ? 'today' : shortDay(next.day)}, ${CHANNELS[next.channel]} “${plain(next.name)}”${step}`;
}

const CHANNELS = { email: 'email', call: 'call', task: 'decision' } as const;

/** Of the ledger and of the team: what is in dispute, whose it is, and what was promised when. */
export function marksOf({ number, entity, disputed, open, currency }: Invoice, { disputes, promises }: AccountWork): string {
  const own = disputes.find((each) => each.entity === entity && each.invoice === number);
  const amount = Math.min(open, Math.max(disputed, disputedOf(disputes, entity, number)));
  const owner = own ? `, <@${own.owner}>${own.until ? ` until ${shortDay(own.until)}` : ''}` : '';
  const promise = promises.find((each) => each.entity === entity && each.parts.some(({ invoice }) => invoice === number));
  return [
    amount > 0 ? ` · ${amount === open ? 'disputed' : `${money(amount, currency)} disputed`}${owner}` : '',
    promise ? ` · promised for ${shortDay(promise.date)}` : '',
  ].join('');
}
