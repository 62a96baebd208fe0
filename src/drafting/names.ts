/** Names known to the store, found in text whatever its case, accents or spacing. */
export interface NameIndex {
  /** The first name found, as the text writes it; null when there is none. `except` are names that may stand. */
  find(text: string, except?: readonly string[]): string | null;
  /** The text with every name replaced. */
  mask(text: string, by: string): string;
}

const LEGAL_FORMS = new Set(
  'ltd limited plc llp llc lp inc incorporated corp corporation co company gmbh ag kg ohg ug se mbh sarl sas sasu sa sl slu bv nv cv ab as oy spa srl holding holdings group'.split(
    ' ',
  ),
);
/** Shorter single words are too often words of their own. */
const LEAST_LETTERS = 4;

interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
}

/**
 * A whole name counts in any case; one word of it (the first of a company, any of a person) where it has a capital and is not in `ordinary`,
 * the words of the letters in lower case.
 */
export function nameIndex(names: readonly string[], ordinary: ReadonlySet<string>): NameIndex {
  const byFirst = new Map<string, string[][]>();
  const single = new Set<string>();
  const usual = new Set([...ordinary].map(fold));
  for (const name of names) {
    const words = wordsOf(name).map((word) => word.folded);
    const short = words.filter((word) => !LEGAL_FORMS.has(word));
    for (const form of [words, short]) {
      if (form.length < 2 && (form[0]?.length ?? 0) < LEAST_LETTERS) continue;
      if (form.length === 1 && usual.has(form[0]!)) continue;
      byFirst.set(form[0]!, [...(byFirst.get(form[0]!) ?? []), form]);
    }
    const person = words.length === short.length && words.length <= 3;
    for (const word of person ? short : short.slice(0, 1)) {
      if (word.length >= LEAST_LETTERS && !usual.has(word)) single.add(word);
    }
  }
  const next = (words: readonly Word[], at: number, allowed: ReadonlySet<string>): number => {
    const word = words[at]!;
    let longest = single.has(word.folded) && word.capital && !allowed.has(word.folded) ? 1 : 0;
    for (const form of byFirst.get(word.folded) ?? []) {
      const here = form.every((part, i) => words[at + i]?.folded === part);
      if (here && form.length > longest && !form.every((part) => allowed.has(part))) longest = form.length;
    }
    return longest;
  };
  return {
    find(text, except = []) {
      const allowed = new Set(except.flatMap((name) => wordsOf(name).map((word) => word.folded)));
      const words = wordsOf(text);
      for (let i = 0; i < words.length; i += 1) {
        const length = next(words, i, allowed);
        if (length > 0) return text.slice(words[i]!.start, words[i + length - 1]!.end);
      }
      return null;
    },
    mask(text, by) {
      const words = wordsOf(text);
      let made = '';
      let done = 0;
      for (let i = 0; i < words.length; i += 1) {
        const length = next(words, i, new Set());
        if (length === 0) continue;
        made += text.slice(done, words[i]!.start) + by;
        done = words[i + length - 1]!.end;
        i += length - 1;
      }
      return made + text.slice(done);
    },
  };
}

function wordsOf(text: string): Word[] {
  // 'S.L.' and 'G.m.b.H.' are one word.
  return [...text.matchAll(/(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
    capital: /^\p{Lu}/u.test(match[0]),
  }));
}

function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}
