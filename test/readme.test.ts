import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { followSteps, readmeSteps } from './support/readme-steps.ts';

const page = await fs.readFile(path.resolve(import.meta.dirname, '../docs/slack-setup.md'), 'utf8');
const steps = readmeSteps(page, 'Step by step');

test('“Connect your Slack” does what it says, from the manifest to the first digest', { timeout: 240_000 }, async () => {
  expect(steps!.flatMap((step) => step.lines)).toEqual(
    expect.arrayContaining(['npm run --silent manifest > manifest.json', 'npm start', '/collections claim CODE', '/collections setup']),
  );
  await followSteps(steps!, () => {});
});

test('a step that shows something else is found out', { timeout: 240_000 }, async () => {
  const wrong = readmeSteps(
    '## Try\n\n1. Print it.\n\n   ```sh\n   npm run --silent manifest > manifest.json\n   ```\n\n   You see “a unicorn”.\n',
    'Try',
  );
  await expect(followSteps(wrong!, () => {})).rejects.toThrow('did not show a unicorn');
});

test('steps are read in order, each with what stands behind it', () => {
  const text =
    '## A\n\n```sh\nx\n```\nYou see “one” and “two\n   lines”.\n\n   ```slack\n   /y @z\n   ```\n\n“three”\n\n## B\n```sh\nno\n```\n';
  expect(readmeSteps(text, 'A')).toEqual([
    { kind: 'sh', lines: ['x'], seen: ['one', 'two lines'] },
    { kind: 'slack', lines: ['/y @z'], seen: ['three'] },
  ]);
  expect(readmeSteps(text, 'C')).toBeNull();
});
