import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { importViolations } from '../../scripts/import-rules.ts';

const root = path.resolve(import.meta.dirname, '../..');
let copy = '';

async function planted(file: string, line: string): Promise<string[]> {
  copy = await fs.mkdtemp(path.join(os.tmpdir(), 'arrears-rules-'));
  await fs.cp(path.join(root, 'src'), path.join(copy, 'src'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json']) await fs.cp(path.join(root, name), path.join(copy, name));
  await fs.symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  const target = path.join(copy, 'src', file);
  await fs.writeFile(target, `${line}\n${await fs.readFile(target, 'utf8')}`);
  return importViolations(copy);
}

afterEach(() => fs.rm(copy, { recursive: true, force: true }));

it('finds the house as it should be', async () => {
  expect(await importViolations(root)).toEqual([]);
});

it('catches a rule that reaches for the store', async () => {
  const violations = await planted('ledger/overdue.ts', "import '../store/jobs.ts';");
  expect(violations).toContain('rules-are-alone: src/ledger/overdue.ts -> src/store/jobs.ts');
});

it('catches a rule that reaches for what listens, and a view that does', async () => {
  expect(await planted('arrangements/promise.ts', "import './promise.slack.ts';")).toContain(
    'rules-are-alone: src/arrangements/promise.ts -> src/arrangements/promise.slack.ts',
  );
  await fs.rm(copy, { recursive: true });
  expect(await planted('arrangements/promise-record.view.ts', "import './promise.slack.ts';")).toContain(
    'views-to-rules-and-verbs: src/arrangements/promise-record.view.ts -> src/arrangements/promise.slack.ts',
  );
});

it('catches mongoose outside the store', async () => {
  const violations = await planted('slack/text.ts', "import 'mongoose';");
  expect(violations.some((violation) => violation.startsWith('mongoose-package: src/slack/text.ts'))).toBe(true);
});

it('catches one adapter that imports another', async () => {
  const violations = await planted('slack/text.ts', "import '../store/jobs.ts';");
  expect(violations).toContain('slack-is-below-the-subjects: src/slack/text.ts -> src/store/jobs.ts');
});

it('catches a circle that is made of types alone', async () => {
  const violations = await planted('kernel/day.ts', "import type { Payment } from '../ledger/invoice.ts';\nexport type Taken = Payment;");
  expect(violations.some((violation) => violation.startsWith('no-circular: ') && violation.includes('src/kernel/day.ts'))).toBe(true);
});
