import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../kernel/sheet.port.ts';
import { xlsxPages } from './xlsx-file.ts';

/** What runs in the thread that workbook.ts starts. */
parentPort!.postMessage(await xlsxPages(workerData as readonly Sheet[]));
