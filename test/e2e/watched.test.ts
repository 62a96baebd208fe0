import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { until } from '../embedded/slack/until.ts';
import { answerTo, botApart, personApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/processes.ts';
import { approve, openDraftThat } from '../support/review-modal.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { stallProxy } from '../support/stall-proxy.ts';
import { metricsOf, readyOf, seriesOf } from '../support/watch.ts';

const run = (file: string, args: string[], env: NodeJS.ProcessEnv) =>
  new Promise<number | null>((resolve) => spawn(file, args, { env, stdio: 'ignore' }).once('exit', resolve));
const alive = async (url: string) => (await fetch(`${url}/healthz`)).status;
const becomes = (look: () => Promise<boolean>) => until(async () => ((await look()) ? true : undefined));

/** Goes on in the queue to a mail that one person approves, of a customer who is at work in the London morning. */
async function openReminder(person: PersonOnPage): Promise<void> {
  await openDraftThat(person, (words) => /\*(Friendly|Firm) reminder to .*(Ltd|plc|LLP)\*/.test(words));
}

test('Slack goes and comes back: alive all the time, not ready in between', { timeout: 90_000 }, async () => {
  const workspace = await workspaceApart();
  const { running } = botApart(await settingsFor(workspace));
  const bot = await running;
  const url = bot.healthUrl!;
  expect(await readyOf(url)).toMatchObject({
    status: 503,
    clock: { ok: false, problem: 'The first tick of the clock has not ended yet.' },
  });
  await bot.tick();
  const before = await readyOf(url);
  expect(before).toMatchObject({ status: 200, ready: true, slack: { ok: true }, clock: { ok: true }, mail: null });
  expect((await seriesOf(url)).get('arrears_slack_socket_opened_total')).toBe(1);
  workspace.control({ do: 'outage', of: 'both' });
  workspace.control({ do: 'disconnect', abruptly: true });
  await becomes(async () => {
    const { status, slack } = await readyOf(url);
    return status === 503 && !slack.ok && /Slack|connection/.test(slack.problem ?? '');
  });
  await becomes(async () => (await seriesOf(url)).get('arrears_slack_socket_up') === 0);
  const away = await seriesOf(url);
  expect(away.get('arrears_ready')).toBe(0);
  expect(away.get('arrears_store_up')).toBe(1);
  expect(away.get('arrears_slack_socket_lost_total')).toBe(1);
  expect(await alive(url)).toBe(200);
  workspace.control({ do: 'outage-over' });
  await becomes(async () => (await readyOf(url)).status === 200);
  const back = await seriesOf(url);
  expect(back.get('arrears_slack_socket_up')).toBe(1);
  expect(back.get('arrears_slack_socket_opened_total')).toBe(2);
});

test('the store is killed and started again: alive all the time, not ready in between', { timeout: 150_000 }, async () => {
  const workspace = await workspaceApart();
  workspace.control({ do: 'timing', ack: 20_000 });
  const env = await settingsFor(workspace);
  const port = await freePort();
  const start = () =>
    startProgram('scripts/store.ts', ['--dir', path.join(env.DATA_DIR!, 'apart'), '--port', `${port}`], {}, /mongodb:\S+/);
  let store = await start();
  onTestFinished(async () => void (await store.stop()));
  const { running } = botApart({ ...env, MONGODB_URI: store.match[0] });
  const bot = await running;
  await bot.tick();
  const url = bot.healthUrl!;
  expect((await readyOf(url)).status).toBe(200);
  expect((await seriesOf(url)).get('arrears_ledger_age_seconds')).toBeGreaterThanOrEqual(0);
  const gone = new Promise((resolve) => store.child.once('exit', resolve));
  store.child.kill('SIGKILL');
  await gone;
  await becomes(async () => (await readyOf(url)).status === 503);
  expect((await readyOf(url)).store).toMatchObject({ ok: false, problem: 'The store does not answer.' });
  expect((await readyOf(url)).ledger.ageSeconds).not.toBeNull();
  expect(await alive(url)).toBe(200);
  const away = await seriesOf(url);
  expect([away.get('arrears_store_up'), away.get('arrears_ready'), away.get('arrears_slack_socket_up')]).toEqual([0, 0, 1]);
  // Steps fail, and say so.
  const ticked = bot.tick();
  const failures = async () =>
    [...(await seriesOf(url))].filter(([name, value]) => name.startsWith('arrears_clock_step_failures_total') && value > 0).length;
  await becomes(async () => (await failures()) > 1);
  store = await start();
  await becomes(async () => (await readyOf(url)).status === 200);
  expect((await seriesOf(url)).get('arrears_store_up')).toBe(1);
  await ticked;
});

test('the mail server goes and comes back: shown, and the bot stays ready', { timeout: 120_000 }, async () => {
  // Monday, 10 in London.
  const time = { now: Temporal.Instant.from('2026-11-23T10:00:00Z') };
  const workspace = await workspaceApart();
  const sink = await smtpSink();
  const proxy = await stallProxy(sink.port);
  onTestFinished(async () => {
    await proxy.close();
    await sink.close();
  });
  const clock = { now: () => time.now };
  const env = { ...(await settingsFor(workspace, clock)), SMTP_URL: `smtp://127.0.0.1:${proxy.port}` };
  const { running } = botApart(env, { clock });
  const bot = await running;
  const url = bot.healthUrl!;
  await bot.tick();
  const waits = async (state: string) => (await seriesOf(url)).get(`arrears_emails{state="${state}"}`);
  expect(await readyOf(url)).toMatchObject({ status: 200, mail: { ok: true } });
  proxy.be('close');
  const mara = await personApart(workspace, 'U0MARA');
  await openReminder(mara);
  await approve(mara);
  await becomes(async () => (await waits('waiting')) === 1);
  // What can be taken back for half a minute leaves after it.
  time.now = time.now.add({ minutes: 1 });
  await bot.tick();
  await bot.mailed();
  await becomes(async () => (await readyOf(url)).mail?.ok === false);
  expect(await readyOf(url)).toMatchObject({
    status: 200,
    ready: true,
    mail: { problem: expect.stringContaining('Approved emails wait.') },
  });
  const away = await seriesOf(url);
  expect([...away].filter(([name, value]) => name.startsWith('arrears_mail_trouble') && value === 1)).toHaveLength(1);
  expect(away.get('arrears_sends_total{outcome="waiting"}')).toBe(1);
  expect(await alive(url)).toBe(200);
  // Every metric that the manual names is there.
  const manual = await fs.readFile(path.resolve(import.meta.dirname, '../../docs/operate.md'), 'utf8');
  const types = new Set([...(await metricsOf(url)).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const named = [...manual.matchAll(/\barrears_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !types.has(name))).toEqual([]);
  proxy.be('pass');
  time.now = time.now.add({ minutes: 2 });
  await bot.tick();
  await bot.mailed();
  await becomes(async () => (await readyOf(url)).mail?.ok === true);
  const back = await seriesOf(url);
  expect(back.get('arrears_sends_total{outcome="sent"}')).toBe(1);
  await becomes(async () => (await waits('waiting')) === 0);
  expect([...(await seriesOf(url))].filter(([name, value]) => name.startsWith('arrears_mail_trouble') && value === 1)).toEqual([]);
});

test('what people do is counted, by words of our own alone', async () => {
  const workspace = await workspaceApart();
  const { running } = botApart(await settingsFor(workspace));
  const bot = await running;
  await bot.tick();
  const alex = await personApart(workspace, 'U0ALEX');
  await answerTo(alex, '/collections mine');
  workspace.control({ do: 'fault', fault: { fault: 'refuse', method: 'views.open', error: 'canary_error', next: 1 } });
  await alex.command('C0COLLECT', '/collections setup');
  await becomes(
    async () => (await seriesOf(bot.healthUrl!)).get('arrears_slack_api_calls_total{method="views.open",outcome="refused"}') === 1,
  );
  const series = await seriesOf(bot.healthUrl!);
  expect(series.get('arrears_slack_ack_seconds_count{kind="command"}')).toBe(2);
  expect(series.get('arrears_slack_api_calls_total{method="auth.test",outcome="ok"}')).toBeGreaterThan(0);
  expect(series.get('arrears_clock_step_last_success_timestamp_seconds{step="digest"}')).toBeGreaterThan(1.7e9);
  expect(series.get('process_start_time_seconds')).toBeGreaterThan(1.7e9);
  const text = await metricsOf(bot.healthUrl!);
  for (const stranger of ['canary', 'U0ALEX', 'C0COLLECT', 'Grimblethorpe', '127.0.0.1']) expect(text).not.toContain(stranger);
});

test('the address is of this machine alone unless set, and the image asks whether the process lives', async () => {
  const { readConfig } = await import('../../src/config.ts');
  expect(readConfig({}).HEALTH_ADDRESS).toBe('127.0.0.1:9464');
  const image = await fs.readFile(path.resolve(import.meta.dirname, '../../Dockerfile'), 'utf8');
  const [, check] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(image)!;
  const [, flag, program] = JSON.parse(check!) as [string, string, string];
  const workspace = await workspaceApart();
  const { running } = botApart(await settingsFor(workspace));
  const own = new URL((await running).healthUrl!).host;
  const asked = (address: string) => run(process.execPath, [flag, program], { ...process.env, HEALTH_ADDRESS: address });
  // Not ready before its first tick, and well all the same; another address is asked where it is, and none is no fault.
  expect([await asked(own), await asked('off'), await asked('127.0.0.1:1')]).toEqual([0, 0, 1]);
});
