import { Worker } from 'node:worker_threads';
import type { DigestFigures } from '../follow-up/digest.ts';

/**
 * PNG: one bar per currency, each its own 100 %, since amounts of different currencies have no common scale. Same figures, same bytes. Drawn in a
 * thread of its own, which ends with it: loading what draws takes a second, and whoever clicks meanwhile is answered.
 */
export function ageingChart(figures: Pick<DigestFigures, 'currencies'>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./ageing-chart-thread.ts', import.meta.url), { workerData: figures, env: {} });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that draws the chart ended early')));
  });
}
