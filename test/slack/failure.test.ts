import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PageMessage } from '../../src/embedded/slack/page-protocol.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { ask, press, said } from '../support/ask.ts';
import { type Bot, overHttp, startBot } from '../support/bot.ts';
import { killProxy } from '../support/kill-proxy.ts';
import { type Started, startProgram } from '../support/processes.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CHANNEL = 'C0COLLECT';
const ACCOUNT = 'Wolkenheim Logistik AG';
/** A person waits no longer than this for the sentence. */
const PROMPT_MS = 5_500;

const stops: (() => unknown)[] = [];
let store: Started;
let bot: Bot;
let ines: PersonOnPage;

/** The store as a process of its own, which can be killed and stopped in its tracks. */
async function startStore(dir: string, port: string): Promise<string> {
  store = await startProgram('scripts/store.ts', ['--dir', dir, '--port', port], {}, /(mongodb:\/\/\S+)/);
  return store.match[1]!;
}

/**
 * A free port below those that the system gives out by itself: whoever calls a dead port among those again and again is connected to itself one
 * day, and has the port when the store comes back.
 */
async function quietPort(): Promise<string> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return String(port);
  }
}

let dir = '';
let uri = '';
beforeAll(async () => {
  dir = await tempFolder(stops);
  uri = await startStore(dir, await quietPort());
  bot = await startBot({ env: { MONGODB_URI: uri, SAMPLE_LEDGER: 'yes' }, workspace: { http: await overHttp() } });
  await bot.control({ do: 'limits', limits: 'off' });
  ines = await bot.person('U0INES');
  await until(async () => said(await ask(ines, CHANNEL, `/account ${ACCOUNT}`)).includes(ACCOUNT));
}, 60_000);
afterAll(async () => {
  await bot.stop();
  await store.stop();
  for (const stop of stops.reverse()) await stop();
}, 120_000);
afterEach(async () => {
  await bot.control({ do: 'clear-faults' });
  await bot.control({ do: 'timing', trigger: 3_000, responseUrl: 30 * 60_000 });
});

/** What is said to Ines alone after an act, and how many milliseconds it took. */
async function answered(act: () => Promise<unknown>): Promise<{ message: PageMessage; text: string; took: number }> {
  const before = new Set(ines.shown.map(({ ts }) => ts));
  const from = performance.now();
  await act();
  const mine = (each: PageMessage) => each.ephemeralTo === ines.id || (each.channel.startsWith('D') && each.user === 'U0ARREARS');
  const message = await ines.message((each) => !before.has(each.ts) && mine(each));
  return { message, text: said(message), took: performance.now() - from };
}

const card = (account = ACCOUNT) => ask(ines, CHANNEL, `/account ${account}`);

async function holdForm(account = ACCOUNT) {
  await press(ines, await card(account), 'account-hold');
  return ines.modal(1, (view) => view.title === 'Put on hold');
}

const holdState = (reason: string) => ({
  until: { value: { type: 'datepicker', selected_date: Temporal.Now.plainDateISO().add({ days: 9 }).toString() } },
  reason: { value: { type: 'plain_text_input', value: reason } },
});

describe('Slack fails', () => {
  test('a trigger that expired: the person is told to press again, and that nothing is recorded', async () => {
    const shown = await card();
    await bot.control({ do: 'timing', trigger: 0 });
    const { text } = await answered(async () => {
      await press(ines, shown, 'account-hold');
    });
    expect(text).toContain('That took too long. Nothing was recorded. Press the button again.');
  });

  test('a rate limit: the person is told for how long', async () => {
    const shown = await card();
    await bot.control({ do: 'fault', fault: { fault: 'rate-limit', method: 'views.open', retryAfter: 7 } });
    const { text } = await answered(() => press(ines, shown, 'account-hold'));
    expect(text).toContain('Slack is limiting my calls. Nothing was recorded. Wait 7 seconds. Press the button again.');
  });

  test('a form that Slack refuses: the person is told, with a reference for the log', async () => {
    const shown = await card();
    await bot.control({ do: 'fault', fault: { fault: 'refuse', method: 'views.open', error: 'invalid_arguments' } });
    const { text } = await answered(() => press(ines, shown, 'account-hold'));
    expect(text).toMatch(/Slack refused what I sent \(invalid_arguments\)\. Nothing was recorded\. Press the button again\./);
    const reference = /reference `(\w{8})`/.exec(text)?.[1];
    expect(bot.log.some((line) => line.includes(reference!))).toBe(true);
  });

  test('Slack that goes away in the middle of a form: the person is told, and the form can be opened again', async () => {
    const shown = await card();
    await bot.control({ do: 'fault', fault: { fault: 'lose-reply', method: 'views.open' } });
    const { text } = await answered(() => press(ines, shown, 'account-hold'));
    expect(text).toContain('I could not reach Slack to finish this. Nothing was recorded. Try again in a minute.');
    await holdForm();
  });

  test('a form whose work takes longer than Slack waits is answered in time, and how it ended is told', async () => {
    const alex = await bot.person('U0ALEX');
    await alex.command(CHANNEL, '/collections setup');
    const form = await alex.modal(1, (view) => view.title === 'Setup' && view.submit === 'Save');
    await bot.control({ do: 'fault', fault: { fault: 'delay-reply', method: 'conversations.info', ms: 3_500 } });
    const from = performance.now();
    expect(await alex.submit(form.id, {})).toMatchObject({ ok: true });
    expect(performance.now() - from).toBeLessThan(3_000);
    const told = await alex.modal(1, (view) => view.title === 'Not done');
    expect(JSON.stringify(told.blocks)).toContain('I am still working on it and will tell you how it ended.');
    await alex.message((each) => said(each).includes('Saved. The digest goes to'));
  });

  test('an answer that can no longer be given where it was asked is given another way', async () => {
    await bot.control({ do: 'timing', responseUrl: 0 });
    const { text } = await answered(() => ines.command(CHANNEL, `/account ${ACCOUNT}`));
    expect(text).toContain(ACCOUNT);
  });

  test('an answer that can be given neither where it was asked nor in the channel comes by direct message', async () => {
    await bot.control({ do: 'timing', responseUrl: 0 });
    await bot.control({ do: 'fault', fault: { fault: 'refuse', method: 'chat.postEphemeral', error: 'user_not_in_channel', next: 9 } });
    const { message, text } = await answered(() => ines.command(CHANNEL, `/account ${ACCOUNT}`));
    expect(message.channel.startsWith('D')).toBe(true);
    expect(text).toContain(ACCOUNT);
  });

  test('when Slack takes no answer at all, the log says so and the next request is served', async () => {
    await bot.control({ do: 'timing', responseUrl: 0 });
    for (const method of ['chat.postEphemeral', 'chat.postMessage'])
      await bot.control({ do: 'fault', fault: { fault: 'refuse', method, error: 'fatal_error', next: 99 } });
    await ines.command(CHANNEL, `/account ${ACCOUNT}`);
    await until(() => bot.log.some((line) => line.includes('could not tell the asker')));
    await bot.control({ do: 'clear-faults' });
    await bot.control({ do: 'timing', responseUrl: 30 * 60_000 });
    expect(said(await card())).toContain(ACCOUNT);
  });
});

describe('the store', () => {
  const AWAY = 'I could not reach my database. Nothing was recorded. Try again in a minute.';

  test('that died is told by every way in, within seconds; back again, everything works', async () => {
    const shown = await card();
    await ines.say(CHANNEL, 'They pay on Friday.');
    const spoken = await ines.says('They pay on Friday.');
    const form = await holdForm();
    await ines.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: spoken.ts });
    const filing = await ines.modal(1, (view) => view.title === 'Add to a file');
    store.child.kill('SIGKILL');

    const command = await answered(() => ines.command(CHANNEL, '/overdue all'));
    expect(command.text).toContain(AWAY);
    const click = await answered(() => press(ines, shown, 'account-hold'));
    expect(click.text).toContain(AWAY);
    const shortcut = await answered(() => ines.act({ do: 'shortcut', callbackId: 'file-message', channel: CHANNEL, ts: spoken.ts }));
    expect(shortcut.text).toContain(AWAY);
    const written = await answered(async () => {
      const { channel } = (await ines.act({ do: 'open-im', user: 'U0ARREARS' })) as { channel: string };
      await ines.say(channel, 'Are you there?');
    });
    expect(written.text).toContain(AWAY);
    for (const { took } of [command, click, shortcut, written]) expect(took).toBeLessThan(PROMPT_MS);

    const from = performance.now();
    const options = await ines.act({
      do: 'suggest',
      from: { view: filing.id },
      block: 'account',
      element: { action_id: 'file-account' },
      text: 'Wolk',
    });
    expect(JSON.stringify(options)).toContain('I could not reach my database.');
    expect(performance.now() - from).toBeLessThan(3_000);

    const submitted = performance.now();
    expect(await ines.submit(filing.id, {})).toMatchObject({ ok: true });
    expect(form.title).toBe('Put on hold');
    expect(performance.now() - submitted).toBeLessThan(3_000);

    const seen = ines.seen.length;
    await ines.act({ do: 'open-home' });
    const home = await until(() => ines.seen.slice(seen).find((event) => event.type === 'home'));
    expect(JSON.stringify(home)).toContain(AWAY);

    await startStore(dir, new URL(uri).port);
    await until(async () => said(await card()).includes(ACCOUNT));
  }, 90_000);

  test('that dies while a form is open: the form says so in time, and sent again it is recorded once', async () => {
    const form = await holdForm();
    store.child.kill('SIGKILL');
    const from = performance.now();
    await ines.submit(form.id, holdState('The store died.'));
    expect(performance.now() - from).toBeLessThan(3_000);
    const told = await ines.modal(1, (view) => view.title === 'Not done');
    expect(JSON.stringify(told.blocks)).toContain('Nothing was recorded. Try again in a minute.');
    await ines.act({ do: 'close', view: told.id });
    await startStore(dir, new URL(uri).port);
    await until(async () => said(await card()).includes(ACCOUNT));
    const again = await holdForm();
    await ines.submit(again.id, holdState('The store is back.'));
    await ines.message((each) => said(each).includes('On hold.'));
    expect(said(await card()).match(/on hold through/g)).toHaveLength(1);
  }, 90_000);

  test('that hangs does not hold Slack: a form is answered within its three seconds, a command within five', async () => {
    const form = await holdForm('Wolkenheim Metallbau AG');
    store.child.kill('SIGSTOP');
    try {
      const from = performance.now();
      expect(await ines.submit(form.id, holdState('The store hangs.'))).toMatchObject({ ok: true });
      expect(performance.now() - from).toBeLessThan(3_000);
      const told = await ines.modal(1, (view) => view.title === 'Not done');
      expect(JSON.stringify(told.blocks)).toContain('Nothing was recorded. Try again in a minute.');
      const command = await answered(() => ines.command(CHANNEL, '/overdue all'));
      expect(command.text).toContain('Nothing was recorded. Try again in a minute.');
      expect(command.took).toBeLessThan(PROMPT_MS);
    } finally {
      store.child.kill('SIGCONT');
    }
    await until(async () => said(await card()).includes(ACCOUNT));
  }, 90_000);

  test('that dies in the middle of a write: nobody is told that nothing was recorded', async () => {
    await bot.stop();
    await store.stop();
    const wire = await killProxy(Number(new URL(await startStore(dir, await quietPort())).port));
    bot = await startBot({ env: { MONGODB_URI: wire.uri('arrears'), SAMPLE_LEDGER: 'yes' } });
    ines = await bot.person('U0INES');
    const form = await holdForm('Papierflieger Elektro AG');
    wire.arm(
      (name) => name === 'update accounts' || name === 'findAndModify accounts',
      () => {
        store.child.kill('SIGKILL');
        void wire.close();
      },
    );
    await ines.submit(form.id, holdState('Perhaps.'));
    const told = await ines.modal(1, (view) => view.title === 'Not done');
    expect(JSON.stringify(told.blocks)).toContain(
      'I could not reach my database. It may have been recorded: look at the card before you try again.',
    );
  }, 90_000);
});
