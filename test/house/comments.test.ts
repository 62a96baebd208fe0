import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
/** Numbers of features and names of papers that are not in this repository. A property is its file in test/properties. */
const PLAN = /\((?:[FS]\d{1,2}\b|P\d{1,2}\b)|\b(?:F\d{1,2}’s|HOUSE\.md|LADDER\.md|PRODUCT\.md|SPECS\.md|PROPERTIES\.md|WORDS\.md)(?![\w/])/;

it('comments cite nothing that a reader of the repository cannot open', () => {
  const found: string[] = [];
  for (const room of ['src', 'scripts', 'test', 'docs', 'prompts'])
    for (const file of fs.readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|md)$/.test(file) || file.endsWith(path.basename(import.meta.filename))) continue;
      const lines = fs.readFileSync(path.join(root, room, file), 'utf8').split('\n');
      for (const [n, line] of lines.entries()) if (PLAN.test(line)) found.push(`${room}/${file}:${n + 1}: ${line.trim()}`);
    }
  expect(found).toEqual([]);
});
