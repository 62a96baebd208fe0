import { subscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Running } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { PageMessage, PageView } from '../../src/embedded/slack/page-protocol.ts';
import { createLog } from '../../src/log.ts';
import { PersonOnPage } from '../embedded/slack/person.ts';
import { order, signIn } from '../embedded/slack/sign-in.ts';
import { until } from '../embedded/slack/until.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CHANNEL = 'C0COLLECT';
const ACCOUNTS = ['Wolkenheim Elektro GmbH', 'De Scheve Molen Kaas B.V.', 'Otterby Joinery LLP', 'Hobbington Lifts plc'];
/** Their effect is not a form. */
const NOT_PRESSED = /^(overdue-download|trail-|evidence|work-page|home-page)/;

const forms = new Set<string>();
subscribe('slack-workspace:shown', (shown) => {
  const { callback_id } = (shown as { payload: { callback_id?: string } }).payload;
  if (callback_id) forms.add(callback_id);
});

const stops: (() => unknown)[] = [];
let bot: Running;
beforeAll(async () => {
  const config = readConfig({ DATA_DIR: await tempFolder(stops), WORKSPACE_PORT: '0' });
  bot = await compose(config, { log: createLog('silent'), onDeath: () => {} });
  stops.push(() => bot.stop());
  expect((await order(await signIn(bot.page!()), { do: 'limits', limits: 'off' })).ok).toBe(true);
  await bot.tick();
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

interface Pressable {
  readonly place: { channel: string; ts: string } | { view: string };
  readonly block: string;
  readonly action: string;
  readonly kind: string;
  readonly value?: unknown;
}
type Option = { value: string };
type Element = { type: string; action_id?: string; options?: Option[]; option_groups?: { options: Option[] }[] };
type Block = { block_id: string; elements?: Element[]; accessory?: Element };

/** Buttons, and each entry of a menu, in what somebody is shown. */
function pressables(blocks: readonly unknown[], place: Pressable['place']): Pressable[] {
  return (blocks as Block[]).flatMap(({ block_id: block, elements = [], accessory }) =>
    [...elements, ...(accessory ? [accessory] : [])].flatMap(
      ({ type, action_id: action, options = [], option_groups = [] }): Pressable[] => {
        if (action === undefined) return [];
        const kind = action.replace(/:.*/, '');
        if (type === 'button') return [{ place, block, action, kind }];
        return [...options, ...option_groups.flatMap((group) => group.options)].map((selected_option) => ({
          ...{ place, block, action, kind: `${kind} ${selected_option.value}`, value: { type, selected_option } },
        }));
      },
    ),
  );
}

/** The stream of what the page is sent has stood still. */
async function still(person: PersonOnPage): Promise<void> {
  let [count, since] = [person.seen.length, performance.now()];
  await until(() => {
    if (person.seen.length !== count) [count, since] = [person.seen.length, performance.now()];
    return performance.now() - since > 250 || undefined;
  });
}

const open = (person: PersonOnPage): PageView[] => person.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
async function closeAll(person: PersonOnPage): Promise<void> {
  // A form that only loads may be replaced between the look and the click.
  for (let view = open(person).at(-1); view; view = open(person).at(-1)) {
    await person.act({ do: 'close', view: view.id });
    await still(person);
  }
}

const shownTo = (person: PersonOnPage): Pressable[] => {
  const messages = person.shown.filter((message: PageMessage) => message.blocks);
  const home = person.seen.findLast((event) => event.type === 'home');
  const homes = home?.type === 'home' ? pressables(home.view.blocks, { view: home.view.id }) : [];
  return [...messages.flatMap(({ blocks, channel, ts }) => pressables(blocks ?? [], { channel, ts })), ...homes];
};

test.each(['U0MARA', 'U0INES', 'U0ALEX'])(
  'whatever %s is shown can be pressed, and every form that opens is one the bot listens to',
  async (user) => {
    const person = await PersonOnPage.open(bot.page!(), user);
    stops.push(() => person.close());
    const parts = Object.keys(bot.listeners.parts).map((part) => `/collections ${part}`);
    const lines = [...ACCOUNTS.flatMap((name) => [`/account ${name}`]), '/overdue', ...parts];
    const pressed = new Set<string>();
    const pressAll = async () => {
      for (let next = shownTo(person); next.length > 0; ) {
        next = next.filter(({ kind }) => !pressed.has(kind) && !NOT_PRESSED.test(kind));
        const each = next[0];
        if (!each) return;
        pressed.add(each.kind);
        await person.click(each.place, each.block, each.action, each.value);
        await still(person);
        await closeAll(person);
        next = shownTo(person);
      }
    };
    await person.act({ do: 'open-home' });
    for (const line of lines) {
      await person.command(CHANNEL, line);
      await still(person);
      await closeAll(person);
    }
    await pressAll();
    expect(pressed.size).toBeGreaterThan(20);
    expect([...forms].filter((name) => !(name in bot.listeners.submits))).toEqual([]);
    expect(forms.size).toBeGreaterThan(10);
  },
  300_000,
);
