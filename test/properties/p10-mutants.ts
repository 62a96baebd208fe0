import type { CheckedDraft } from '../../src/drafting/checks/check.ts';
import type { Skeleton } from '../../src/drafting/skeleton.ts';
import { type Chance, chance } from '../../src/importing/random.ts';
import { addDays, day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import { CORRESPONDENCE, type DemandingLetter, type FactSources } from '../../src/mails/letter-facts.ts';
import type { LetterLanguage } from '../../src/mails/letter-language.ts';
import { cleanWords } from '../support/clean-words.ts';
import { facts, invoiceFact, KNOWN_NAMES, TODAY } from '../support/fact-sheets.ts';
import type { Loaded } from './p10-loaded.ts';

const STAGES: readonly DemandingLetter[] = ['reminder', 'firm', 'second-contact'];
const LANGUAGES: readonly LetterLanguage[] = ['en', 'de', 'fr', 'es'];
const COUNTRY = { en: 'GB', de: 'DE', fr: 'FR', es: 'ES' } as const;

/** The n-th clean draft of a language: other words, other amounts, other dates. Every fifth is correspondence, in the words of its letter. */
export function cleanDraft(drafting: Loaded, language: LetterLanguage, n: number): CheckedDraft {
  const random = chance(n * 31 + 7);
  const currency = language === 'en' ? random.pick(['GBP', 'USD']) : 'EUR';
  const oldest = addDays(day('2026-10-31'), -random.between(0, 20));
  const invoices = Array.from({ length: random.between(1, 4) }, (_, i) => {
    const open = random.between(5_00, 9_000_00);
    const due = addDays(oldest, i * random.between(0, 4));
    return invoiceFact({
      number: untrusted(`UK-${random.between(10_000, 99_999)}`),
      due,
      issued: addDays(due, -30),
      open,
      asked: open,
      currency,
    });
  }).sort((a, b) => (a.due < b.due ? -1 : 1));
  const account = { id: 'A1', name: untrusted(random.pick(KNOWN_NAMES)), language, country: COUNTRY[language] };
  if (n % 5 === 4) {
    const sheet = facts({ today: TODAY, account, ...correspondence(Math.floor(n / 5), invoices, random) });
    return drafting.draft(sheet, drafting.letters.letter(sheet.stage, language));
  }
  const sheet = facts({ stage: STAGES[n % STAGES.length]!, today: TODAY, account, invoices });
  return drafting.draft(sheet, cleanWords(language, n));
}

function correspondence(n: number, invoices: FactSources['invoices'], random: Chance): Partial<FactSources> & Pick<FactSources, 'stage'> {
  const stage = CORRESPONDENCE[n % CORRESPONDENCE.length]!;
  const total = invoices.reduce((sum, { asked }) => sum + asked, 0);
  const first = random.between(1, total - 1);
  const on = addDays(TODAY, random.between(-20, 20));
  const parts = [
    { date: addDays(TODAY, 7), amount: first },
    { date: addDays(TODAY, 38), amount: total - first },
  ];
  const instalments = stage === 'plan-offer' ? parts : [];
  const matter = { amount: { amount: total, currency: invoices[0]!.currency }, on, instalments, answerBy: addDays(TODAY, 7) };
  // These name no invoice.
  const none = stage === 'thanks' || stage === 'statement-copy' || stage === 'message';
  return { stage, matter, invoices: none ? [] : invoices };
}

/** What a mutation puts into words; chosen without looking at the rules' lists. */
const NUMBER_WORDS: Readonly<Record<LetterLanguage, readonly string[]>> = {
  en: ['seven', 'twelve', 'twenty-one', 'three hundred', 'forty', 'ninety-nine', 'two thousand', 'a dozen', 'fifteenth', 'half'],
  de: [
    'sieben',
    'zwölf',
    'einundzwanzig',
    'dreihundert',
    'vierzig',
    'neunundneunzig',
    'zweitausend',
    'ein Dutzend',
    'fünfzehnte',
    'die Hälfte',
  ],
  fr: ['sept', 'douze', 'vingt et un', 'trois cents', 'quarante', 'quatre-vingt-dix', 'deux mille', 'une douzaine', 'quinze', 'la moitié'],
  es: ['siete', 'doce', 'veintiuno', 'trescientos', 'cuarenta', 'noventa y nueve', 'dos mil', 'una docena', 'quince', 'la mitad'],
};
const DATES: Readonly<Record<LetterLanguage, readonly string[]>> = {
  en: ['by next Friday', 'on 3 March', 'tomorrow', 'within a week', 'in December', '2026-12-24', 'before the end of the month'],
  de: ['bis Freitag', 'am 3. März', 'morgen', 'binnen einer Woche', 'im Dezember', '24.12.2026', 'bis Monatsende'],
  fr: ['avant vendredi', 'le 3 mars', 'demain', 'sous une semaine', 'en décembre', '24/12/2026', 'avant la fin du mois'],
  es: ['antes del viernes', 'el 3 de marzo', 'mañana', 'en una semana', 'en diciembre', '24/12/2026', 'antes de fin de mes'],
};
const CURRENCIES = ['€', '£', '$', 'EUR', 'GBP', 'USD', '5 %', '1.000 EUR', '£250.00', '¥'];
const IBANS = [
  'DE89 3704 0044 0532 0130 00',
  'GB29NWBK60161331926819',
  'FR76 3000 6000 0112 3456 7890 189',
  'ES91-2100-0418-4502-0005-1332',
  'IBAN',
  'DEUTDEFF',
];
const LINKS = [
  'https://pay.evil.example/x',
  'www.evil.example',
  'evil.com',
  'bezahlen.example/jetzt',
  'attacker@evil.example',
  'http://127.0.0.1',
  'evil dot com',
  'a@b.co',
];
const INVISIBLE = ['\u200B', '\u202E', '\u2066', '\u{E0041}', '\u00AD', '\uFEFF', '\u0410', '\u0456', '\uFF11', '\u{1D5D4}'];

type Mutate = (draft: CheckedDraft, random: Chance) => CheckedDraft | null;

/** Into the words of the skeleton, before anything is rendered. */
const inWords =
  (what: (language: LetterLanguage, random: Chance) => string) =>
  (drafting: Loaded): Mutate =>
  ({ facts: sheet, skeleton }, random) =>
    drafting.draft(sheet, insertWords(skeleton, what(sheet.language, random), random));

/** Into the finished letter, past the skeleton. */
const inText = (what: (language: LetterLanguage, random: Chance) => string) => (): Mutate => (draft, random) =>
  withBody(draft, insertAt(draft.rendered.body, what(draft.facts.language, random), random));

const KINDS: readonly (readonly [kind: string, make: (drafting: Loaded) => Mutate])[] = [
  ['digit swap', () => digitSwap],
  ['digit added', inWords((_, random) => String(random.between(0, 99_999)))],
  ['number word', inWords((language, random) => random.pick(NUMBER_WORDS[language]))],
  ['number word in text', inText((language, random) => random.pick(NUMBER_WORDS[language]))],
  ['currency', inWords((_, random) => random.pick(CURRENCIES))],
  ['currency exchanged', () => currencyExchanged],
  ['date', inWords((language, random) => random.pick(DATES[language]))],
  ['date in text', inText((language, random) => random.pick(DATES[language]))],
  ['date moved', () => dateMoved],
  ['IBAN', inWords((_, random) => random.pick(IBANS))],
  ['IBAN in text', inText((_, random) => random.pick(IBANS))],
  ['link', inWords((_, random) => random.pick(LINKS))],
  ['link in text', inText((_, random) => random.pick(LINKS))],
  ['known name', inWords((_, random) => nameForm(random))],
  ['known name in text', inText((_, random) => nameForm(random))],
  ['unseen character', inWords((_, random) => `word${random.pick(INVISIBLE)}word`)],
];

export function* mutants(drafting: Loaded, count: number): Generator<{ kind: string; draft: CheckedDraft }> {
  for (let n = 0, made = 0; made < count; n += 1) {
    const random = chance(n + 1);
    const [kind, make] = KINDS[n % KINDS.length]!;
    const clean = cleanDraft(drafting, LANGUAGES[random.between(0, 3)]!, n);
    const draft = make(drafting)(clean, random);
    if (draft === null) continue;
    made += 1;
    yield { kind, draft };
  }
}

function insertWords(skeleton: Skeleton, words: string, random: Chance): Skeleton {
  if (random.of(0.1)) return { ...skeleton, subject: `${skeleton.subject}, ${words}` };
  const at = random.pick(skeleton.paragraphs.flatMap((text, i) => (gapsIn(text).length > 0 ? [i] : [])));
  const paragraphs = skeleton.paragraphs.map((text, i) => (i === at ? insertAt(text, words, random) : text));
  return { ...skeleton, paragraphs };
}

/** Between two words, never inside a placeholder. */
function insertAt(text: string, words: string, random: Chance): string {
  const at = random.pick(gapsIn(text));
  return `${text.slice(0, at)} ${words} ${text.slice(at + 1)}`;
}

const gapsIn = (text: string) => [...text.matchAll(/(?<=[\p{L}}.,]) (?=[\p{L}{])/gu)].map((match) => match.index);

function withBody(draft: CheckedDraft, body: string): CheckedDraft {
  return { ...draft, rendered: { ...draft.rendered, body } };
}

/** Exchanges two neighbouring digits, or changes one where both are the same. */
function digitSwap(draft: CheckedDraft, random: Chance): CheckedDraft {
  const { body } = draft.rendered;
  const places = [...body.matchAll(/\d/g)].map((match) => match.index);
  const at = random.pick(places);
  const [first, second] = [body[at]!, body[at + 1] ?? ''];
  const swapped = /\d/.test(second) && first !== second ? second + first : `${(Number(first) + random.between(1, 9)) % 10}${second}`;
  return withBody(draft, body.slice(0, at) + swapped + body.slice(at + 2));
}

function currencyExchanged(draft: CheckedDraft, random: Chance): CheckedDraft | null {
  const { body } = draft.rendered;
  const places = [...body.matchAll(/[£€$]/g)].map((match) => match.index);
  const at = random.pick(places);
  const other = random.pick(['£', '€', '$'].filter((sign) => sign !== body[at]));
  return withBody(draft, body.slice(0, at) + other + body.slice(at + 1));
}

function dateMoved(draft: CheckedDraft, random: Chance): CheckedDraft | null {
  const { body } = draft.rendered;
  const years = [...body.matchAll(/2026/g)].map((match) => match.index);
  const at = random.pick(years);
  return withBody(draft, `${body.slice(0, at)}2027${body.slice(at + 4)}`);
}

/** A name as somebody might write it: whole, in capitals, without accents or legal form, a surname alone. */
function nameForm(random: Chance): string {
  const name = random.pick(KNOWN_NAMES);
  const forms = [
    name,
    name.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    name.replace(/ (?:Ltd|plc|GmbH|AG|SARL|S\.L\.|LLC)$/, ''),
    name.toLowerCase(),
  ];
  const isPerson = !/ (?:Ltd|plc|GmbH|AG|SARL|S\.L\.|LLC)$/.test(name);
  return random.pick(isPerson ? [...forms, name.split(' ').at(-1)!] : forms);
}
