import { exponentOf, formatTotal, isExact, TOO_LARGE, toDecimal } from '../kernel/money.ts';

/** Slack's three control characters; every value that came from data passes here (docs.slack.dev: escaping text). */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Letters written from right to left, and what would turn the line around them. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A value from data inside mrkdwn: escaped, without the marks that would format it or break its line, and in its own direction alone (UAX 9). */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(TURNS, '');
  const own = RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
  return escaped(own).replace(/[*_~`]/g, (mark) => `\u200B${mark}\u200B`);
}

/** An entity, mention, date or link whose end was cut off (docs.slack.dev: formatting text), and half of a character outside the first plane. */
const BROKEN = [/&[a-z]*$/, /<(?:[@#!hm][^<>]*)?$/, /[\ud800-\udbff]$/];

/** Cuts to a Slack limit in characters, with an ellipsis where something was left out. Never inside an entity, mention or link. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = BROKEN.reduce((rest, broken) => rest.replace(broken, ''), text.slice(0, limit - 1));
  return `${cut}…`;
}

/** "1 invoice", "2 invoices". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

/** "A, B and 1,998 more": the first names of a list, the others counted. `all` is the length of the list where not all of it was read. */
export function firstOf(names: readonly string[], most: number, all = names.length): string {
  const shown = names.slice(0, most);
  const left = all - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left.toLocaleString('en-GB')} more` : ''}`;
}

/** "…and 1,998 more", the last line of a list; none when nothing was left out. */
export function andMore(left: number): string[] {
  return left > 0 ? [`…and ${left.toLocaleString('en-GB')} more`] : [];
}

/** An amount or total for the team's eyes: the team's Slack is in English, whatever the customer's language. Minor units. Never throws for a total. */
export function money(minor: number, currency: string): string {
  return formatTotal({ amount: minor, currency }, 'en-GB');
}

/** One line for totals that are too large to add up, which names the largest row to look at; null when all are exact. */
export function tooLargeLine(
  totals: Iterable<readonly [currency: string, amount: number]>,
  rows: Iterable<{ readonly name: string; readonly currency: string; readonly amount: number }>,
): string | null {
  const bad = [...totals].filter(([, amount]) => !isExact(amount)).map(([currency]) => currency);
  if (bad.length === 0) return null;
  const largest = new Map<string, { readonly name: string; readonly amount: number }>();
  for (const row of rows)
    if (bad.includes(row.currency) && row.amount > (largest.get(row.currency)?.amount ?? 0)) largest.set(row.currency, row);
  const look = [...largest].map(([currency, { name, amount }]) => `*${plain(name)}* with ${money(amount, currency)}`);
  const where = look.length > 0 ? ` The largest is ${look.join(', ')}: check it in your accounting system and import it again.` : '';
  return `:warning: The amounts in ${bad.join(', ')} are too large to add up.${where}`;
}

const figures = new Map<number, Intl.NumberFormat>();

/** An amount without its currency, where a heading or the row names it: '12,345.00'. Minor units. */
export function figure(minor: number, currency: string): string {
  if (!isExact(minor)) return TOO_LARGE;
  const decimals = exponentOf(currency);
  const format =
    figures.get(decimals) ?? new Intl.NumberFormat('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  figures.set(decimals, format);
  // A decimal string is formatted exactly, a number above 2^53 / 100 would not be.
  return format.format(toDecimal({ amount: minor, currency }) as Intl.StringNumericLiteral);
}
