import iconv from 'iconv-lite';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  /** Why this one. */
  readonly evidence: string;
  /** False when another reading is as good: names are then worth a look. */
  readonly sure: boolean;
}

interface OldCode {
  readonly name: string;
  readonly called: string;
  /** Letters that languages written with it use, often. */
  readonly letters: string;
  /** The more usual one wins where nothing tells them apart. */
  readonly bonus: number;
}

const WESTERN = 'äöüßéèêëàâçñóíáúïîôûùåæøœÄÖÜÉÈÀÂÇÑÓÍÁÚÅÆØŒÊÔÎ';
const CENTRAL = 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňóřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰäöüÄÖÜßľĺŕôâăîşţș';
const OLD_CODES: readonly OldCode[] = [
  { name: 'windows-1252', called: 'Windows-1252 (Western Europe)', letters: WESTERN, bonus: 0.4 },
  { name: 'windows-1250', called: 'Windows-1250 (Central Europe)', letters: CENTRAL, bonus: 0.2 },
  { name: 'iso-8859-15', called: 'ISO-8859-15 (Western Europe)', letters: WESTERN, bonus: 0.3 },
  { name: 'macroman', called: 'Mac OS Roman', letters: WESTERN, bonus: 0.1 },
  { name: 'cp850', called: 'code page 850 (DOS)', letters: WESTERN, bonus: 0 },
];
/** Of the words with other letters than ASCII; more of them tell nothing new. */
const MOST_WORDS = 4_000;

/** Bytes as text. Nothing is lost by a wrong guess, so a text always comes back; whether it was a guess is said. */
export function decodeBytes(bytes: Uint8Array): Decoded {
  const marked = byMark(bytes);
  if (marked) return marked;
  const wide = wideWithoutMark(bytes);
  if (wide) return { text: iconv.decode(Buffer.from(bytes), wide.name), encoding: wide.name, evidence: wide.evidence, sure: true };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const ascii = !/[^ -~\s]/.test(text);
    return { text, encoding: 'utf-8', evidence: ascii ? 'Only plain letters (ASCII).' : 'Every byte fits UTF-8.', sure: true };
  } catch {
    return byLetters(Buffer.from(bytes));
  }
}

function byMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c] = bytes;
  const found = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
  if (found) {
    const text = iconv.decode(Buffer.from(bytes.subarray(2)), found);
    return { text, encoding: found, evidence: `The byte order mark says ${found.toUpperCase()}.`, sure: true };
  }
  if (a !== 0xef || b !== 0xbb || c !== 0xbf) return null;
  const text = new TextDecoder('utf-8').decode(bytes.subarray(3));
  return { text, encoding: 'utf-8', evidence: 'The byte order mark says UTF-8.', sure: !text.includes('\ufffd') };
}

/** Western text in UTF-16 has a zero in every second byte, and no other text has zeros at all. */
function wideWithoutMark(bytes: Uint8Array): { name: string; evidence: string } | null {
  const look = bytes.subarray(0, 4_000);
  const zeros = [0, 0];
  for (const [at, byte] of look.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const pairs = look.length / 2;
  const name =
    zeros[1]! > pairs * 0.6 && zeros[0]! < pairs * 0.1
      ? 'utf-16le'
      : zeros[0]! > pairs * 0.6 && zeros[1]! < pairs * 0.1
        ? 'utf-16be'
        : null;
  return name && { name, evidence: `Every second byte is zero, as in ${name.toUpperCase()} without a mark.` };
}

function byLetters(bytes: Buffer): Decoded {
  const tried = OLD_CODES.map((code) => {
    const text = iconv.decode(bytes, code.name);
    return { code, text, points: points(text, code) };
  }).sort((a, b) => b.points - a.points);
  const [best, second] = [tried[0]!, tried[1]!];
  const sure = best.text === second.text || best.points - second.points > 1;
  const words = strangeWords(best.text).slice(0, 3).join(', ');
  return {
    text: best.text,
    encoding: best.code.name,
    evidence: `Not UTF-8; read as ${best.code.called}, in which its words are words: ${words}.${sure ? '' : ` ${second.code.called} fits nearly as well.`}`,
    sure,
  };
}

/** Words with a letter or sign outside ASCII, each once. */
function strangeWords(text: string): string[] {
  const found = new Set<string>();
  // Each word once: a pattern that looks for the letter would begin anew at every letter before it.
  for (const [word] of text.matchAll(/[^\s,;|"]+/gu)) {
    if (/^[\0-\x7f]*$/.test(word)) continue;
    found.add(word);
    if (found.size >= MOST_WORDS) break;
  }
  return [...found];
}

/** A word is worth most when its strange letters are usual ones and stand where such letters stand. */
function points(text: string, { letters, bonus }: OldCode): number {
  let sum = bonus;
  for (const word of strangeWords(text)) {
    for (const [at, letter] of [...word].entries()) {
      if (letter.codePointAt(0)! < 0x80) continue;
      sum += letterPoints([...word], at, letter, letters);
    }
  }
  return sum;
}

function letterPoints(word: readonly string[], at: number, letter: string, usual: string): number {
  const [before, after] = [word[at - 1] ?? '', word[at + 1] ?? ''];
  const isLetter = (text: string) => /\p{L}/u.test(text);
  if (/[\u0080-\u009f\ufffd]/.test(letter)) return -4;
  if (letter === '€' || letter === '£') return isLetter(before) && isLetter(after) ? -2 : 1.5;
  if (
    letter === '’' ||
    letter === '–' ||
    letter === '“' ||
    letter === '”' ||
    letter === '„' ||
    letter === '§' ||
    letter === '°' ||
    letter === '№' ||
    letter === '\u00a0'
  )
    return /[’–]/.test(letter) || !(isLetter(before) && isLetter(after)) ? 0.8 : -1.5;
  if (!isLetter(letter)) return -2;
  if (!usual.includes(letter)) return -1;
  const small = letter === letter.toLowerCase();
  // A capital after a small letter, or a small one at the head of a name in capitals, is no word of any language.
  if (!small && /\p{Ll}/u.test(before)) return -2;
  if (small && /\p{Lu}/u.test(before) && /\p{Lu}/u.test(after)) return -1;
  return isLetter(before) || isLetter(after) ? 1.5 : 0.5;
}
