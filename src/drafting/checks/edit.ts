import { looksLikeIban, reference, visibleText } from '../../kernel/untrusted.ts';
import type { EditVerdict } from '../../mails/draft-text.ts';
import type { FactSheet } from '../../mails/letter-facts.ts';
import { terms } from '../languages/terms.ts';
import type { NameIndex } from '../names.ts';
import { BOX, type Values } from '../placeholders.ts';
import { greetingOf, numbersOf } from '../values.ts';
import { withoutValues } from './figures.ts';
import { WORDING_RULES } from './wording.ts';
import { WORD_RULES } from './words-alone.ts';

const LONGEST_SUBJECT = 150;
const LONGEST_BODY = 10_000;

/** Near these words a number is a bank account, in any of our languages. */
const ACCOUNT = terms('iban, bic, swift, sort code, account, konto*, kto, blz, bankleitzahl, compte, rib, guichet, cuenta, ccc');
/** These speak of nothing else, so that not even a telephone number is expected behind them. */
const ACCOUNT_NUMBER =
  /(?:iban|bic|swift|sort[ -]?code|account (?:number|no)|kontonummer|kto|blz|numéro de compte|número de cuenta)[^\p{L}\d]{0,12}\+?\d/iu;
const ACCOUNT_REACH = 40;
/** With + and a country code. */
const TELEPHONE = /\+\d{1,3}[ ().\-/]*\d(?:[ ().\-/]*\d){5,}/g;
const LONG_NUMBER = /(?<![\p{L}\p{N}])\d(?:[ .\-/]?\d){7,}(?![\p{L}\p{N}])/gu;
const SORT_CODE = /(?<!\d)\d{2}[-–]\d{2}[-–]\d{2}(?!\d)/;
const LINK =
  /https?:|www\.|:\/\/|(?<![\p{L}\p{N}.])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|net|org|info|biz|io|co|eu|de|fr|es|uk|us|ch|at|nl|be|it|pl|ru|cn|app|dev|shop|xyz|online|site|link|me|ly)(?![\p{L}\p{N}])/iu;
const AT = /@|\(at\)|\[at\]|(?<!\p{L})at(?!\p{L})\s+\S+\s+(?:dot|punkt|point|punto)(?!\p{L})/iu;

export interface KnownOfDraft {
  readonly facts: FactSheet;
  readonly values: Values;
  /** The fixed lines as the draft had them, the signature last. */
  readonly fixed: readonly string[];
  readonly names: NameIndex;
}

/**
 * A person's edit of a draft. Where money could go is refused: bank details, links and addresses that are not in the facts. Other figures and
 * names that the facts do not know, and wording we avoid, are pointed out; the person decides.
 */
export function checkEdit({ facts, values, fixed, names }: KnownOfDraft, edited: { subject: string; body: string }): EditVerdict {
  const text = `${edited.subject}\n${edited.body}`.replace(/\r\n?/g, '\n');
  const rest = withoutValues(text, [
    greetingOf(facts),
    ...fixed,
    ...Object.values(values),
    numbersOf(facts, 1),
    ...ownDetails(facts, values),
  ]);
  const folded = rest.normalize('NFKC');
  const refused: string[] = [];
  if (/[\r\n]/.test(edited.subject.trim())) refused.push('The subject must be a single line.');
  if (edited.subject.trim() === '' || edited.body.trim() === '') refused.push('Subject and text must not be empty.');
  if (edited.subject.length > LONGEST_SUBJECT || edited.body.length > LONGEST_BODY) {
    refused.push(`The subject may have ${LONGEST_SUBJECT} characters and the text ${LONGEST_BODY}.`);
  }
  if (/[\p{Cf}\p{Co}\p{Cn}\p{DI}]|(?!\n)\p{Cc}/u.test(rest))
    refused.push('There are characters that cannot be seen; type the text again instead of pasting it.');
  if (hasBankDetails(folded)) {
    refused.push(
      'There are bank details, or a long number that could be an account, that are not in the facts. Write telephone numbers with + and the country code.',
    );
  }
  if (LINK.test(folded)) refused.push('There is a link that is not in the facts.');
  if (AT.test(folded)) refused.push('There is an e-mail address that is not in the facts.');
  return { refused, pointedOut: pointedOut({ facts, values, fixed, names }, text, rest) };
}

/** What the letter says besides its values; nothing here is a customer's own text, which could hold anything. */
function ownDetails({ sender, seller, remittance, invoices }: FactSheet, values: Values): string[] {
  const table = values.invoice_table!.split('\n').map((line) => line.trim());
  const references = invoices.flatMap(({ number, purchaseOrder }) => [reference(number), purchaseOrder && reference(purchaseOrder)]);
  const known = references.filter((text) => text !== null);
  return [...table, ...amountsIn(values.invoice_table!), ...known, sender.name, sender.phone, sender.email, seller.name, remittance];
}

/** Amounts, dates and numbers of the list as a person may repeat them in a sentence. */
function amountsIn(table: string): string[] {
  return table
    .split(/[\n:,;()]\s+|\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => /\p{N}/u.test(part) && part.length >= 4);
}

function hasBankDetails(text: string): boolean {
  if (looksLikeIban(text) || SORT_CODE.test(text)) return true;
  if (ACCOUNT_NUMBER.test(text)) return true;
  const rest = text.replace(TELEPHONE, BOX);
  const long = [...rest.matchAll(LONG_NUMBER)].some(([number]) => !isDate(number));
  const near = [...rest.matchAll(/\d(?:[ .\-/]?\d){3,}/g)].some(({ 0: number, index }) => {
    const around = rest.slice(Math.max(0, index - ACCOUNT_REACH), index + number.length + ACCOUNT_REACH);
    return !isDate(number) && ACCOUNT.test(around);
  });
  return long || near;
}

function isDate(number: string): boolean {
  return /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})$/.test(number);
}

function pointedOut({ facts, values, fixed, names }: KnownOfDraft, text: string, rest: string): string[] {
  const found: string[] = [];
  const language = facts.language;
  const figures = [...new Set(rest.match(/[\p{Sc}+]?\p{N}[\p{N}.,:/\u00A0\u202F-]*[\p{Sc}%]?/gu) ?? [])];
  if (figures.length > 0) found.push(`These figures are not in the facts: ${figures.slice(0, 8).join(', ')}.`);
  const name = names.find(
    rest,
    [facts.account.name, facts.contact.name].map((own) => visibleText(own, 100)),
  );
  if (name) found.push(`“${name}” is a name known here and not in the facts of this mail.`);
  for (const rule of WORD_RULES) {
    if (IN_EDITS.has(rule.name) && rule.breaks(rest, language, names, true)) found.push(rule.wrong);
  }
  const own = rest.replaceAll(BOX, ' ');
  for (const rule of WORDING_RULES) if (!NOT_IN_EDITS.has(rule.name) && rule.breaks(own, language, names, true)) found.push(rule.wrong);
  if (!text.includes(greetingOf(facts))) found.push('The greeting was changed.');
  if (facts.deadline && !text.includes(values.deadline!)) found.push('The deadline is no longer in the text.');
  if (!text.includes(values.invoice_table!)) found.push('The list of invoices was changed.');
  if (fixed.slice(0, -2).some((line) => !text.includes(line)))
    found.push('A fixed line was changed: how to pay, what to do if it has been paid or is disputed, or our bank details.');
  if (!text.includes(facts.sender.phone)) found.push('The telephone number of the sender is no longer in the text.');
  return found;
}

const IN_EDITS: ReadonlySet<string> = new Set(['no-number-words', 'no-dates']);
/** A person may ask for two things. */
const NOT_IN_EDITS: ReadonlySet<string> = new Set(['one-request']);
