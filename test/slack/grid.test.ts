import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const CHANNEL = 'C0COLLECT';
const FOREIGN = 'members of its own workspace only';

/** What Home says to a person. */
async function home(person: PersonOnPage): Promise<string> {
  const before = person.seen.length;
  await person.act({ do: 'open-home' });
  const drawn = await until(() => person.seen.slice(before).find((event) => event.type === 'home'));
  return JSON.stringify(drawn);
}

/** Each way into the bot, by somebody whom it serves. */
async function everyWay(person: PersonOnPage, account: string): Promise<void> {
  const card = await ask(person, CHANNEL, `/account ${account}`);
  expect(said(card)).toContain(account);
  await press(person, card, 'account-hold');
  const form = await person.modal(1, (view) => view.title === 'Put on hold');
  const day = Temporal.Now.plainDateISO().add({ days: 9 }).toString();
  const state = {
    until: { value: { type: 'datepicker', selected_date: day } },
    reason: { value: { type: 'plain_text_input', value: 'They asked for a week.' } },
  };
  expect(await person.submit(form.id, state)).toMatchObject({ ok: true });
  await person.message((message) => said(message).includes('On hold.') && said(message).includes(account));
  await person.noModal();
  await person.say(CHANNEL, `${account} pays on Friday`);
  const spoken = await person.message((message) => message.text.includes(`${account} pays on Friday`));
  await person.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: spoken.ts });
  const filing = await person.modal(1, (view) => view.title === 'Add to a file');
  const block = filing.blocks.find((each) => (each as { block_id?: string }).block_id === 'account') as { block_id: string };
  const found = await person.act({
    do: 'suggest',
    from: { view: filing.id },
    block: block.block_id,
    element: { action_id: 'file-account' },
    text: account.slice(0, 9),
  });
  expect(JSON.stringify(found)).toContain(account);
  await person.act({ do: 'close', view: filing.id });
  expect(await home(person)).not.toContain('Nothing was changed');
}

describe.each([
  ['in one workspace of an organisation', 'workspace'],
  ['for the whole organisation', 'org-wide'],
] as const)('the app is installed %s', (_name, grid) => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ workspace: { grid } });
    await bot.control({ do: 'limits', limits: 'off' });
  });
  afterAll(() => bot.stop());

  test('a person of two workspaces, whom Slack names by the other one, gets in by every way', async () => {
    await everyWay(await bot.person('U0INES'), 'Wolkenheim Logistik AG');
  });

  test('a person of this workspace alone does too', async () => {
    await everyWay(await bot.person('U0TOM'), 'Papierflieger Elektro AG');
  });

  test('a person of another company is refused', async () => {
    expect(await home(await bot.person('U0ERIK'))).toContain(FOREIGN);
  });

  test('the digest is posted', async () => {
    const ines = await bot.person('U0INES');
    await until(async () => {
      await bot.tick();
      return (await ines.messages(CHANNEL)).some((message) => said(message).includes('Overdue digest'));
    });
    expect(bot.log.filter((line) => line.includes('no channel'))).toEqual([]);
  });

  test('a channel shared between the workspaces is no other company’s: a ledger file is offered there', async () => {
    const ines = await bot.person('U0INES');
    await ines.upload('C0ORGWIDE', 'group.csv', 'account,number,currency,total,issued,due\nA,1,EUR,1.00,2026-01-01,2026-01-31\n');
    await ines.message((message) => message.channel === 'C0ORGWIDE' && message.text.startsWith('group.csv:'));
  });
});

test('a person of the organisation who is not in the app’s workspace is told which it is and whom to ask', async () => {
  const bot = await startBot({ workspace: { grid: 'workspace' } });
  try {
    const olga = await bot.person('U0OLGA');
    const told = await home(olga);
    expect(told).toContain('Arrears is installed in Northwind Trading, and you are not a member there. Nothing was changed.');
    await olga.command('C0ORGWIDE', '/overdue all');
    await olga.says('is not a valid command');
  } finally {
    await bot.stop();
  }
});

test('installed for the whole organisation, people of each of its workspaces may be given roles', async () => {
  const bot = await startBot({ workspace: { grid: 'org-wide' } });
  try {
    const [olga, alex] = [await bot.person('U0OLGA'), await bot.person('U0ALEX')];
    expect(said(await ask(olga, 'C0ORGWIDE', '/overdue all'))).toContain('You may not see this');
    await alex.command(CHANNEL, '/collections roles <@U0OLGA>');
    expect((await alex.modal()).title).toBe('Roles');
  } finally {
    await bot.stop();
  }
});
