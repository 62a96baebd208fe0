import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const slack = path.resolve(import.meta.dirname, '../../src/slack');

test('no text of ours lets Slack make links of what came from data: each mrkdwn object is verbatim', async () => {
  // "When set to false … URLs will be auto-converted into links": https://docs.slack.dev/reference/block-kit/composition-objects/text-object/
  const loose: string[] = [];
  for (const entry of await fs.readdir(slack, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.ts')) continue;
    const text = await fs.readFile(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [line] of text.matchAll(/type: 'mrkdwn'(?!(?: as const)?,\s*verbatim: true).*/g)) loose.push(`${entry.name}: ${line}`);
  }
  expect(loose).toEqual([]);
});
