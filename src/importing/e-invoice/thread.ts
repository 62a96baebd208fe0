import { parentPort, workerData } from 'node:worker_threads';
import { readEInvoice } from './read-e-invoice.ts';

/** What runs in the thread of its own that e-invoices.ts starts. */
parentPort!.postMessage(await readEInvoice(workerData as Uint8Array));
