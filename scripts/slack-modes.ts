/** `npm run test:slack-modes [-- MODE...]`: the end-to-end tests with the local workspace as another kind of Slack, one mode after the other. */
import { spawnSync } from 'node:child_process';

const MODES = ['grid', 'org-wide', 'crowded', 'http', 'grid,crowded,http'];
const asked = process.argv.slice(2);
for (const mode of asked.length > 0 ? asked : MODES) {
  console.log(`\n${mode}`);
  const env = { ...process.env, ARREARS_TEST_SLACK: mode };
  const { status } = spawnSync('vitest', ['run', 'test/e2e'], { env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exitCode = 1;
}
