import { parentPort, workerData } from 'node:worker_threads';
import type { EChartsOption } from 'echarts/dist/echarts.esm.min.mjs';
import type { LineChart } from '../numbers/line-chart.ts';
import { chartPng, FONT } from './chart-png.ts';

const SIZE = { width: 920, height: 380 };
const COLOURS = ['#1f5f8b', '#d1495b', '#2e7d5b', '#7a1f3d', '#ee8434', '#5b4b8a'];

/** What runs in the thread of its own that line-chart.ts starts. */
parentPort!.postMessage(await draw(workerData as LineChart));

async function draw({ title, labels, unit, lines, band }: LineChart): Promise<Uint8Array> {
  const shaded = band
    ? [
        { name: 'low', type: 'line', stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, data: band.low, silent: true },
        {
          ...{ name: band.name, type: 'line', stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, itemStyle: { color: '#b7cfe0' } },
          areaStyle: { color: '#b7cfe0', opacity: 0.7 },
          data: band.high.map((high, n) => high - band.low[n]!),
        },
      ]
    : [];
  const drawn = lines.map(({ name, values, dashed }, n) => ({
    ...{ name, type: 'line', data: [...values], symbol: dashed ? 'emptyCircle' : 'circle', symbolSize: 7, connectNulls: false },
    itemStyle: { color: COLOURS[n % COLOURS.length] },
    lineStyle: { width: 3, type: dashed ? 'dashed' : 'solid', color: COLOURS[n % COLOURS.length] },
  }));
  const names = [...lines.map(({ name }) => name), ...(band ? [band.name] : [])];
  return chartPng(SIZE, {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT, fontSize: 14 },
    title: { text: title, left: 24, top: 12, textStyle: { fontSize: 17, fontWeight: 'bold', color: '#1d1c1d' } },
    legend: { top: 44, left: 20, itemWidth: 28, itemHeight: 10, textStyle: { fontSize: 14 }, data: names },
    grid: { left: 24, right: 30, top: 106, bottom: 20, containLabel: true },
    xAxis: {
      type: 'category',
      data: [...labels],
      boundaryGap: false,
      axisLabel: { fontSize: 13, color: '#1d1c1d' },
      axisTick: { show: false },
    },
    yAxis: {
      ...{ type: 'value', min: 0, name: unit, nameTextStyle: { fontSize: 13, align: 'left' }, nameGap: 12 },
      axisLabel: { fontSize: 13, color: '#1d1c1d' },
      splitLine: { lineStyle: { color: '#e3e3e3' } },
    },
    series: [...shaded, ...drawn],
  } as EChartsOption);
}
