import { Worker } from 'node:worker_threads';
import type { EInvoiceRead } from '../../invoices/e-invoice.ts';

/** Of computing; by the clock it may take six times as long while others keep the machine busy. */
const DEADLINE_MS = 9_000;
const PATIENCE = 6;
const LIMITS = { maxOldGenerationSizeMb: 220, maxYoungGenerationSizeMb: 24 };

let reading: Promise<unknown> = Promise.resolve();

/**
 * Reads an e-invoice (read-e-invoice.ts) in a thread of its own, one at a time, with bounds on time and memory and without the environment:
 * whatever the file holds, the bot goes on. Null: a PDF without one.
 */
export function readEInvoiceApart(bytes: Uint8Array): Promise<EInvoiceRead | null> {
  const mine = reading.then(() => readNow(bytes));
  reading = mine.catch(() => undefined);
  return mine;
}

async function readNow(bytes: Uint8Array): Promise<EInvoiceRead | null> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: LIMITS,
    env: {},
  });
  const ended = Promise.withResolvers<EInvoiceRead | null>();
  const given = (rule: string, says: string) => ended.resolve({ ok: false, rule, says: `The e-invoice cannot be used: ${says}` });
  worker.on('message', ended.resolve);
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return given('size', 'it needs more memory than a reader has');
    ended.reject(error);
  });
  worker.on('exit', (code) => ended.reject(new Error(`the thread that reads an e-invoice ended with ${code}`)));
  const started = performance.now();
  const watching = setInterval(async () => {
    const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    if ((user + system) / 1000 > DEADLINE_MS || performance.now() - started > DEADLINE_MS * PATIENCE)
      given('time', `it was not read within ${DEADLINE_MS / 1000} seconds`);
  }, 200);
  try {
    return await ended.promise;
  } finally {
    clearInterval(watching);
    await worker.terminate();
  }
}
