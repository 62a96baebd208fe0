/**
 * A number of a spreadsheet as decimal text in the mapping's style, without thousands. The file holds a binary number in up to 17 digits;
 * a spreadsheet itself calculates and shows 15 (Excel specifications and limits: number precision). So below a thousand million the digits
 * behind the 15th are left over from binary arithmetic (0.1 + 0.2 is 0.30000000000000004): they are less than a millionth and are dropped.
 * Nothing else is rounded: larger numbers stay as the file writes them, and more decimals than a currency has are refused where the amount is read.
 */
export function decimalText(raw: string, decimal: '.' | ','): string {
  const number = Number(raw);
  if (!Number.isFinite(number)) return raw;
  const text = Math.abs(number) < 1e9 ? String(Number(number.toPrecision(15)) || 0) : raw;
  return withoutExponent(text).replace('.', decimal);
}

/** 1.5E+3 and 1e-7 as their digits; exact, since it only moves the point. */
function withoutExponent(text: string): string {
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?e([+-]?\d{1,3})$/i.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', power = ''] = parts;
  const point = whole.length + Number(power);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const padded = digits.padEnd(point, '0');
  return sign + padded.slice(0, point) + (padded.length > point ? `.${padded.slice(point)}` : '');
}
