import { expect, onTestFinished, test } from 'vitest';
import { startBot } from './bot.ts';

test('the whole bot starts, posts its first digest and answers a command', async () => {
  const bot = await startBot();
  onTestFinished(() => bot.stop());
  const ines = await bot.person('U0INES');
  await bot.tick();
  await ines.says('Overdue digest');
  expect(await ines.command('C0COLLECT', '/overdue >30')).toMatchObject({ ok: true });
  await ines.says('Page 1 of');
  expect(bot.log).toEqual([]);
});
