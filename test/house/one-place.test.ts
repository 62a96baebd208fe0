import { expect, it } from 'vitest';
import { productFiles } from '../support/product-files.ts';

/** Rules that were written again and again, and disagreed: each has one place now. */
const PLACES: readonly (readonly [rule: string, written: RegExp, place: string])[] = [
  ['the customer’s zone, else the company’s', /zone \|\| /, 'kernel/day.ts'],
  ['how many more there are', /…and \$\{[^}]*\} more(?![ \w])/, 'slack/text.ts'],
  ['what a button or a form carries', /JSON\.parse\((?:request|view|value|body)\b/, 'slack/carried.ts'],
  ['whose id a fact’s aggregate holds', /aggregate\.slice\('/, 'trail/fact-table.ts'],
];

it.each(PLACES)('%s is worked out in one place', (_, written, place) => {
  const found = productFiles((file) => file !== place).filter(({ text }) => written.test(text));
  expect(found.map(({ file }) => file)).toEqual([]);
});
