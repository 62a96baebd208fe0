import { expect, it, onTestFinished } from 'vitest';
import { ask, press, said } from '../support/ask.ts';
import { startBot } from '../support/bot.ts';

it('a finance lead gets thirteen weeks of cash with what they rest on, a chart and a workbook', { timeout: 120_000 }, async () => {
  const bot = await startBot();
  onTestFinished(() => bot.stop());
  const paul = await bot.person('U0PAUL');
  const answer = await ask(paul, 'C0COLLECT', '/collections forecast');
  expect(said(answer)).toMatch(/\*EUR\*: €[\d,.]+ expected in the next 4 weeks/);
  const forecast = await paul.message(
    ({ text, blocks }) => text.startsWith('Cash forecast') && JSON.stringify(blocks).includes('slack_file'),
  );
  expect(said(forecast)).toMatch(/The next 4 weeks rest on: .*habit/);
  expect(said(forecast)).toMatch(/Tried on your own/);
  await press(paul, forecast, 'forecast-download');
  await paul.message(({ files }) => files?.some(({ name }) => name.startsWith('forecast-') && name.endsWith('.xlsx')) ?? false);
  const mara = await bot.person('U0MARA');
  expect(said(await ask(mara, 'C0COLLECT', '/collections forecast'))).toMatch(/manager/);
  expect(bot.log).toEqual([]);
});
