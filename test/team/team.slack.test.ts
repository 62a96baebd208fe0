import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, startBot } from '../support/bot.ts';

const CHANNEL = 'C0COLLECT';
let bot: Bot;
let daysOn = 0;
let alex: PersonOnPage;
let ines: PersonOnPage;
let mara: PersonOnPage;
let tom: PersonOnPage;
beforeAll(async () => {
  bot = await startBot({ clock: { now: () => Temporal.Now.instant().add({ hours: 24 * daysOn }) } });
  [alex, ines, mara, tom] = (await Promise.all(['U0ALEX', 'U0INES', 'U0MARA', 'U0TOM'].map((id) => bot.person(id)))) as [
    PersonOnPage,
    PersonOnPage,
    PersonOnPage,
    PersonOnPage,
  ];
});
afterAll(() => bot.stop());

const form = (person: PersonOnPage, title: string, has = '') =>
  person.modal(1, (view) => view.title === title && JSON.stringify(view.blocks).includes(has));
/** Fills in fields by block id; the rest stays as drawn. */
const state = (fields: Record<string, object>): PageState =>
  Object.fromEntries(Object.entries(fields).map(([block, value]) => [block, { value }]));
const text = (value: string) => ({ type: 'plain_text_input', value });
const people = (...users: string[]) => ({ type: 'multi_users_select', selected_users: users });
const one = (user: string) => ({ type: 'users_select', selected_user: user });
const date = (day: string) => ({ type: 'datepicker', selected_date: day });
const errors = async (person: PersonOnPage, view: PageView, fields: Record<string, object>) => {
  const result = await person.submit(view.id, state(fields));
  return result.ok ? (result.errors ?? {}) : { refused: JSON.stringify(result) };
};
const day = (offset: number) => Temporal.Now.plainDateISO().add({ days: offset }).toString();

describe('roles', () => {
  test('an admin gives and takes them; the last admin cannot leave', async () => {
    await alex.command(CHANNEL, '/collections roles <@U0SARA>');
    const view = await form(alex, 'Roles');
    const box = (...values: string[]) => ({
      roles: { type: 'checkboxes', selected_options: values.map((value) => ({ value, text: { type: 'plain_text', text: value } })) },
    });
    expect(await errors(alex, view, box('owner', 'collector'))).toEqual({});
    await alex.says('<@U0SARA> now has: Collector, Account owner in sales');
    expect(said(await ask(alex, CHANNEL, '/collections roles'))).toContain('<@U0SARA>: Collector, Account owner in sales');
    await alex.command(CHANNEL, '/collections roles <@U0ALEX>');
    expect(await errors(alex, await form(alex, 'Roles', 'U0ALEX'), box('collector'))).toMatchObject({
      roles: expect.stringContaining('at least one admin'),
    });
  });

  test.each(['U0GIA', 'U0ERIK', 'U0POLLY', 'U0DORA'])('%s cannot be given any', async (user) => {
    expect(said(await ask(alex, CHANNEL, `/collections roles <@${user}>`))).toContain('only active full members of this workspace');
  });
});

describe('absence', () => {
  test('one’s own, with its mistakes, and its end', async () => {
    await press(mara, await ask(mara, CHANNEL, '/collections absence'), 'absence-set');
    const view = await form(mara, 'Absence');
    expect(await errors(mara, view, { from: date(day(3)), to: date(day(1)), cover: one('U0TOM') })).toMatchObject({
      to: expect.stringContaining('before the first day'),
    });
    expect(await errors(mara, view, { from: date(day(-9)), to: date(day(-2)), cover: one('U0TOM') })).toMatchObject({
      to: expect.stringContaining('already over'),
    });
    expect(await errors(mara, view, { from: date(day(0)), to: date(day(2)), cover: one('U0MARA') })).toMatchObject({
      cover: expect.stringContaining('Somebody else'),
    });
    expect(await errors(mara, view, { from: date(day(0)), to: date(day(2)), cover: one('U0GIA') })).toMatchObject({
      cover: expect.stringContaining('Only active members'),
    });
    expect(await errors(mara, view, { from: date(day(0)), to: date(day(2)), cover: one('U0TOM') })).toEqual({});
    await mara.says('<@U0TOM> covers');
    const shown = await ask(mara, CHANNEL, '/collections absence');
    expect(said(shown)).toContain('covered by <@U0TOM>');
    expect(said(await ask(ines, CHANNEL, '/collections assign Wolkenheim Logistik AG to <@U0MARA>'))).toMatch(
      /absent at present; <@U0TOM> covers|already is the collector/,
    );
    await press(mara, shown, 'absence-end');
    await mara.says('The absence is ended');
  });

  test('of somebody else it takes a manager', async () => {
    expect(said(await ask(mara, CHANNEL, '/collections absence <@U0TOM>'))).toContain('You may not do this (it needs the role manager');
    expect(said(await ask(ines, CHANNEL, '/collections absence <@U0TOM>'))).toContain('No absence is set for <@U0TOM>');
  });
});

describe('assignment rules', () => {
  const add = async (fields: Record<string, object>) => {
    await press(ines, await ask(ines, CHANNEL, '/collections rules'), 'rules-add');
    const view = await form(ines, 'Add a rule');
    const before = new Set(ines.shown.map((message) => message.ts));
    const found = await errors(ines, view, fields);
    if (Object.keys(found).length > 0) await ines.act({ do: 'close', view: view.id });
    else await ines.message((message) => !before.has(message.ts) && said(message).includes('Rule added'));
    await ines.noModal();
    return found;
  };

  test('mistakes are named under their field', async () => {
    expect(await add({ collectors: people('U0MARA'), minimum: text('1000') })).toMatchObject({
      minimum: expect.stringContaining('currency too'),
    });
    expect(await add({ collectors: people('U0MARA'), currency: text('XXQ') })).toMatchObject({
      currency: expect.stringContaining('ISO 4217'),
    });
    expect(await add({ collectors: people('U0MARA', 'U0POLLY'), currency: text('EUR') })).toMatchObject({
      collectors: expect.stringContaining('Only active members'),
    });
    expect(await add({ collectors: people('U0MARA'), from: text('M'), to: text('C') })).toMatchObject({
      to: expect.stringContaining('no name would fit'),
    });
  });

  test('the preview says what matches nothing and what matches everything; an order that hides rules is refused', async () => {
    expect(await add({ collectors: people('U0MARA'), segment: text('no such segment') })).toEqual({});
    expect(await add({ collectors: people('U0MARA', 'U0TOM') })).toEqual({});
    expect(await add({ collectors: people('U0TOM'), currency: text('eur'), minimum: text('1.00') })).toEqual({});
    const shown = await ask(ines, CHANNEL, '/collections rules');
    expect(said(shown)).toContain('matches nothing today');
    expect(said(shown)).toMatch(/2\.\* at least €1\.00 open → <@U0TOM>/);
    expect(said(shown)).toMatch(/3\.\* every account → <@U0MARA>, <@U0TOM> in turn, by load/);
  });

  test('they are applied to the accounts nobody has, and only with a confirmation', async () => {
    const shown = await ask(ines, CHANNEL, '/collections rules');
    const waiting = Number(/Apply to (\d+) unassigned/.exec(JSON.stringify(shown.blocks))![1]);
    expect(waiting).toBeGreaterThan(5);
    expect(JSON.stringify(shown.blocks)).toContain('Apply the rules?');
    await press(ines, shown, 'rules-apply');
    await ines.message((message) => said(message).includes(`${waiting} accounts reassigned`));
    expect(said(await ask(ines, CHANNEL, '/collections reassign'))).toContain('Nobody yet: 0 accounts');
  });
});

describe('a collector who left', () => {
  test('is noticed once a day; managers are told with a button, and their accounts say so', async () => {
    await bot.control({ do: 'deactivate', person: 'U0TOM' });
    const command = await ask(ines, CHANNEL, '/collections assign Wolkenheim Logistik AG to <@U0TOM>');
    // Who is active is asked of Slack at most once a minute.
    expect(said(command)).toMatch(/Only active members|is now with|already is the collector/);
    daysOn = 1;
    await bot.tick();
    const news = await ines.message((message) => said(message).includes('Collector left'));
    expect(said(news)).toMatch(/<@U0TOM>’s Slack account was deactivated. \d+ accounts still have them/);
    expect(said(await ask(ines, CHANNEL, '/account Wolkenheim Logistik AG'))).toContain('Collector left');
    expect(said(await ask(ines, CHANNEL, '/collections reassign'))).toContain('collector left');
    await press(ines, news, 'reassign-open');
    await errors(ines, await form(ines, 'Reassign accounts'), {});
    const preview = await ines.message((message) => said(message).includes('would move'));
    expect(said(preview)).not.toContain('<@U0TOM> gets');
    expect(tom.id).toBe('U0TOM');
  });
});
