/** The whole bot in a process of its own, reached by HTTP. Arguments: src, ISO time at which its clock stands. Settings come by the environment. */
import path from 'node:path';
import type { compose as Compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const [src, start] = process.argv.slice(2) as [string, string];
const { compose } = (await import(path.join(src, 'compose.ts'))) as { compose: typeof Compose };
const clock = { now: () => Temporal.Instant.from(start) };
const running = await compose(readConfig(process.env), {
  log: createLog('fatal', { write: () => {} }),
  clock,
  onDeath: () => process.exit(1),
});
process.on('message', async () => {
  await running.stop();
  process.exit(0);
});
process.send!('ready');
