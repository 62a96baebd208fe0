import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { invoice, Walk } from '../support/account-days.ts';

// 2026-01-05 is a Monday. Invoice A of Northwind was due on 5 January; the firm reminder comes 21 days later, on Monday the 26th.
// The day before which the owner's silence does not count is worked out by the program from our business days; here it is named.

const SARA = 'U0SARA';
const FIRM = 'NWUK:firm:A';

/** On Monday 26 January, with every step before the firm reminder behind it; Sara owns the customer. */
function beforeFirm(): Walk {
  const walk = new Walk('2026-01-08', [invoice('A', '2026-01-05')], { ownerSilence: day('2026-01-29') });
  walk.through('2026-01-25');
  expect(walk.today).toBe('2026-01-26');
  return walk;
}

const ask = (walk: Walk, silenceEnds: string) =>
  walk.record({ do: 'ask-owner', entity: 'NWUK', stage: 'firm', invoice: 'A', owner: SARA, silenceEnds: day(silenceEnds) }, 'clock');
const say = (walk: Walk, answer: 'go' | 'hold' | 'call', until = '2026-01-26', reason = 'their new contract is signed this week') =>
  walk.record({ do: 'answer-owner', id: FIRM, answer, until: day(until), reason }, SARA);
const why = (walk: Walk) => walk.decide().entities.map(({ reasons }) => reasons)[0];

describe('the owner in sales', () => {
  it('is asked before a firm step, and nothing firm goes out unasked', () => {
    const walk = beforeFirm();
    expect(walk.decide().action).toBeNull();
    expect(why(walk)).toEqual(['owner-asked']);
  });

  it('is not asked about friendly reminders and calls; without an owner nobody is', () => {
    const owned = new Walk('2026-01-08', [invoice('A', '2026-01-05')], { ownerSilence: day('2026-03-01') });
    expect(owned.through('2026-01-30')).toEqual(['2026-01-08 friendly A', '2026-01-15 reminder A', '2026-01-19 call A']);
    const nobodys = new Walk('2026-01-08', [invoice('A', '2026-01-05')]);
    expect(nobodys.through('2026-01-30').at(-1)).toBe('2026-01-26 firm A');
  });

  it('Monday asked, Tuesday and Wednesday silent: on Thursday it goes', () => {
    const walk = beforeFirm();
    ask(walk, '2026-01-29');
    expect(walk.through('2026-01-28')).toEqual([]);
    expect(walk.through('2026-01-29')).toEqual(['2026-01-29 firm A']);
  });

  it('says go: it goes at once', () => {
    const walk = beforeFirm();
    ask(walk, '2026-01-29');
    say(walk, 'go');
    expect(walk.through('2026-01-26')).toEqual(['2026-01-26 firm A']);
  });

  it('holds through Thursday 5 February, ten days at most, with a reason: it goes on Friday', () => {
    const walk = beforeFirm();
    ask(walk, '2026-01-29');
    expect(() => say(walk, 'hold', '2026-02-06')).toThrow('veto-too-long');
    expect(() => say(walk, 'hold', '2026-01-26')).toThrow('veto-day-not-in-future');
    expect(() => say(walk, 'hold', '2026-02-05', ' ')).toThrow('veto-reason-missing');
    say(walk, 'hold', '2026-02-05');
    expect(why(walk)).toEqual(['owner-holds']);
    expect(walk.through('2026-02-05')).toEqual([]);
    expect(walk.through('2026-02-06')).toEqual(['2026-02-06 firm A']);
  });

  it('delays a step once, by a hold or by a call; then there is only go', () => {
    const walk = beforeFirm();
    ask(walk, '2026-01-29');
    say(walk, 'call', '2026-01-29', '');
    expect(why(walk)).toEqual(['owner-holds']);
    expect(() => say(walk, 'hold', '2026-02-02')).toThrow('veto-used');
    say(walk, 'go');
    expect(walk.through('2026-01-26')).toEqual(['2026-01-26 firm A']);
  });

  it('holds what they were asked about alone: other invoices go on', () => {
    const walk = beforeFirm();
    walk.items.push(invoice('B', '2026-01-05'));
    walk.ask('reminder', '2026-01-15', 'B');
    ask(walk, '2026-01-29');
    say(walk, 'hold', '2026-02-05');
    expect(walk.through('2026-02-04')).toEqual(['2026-01-26 call B', '2026-01-28 firm B', '2026-02-04 second-contact B']);
  });

  it('is asked once about a step, and anew about the next firm one', () => {
    const walk = beforeFirm();
    ask(walk, '2026-01-29');
    expect(() => ask(walk, '2026-01-30')).toThrow('owner-asked-already');
    say(walk, 'go');
    walk.through('2026-02-03');
    walk.more = { ...walk.more, ownerSilence: day('2026-02-12') };
    walk.today = day('2026-02-09');
    expect(why(walk)).toEqual(['owner-asked']);
  });

  it('says go, and that nobody asks for 30 days: firm steps go, a formal one is asked about', () => {
    const walk = beforeFirm();
    walk.more = { ...walk.more, ownerSilence: day('2026-06-01') };
    ask(walk, '2026-01-29');
    say(walk, 'go', '2026-02-25');
    expect(walk.through('2026-02-18')).toEqual(['2026-01-26 firm A', '2026-02-04 second-contact A', '2026-02-16 manager-call A']);
    walk.today = day('2026-02-19');
    expect(why(walk)).toEqual(['owner-asked']);
    expect(walk.work.vetoes[0]!.answer).toEqual({ do: 'go', on: '2026-01-26', standing: '2026-02-25' });
  });

  it('is asked again once something is disputed, a promise is broken, or the days are over', () => {
    const ended = (happens: (walk: Walk) => void) => {
      const walk = beforeFirm();
      walk.more = { ...walk.more, ownerSilence: day('2026-06-01') };
      ask(walk, '2026-01-29');
      say(walk, 'go', '2026-03-31');
      walk.through('2026-01-26');
      walk.items.push(invoice('B', '2026-01-05'));
      walk.ask('reminder', '2026-01-26', 'B');
      happens(walk);
      walk.today = day('2026-02-04');
      return walk.decide().action?.stage.key;
    };
    const invoices = [{ invoice: 'B', open: 100_000, free: 100_000 }];
    const promise = {
      do: 'record-promise',
      id: 'p',
      entity: 'NWUK',
      currency: 'GBP',
      amount: 1,
      date: day('2026-01-28'),
      invoices,
    } as const;
    expect(ended(() => undefined)).toBe('second-contact');
    expect(
      ended((walk) =>
        walk.record({
          ...{ do: 'record-dispute', id: 'd', entity: 'NWUK', invoice: 'B', currency: 'GBP', amount: 1, open: 100_000, reason: 'price' },
          ...{ note: '', owner: 'U0TOM', channel: null, until: day('2026-03-31') },
        }),
      ),
    ).toBe('call');
    expect(
      ended((walk) => {
        walk.record({ ...promise, saidBy: 'AP' });
        walk.record({ do: 'close-promise', id: 'p', outcome: 'broken', paid: 0, note: '' });
      }),
    ).toBe('call');
    expect(
      ended((walk) => {
        // Thirty days from the answer on, whatever was asked for.
        expect(walk.work.vetoes[0]!.answer).toMatchObject({ standing: '2026-02-25' });
      }),
    ).toBe('second-contact');
  });
});
