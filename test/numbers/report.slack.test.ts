import { expect, it, onTestFinished } from 'vitest';
import { ask, press, said } from '../support/ask.ts';
import { startBot } from '../support/bot.ts';

it('a manager gets the report with charts, opens the rows behind a figure and takes the workbook', { timeout: 120_000 }, async () => {
  const bot = await startBot();
  onTestFinished(() => bot.stop());
  const ines = await bot.person('U0INES');
  const answer = await ask(ines, 'C0COLLECT', '/collections report');
  expect(said(answer)).toMatch(/\*EUR\*: DSO .* CEI .* overdue /);
  const report = await ines.message(
    ({ text, blocks }) => text.startsWith('Receivables report') && JSON.stringify(blocks).includes('slack_file'),
  );
  expect(said(report)).toMatch(/Best possible DSO/);
  await press(ines, report, 'report-rows', ({ action_id }) => action_id === 'report-rows:overdue');
  const rows = await ines.message(({ text }) => text.startsWith('Overdue invoices'));
  expect(said(rows)).toMatch(/\d+ rows · CHF\s.* · €.*\n.*• \*/s);
  await press(ines, report, 'report-download');
  const file = await ines.message(({ files }) => files?.some(({ name }) => name.endsWith('.xlsx')) ?? false);
  expect(file.files![0]!.size ?? 1).toBeGreaterThan(0);
  expect(bot.log).toEqual([]);
});
