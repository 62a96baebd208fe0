import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const CHANNEL = 'C0COLLECT';
let bot: Bot;
let alex: PersonOnPage;
beforeAll(async () => {
  bot = await startBot();
  alex = await bot.person('U0ALEX');
});
afterAll(() => bot.stop());

const open = async (): Promise<PageView> => {
  await alex.command(CHANNEL, '/collections setup');
  return alex.modal(1, (view) => view.title === 'Setup' && JSON.stringify(view.blocks).includes('digestHour'));
};
const text = (value: string) => ({ value: { type: 'plain_text_input', value } });
const channel = (id: string) => ({ value: { type: 'conversations_select', selected_conversation: id } });
const submit = async (view: PageView, fields: Record<string, object>) => {
  const result = await alex.submit(view.id, fields as never);
  return result.ok ? (result.errors ?? {}) : { refused: JSON.stringify(result) };
};

test('every wrong field is named, and nothing is saved', async () => {
  const view = await open();
  expect(await submit(view, { digestChannel: channel('C0GENERAL') })).toMatchObject({
    digestChannel: expect.stringContaining('/invite @arrears'),
  });
  expect(await submit(view, { digestChannel: channel('C0OLDAR') })).toMatchObject({ digestChannel: expect.stringContaining('archived') });
  expect(await submit(view, { digestChannel: channel('C0CONTOSO') })).toMatchObject({
    digestChannel: expect.stringContaining('shared with another company'),
  });
  const wrong = {
    digestChannel: channel('C0COLLECT'),
    zone: text('Middle/Earth'),
    country: text('QQ'),
    overdue: text('Over Due'),
    account: text('collections'),
  };
  expect(await submit(view, wrong)).toMatchObject({
    zone: expect.stringContaining('No such time zone'),
    country: expect.stringContaining('two letters'),
    overdue: expect.stringContaining('Small letters'),
    account: expect.stringContaining('name of its own'),
    collections: expect.stringContaining('name of its own'),
  });
  expect(await submit(view, { ...wrong, zone: text('+02:00') })).toMatchObject({ zone: expect.stringContaining('Europe/Berlin') });
  expect(
    await submit(view, {
      zone: text('Europe/Berlin'),
      country: text('DE'),
      region: text('XX'),
      overdue: text('overdue'),
      account: text('account'),
    }),
  ).toMatchObject({ region: expect.stringContaining('BY') });
});

test('what was set holds at once; the local workspace follows with the command names', async () => {
  const view = await alex.modal(1);
  const good = {
    digestChannel: channel('C0COLLECT'),
    escalationsChannel: channel('C0ESCALATE'),
    zone: text('Europe/Berlin'),
    company: text('Northwind & Sons'),
    country: text('de'),
    region: text('by'),
    overdue: text('late'),
    account: text('account'),
    collections: text('collections'),
  };
  expect(await submit(view, good)).toEqual({});
  const told = await alex.says('Saved. The digest goes to <#C0COLLECT> on business days at 09:00 (Europe/Berlin)');
  expect(JSON.stringify(told)).toContain('Guests read this channel: <@U0GIA>. The digest shows customers’ balances. Remove them');
  expect(said(await ask(alex, CHANNEL, '/late all'))).toContain('Overdue');
  await bot.tick();
  const again = await open();
  expect(JSON.stringify(again.blocks)).toContain('Northwind & Sons');
  expect(JSON.stringify(again.blocks)).toContain('"initial_conversation":"C0ESCALATE"');
});

test('only an admin may', async () => {
  const ines = await bot.person('U0INES');
  expect(said(await ask(ines, CHANNEL, '/collections setup'))).toContain('it needs the role admin');
});
