import fs from 'node:fs';
import { compose } from './compose.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { atMost } from './schedule/at-most.ts';

const FIRST_TICK_MS = 10_000;

if (fs.existsSync('.env')) process.loadEnvFile('.env');

try {
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const die = (error: Error) => {
    log.fatal({ err: error }, 'stopped');
    console.error(`Arrears has stopped: ${error.message}`);
    process.exit(1);
  };
  const running = await compose(config, { log, onDeath: die });
  // socket-mode 3.1 can reject unhandled while it reconnects; it connects again by itself.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The first digest is there when somebody looks; whatever hangs is seen in the log, and nobody waits for it.
  await atMost(FIRST_TICK_MS, running.tick());
  console.log(running.page ? `Arrears is running. Open ${running.page}` : 'Arrears is running in your Slack workspace.');
  if (running.claim) console.log(`Nobody is admin yet. Type this in Slack, in any channel:  ${running.claim}`);
  console.log('Stop it with Ctrl+C.');
} catch (error) {
  const problem = error instanceof Error ? error : new Error(String(error));
  console.error(problem instanceof ConfigProblem ? problem.message : `Arrears could not start: ${problem.message}`);
  process.exit(1);
}
