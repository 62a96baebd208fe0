import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOver } from '../support/ladder/carry-over.ts';
import { Counter } from '../support/ladder/coverage.ts';
import { addDays } from '../support/ladder/days.ts';
import { DEFAULT_NUMBERS, DEFAULT_STAGES } from '../support/ladder/default-policy.ts';
import { EXAMPLES } from '../support/ladder/examples.ts';
import { accountDay } from '../support/ladder/generate.ts';
import { decide } from '../support/ladder/oracle.ts';
import { change, decided, diary, EMPTY_DAY, type Event, invoice, replay } from '../support/ladder/replay.ts';
import { faults, months } from '../support/ladder/year.ts';

const alone = (euros: number, through: string, events: Record<string, Event> = {}) =>
  replay({ ...EMPTY_DAY, invoices: [invoice('A', euros, '2026-01-05')] }, through, events);

describe('the worked examples', () => {
  for (const example of EXAMPLES)
    it(example.name, () => {
      const start = { ...EMPTY_DAY, ...example.account, today: example.from, invoices: example.invoices };
      const entries = replay(start, example.through, example.events);
      expect(diary(entries)).toEqual(example.contacts);
      expect(decided(entries)).toEqual(example.decisions ?? []);
    });

  it('shows a younger invoice as also open beside a final notice, and it gets no stage', () => {
    const two = [invoice('A', 1_000, '2026-09-01'), invoice('B', 5_000, '2026-10-15')];
    const entries = replay({ ...EMPTY_DAY, today: '2026-08-25', invoices: two }, '2026-10-19');
    const notice = entries.find((entry) => entry.on === '2026-10-16')!.answer.message!;
    expect(notice.parts.open).toMatchObject([{ invoice: 'B', taken: false, stage: null }]);
    expect(notice.deadlineFor).toEqual(['A']);
    expect(entries.at(-1)!.answer.invoices.find((of) => of.invoice === 'B')!.level).toBeNull();
  });

  it('says why one cent and a young large invoice are not asked for', () => {
    const two = [invoice('A', 0.01, '2026-01-01'), invoice('B', 90_000, '2026-03-01')];
    const { answer } = replay({ ...EMPTY_DAY, today: '2026-02-02', invoices: two }, '2026-03-02').at(-1)!;
    expect(answer.invoices.map((of) => [of.invoice, of.reasons[0]?.code, of.reasons[0]?.date])).toEqual([
      ['A', 'small-balance', null],
      ['B', 'stage-not-reached', '2026-03-04'],
    ]);
    expect(answer.nextDate).toBe('2026-03-04');
  });

  it('gives the sentence about what is in formal process, and lists nothing of it', () => {
    const three = EXAMPLES.find((example) => example.name.startsWith('a small balance and'))!;
    const entries = replay({ ...EMPTY_DAY, today: three.from, invoices: three.invoices }, '2026-06-22');
    const { parts } = entries.at(-1)!.answer.message!;
    expect(parts.formal.map((line) => line.invoice)).toEqual(['I1', 'I2']);
    expect(parts.asked.map((line) => line.invoice)).toEqual(['I3']);
  });

  it('keeps the stage after a part payment and asks for the rest', () => {
    const entries = alone(1_000, '2026-02-04', { '2026-01-16': change('A', { open: 40_000 }) });
    expect(entries.flatMap((entry) => entry.answer.message?.sums[0]?.asked ?? [])).toEqual([100_000, 100_000, 40_000, 40_000, 40_000]);
  });

  it('takes credit from the oldest', () => {
    const two = [invoice('A', 500, '2026-01-05'), invoice('B', 800, '2026-02-02')];
    const credit: Event = (day) => ({ ...day, credits: [{ entity: 'E', currency: 'EUR', amount: 45_000 }] });
    const entries = replay({ ...EMPTY_DAY, invoices: two }, '2026-02-27', { '2026-02-09': credit });
    const { parts, sums } = entries.find((entry) => entry.on === '2026-02-11')!.answer.message!;
    expect(parts.firmer).toMatchObject([{ invoice: 'A', amount: 5_000, since: '2026-02-04' }]);
    expect(parts.asked).toMatchObject([{ invoice: 'B', amount: 80_000 }]);
    expect(sums).toEqual([{ currency: 'EUR', asked: 80_000, shown: 85_000, credit: 45_000 }]);
    expect(entries.at(-1)!.answer.invoices[0]).toMatchObject({ level: { stage: 'second-contact' } });
  });

  it('lets small ones into the queue on day 60', () => {
    for (const euros of [18, 60, 300]) {
      const queued = alone(euros, '2026-03-09').filter((entry) => entry.answer.people.some((task) => task.kind === 'small-balance'));
      expect(queued[0]!.on).toBe('2026-03-06');
    }
  });

  it('asks chronic payers each Thursday, and calls every second Monday', () => {
    const weekly = Array.from({ length: 16 }, (_, n) => invoice(`W${n}`, 1_000, addDays('2026-01-05', 7 * n)));
    const paid = Object.fromEntries(weekly.map((of) => [addDays(of.due, 40), change(of.number, { open: 0 })]));
    const march = diary(replay({ ...EMPTY_DAY, invoices: weekly }, '2026-03-31', paid)).filter((line) => line >= '2026-03');
    expect(march.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '2026-03-02 call',
      '2026-03-05 second-contact',
      '2026-03-12 firm',
      '2026-03-16 call',
      '2026-03-19 second-contact',
      '2026-03-26 firm',
      '2026-03-30 call',
    ]);
  });

  it('goes on with the firm mail when nobody makes a call', () => {
    const start = { ...EMPTY_DAY, invoices: [invoice('A', 1_000, '2026-01-05')] };
    const entries = replay(start, '2026-01-26', {}, (message) => message.kind !== 'call');
    expect(diary(entries).at(-1)).toBe('2026-01-26 firm A');
    expect(entries.at(-1)!.answer.people).toContainEqual({ kind: 'call-missed', invoice: 'A', stage: 'call' });
  });

  it('carries the stored state over', () => {
    const invoices = [invoice('B', 1, '2026-10-15'), invoice('C', 1, '2026-09-17'), invoice('D', 1, '2026-11-11')];
    const named = [
      { invoice: 'B', stage: 'final-notice', offset: 45, on: '2026-10-16' },
      { invoice: 'C', stage: 'final-notice', offset: 45, on: '2026-10-16' },
      { invoice: 'D', stage: 'demand-letter', offset: 60, on: '2026-12-14' },
    ];
    const old = { facts: [], named, lastDemand: { stage: 'final-notice', on: '2026-11-30' }, demands: [] };
    const levels = carriedOver(DEFAULT_STAGES, invoices, old).map((level) => `${level.invoice} ${level.stage} ${level.on}`);
    expect(levels).toEqual(['C firm 2026-10-16', 'D reminder 2026-11-30']);
  });
});

describe('what must hold in simulated months', () => {
  it('holds for the rules', () => {
    expect(Array.from({ length: 6 }, (_, seed) => faults(months(seed + 1, 200))).flat()).toEqual([]);
  });

  it.each([
    ['two written demands within 5 bd', { demandGap: 3 }],
    ['a mail and a call within 2 bd', { mailCallGap: 0 }],
    ['friendly words after firm ones', { plainDays: 5 }],
  ])('%s is found when its rule is taken out', (fault, number) => {
    const seen = Array.from({ length: 4 }, (_, seed) => faults(months(seed + 1, 150, { ...DEFAULT_NUMBERS, ...number }))).flat();
    expect(seen.map((of) => of.fault)).toContain(fault);
  });
});

it('silence is found when statements are taken out', () => {
  const rules = { ...DEFAULT_NUMBERS, statementAfter: 60 };
  const entries = replay({ ...EMPTY_DAY, rules, invoices: [invoice('A', 1_000, '2026-01-05')] }, '2026-05-29');
  expect(faults(entries).map((of) => of.fault)).toContain('silence');
});

describe('generated account-days', () => {
  const cases = fc.sample(accountDay, { numRuns: 4_000, seed: 7 }).map((day) => ({ day, answer: decide(day) }));

  it('hit every rule, and none is without a reason', () => {
    const counter = new Counter();
    for (const { day, answer } of cases) {
      counter.count(day, answer);
      const shown = Object.values(answer.message?.parts ?? {}).flatMap((lines: readonly { invoice: string }[]) => lines);
      const bare = answer.invoices.filter((of) => of.late > 0 && of.amount > 0 && of.reasons.length === 0);
      expect(bare.filter((of) => !shown.some((line) => line.invoice === of.invoice))).toEqual([]);
      expect(answer.message === null && answer.reasons.length === 0).toBe(false);
      const reasons = [answer.reasons, ...answer.entities.map((of) => of.reasons), ...answer.invoices.map((of) => of.reasons)].flat();
      expect(reasons.filter((reason) => reason.date !== null && reason.date <= day.today && reason.code !== 'disputed')).toEqual([]);
    }
    expect(counter.never()).toEqual([]);
  });

  it('say the same about the others when what waits is taken away', () => {
    let compared = 0;
    for (const { day, answer } of cases) {
      const { message } = answer;
      if (message === null) continue;
      const shown = Object.values(message.parts).flatMap((lines: readonly { invoice: string }[]) => lines.map((line) => line.invoice));
      const waits = answer.invoices.filter((of) => !shown.includes(of.invoice) && of.amount > 0 && !of.inFormalProcess && of.late > 0);
      const entities = new Map(day.invoices.map((of) => [of.number, of.entity]));
      const gone = new Set(waits.filter((of) => entities.get(of.invoice) === message.entity).map((of) => of.invoice));
      if (gone.size === 0 || day.credits.length > 0) continue;
      const left = decide({ ...day, invoices: day.invoices.filter((of) => !gone.has(of.number)) });
      expect(left.message?.parts).toEqual(message.parts);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });
});
