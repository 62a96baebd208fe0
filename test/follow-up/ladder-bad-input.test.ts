import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { startMarks } from '../../src/follow-up/start.ts';
import { day } from '../../src/kernel/day.ts';
import { invoice, Walk } from '../support/account-days.ts';

const of = (number: string, cents: number, due: string) => invoice(number, due, { entity: 'E', currency: 'EUR', open: cents });
const standOf = (walk: Walk, number: string) =>
  walk
    .decide()
    .entities.flatMap(({ invoices }) => invoices)
    .find((each) => each.invoice === number);

describe('a credit that leaves the oldest invoice at a cent', () => {
  it('asks for the cent no more by itself, and the younger invoice climbs on its own days', () => {
    const walk = new Walk('2026-01-01', [of('A', 100_000, '2026-01-01'), of('B', 9_000_000, '2026-02-02')]);
    expect(walk.through('2026-01-20').slice(-1)[0]).toMatch(/A$/);
    walk.pay('A', 99_999);
    expect(standOf(walk, 'A')?.reasons.map(({ code }) => code)).toEqual(['below-minimum']);
    const log = walk.through('2026-02-20');
    expect(log.filter((line) => line.includes('friendly'))).toEqual(['2026-02-05 friendly B']);
    expect(log.every((line) => line.includes('B'))).toBe(true);
  });
});

describe('a policy that is edited while invoices stand on it', () => {
  const without = (key: string) => ({ ...DEFAULT_POLICY, stages: DEFAULT_POLICY.stages.filter((stage) => stage.key !== key) });

  it('whose stage is gone leaves them at the stage of its day: nothing is said twice, and the next one comes', () => {
    const walk = new Walk('2026-01-01', [of('A', 500_000, '2026-01-01')]);
    const before = walk.through('2026-01-13');
    expect(before.at(-1)).toMatch(/reminder A$/);
    walk.more = { policy: without('reminder') };
    const after = walk.through('2026-03-31').map((line) => line.slice('2026-01-01 '.length));
    expect(after[0]).toBe('call A');
    expect(after).not.toContain('friendly A');
    expect(after).toContain('final-notice A');
  });

  it('whose stage moves to a later day takes no stage back and repeats none', () => {
    const walk = new Walk('2026-01-01', [of('A', 500_000, '2026-01-01')]);
    walk.through('2026-01-13');
    const stages = DEFAULT_POLICY.stages.map((stage) => (stage.key === 'reminder' ? { ...stage, offset: stage.offset + 1 } : stage));
    walk.more = { policy: { ...DEFAULT_POLICY, stages } };
    const after = walk.through('2026-03-31').map((line) => line.slice('2026-01-01 '.length));
    expect(after.filter((line) => line === 'friendly A' || line === 'reminder A')).toEqual([]);
  });
});

describe('a level that the policy does not have', () => {
  it('is no stage: nothing is taken as sent, and the invoice begins with the first', () => {
    const said = { stage: 'mahnstufe-7', sent: null };
    expect(startMarks([{ number: 'A', due: day('2026-01-01'), open: 500_000 }], DEFAULT_POLICY, day('2026-03-01'), said)).toEqual([]);
    expect(
      startMarks([{ number: 'A', due: day('2026-01-01'), open: 500_000 }], DEFAULT_POLICY, day('2026-03-01'), {
        ...said,
        sent: day('2026-02-01'),
      }),
    ).toEqual([]);
  });
});
