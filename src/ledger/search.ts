/** Endings that say what kind of company it is, and words between names: they tell no customer apart. */
const LEGAL = new Set(
  'gmbh ag kg ug ohg ev ltd limited plc llp inc corp corporation llc bv nv sarl sas sa srl spa co and und et y the'.split(' '),
);
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/ł/g, 'l'],
  [/đ/g, 'd'],
];

/** Small, without marks, punctuation and legal forms: "Östermann & Co. GmbH" is "ostermann". All of it where nothing else would be left. */
export function searchWords(text: string): string[] {
  const small = PLAIN.reduce((line, [from, to]) => line.replace(from, to), text.toLowerCase());
  const words = small
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const telling = words.filter((word) => !LEGAL.has(word));
  return telling.length > 0 ? telling : words;
}

/** ae, oe and ue are how umlauts are typed where there are none. */
const umlauts = (word: string) => word.replace(/([aou])e/g, '$1');

/** 0: the whole name; 1: each word begins one of the name's; 2: part of the name; 3: with a typing error; null: no match. */
export function searchRank(wanted: string, name: string): number | null {
  const [asked, own] = [searchWords(wanted).map(umlauts), searchWords(name).map(umlauts)];
  if (asked.length === 0) return null;
  if (asked.join(' ') === own.join(' ')) return 0;
  if (asked.every((word) => own.some((each) => each.startsWith(word)))) return 1;
  if (own.join(' ').includes(asked.join(' '))) return 2;
  return asked.every((word) => own.some((each) => close(word, each))) ? 3 : null;
}

/** One error from four letters on, two from eight. */
function close(word: string, other: string): boolean {
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  return Math.abs(word.length - other.length) <= allowed && distance(word, other, allowed) <= allowed;
}

/** Damerau-Levenshtein with neighbours swapped; anything above `most` is only said to be more. */
function distance(a: string, b: string, most: number): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
