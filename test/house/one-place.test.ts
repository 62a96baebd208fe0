import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');

/** Rules that were written again and again, and disagreed: each has one place now. */
const PLACES: readonly (readonly [rule: string, written: RegExp, place: string])[] = [
  ['the customer’s zone, else the company’s', /zone \|\| /, 'kernel/day.ts'],
  ['how many more there are', /…and \$\{[^}]*\} more(?![ \w])/, 'slack/text.ts'],
  ['what a button or a form carries', /JSON\.parse\((?:request|view|value|body)\b/, 'slack/carried.ts'],
  ['whose id a fact’s aggregate holds', /aggregate\.slice\('/, 'trail/fact-table.ts'],
];

it.each(PLACES)('%s is worked out in one place', (_, written, place) => {
  const found: string[] = [];
  for (const file of fs.readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    const name = file.replaceAll('\\', '/');
    if (!name.endsWith('.ts') || name.startsWith('embedded/') || name === place) continue;
    if (written.test(fs.readFileSync(path.join(src, file), 'utf8'))) found.push(name);
  }
  expect(found).toEqual([]);
});
