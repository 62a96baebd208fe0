import fs from 'node:fs';
import { compose, type Running } from './compose.ts';
import { ConfigProblem, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { keepPrivate } from './private-files.ts';
import { atMost } from './schedule/at-most.ts';

const FIRST_TICK_MS = 10_000;

if (fs.existsSync('.env')) process.loadEnvFile('.env');

/** A start that waits for Slack is ended by it, and then stops what it had begun. */
const quit = new AbortController();
let running: Running | null = null;
const stop = async () => {
  // Whoever asks twice does not want to wait.
  if (quit.signal.aborted) process.exit(1);
  quit.abort();
  if (!running) return;
  await running.stop();
  process.exit(0);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

try {
  const config = readConfig(process.env);
  keepPrivate(config.DATA_DIR);
  const log = createLog(config.LOG_LEVEL);
  const die = (error: Error) => {
    log.fatal({ err: error }, 'stopped');
    console.error(`Arrears has stopped: ${error.message}`);
    process.exit(1);
  };
  // A slip of a library that nobody awaits must not end everybody's work; a part without which nothing can go on calls die.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  running = await compose(config, { log, onDeath: die, quit: quit.signal });
  if (quit.signal.aborted) {
    await running.stop();
    process.exit(0);
  }
  // The first digest is there when somebody looks; whatever hangs is seen in the log, and nobody waits for it.
  await atMost(FIRST_TICK_MS, running.tick());
  console.log(running.page ? `Arrears is running. Open ${running.page()}` : 'Arrears is running in your Slack workspace.');
  if (running.page && config.SMTP_URL)
    console.log('Warning: SMTP_URL is set and Slack is not. Whoever opens this address can send email to customers.');
  if (running.claim) console.log(`Nobody is admin yet. Type this in Slack, in any channel:  ${running.claim}`);
  console.log('Stop it with Ctrl+C.');
} catch (error) {
  if (quit.signal.aborted) process.exit(0);
  const problem = error instanceof Error ? error : new Error(String(error));
  console.error(problem instanceof ConfigProblem ? problem.message : `Arrears could not start: ${problem.message}`);
  process.exit(1);
}
