import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { CallScript, CallScriptFacts, CallScripts } from '../account/call-script.ts';
import type { Day } from '../kernel/day.ts';
import { formatMoney } from '../kernel/money.ts';
import { reference } from '../kernel/untrusted.ts';
import { TONES } from '../mails/draft-text.ts';
import { LETTER_LANGUAGES, type LetterLanguage, letterLanguage, letterLocale } from '../mails/letter-language.ts';
import { BOOKS } from './languages/books.ts';
import { CALL_SCRIPTS, scriptFiles } from './letters.ts';
import { capitalised } from './values.ts';

type ScriptName = (typeof CALL_SCRIPTS)[number];

/** The team's Slack is in English. */
const TEAM_LANGUAGE: LetterLanguage = 'en';
const PLACEHOLDERS = ['caller', 'seller', 'invoice_ref', 'total', 'overdue', 'history'] as const;
const NUMBERS_NAMED = 3;

const frontMatter = z.strictObject({
  purpose: z.string().min(20),
  inputs: z.literal(PLACEHOLDERS.join(', ')),
  output: z.literal('call'),
  tone: z.enum(TONES),
});

/** Reads and checks the scripts; throws with one fault a line, each naming its file. All languages of one script have as many lines. */
export function readCallScripts(dir: string): CallScripts {
  const faults: string[] = [];
  const scripts = new Map<string, string[]>();
  for (const file of scriptFiles()) {
    try {
      scripts.set(file, readScript(fs.readFileSync(path.join(dir, file), 'utf8').replaceAll('\r\n', '\n')));
    } catch (error) {
      faults.push(...(error as Error).message.split('\n').map((line) => `${file}: ${line}`));
    }
  }
  for (const name of CALL_SCRIPTS) {
    const counts = LETTER_LANGUAGES.map((language) => scripts.get(`${name}.${language}.md`)?.length);
    if (new Set(counts).size > 1) faults.push(`${name}: its languages have ${counts.join(', ')} lines`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const lines = (name: ScriptName, language: LetterLanguage, facts: CallScriptFacts) =>
    scripts.get(`${name}.${language}.md`)!.map((line) => spoken(line, language, facts));
  return (facts): CallScript => {
    const name: ScriptName = facts.byManager ? 'manager-call' : 'call';
    const { language } = letterLanguage(facts, null);
    const customers = language === TEAM_LANGUAGE ? null : lines(name, language, facts);
    return lines(name, TEAM_LANGUAGE, facts)
      .map((says, index) => ({ says, customers: customers?.[index] ?? null }))
      .filter(({ says }) => says !== '');
  };
}

function readScript(source: string): string[] {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(source) ?? [];
  if (head === undefined || body === undefined) throw new Error('begins with --- front matter --- and goes on with the script');
  const pairs = head.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const meta = frontMatter.safeParse(Object.fromEntries(pairs));
  if (!meta.success) throw new Error(meta.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const used = [...body.matchAll(MARK)].map((match) => match[1]!);
  const wrong = [
    ...used.filter((name) => !PLACEHOLDERS.some((each) => each === name)).map((name) => `{{ ${name} }} is not a placeholder`),
    ...PLACEHOLDERS.filter((name) => !used.includes(name)).map((name) => `the input ${name} is not used`),
    ...(/\d/.test(body) ? ['figures are placeholders'] : []),
    ...(body.replaceAll(MARK, '').includes('{') ? ['only plain {{ placeholders }} are used'] : []),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return body.trim().split(/\n{2,}/);
}

function brokenPromise(
  { promised, received }: NonNullable<CallScriptFacts['brokenPromise']>,
  by: string,
  language: LetterLanguage,
  locale: string,
): string {
  const came = received ? formatMoney({ ...promised, amount: received }, locale) : null;
  return capitalised(BOOKS[language].labels.promiseResult(formatMoney(promised, locale), by, came), locale);
}

const MARK = /\{\{\s*([a-z_]+)\s*\}\}/g;

/** A line whose only value is empty says nothing and is left out. */
function spoken(line: string, language: LetterLanguage, facts: CallScriptFacts): string {
  const locale = letterLocale(language, facts.country);
  const { labels } = BOOKS[language];
  const numbers = facts.invoices.map((number) => reference(number)).filter((number) => number !== null);
  const shown = numbers.slice(0, NUMBERS_NAMED);
  const date = (day: Day) => labels.day(new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(Temporal.PlainDate.from(day)));
  const { brokenPromise: promise, lastContact } = facts;
  const ref = labels.spoken(shown, facts.invoices.length - shown.length);
  const broken = promise && brokenPromise(promise, date(promise.by), language, locale);
  const values: Readonly<Record<string, string>> = {
    caller: facts.caller,
    seller: facts.seller,
    invoice_ref: facts.byManager ? ref.wroteAbout : ref.about,
    total: new Intl.ListFormat(locale).format(facts.totals.map((total) => formatMoney(total, locale))),
    overdue: labels.overdue(facts.oldestDays, facts.invoices.length > 1),
    history: broken ?? (lastContact ? labels.lastContact(lastContact.how, date(lastContact.on)) : ''),
  };
  return line.replace(MARK, (_, name: string) => values[name] ?? '').trim();
}
