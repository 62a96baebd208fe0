import type { LineChart } from '../numbers/line-chart.ts';
import { drawnApart } from './drawn-apart.ts';

/** PNG. */
export const lineChart = (chart: LineChart): Promise<Uint8Array> => drawnApart(new URL('./line-chart-thread.ts', import.meta.url), chart);
