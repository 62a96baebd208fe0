import { languageName } from '../slack/country-words.ts';
import { nameOf, shortDay } from '../slack/freshness.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { Unusual } from './unusual.ts';

/** Each with both sides: what it is now, and what it was before. */
export function unusualWords(unusual: Unusual): string {
  const of = ({ amount, currency }: { readonly amount: number; readonly currency: string }) => money(amount, currency);
  switch (unusual.key) {
    case 'first-email':
      return 'First email to this customer.';
    case 'new-recipient':
      return `New recipient: the last email (${shortDay(unusual.on)}) went to ${plain(unusual.before.name || unusual.before.address)}.`;
    case 'shared-address':
      return `This address also belongs to ${plain(unusual.with)}.`;
    case 'odd-domain':
      return `Address at ${plain(unusual.domain)}; this customer's other addresses are at ${plain(unusual.usual)}.`;
    case 'sum':
      return `More is asked for on ${plain(unusual.invoice)} than is outstanding.`;
    case 'words-language':
      return `The words look ${languageName(unusual.words)}; the email is meant to be ${languageName(unusual.now)}.`;
    case 'amount-jump':
      return `Amount: ${of(unusual.asked)}. The most we asked them for before was ${money(unusual.most, unusual.asked.currency)}.`;
    case 'language':
      return `Written in ${languageName(unusual.now)}; the last email was in ${languageName(unusual.before)}.`;
    case 'long-silence':
      return `No contact for ${counted(unusual.days, 'day')}.`;
    case 'edited':
      return `Edited by ${nameOf(unusual.by)}.`;
    case 'ai-words':
      return 'Written by an AI model.';
    case 'promise':
      return unusual.state === 'open'
        ? `They promised ${of(unusual.amount)} for ${shortDay(unusual.date)}.`
        : `They promised ${of(unusual.amount)} for ${shortDay(unusual.date)} and did not keep it.`;
    case 'reply':
      return `They replied on ${shortDay(unusual.on)}.`;
    case 'part-left-out':
      return `Left out: ${of(unusual.amount)}, ${LEFT_OUT[unusual.why]}.`;
    case 'credit-netted':
      return `Credit of ${of(unusual.credit)} is taken off, ${unusual.percent}% of the amount.`;
    case 'recent-payment':
      return `Payment of ${of(unusual.amount)} received on ${shortDay(unusual.on)}.`;
    case 'step-age':
      return `${unusual.percent}% of the amount is less than 14 days overdue.`;
  }
}

const LEFT_OUT = { promised: 'promised', disputed: 'in dispute', planned: 'in a payment plan' } as const;

/** Once more behind the words of the email, where its reader is when they are read. */
export function unusualShort(unusual: readonly Unusual[]): string[] {
  return unusual.length === 0 ? [] : [`:warning: ${unusual.map(unusualWords).join(' ')}`];
}

/** Beside the buttons and before the words: what to look at, or that there is nothing. */
export function unusualLines(unusual: readonly Unusual[]): string {
  if (unusual.length === 0) return 'Nothing unusual.';
  const what = unusual.length === 1 ? '1 thing' : `${unusual.length} things`;
  return [`:warning: *Check ${what}*`, ...unusual.map((each) => `• ${unusualWords(each)}`)].join('\n');
}
