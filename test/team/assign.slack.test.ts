import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageMessage, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const CHANNEL = 'C0COLLECT';
let bot: Bot;
let ines: PersonOnPage;
let paul: PersonOnPage;
let mara: PersonOnPage;
let tom: PersonOnPage;
beforeAll(async () => {
  bot = await startBot();
  [ines, paul, mara, tom] = (await Promise.all(['U0INES', 'U0PAUL', 'U0MARA', 'U0TOM'].map((id) => bot.person(id)))) as [
    PersonOnPage,
    PersonOnPage,
    PersonOnPage,
    PersonOnPage,
  ];
});
afterAll(() => bot.stop());

/** Opens the card of an account and its form to assign it, as one person; resolves to the form. */
async function assignForm(person: PersonOnPage, name: string): Promise<PageView> {
  const card = await ask(person, CHANNEL, `/account ${name}`);
  await press(person, card, 'account-assign');
  return person.modal(1, (view) => view.title === 'Assign account');
}
const choose = (person: PersonOnPage, form: PageView, user: string) =>
  person.submit(form.id, { collector: { value: { type: 'users_select', selected_user: user } } });
const told = (person: PersonOnPage, words: string, name: string) =>
  person.message(
    (message: PageMessage) => said(message).includes(words) && said(message).includes(name) && message.channel.startsWith('D'),
  );

describe('assigning one account', () => {
  test('by command tells both collectors by direct message, and records who did it', async () => {
    const answer = await ask(ines, CHANNEL, '/collections assign Wolkenheim Elektro GmbH to <@U0TOM>');
    expect(said(answer)).toContain('is now with <@U0TOM>');
    const back = await ask(ines, CHANNEL, '/collections assign Wolkenheim Elektro GmbH to <@U0MARA>');
    expect(said(back)).toContain('is now with <@U0MARA>');
    expect(said(back)).toContain('It was with <@U0TOM>');
    await bot.tick();
    await told(mara, '1 account assigned to you', 'Wolkenheim Elektro GmbH');
    await told(tom, '1 account no longer yours', 'Wolkenheim Elektro GmbH');
    expect(said(await ask(ines, CHANNEL, '/account Wolkenheim Elektro GmbH'))).toContain(
      'collector <@U0TOM> → <@U0MARA> (by hand), by <@U0INES>',
    );
  });

  test('an ambiguous name asks which; an unknown one says what works', async () => {
    expect(said(await ask(ines, CHANNEL, '/collections assign a to <@U0TOM>'))).toContain('Which one?');
    expect(said(await ask(ines, CHANNEL, '/collections assign Nobody & Sons to <@U0TOM>'))).toContain('No account has “Nobody &amp; Sons”');
    expect(said(await ask(ines, CHANNEL, '/collections assign'))).toContain('to @somebody');
  });

  test.each([
    ['a bot', 'U0POLLY'],
    ['a guest', 'U0GIA'],
    ['somebody of another company', 'U0ERIK'],
    ['a deactivated person', 'U0DORA'],
    ['a person without the role', 'U0SARA'],
  ])('%s cannot be given accounts, by command or in bulk', async (_who, user) => {
    expect(said(await ask(ines, CHANNEL, `/collections assign Wolkenheim Elektro GmbH to <@${user}>`))).toContain(
      'Only active members of this workspace',
    );
    expect(said(await ask(ines, CHANNEL, `/collections reassign <@U0MARA> to <@${user}>`))).toContain(
      'Only active members of this workspace',
    );
  });

  test('a collector may not assign, and hears who could', async () => {
    const answer = said(await ask(mara, CHANNEL, '/collections assign Wolkenheim Elektro GmbH to <@U0TOM>'));
    expect(answer).toContain('You may not do this (it needs the role manager');
    expect(answer).toContain('<@U0INES>');
  });

  test('of two managers with the form open at once one wins, and the other is told', async () => {
    const forms = [await assignForm(ines, 'Wolkenheim Elektro GmbH'), await assignForm(paul, 'Wolkenheim Elektro GmbH')] as const;
    const results = await Promise.all([choose(ines, forms[0], 'U0TOM'), choose(paul, forms[1], 'U0INES')]);
    const refused = results.filter((result) => result.ok && result.errors && Object.keys(result.errors).length > 0);
    expect(refused).toHaveLength(1);
    expect(JSON.stringify(refused)).toContain('Somebody else has just assigned this account');
    const winner = results.indexOf(refused[0]!) === 0 ? paul : ines;
    await winner.message((message) => said(message).includes('Assigned. Both collectors are told.'));
  });
});

describe('many at once', () => {
  const preview = (line: string) => ask(ines, CHANNEL, line);
  const count = (message: PageMessage) => Number(/\*([\d,]+) accounts?/.exec(said(message))?.[1]?.replace(',', ''));
  const loadOf = async (user: string) =>
    Number(new RegExp(`<@${user}>: (\\d+) account`).exec(said(await preview('/collections reassign')))?.[1] ?? 0);

  test('a preview changes nothing; carried out, each collector gets one message and the asker the result', async () => {
    const [before, tomBefore] = [await loadOf('U0MARA'), await loadOf('U0TOM')];
    const shown = await preview('/collections reassign <@U0MARA> to <@U0TOM> EUR');
    const moving = count(shown);
    expect(moving).toBeGreaterThan(3);
    expect(said(shown)).toContain(`<@U0TOM> gets ${moving}`);
    expect(await loadOf('U0MARA')).toBe(before);
    await press(ines, shown, 'reassign-go');
    await bot.tick();
    await told(tom, `${moving} accounts assigned to you`, 'Wolkenheim');
    await told(mara, `${moving} accounts no longer yours`, 'Wolkenheim');
    await told(ines, `${moving} accounts reassigned`, 'The collectors are told');
    expect([await loadOf('U0MARA'), await loadOf('U0TOM')]).toEqual([before - moving, tomBefore + moving]);
    await press(ines, shown, 'reassign-go').catch(() => {});
    expect([await loadOf('U0MARA'), await loadOf('U0TOM')]).toEqual([before - moving, tomBefore + moving]);
  });

  test('what has changed since the preview is shown anew and nothing is done', async () => {
    const shown = await preview('/collections reassign <@U0TOM> to <@U0MARA> GBP');
    const first = /\n([^,\n]+?)(?:,|$)/.exec(said(shown))![1]!;
    await ask(paul, CHANNEL, `/collections assign ${first} to <@U0INES>`);
    await press(ines, shown, 'reassign-go');
    const anew = await ines.message((message) => message.ts === shown.ts && said(message).includes('changed since this preview'));
    expect(count(anew)).toBe(count(shown) - 1);
  });

  test('round-robin shares out what nobody has, so that the loads even out', async () => {
    const shown = await preview('/collections reassign unassigned to round-robin');
    expect(count(shown)).toBeGreaterThan(5);
    await press(ines, shown, 'reassign-go');
    await told(ines, `${count(shown)} accounts reassigned`, 'The collectors are told');
    expect(Math.abs((await loadOf('U0MARA')) - (await loadOf('U0TOM')))).toBeLessThan(8);
    expect(said(await preview('/collections reassign unassigned to round-robin'))).toContain(
      'There are no accounts that nobody has to move',
    );
  });

  test.each([
    ['to nobody', '/collections reassign <@U0MARA>', 'Say whose accounts go to whom'],
    ['to oneself', '/collections reassign <@U0MARA> to <@U0MARA>', 'Both are the same person'],
    ['with a word that means nothing', '/collections reassign <@U0MARA> to <@U0TOM> quickly', 'I do not know “quickly”'],
  ])('%s is refused with an example', async (_what, line, words) => {
    const answer = said(await preview(line));
    expect(answer).toContain(words);
    expect(answer).toContain('For example');
  });
});

test('when Slack cannot reach a new collector any more, the manager is told once, and the message is not tried for ever', async () => {
  const account = 'Le Renard Discret Transports SARL';
  await ask(ines, CHANNEL, `/collections assign ${account} to <@U0TOM>`);
  await ask(ines, CHANNEL, `/collections assign ${account} to <@U0MARA>`);
  await bot.control({ do: 'deactivate', person: 'U0TOM' });
  // Who is active is asked of Slack once a minute: until then an assignment may still go through.
  expect(said(await ask(ines, CHANNEL, `/collections assign ${account} to <@U0TOM>`))).toContain('is now with <@U0TOM>');
  await bot.tick();
  const news = await ines.message((message) => said(message).includes('I could not tell <@U0TOM>'));
  expect(JSON.stringify(news.blocks)).toContain('reassign-open');
  expect(bot.log.join('\n')).not.toContain('a message could not be posted');
});
