import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../embedded/slack/until.ts';
import { type Bot, startBot } from '../support/bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** What a person sees on Home when it is opened now. */
async function home(user: string): Promise<string> {
  const person = await bot.person(user);
  await person.act({ do: 'open-home' });
  return until(() => {
    const event = person.seen.findLast(({ type }) => type === 'home');
    return event?.type === 'home' && event.view.blocks.length > 5 ? JSON.stringify(event.view.blocks) : undefined;
  });
}

it('a digest that fails keeps no list from its collector; admins see on Home what fails, and since when', async () => {
  await bot.control({ do: 'fault', fault: { fault: 'refuse', method: 'users.conversations', next: 1_000, error: 'fatal_error' } });
  await bot.tick();
  await bot.tick();
  expect(bot.log.filter((line) => line.includes('a scheduled step failed')).map((line) => JSON.parse(line).due)).toEqual([
    'digest',
    'digest',
  ]);
  const admin = await home('U0ALEX');
  expect(admin).toMatch(/:warning: \*Digest\* has failed since \d\d:\d\d \(2 tries, one a minute\): An API error occurred/);
  expect(admin).not.toContain('Work lists*');
  expect(await home('U0MARA')).not.toContain('has failed since');
  await bot.control({ do: 'clear-faults' });
  await bot.tick();
  await until(async () => !(await home('U0ALEX')).includes('has failed since') || undefined);
});
