import { describe, expect, it } from 'vitest';
import { type CarriedFrom, carriedOver, type OldLadder } from '../../src/follow-up/carry-over.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { day } from '../../src/kernel/day.ts';

const DUE: Readonly<Record<string, string>> = { B: '2026-10-15', C: '2026-09-17', D: '2026-11-11', L: '2026-08-01' };
const from = (more: Partial<CarriedFrom> = {}): CarriedFrom => ({
  ...{ contacts: [], demands: [], stages: DEFAULT_POLICY.stages },
  due: (invoice) => (DUE[invoice] ? day(DUE[invoice]) : undefined),
  ...more,
});
const old = (more: Partial<OldLadder> = {}): OldLadder => ({
  ...{ entity: 'E', named: [], lastDemand: null, lastStage: null, lastContact: null, start: null, jump: null },
  ...more,
});
const named = (invoice: string, stage: string, offset: number, on: string) => ({ invoice, stage, offset, on: day(on) });
const marks = (ladder: ReturnType<typeof carriedOver>) => ladder.marks.map(({ invoice, stage, on }) => `${invoice} ${stage} ${on}`);

describe('a ladder stored while invoices stood at the stage of the message that named them', () => {
  it('without facts takes each to the highest stage of the mail that it was late enough for', () => {
    const stored = old({ named: [named('B', 'final-notice', 45, '2026-10-16'), named('C', 'final-notice', 45, '2026-10-16')] });
    expect(marks(carriedOver(stored, from()))).toEqual(['C firm 2026-10-16']);
  });

  it('lets a proposal count for nothing: the last written demand takes its place', () => {
    const stored = old({ named: [named('D', 'demand-letter', 60, '2026-12-14')], lastDemand: day('2026-11-30') });
    expect(marks(carriedOver(stored, from()))).toEqual(['D reminder 2026-11-30']);
    expect(marks(carriedOver({ ...stored, lastDemand: null }, from()))).toEqual([]);
  });

  it('replays the contacts where they are known, each in its own channel', () => {
    const contact = (stage: string, channel: string, on: string, ...invoices: string[]) => ({
      entity: 'E',
      on: day(on),
      channel,
      stage,
      invoices,
    });
    const contacts = [
      contact('firm', 'email', '2026-10-08', 'C'),
      contact('manager-call', 'call', '2026-10-27', 'C', 'B'),
      contact('final-notice', 'email', '2026-11-02', 'C', 'B', 'D'),
    ];
    const ladder = carriedOver(old({ lastDemand: day('2026-11-02'), lastStage: day('2026-11-02') }), from({ contacts }));
    expect(marks(ladder)).toEqual(['C final-notice 2026-11-02', 'B reminder 2026-11-02']);
    expect(ladder).toMatchObject({ lastMail: '2026-11-02', lastCall: null, lastFirm: '2026-11-02' });
    expect(ladder.marks[0]!.notice).toEqual({ on: '2026-11-02', asked: null });
  });

  it('keeps a letter on record, the start and a jump', () => {
    const start = { stage: 'firm', by: 'U0MARA', on: day('2026-09-01') };
    const jump = { invoice: 'B', stage: 'firm', reason: 'x', by: 'U0INES' };
    const demands = [{ entity: 'E', invoices: ['L'], sentOn: day('2026-10-12') }];
    expect(carriedOver(old({ start, jump }), from({ demands }))).toMatchObject({
      marks: [{ invoice: 'L', stage: 'demand-letter', on: '2026-10-12', asked: null, how: 'letter' }],
      start: { ...start, from: '2026-09-01' },
      jumps: [jump],
    });
  });
});
