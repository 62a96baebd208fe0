import { parseArgs } from 'node:util';
import { startEmbeddedStore } from '../src/embedded/mongo/embedded-store.ts';

const usage = 'Usage: npm run store -- --dir FOLDER [--port PORT] [--json]\n';

/** Runs the embedded store alone, for several instances or another program's test suite, until it is told to stop. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, port: { type: 'string' }, json: { type: 'boolean' } } });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (!values.dir || (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))) throw new Error(usage);
  const store = await startEmbeddedStore({ dir: values.dir, ...(port !== undefined && { port }) });
  const stop = async () => {
    await store.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(values.json ? JSON.stringify({ uri: store.uri }) : store.uri);
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
