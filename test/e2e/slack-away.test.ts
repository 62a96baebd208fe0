import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ControlOrder } from '../../src/embedded/slack/control.ts';
import { until } from '../embedded/slack/until.ts';
import { answerTo, botApart, personApart, settingsFor, workspaceApart } from '../support/bot-apart.ts';
import { startProgram } from '../support/processes.ts';
import { VirtualTime } from '../support/virtual-time.ts';

const HELP = '/collections help';
const WITHIN = 10_000;
const away = (of: 'api' | 'socket' | 'both'): ControlOrder => ({ do: 'outage', of });
const healthOf = async (url: string | null) => (await (await fetch(`${url}/healthz`)).json()) as Health;
interface Health {
  slack: { api: State; requests: State & { connections: number } };
}
interface State {
  ok: boolean;
  since: string;
  problem: string | null;
}

async function started() {
  const workspace = await workspaceApart();
  const bot = botApart(await settingsFor(workspace));
  const running = await bot.running;
  return { ...bot, running, workspace, ines: await personApart(workspace) };
}

/** Milliseconds until a command is answered again. */
async function heardAgain(ines: Awaited<ReturnType<typeof personApart>>): Promise<number> {
  const begun = performance.now();
  await until(async () => (await answerTo(ines, HELP)) ?? undefined);
  return performance.now() - begun;
}

test.each([
  [{ do: 'outage', of: 'both' }],
  [{ do: 'outage', of: 'socket' }],
  [{ do: 'outage', of: 'api', as: { how: 'cut' } }],
  [{ do: 'outage', of: 'both', as: { how: 'error', status: 503 } }],
  [{ do: 'outage', of: 'both', as: { how: 'rate-limit', retryAfter: 2 } }],
] as [ControlOrder][])('is heard within ten seconds of the end of an outage: %o', { timeout: 60_000 }, async (order) => {
  const { workspace, running, ines, log } = await started();
  expect(await answerTo(ines, HELP)).not.toBeNull();
  workspace.control(order);
  await wait(1_500);
  workspace.control({ do: 'outage-over' });
  expect(await heardAgain(ines)).toBeLessThan(WITHIN);
  const { slack } = await healthOf(running.healthUrl);
  expect(slack.requests).toMatchObject({ ok: true, problem: null, connections: 1 });
  expect(log.filter((line) => line.includes('unhandled'))).toEqual([]);
});

test('two hours without Slack are said once, and over within ten seconds of its return', { timeout: 60_000 }, async () => {
  const workspace = await workspaceApart();
  const time = new VirtualTime();
  const { running, log } = botApart(await settingsFor(workspace), { waits: time, clock: time });
  const { healthUrl: health } = await running;
  const ines = await personApart(workspace);
  workspace.control(away('both'));
  await time.pass(2 * 3600_000);
  const said = log.filter((line) => line.includes('keeps trying'));
  expect(said.length).toBeGreaterThanOrEqual(1);
  expect(said.length).toBeLessThanOrEqual(2);
  expect((await healthOf(health)).slack.api).toMatchObject({ ok: false, problem: expect.stringContaining('cannot be reached') });
  workspace.control({ do: 'outage-over' });
  const passed = await time.pass(WITHIN, async () => (await answerTo(ines, HELP)) !== null);
  expect(passed).toBeLessThan(WITHIN);
  expect(log.some((line) => line.includes('Web API answers again'))).toBe(true);
});

test('a refresh by Slack loses no command, warned of or not', { timeout: 60_000 }, async () => {
  const { workspace, ines, running } = await started();
  // How long a busy machine takes to answer is not the matter here.
  workspace.control({ do: 'timing', warning: 500, leave: 1_000, ack: 20_000 });
  for (const warned of [true, false]) {
    const before = (await healthOf(running.healthUrl)).slack.requests.since;
    workspace.control({ do: 'disconnect', warned });
    const most: number[] = [];
    const connections = async () => {
      most.push((await healthOf(running.healthUrl)).slack.requests.connections);
      return most.at(-1);
    };
    // From before the first word of it until only the next connection is left.
    do expect(await answerTo(ines, HELP)).not.toBeNull();
    while ((await connections()) !== 1 || !most.includes(2));
    expect((await healthOf(running.healthUrl)).slack.requests.since).toBe(before);
  }
});

test('asks for one socket a start', async () => {
  const workspace = await workspaceApart({ limits: { factor: 1 / 3 } });
  workspace.control({ do: 'limits', limits: { factor: 1 / 3 } });
  const { running, log } = botApart({ ...(await settingsFor(workspace)), SAMPLE_LEDGER: 'no' });
  await running;
  expect(log.filter((line) => line.includes('429'))).toEqual([]);
});

test('a rate limit at the start is waited out', async () => {
  const workspace = await workspaceApart();
  for (const method of ['auth.test', 'apps.connections.open'])
    workspace.control({ do: 'fault', fault: { fault: 'rate-limit', method, next: 1, retryAfter: 1 } });
  const { running } = botApart(await settingsFor(workspace));
  await running;
  expect(await answerTo(await personApart(workspace), HELP)).not.toBeNull();
});

test('a start without Slack waits for it and says so', { timeout: 30_000 }, async () => {
  const workspace = await workspaceApart();
  workspace.control(away('both'));
  const { running, log } = botApart(await settingsFor(workspace));
  await until(() => log.some((line) => line.includes('Slack cannot be reached')) || undefined);
  workspace.control({ do: 'outage-over' });
  await running;
  expect(await answerTo(await personApart(workspace), HELP)).not.toBeNull();
});

test('a name that does not resolve is told as that', async () => {
  const workspace = await workspaceApart();
  const quit = new AbortController();
  const env = { ...(await settingsFor(workspace)), SLACK_API_URL: 'https://slack.invalid/api/' };
  const { running, log } = botApart(env, { quit: quit.signal });
  await until(() => log.some((line) => /cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/.test(line)) || undefined);
  quit.abort();
  await expect(running).rejects.toThrow();
});

test.each(['app', 'bot'] as const)(
  'a revoked %s token is told, and a renewed one is good without a restart',
  { timeout: 60_000 },
  async (token) => {
    const { workspace, running, ines, log } = await started();
    workspace.control({ do: 'revoke', token, error: 'invalid_auth' });
    // What makes it show: a connection that must be opened anew, or a call that is refused.
    workspace.control({ do: 'disconnect', abruptly: true });
    if (token === 'bot') workspace.control({ do: 'outage', of: 'api' });
    if (token === 'bot') await until(async () => !(await healthOf(running.healthUrl)).slack.api.ok || undefined);
    workspace.control({ do: 'outage-over' });
    const name = token === 'app' ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    await until(() => log.some((line) => line.includes(`Slack does not know ${name}`)) || undefined);
    const { slack } = await healthOf(running.healthUrl);
    expect(token === 'app' ? slack.requests.problem : slack.api.problem).toContain(name);
    workspace.control({ do: 'renew', token });
    expect(await heardAgain(ines)).toBeLessThan(WITHIN);
  },
);

test('Socket Mode that is switched off and on again is told and found', { timeout: 60_000 }, async () => {
  const { workspace, ines, log } = await started();
  workspace.control({ do: 'timing', leave: 50 });
  workspace.control({ do: 'socket-mode', on: false });
  await until(() => log.some((line) => line.includes('Socket Mode → Enable')) || undefined);
  workspace.control({ do: 'socket-mode', on: true });
  expect(await heardAgain(ines)).toBeLessThan(WITHIN);
});

test('a message that waited for Slack is posted within ten seconds of its return', { timeout: 60_000 }, async () => {
  const { workspace, running, ines } = await started();
  workspace.control(away('api'));
  await running.tick();
  await wait(2_000);
  workspace.control({ do: 'outage-over' });
  const begun = performance.now();
  await ines.says('Overdue digest');
  expect(performance.now() - begun).toBeLessThan(WITHIN);
});

test('a Home that was opened while the Web API was away is drawn within ten seconds of its return', { timeout: 60_000 }, async () => {
  const { workspace, ines } = await started();
  workspace.control(away('api'));
  await ines.act({ do: 'open-home' });
  await wait(1_500);
  expect((await ines.snapshot()).home).toBeNull();
  workspace.control({ do: 'outage-over' });
  const begun = performance.now();
  await until(async () => (await ines.snapshot()).home ?? undefined);
  expect(performance.now() - begun).toBeLessThan(WITHIN);
});

test('two instances on one app share the work, and each request is answered once', { timeout: 60_000 }, async () => {
  const workspace = await workspaceApart();
  const env = await settingsFor(workspace);
  const { startEmbeddedStore } = await import('../../src/embedded/mongo/embedded-store.ts');
  const store = await startEmbeddedStore({ dir: env.DATA_DIR!, port: 0, onDeath: () => {} });
  const shared = { ...env, MONGODB_URI: store.uri };
  const [one, two] = [botApart(shared), botApart(shared)];
  const bots = [await one.running, await two.running];
  const ines = await personApart(workspace);
  for (let n = 0; n < 10; n += 1) {
    expect(await answerTo(ines, HELP)).not.toBeNull();
    expect(ines.shown.length).toBe(1);
  }
  // One of the two goes: the other has all of it.
  await bots[0]!.stop();
  for (let n = 0; n < 4; n += 1) expect(await answerTo(ines, HELP)).not.toBeNull();
  await bots[1]!.stop();
  await store.stop();
});

test.each(['cut', 'hang'] as const)('stops at once while Slack is away: %s', { timeout: 30_000 }, async (how) => {
  const { workspace, running, log } = await started();
  workspace.control({ do: 'outage', of: 'both', as: { how } });
  await wait(500);
  const begun = performance.now();
  await running.stop();
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(log.filter((line) => line.includes('did not stop cleanly'))).toEqual([]);
});

test('gives up with one sentence and an exit code after the minutes that are set', { timeout: 60_000 }, async () => {
  const workspace = await workspaceApart();
  const env = { ...(await settingsFor(workspace)), SAMPLE_LEDGER: 'no', SLACK_GIVE_UP_MINUTES: '0.05' };
  const program = await startProgram('src/main.ts', [], env, /Arrears is running/);
  const ended = new Promise<number | null>((resolve) => program.child.once('exit', resolve));
  workspace.control(away('both'));
  expect(await ended).toBe(1);
  expect(program.output()).toMatch(
    /Arrears has stopped: Slack has not worked for 0.05 minutes \(SLACK_GIVE_UP_MINUTES\).*cannot be reached/,
  );
});

test('a start that waits for Slack ends cleanly on a signal', { timeout: 30_000 }, async () => {
  const workspace = await workspaceApart();
  workspace.control(away('both'));
  const env = { ...(await settingsFor(workspace)), SAMPLE_LEDGER: 'no' };
  const program = await startProgram('src/main.ts', [], env, /keeps trying/);
  const begun = performance.now();
  expect(await program.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(3_000);
});
