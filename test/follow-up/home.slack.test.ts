import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { addDays, dayIn } from '../../src/kernel/day.ts';
import { importLedger } from '../../src/ledger/import-ledger.op.ts';
import { accountId } from '../../src/ledger/ledger-ids.op.ts';
import type { LedgerRecord } from '../../src/ledger/ledger-record.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { changeTeam } from '../../src/team/change-team.op.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { type Bot, startBot } from '../support/bot.ts';

const ACCOUNTS = 10_000;
/** The largest of them are Mara's, the others nobody's. */
const MARAS = 1_000;
const HOSTILE = '<!channel> *x* & <@U0TOM>';
const today = dayIn(Temporal.Now.timeZoneId(), Temporal.Now.instant());

const numberOf = (n: number) => `K${n}`;
const nameOf = (n: number) => (n === ACCOUNTS ? HOSTILE : `Customer ${n}`);

/** Every account owes its number in euros for ten days, so the last of them comes first. */
function* rows(): Generator<{ line: number; record: LedgerRecord }> {
  for (let n = 1; n <= ACCOUNTS; n += 1) {
    const account = { number: numberOf(n), name: nameOf(n), owner: 'U0MARA' };
    const money = {
      entity: '',
      number: `I${n}`,
      currency: 'EUR',
      total: n * 100,
      stated: 0,
      settled: '' as const,
      disputed: 0,
      cancelled: false,
    };
    const days = { issued: addDays(today, -40), due: addDays(today, -10), purchaseOrder: '', payLink: '' };
    yield { line: n, record: { kind: 'invoice', account, ...money, ...days } };
  }
}

async function fill(stores: OpenStore): Promise<void> {
  const source = {
    name: 'ten thousand',
    declares: 'changes' as const,
    tellsBalances: true,
    async *rows() {
      yield* rows();
    },
  };
  const outcome = await importLedger(stores, { source, dryRun: false, confirmVanished: false, sample: false });
  expect(outcome).toMatchObject({ kind: 'imported' });
  const defaults = { digestChannel: 'collections', digestHour: 9, zone: Temporal.Now.timeZoneId(), company: '', country: 'GB', region: '' };
  await stores.settings.load({ ...defaults, commands: { overdue: 'overdue', account: 'account', collections: 'collections' } });
  await changeTeam(stores, { do: 'set-roles', user: 'U0MARA', roles: ['collector', 'owner'] }, 'test', 'roles-mara');
  await changeTeam(stores, { do: 'set-roles', user: 'U0INES', roles: ['manager'] }, 'test', 'roles-ines');
  const ids = Array.from({ length: MARAS }, (_, index) => accountId(numberOf(ACCOUNTS - index)));
  await Promise.all(ids.map((id) => changeAccount(stores, id, { do: 'assign', to: 'U0MARA', how: 'in bulk' }, 'test', `assign:${id}`)));
}

let bot: Bot;
let mara: PersonOnPage;
beforeAll(async () => {
  bot = await startBot({ prepare: fill });
  // Home shows the chart that stands in the digest.
  await bot.tick();
  mara = await bot.person('U0MARA');
}, 120_000);
afterAll(() => bot.stop());

type Home = { id: string; blocks: unknown[] };
type Buttons = { block_id: string; elements?: { action_id: string }[] };

/** The Home that a person gets from now on and that says something. */
function nextHome(person: PersonOnPage, words: string): () => Promise<Home> {
  const seen = person.seen.length;
  const says = (event: PersonOnPage['seen'][number]) => event.type === 'home' && JSON.stringify(event.view.blocks).includes(words);
  return () =>
    until(
      () => {
        const event = person.seen.slice(seen).findLast(says);
        return event?.type === 'home' ? event.view : undefined;
      },
      () => `Home saying ${words}`,
    );
}

async function openHome(person: PersonOnPage, words: string): Promise<Home> {
  const home = nextHome(person, words);
  await person.act({ do: 'open-home' });
  return home();
}

async function click(person: PersonOnPage, home: Home, action: string): Promise<void> {
  const block = (home.blocks as Buttons[]).find((each) => each.elements?.some(({ action_id }) => action_id === action))!;
  const element = block.elements!.find(({ action_id }) => action_id === action)!;
  await person.act({ do: 'click', from: { view: home.id }, block: block.block_id, element });
}

const imagesOf = (home: Home) => (home.blocks as { type: string; slack_file: { id: string } }[]).filter(({ type }) => type === 'image');

describe('Home over ten thousand accounts', () => {
  it('shows a collector five of a thousand, with the button that does it, within Slack’s hundred blocks, with names from data as they are', async () => {
    const home = await openHome(mara, 'Page 1 of 1000');
    expect(home.blocks.length).toBeLessThanOrEqual(100);
    expect(imagesOf(home)).toHaveLength(1);
    const text = JSON.stringify(home.blocks);
    expect(text).toContain('&lt;!channel&gt; \u200b*\u200bx\u200b*\u200b &amp; &lt;@U0TOM&gt;');
    expect(text).not.toContain('<!channel>');
    expect(text).toContain('*Choose a starting point (1,000)*');
    expect(text).toContain('See all 1,000');
    expect(text).toContain('*1,000 things to do today*');
    expect(text).toContain('1–30 days 100%');
  });

  it('shows a manager how many have no collector', async () => {
    const ines = await bot.person('U0INES');
    const home = await openHome(ines, '9,000 overdue accounts without a collector');
    expect(JSON.stringify(home.blocks)).toContain('<@U0MARA>: 1,000 accounts · €9,500,500.00');
  });
});

describe('Home while Slack is in the way', () => {
  it('is drawn after the wait that Slack asks for', async () => {
    await bot.control({ do: 'fault', fault: { fault: 'rate-limit', method: 'views.publish', retryAfter: 1 } });
    await openHome(mara, 'Page 1 of 1000');
  });

  it('is read anew when another instance has drawn it meanwhile', async () => {
    const home = await openHome(mara, 'Page 1 of 1000');
    const second = nextHome(mara, 'Page 2 of 1000');
    await bot.control({ do: 'fault', fault: { fault: 'refuse', method: 'views.publish', error: 'hash_conflict' } });
    await click(mara, home, 'home-page:owned:next');
    await second();
  });

  it('goes without its chart when Slack refuses the file', async () => {
    await bot.control({ do: 'timing', files: 'never' });
    expect(imagesOf(await openHome(mara, 'Page 1 of 1000'))).toEqual([]);
    await bot.control({ do: 'timing', files: 0 });
    expect(imagesOf(await openHome(mara, 'Page 1 of 1000'))).toHaveLength(1);
  });

  it('shows one chart, uploaded once, however often it is opened', async () => {
    const ids = new Set<string>();
    for (let times = 0; times < 3; times += 1) ids.add(imagesOf(await openHome(mara, 'Page 1 of 1000'))[0]!.slack_file.id);
    expect(ids.size).toBe(1);
  });
});
