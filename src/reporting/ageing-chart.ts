import type { DigestFigures } from '../follow-up/digest.ts';
import { drawnApart } from './drawn-apart.ts';

/** PNG: one bar per currency, each its own 100 %, since amounts of different currencies have no common scale. */
export const ageingChart = (figures: Pick<DigestFigures, 'currencies'>): Promise<Uint8Array> =>
  drawnApart(new URL('./ageing-chart-thread.ts', import.meta.url), figures);
