import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLog, scrub } from '../../src/log.ts';
import { minuteTick, type Tick, type TickTimes } from '../../src/schedule/minute-tick.ts';
import type { Due } from '../../src/schedule/step.ts';

const SOON: TickTimes = { patienceMs: 40, hangsAfterMs: 80, stopMs: 60 };
const never = () => new Promise<void>(() => {});
const ticks: Tick[] = [];
let time = Temporal.Instant.from('2026-11-27T09:05:00Z');

function tickOf(table: readonly Due[], times = SOON) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(JSON.parse(line)) });
  const tick = minuteTick(table, { log, clock: { now: () => time }, scrub }, times);
  ticks.push(tick);
  const of = (name: string) => tick.health().find((each) => each.name === name)!;
  return { tick, of, said: (text: string) => lines.filter(({ msg }) => String(msg).includes(text)) };
}

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const tick of ticks.splice(0)) await tick.stop();
});

describe('each row of the table runs by itself', () => {
  test('rows run in their order, so that what one records the next can tell', async () => {
    const ran: string[] = [];
    const row = (name: string) => ({ name, run: async () => void ran.push(name) });
    await tickOf([row('promises'), row('trail'), row('digest')]).tick.now();
    expect(ran).toEqual(['promises', 'trail', 'digest']);
  });

  test('a row that hangs keeps no other from its turn, and the log and the health say since when it hangs', async () => {
    let digests = 0;
    const { tick, of, said } = tickOf([
      { name: 'approved mails', run: never },
      { name: 'digest', run: async () => digests++ },
    ]);
    void tick.now();
    await expect.poll(() => digests).toBe(1);
    await expect.poll(() => of('approved mails').hangs).toBe(true);
    expect(of('approved mails').runningSince?.toString()).toBe('2026-11-27T09:05:00Z');
    expect(said('hangs')).toMatchObject([{ due: 'approved mails', since: '2026-11-27T09:05:00Z', level: 50 }]);
    expect(of('digest')).toMatchObject({ hangs: false, failures: 0, runningSince: null });
  });

  test('a row that is still running is not started a second time, and the others do not wait for it again', async () => {
    vi.useFakeTimers();
    let [started, digests] = [0, 0];
    tickOf([
      {
        name: 'events',
        run: () => {
          started += 1;
          return never();
        },
      },
      { name: 'digest', run: async () => digests++ },
    ]);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect([started, digests]).toEqual([1, 5]);
  });

  test('a row that fails is counted until it succeeds, without secrets and addresses in what is shown', async () => {
    let broken = true;
    const run = async () => {
      if (broken) throw new Error('xoxb-1-secret of ines@example.com is refused');
    };
    const { tick, of, said } = tickOf([{ name: 'trail', run }]);
    await tick.now();
    time = time.add({ minutes: 1 });
    await tick.now();
    expect(of('trail')).toMatchObject({ failures: 2, problem: '[secret] of [address] is refused', lastSuccess: null });
    expect(of('trail').failingSince?.toString()).toBe('2026-11-27T09:05:00Z');
    expect(said('failed').map(({ failures }) => failures)).toEqual([1, 2]);
    broken = false;
    await tick.now();
    expect(of('trail')).toMatchObject({ failures: 0, problem: '', failingSince: null });
    expect(of('trail').lastSuccess?.toString()).toBe('2026-11-27T09:06:00Z');
    expect(said('succeeds again')).toHaveLength(1);
  });

  test('now() looks again at what had passed its turn', async () => {
    let looks = 0;
    const slow = { name: 'slow', run: () => new Promise<void>((resolve) => setTimeout(resolve, 20)) };
    const { tick } = tickOf([{ name: 'posts', run: async () => looks++ }, slow]);
    const first = tick.now();
    await expect.poll(() => looks).toBe(1);
    await tick.now();
    await first;
    expect(looks).toBe(2);
  });

  test('stop ends in its time although a row hangs, starts nothing more and says what was left', async () => {
    let digests = 0;
    const rows = [
      { name: 'approved mails', run: never },
      { name: 'digest', run: async () => digests++ },
    ];
    const { tick, of, said } = tickOf(rows, { ...SOON, patienceMs: 1_000 });
    void tick.now();
    await expect.poll(() => of('approved mails').runningSince).not.toBeNull();
    await tick.stop();
    expect(said('stopped while')).toMatchObject([{ due: ['approved mails'] }]);
    expect(digests).toBe(0);
  });
});

describe('the hour that comes twice in autumn', () => {
  test.each([
    ['UTC', '2026-10-24T23:58:30Z'],
    ['Europe/Berlin', '2026-10-24T23:58:30Z'],
    ['Europe/London', '2026-10-24T23:58:30Z'],
    ['America/New_York', '2026-11-01T04:58:30Z'],
  ])('on a machine in %s every minute has its one tick', async (zone, before) => {
    vi.stubEnv('TZ', zone);
    vi.useFakeTimers();
    vi.setSystemTime(before);
    const minutes: string[] = [];
    tickOf([{ name: 'trail', run: async () => void minutes.push(new Date().toISOString().slice(0, 16)) }]);
    await vi.advanceTimersByTimeAsync(4 * 60 * 60_000);
    expect(minutes).toHaveLength(4 * 60);
    expect(new Set(minutes).size).toBe(4 * 60);
  });
});
