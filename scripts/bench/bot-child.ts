import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { memory } from './measure.ts';

/**
 * The whole bot in a process of its own. Tells its parent where its page is, when all that was due is done and, asked for digests, builds one after
 * the other, each for the next day, until told to stop.
 */
const started = performance.now();
const start = Temporal.Instant.from(process.argv[2]!);
let days = 0;
const clock = { now: () => start.add({ hours: 24 * days }).add({ milliseconds: Math.round(performance.now() - started) }) };
// A connection that is cut while everything stops is no news.
let stopping = false;
const log = createLog('error', { write: (line) => void (stopping || process.stderr.write(line)) });
const running = await compose(readConfig(process.env), { log, clock, onDeath: () => process.exit(1) });
process.send!({ page: running.page!() });
await running.tick();
process.send!({ tickedMs: performance.now() - started });

let building = false;
async function digests(): Promise<void> {
  let built = 0;
  while (building) {
    days += 1;
    await running.tick();
    built += 1;
  }
  process.send!({ built, memoryMiB: memory() });
}

process.on('message', async (order) => {
  if (order === 'build') {
    building = true;
    await digests();
  }
  if (order === 'enough') building = false;
  if (order === 'stop') {
    stopping = true;
    await running.stop();
    process.exit(0);
  }
});
