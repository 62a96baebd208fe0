/** Formats that need no description in the file, 14 to 22 and 45 to 47 everywhere, the others in East Asia (ECMA-376, part 1, 18.8.30: numFmt). */
const BUILT_IN = new Set([...range(14, 22), ...range(27, 36), ...range(45, 47), ...range(50, 58), ...range(71, 81)]);
/** Those of one's own begin at 164; some programs begin lower. */
const FIRST_OWN = 100;
/** Excel takes 250 characters and fewer. */
const LONGEST = 255;
const TOKENS = new Set('s ss m mm h hh am pm a p d dd ddd dddd aaa aaaa aaaaa mmm mmmm mmmmm y yy yyyy e ee eeee'.split(' '));

/** Whether a number under this format is shown as a date or time: nothing else in the file says so. As read-excel-file decides it. */
export function isDateFormat(id: string, code: string | undefined): boolean {
  const number = Number(id);
  if (BUILT_IN.has(number)) return true;
  if (code === undefined || number < FIRST_OWN || code.length > LONGEST) return false;
  return code.toLowerCase().replace(/;@$/, '').replaceAll(/\\./g, ' ').split(';').some(isDatePart);
}

/** One of the parts for positive, negative, zero and text. */
function isDatePart(part: string): boolean {
  const tokens = part
    .replaceAll(/"[^"]*"/g, ' ')
    .replaceAll(/(\[?[smhd]{1,2}\]?)[.,]00?0?/g, '$1')
    .replaceAll(/\[([smhd]{1,2})\]/g, '$1')
    .replaceAll(/\[[^\]]*\]/g, '')
    .split(/[^a-z0#?%]+/)
    .filter(Boolean);
  return tokens.length > 0 && tokens.every((token) => TOKENS.has(token));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
