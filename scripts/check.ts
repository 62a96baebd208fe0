/** `npm run check`: types, format and lint, import rules, unused code. Every check runs; the first failure does not hide the next. */
import { spawnSync } from 'node:child_process';

const checks: [name: string, command: string, args: string[]][] = [
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['types of the page', 'tsc', ['--noEmit', '-p', 'src/embedded/slack/page']],
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['import rules', process.execPath, ['scripts/import-rules.ts']],
  ['prompts', process.execPath, ['scripts/prompts.ts', '--lint']],
  ['unused code', 'knip', ['--no-progress']],
];

let failed = 0;
for (const [name, command, args] of checks) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error(String(error));
  const passed = status === 0;
  if (!passed) failed += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`);
}
process.exitCode = failed === 0 ? 0 : 1;
