/**
 * `npm run record-cards [-- test/e2e/call.test.ts ...]`: runs the tests that show cards and keeps one of each kind in test/contracts/cards.json, for
 * verify-slack. With test files what is new in them is added; without, the sample is made anew, which takes a quarter of an hour.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CARDS_FILE, type Card, CardSample, readCards } from '../test/contracts/cards.ts';

const SHOWING = ['test/e2e', 'test/slack', 'test/team', 'test/contracts/forms.test.ts'];

const files = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'arrears-cards-'));
try {
  const vitest = path.resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', ...(files.length > 0 ? files : SHOWING)], {
    // Vitest would listen to keys.
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, RECORD_CARDS: folder },
  });
  const seen = fs
    .readdirSync(folder)
    .sort()
    .flatMap((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as Card[]);
  const sample = new CardSample();
  const before = files.length > 0 ? readCards() : [];
  // Those that show most first: fewer are needed then.
  const richest = seen.sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  for (const card of [...before, ...richest]) sample.add(card);
  fs.writeFileSync(CARDS_FILE, `[\n${sample.cards.map((card) => JSON.stringify(card)).join(',\n')}\n]\n`);
  console.log(`${sample.cards.length} cards in ${path.relative('.', CARDS_FILE)} (${before.length} before, ${seen.length} looked at).`);
  process.exitCode = run.status ?? 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
