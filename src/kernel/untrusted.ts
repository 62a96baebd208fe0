/** Text written by a customer or read from a file. Not a string, so that it cannot be joined into a letter, a prompt or a message by accident. */
export interface Untrusted {
  readonly untrusted: string;
}

export function untrusted(text: string): Untrusted {
  return { untrusted: text };
}

/** Controls, formats (zero width, direction, tags), private use and unassigned: nothing a reader could see. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{DI}]/gu;

/** One line of what a reader would see, in its composed form, at most so many characters. */
export function visibleText({ untrusted: text }: Untrusted, most: number): string {
  const seen = text
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFKC');
  const line = seen.replace(/\s+/g, ' ').trim();
  const points = Array.from(line);
  return points.length <= most ? line : `${points.slice(0, most - 1).join('')}…`;
}

const LONGEST_NAME = 60;

/** A person's name as it may stand in a greeting, or null for text that is no name: digits, links, sentences. */
export function personName(name: Untrusted): string | null {
  const shown = visibleText(name, LONGEST_NAME + 1);
  if (shown.length > LONGEST_NAME || shown.split(' ').length > 6) return null;
  return /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’.\- ]*$/u.test(shown) && !/\.\p{L}{2}/u.test(shown) ? shown : null;
}

const LONGEST_REFERENCE = 30;

/** An invoice or order number as it may stand in a letter, or null for text that could be read as an address, a link or a bank account. */
export function reference(text: Untrusted): string | null {
  const shown = visibleText(text, LONGEST_REFERENCE + 1);
  if (shown === '' || shown.length > LONGEST_REFERENCE) return null;
  if (!/^[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}\-_/.# ]*$/u.test(shown)) return null;
  if (/\p{L}\.\p{L}/u.test(shown) || shown.split(' ').length > 3) return null;
  return looksLikeIban(shown) ? null : shown;
}

/** Two letters, two digits and at least eleven more, with or without spaces. The check digits are not asked: a mistyped account is one too. */
export function looksLikeIban(text: string): boolean {
  return (
    /(?<![\p{L}\p{N}])\p{L}{2}\d{2}(?:[ .-]?[\p{L}\d]){11,30}(?![\p{L}\p{N}])/u.test(text) && /\d{2}(?:[ .-]?[\p{L}\d]*\d){6}/u.test(text)
  );
}

/** A link to pay an invoice or to see its copy online: https, no credentials, nothing but ASCII; null for anything else. */
export function payLink(text: Untrusted): string | null {
  const link = text.untrusted.trim();
  if (link.length > 300 || !/^https:\/\/[\x21-\x7e]+$/.test(link) || !URL.canParse(link)) return null;
  const { username, password, hostname } = new URL(link);
  return username === '' && password === '' && hostname.includes('.') ? link : null;
}
