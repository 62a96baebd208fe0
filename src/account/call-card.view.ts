import type { KnownBlock } from '@slack/types';
import { repeatedlyBroken } from '../arrangements/past-promises.ts';
import { promiseRecord } from '../arrangements/promise-record.view.ts';
import { REASON_WORDS } from '../follow-up/follow-up.view.ts';
import { daysBetween } from '../kernel/day.ts';
import { shortDay } from '../slack/freshness.ts';
import { section } from '../slack/parts.ts';
import { clip, counted, money, plain } from '../slack/text.ts';
import { factLine } from '../trail/facts.view.ts';
import type { CallBrief } from './call-brief.op.ts';
import { PAYMENT_REASON_WORDS } from './call-words.view.ts';
import { contactLine, phoneLink } from './contact-words.view.ts';

const [INVOICES, HISTORY, CONTACTS] = [6, 8, 6];

/** What of the file a caller looks back on. */
const TOLD: ReadonlySet<string> = new Set([
  'call-made',
  'call-noted',
  'contact-made',
  'promise-recorded',
  'promise-closed',
  'dispute-recorded',
  'dispute-closed',
  'reply-received',
]);

/** Everything somebody needs before dialling: whether, whom, what to say, the numbers, and what was said before. */
export function callBlocks(brief: CallBrief, zone: string, mayManage: boolean): KnownBlock[] {
  return [
    section(dueText(brief, mayManage)),
    section(contactsText(brief)),
    ...(brief.script ? [section(scriptText(brief.script))] : []),
    section(numbersText(brief)),
    section(historyText(brief, zone)),
  ];
}

function dueText({ due, explanation: { decision } }: CallBrief, mayManage: boolean): string {
  const lines = [
    due
      ? `:telephone_receiver: *${plain(due.name)}* is due today.`
      : 'No call is due today; this one is recorded besides and leaves the follow-up where it is.',
  ];
  if (due && due.approval !== 'collector' && !mayManage)
    lines.push(':information_source: A manager makes this call. Yours is recorded, and the step stays due.');
  const against = decision.reasons.filter((reason) => reason !== 'nothing-open' && reason !== 'weekend');
  return [...lines, ...against.map((reason) => `:warning: ${REASON_WORDS[reason]}`)].join('\n');
}

function contactsText({ contacts }: CallBrief): string {
  if (contacts.length === 0)
    return '*Whom to call*\nNobody is known. Ask the account owner in sales, and enter the contact under Contacts….';
  return `*Whom to call*\n${contacts
    .slice(0, CONTACTS)
    .map((contact, index) => `${index + 1}. ${contactLine(contact, phoneLink)}`)
    .join('\n')}`;
}

function scriptText(script: NonNullable<CallBrief['script']>): string {
  return `*What to say*\n${script.map(({ says, customers }) => `• ${plain(says)}${customers ? `\n    _${plain(customers)}_` : ''}`).join('\n')}`;
}

function numbersText({ explanation: { day } }: CallBrief): string {
  const items = [...day.items].sort((a, b) => (a.due < b.due ? -1 : 1));
  if (items.length === 0) return '*The numbers*\nNothing is open.';
  const currencies = [...new Set(items.map((item) => item.currency))].sort();
  const totals = currencies.map((currency) => {
    const own = items.filter((item) => item.currency === currency);
    const sum = (of: typeof own) => of.reduce((total, item) => total + item.open, 0);
    return `*${money(sum(own.filter((item) => item.due < day.today)), currency)} overdue* of ${money(sum(own), currency)} open`;
  });
  const lines = items.slice(0, INVOICES).map(({ number, open, currency, due }) => {
    const late = daysBetween(due, day.today);
    return `• ${plain(number)}: ${money(open, currency)}, ${late > 0 ? `${counted(late, 'day')} past due` : `due ${shortDay(due)}`}`;
  });
  const more = items.length > INVOICES ? `\n…and ${counted(items.length - INVOICES, 'more open invoice')}` : '';
  return `*The numbers*\n${totals.join(' · ')}\n${lines.join('\n')}${more}`;
}

function historyText({ recorded, explanation: { work, day } }: CallBrief, zone: string): string {
  const lines: string[] = [];
  const rate = promiseRecord(work.pastPromises, day.today);
  if (rate) lines.push(rate);
  const often = repeatedlyBroken(work.pastPromises, day.today);
  if (often !== null) lines.push(`:warning: ${counted(often, 'promise')} broken in the last 90 days.`);
  for (const { reason, on } of work.calls.reasons) lines.push(`Reason given on ${shortDay(on)}: ${PAYMENT_REASON_WORDS[reason]}`);
  const told = recorded.filter((fact) => TOLD.has(fact.type)).slice(0, HISTORY);
  lines.push(...told.map((fact) => `• ${factLine(fact, zone)}`));
  return clip(`*What was before*\n${lines.length > 0 ? lines.join('\n') : 'Nothing recorded yet.'}`, 3000);
}
