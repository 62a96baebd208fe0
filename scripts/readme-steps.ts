/** `node scripts/readme-steps.ts [docs/slack-setup.md]`: follows "Step by step" literally, with the local workspace in place of Slack. */
import fs from 'node:fs';
import { followSteps, readmeSteps } from '../test/support/readme-steps.ts';

const file = process.argv[2] ?? 'docs/slack-setup.md';
const steps = readmeSteps(fs.readFileSync(file, 'utf8'), 'Step by step');
if (!steps || steps.length === 0) {
  console.error(`${file} has no section “Step by step” with steps in it.`);
  process.exit(1);
}
try {
  await followSteps(steps, (line) => console.log(line));
  console.log(`All ${steps.length} steps do what the text says.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
