import { Worker } from 'node:worker_threads';
import type { LineChart } from '../numbers/line-chart.ts';

/** PNG. Drawn in a thread of its own, as the ageing chart is. Same figures, same bytes. */
export function lineChart(chart: LineChart): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./line-chart-thread.ts', import.meta.url), { workerData: chart, env: {} });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that draws the chart ended early')));
  });
}
