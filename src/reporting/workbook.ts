import { Worker } from 'node:worker_threads';
import type { Sheet } from '../kernel/sheet.port.ts';

/** XLSX of several pages, written in a thread of its own: a hundred thousand rows take seconds, and whoever clicks meanwhile is answered. */
export function workbookFile(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./workbook-thread.ts', import.meta.url), { workerData: sheets, env: {} });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that writes the workbook ended early')));
  });
}
