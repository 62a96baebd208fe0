import { type Untrusted, visibleText } from '../kernel/untrusted.ts';
import type { Tone } from '../mails/draft-text.ts';
import { ASKS_NOTHING, CORRESPONDENCE, type FactSheet } from '../mails/letter-facts.ts';
import type { LetterLanguage } from '../mails/letter-language.ts';
import { LISTS, requiredPlaceholders } from './checks/skeleton-checks.ts';
import { linesBehind, linesBelow } from './letter-lines.ts';
import type { Letter, Letters, Partial as LineName } from './letters.ts';
import type { ModelRequest } from './model.ts';
import type { NameIndex } from './names.ts';
import { offered, PLACEHOLDERS, type Values } from './placeholders.ts';
import { fixedLines, fixedTexts } from './skeleton.ts';

const LANGUAGE: Readonly<Record<LetterLanguage, string>> = {
  en: 'English',
  de: 'German, addressing the reader as Sie and beginning in lower case after the greeting',
  fr: 'French, addressing the reader as vous',
  es: 'Spanish, addressing the reader as usted',
};
const LONGEST_CUSTOMER_TEXT = 600;
const REPLIES_SENT = 2;

interface Asked {
  readonly facts: FactSheet;
  readonly letter: Letter;
  readonly values: Values;
  readonly tone: Tone;
  /** What was wrong with the last attempt, in sentences. */
  readonly refused: readonly string[];
}

/** What a model is told. No amount, date, number, name or address is in it: it gets placeholders, kinds of facts and masked text. */
export function modelRequest({ facts, letter, values, tone, refused }: Asked, letters: Letters, names: NameIndex): ModelRequest {
  const fixed = fixedTexts(fixedLines(facts, letters, values)).slice(0, -1);
  const instructions = letters.request('_instructions.md', {
    language: LANGUAGE[facts.language],
    purpose: letter.purpose,
    tone,
    own_words: String(Math.max(40, letter.maxWords - wordsIn(fixed))),
    placeholders: offered(values, letter.inputs)
      .map((name) => `- {{${name}}}: ${PLACEHOLDERS[name]}`)
      .join('\n'),
    required: requiredWords(requiredPlaceholders({ letter, facts })),
    closing: `${[...linesBelow(facts), ...linesBehind(facts)].map((name) => `${SAYS[name] ?? name}, `).join('')}and who signs`,
    request: ASKS_NOTHING.has(facts.stage)
      ? 'Nothing is asked for; a sentence that begins with a condition may ask for help with the matter.'
      : 'One request for the whole email; a sentence that begins with a condition is not a second one.',
    example_subject: letter.subject,
    example: letter.paragraphs.filter((text) => !/^\{\{ history \}\}$/.test(text)).join('\n\n'),
  });
  const again = refused.length > 0 ? `Your last attempt was refused:\n${refused.map((says) => `- ${says}`).join('\n')}\n\n` : '';
  return {
    instructions,
    case: again + letters.request('_case.md', { situation: situation(facts), customer_text: customerText(facts, names) }),
  };
}

/** A list stands alone. */
function requiredWords(names: readonly string[]): string {
  const lists = names.filter((name) => LISTS.has(name)).map((name) => `{{${name}}} is a paragraph of its own`);
  return [names.map((name) => `{{${name}}}`).join(', '), ...lists].join('; ');
}

const wordsIn = (texts: readonly string[]) => texts.join(' ').split(/\s+/).length;

/** What the fixed lines of a letter already say, for whoever writes the rest. */
const SAYS: Readonly<Partial<Record<LineName, string>>> = {
  'as-of': 'up to when payments are counted',
  charges: 'what is claimed besides',
  statement: 'what is attached',
  'invoice-copies': 'what is attached',
  'statement-and-copies': 'what is attached',
  'due-date-stays': 'that the due date stays',
  'plan-terms': 'the terms of the plan',
  'plan-default': 'what happens when an instalment is missed',
  pay: 'how to pay',
  safety: 'what to do if it has been paid or is disputed, that the bank details have not changed',
  'bank-only': 'that the bank details have not changed',
};

/** Kinds of facts, never the facts. */
function situation(facts: FactSheet): string {
  const { history, invoices, leftOut, credits, oldestDays, stage } = facts;
  if (CORRESPONDENCE.some((kind) => kind === stage)) return '- The purpose says what it is about; nothing else is known of the case.';
  const lines = [
    invoices.length === 1 ? 'There is a single invoice.' : 'There are several invoices.',
    `The oldest part is ${lateness(oldestDays)}.`,
    ...(leftOut.length > 0
      ? [`Amounts that are ${leftOut.map(({ why }) => why).join(' or ')} are left out; the list of invoices says so.`]
      : []),
    ...(credits.length > 0 ? ['Credit has been taken off the amount; the list of invoices says so.'] : []),
  ];
  if (history.brokenPromises.length > 0) {
    const often = history.brokenPromises.length > 1 ? 'More than once they' : 'They';
    lines.push(`${often} promised to pay and did not pay in full; the last time {{promised}} by {{promised_by}}.`);
  }
  if (history.lastContact) lines.push(`We last ${history.lastContact.how} to them or heard from them on {{last_contact}}.`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function lateness(days: number): string {
  if (days <= 0) return 'not yet due';
  if (days <= 14) return 'a few days late';
  if (days <= 45) return 'some weeks late';
  return 'more than a month late';
}

function customerText({ history }: FactSheet, names: NameIndex): string {
  const sources: [about: string, text: Untrusted | null][] = [
    ['what was agreed', history.agreed],
    ['why they have not paid', history.reason],
    ...history.replies.slice(0, REPLIES_SENT).map((reply): [string, Untrusted] => ['their reply', reply]),
  ];
  return sources
    .filter((source): source is [string, Untrusted] => source[1] !== null)
    .map(([about, text]) => `<customer_text about="${about}">${masked(text, names)}</customer_text>`)
    .join('\n');
}

/** Visible text without what the model does not need: addresses, names and anything with a digit; it cannot close its own tag or hold a placeholder. */
function masked(text: Untrusted, names: NameIndex): string {
  const seen = visibleText(text, LONGEST_CUSTOMER_TEXT).replace(/[<>{}]/g, '');
  const withoutAddresses = seen.replace(/\S*(?:@|:\/\/|www\.)\S*|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:\/\S*)?/giu, '[address]');
  const withoutNames = names.mask(withoutAddresses, '[name]');
  // Words in capitals are parts of account numbers and bank codes, or shouting.
  return withoutNames
    .replace(/\p{Sc}?[\p{L}\p{N}]*\p{N}(?:[.,:/-]?[\p{L}\p{N}])*\p{Sc}?/gu, '[number]')
    .replace(/(?<!\p{L})\p{Lu}{4,}(?!\p{Ll})/gu, '[code]');
}
