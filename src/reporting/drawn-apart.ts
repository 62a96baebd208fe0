import { Worker } from 'node:worker_threads';

/**
 * PNG of a chart, drawn in a thread of its own that ends with it: loading what draws takes a second, and whoever clicks meanwhile is answered. Same
 * data, same bytes.
 */
export function drawnApart(thread: URL, data: object): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: data, env: {} });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that draws the chart ended early')));
  });
}
