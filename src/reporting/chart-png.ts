import { createRequire } from 'node:module';
import path from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
// One file in place of six hundred: all of them would be looked for on the disk at each drawing.
import * as echarts from 'echarts/dist/echarts.esm.min.mjs';

export const FONT = 'Noto Sans';

const fontFolder = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));
const fontFiles = [path.join(fontFolder, '400Regular/NotoSans_400Regular.ttf'), path.join(fontFolder, '700Bold/NotoSans_700Bold.ttf')];

/** Draws a chart of this size, in points; for a thread of its own (drawn-apart.ts). */
export async function chartPng(
  size: { readonly width: number; readonly height: number },
  option: echarts.EChartsOption,
): Promise<Uint8Array> {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  const image = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: 1.5 },
  });
  return image.asPng();
}
