import { parentPort, workerData } from 'node:worker_threads';
import type { DigestFigures } from '../follow-up/digest.ts';
import { formatTotal } from '../kernel/money.ts';
import { AGEING_BUCKETS } from '../ledger/ageing.ts';
import { chartPng, FONT } from './chart-png.ts';

const WIDTH = 920;
const ROW = 64;
/** Not due to oldest; told apart in grey scale too. */
const COLOURS = ['#2e7d5b', '#f2c14e', '#ee8434', '#d1495b', '#7a1f3d'];

/** What runs in the thread of its own that ageing-chart.ts starts. */
parentPort!.postMessage(await draw(workerData as Pick<DigestFigures, 'currencies'>));

async function draw(figures: Pick<DigestFigures, 'currencies'>): Promise<Uint8Array> {
  const currencies = figures.currencies.filter((entry) => entry.open > 0);
  const height = 96 + ROW * Math.max(1, currencies.length);
  return chartPng(
    { width: WIDTH, height },
    {
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: FONT, fontSize: 15 },
      color: COLOURS,
      legend: { top: 14, itemWidth: 16, itemHeight: 12, textStyle: { fontSize: 15 }, data: AGEING_BUCKETS.map(bucketName) },
      grid: { left: 190, right: 30, top: 52, bottom: 34 },
      xAxis: {
        type: 'value',
        max: 100,
        axisLabel: { formatter: '{value} %', fontSize: 13 },
        splitLine: { lineStyle: { color: '#e3e3e3' } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: currencies.map((entry) => `${entry.currency}\n${formatTotal({ amount: entry.open, currency: entry.currency }, 'en-GB')}`),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { fontSize: 15, lineHeight: 21, align: 'right', color: '#1d1c1d' },
      },
      series: AGEING_BUCKETS.map((bucket, index) => ({
        name: bucketName(bucket),
        type: 'bar',
        stack: 'share',
        barWidth: 34,
        data: currencies.map((entry) => (entry.buckets[bucket] / entry.open) * 100),
        label: {
          show: true,
          color: index === 1 || index === 2 ? '#1d1c1d' : '#ffffff',
          fontSize: 13,
          formatter: ({ value }: { value: unknown }) => (Number(value) >= 5 ? `${Math.round(Number(value))} %` : ''),
        },
      })),
    },
  );
}

function bucketName(bucket: string): string {
  return bucket === 'current' ? 'Not due' : `${bucket} days`;
}
