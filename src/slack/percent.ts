/** '12.75 %' of hundredths of a percent. */
export function percent(hundredths: number): string {
  return `${(hundredths / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;
}

/** Hundredths of a percent of '12.75', '12.75 %' or '-0.88'; null for anything else. Two decimals at most: official rates have no more. */
export function readPercent(text: string): number | null {
  const [, sign = '', whole = '', decimals = ''] = /^([-\u2212]?)(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim()) ?? [];
  if (whole === '') return null;
  const size = Number(whole + decimals.padEnd(2, '0'));
  return sign === '' || size === 0 ? size : -size;
}
