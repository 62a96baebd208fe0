import { describe, expect, it } from 'vitest';
import { LARGE_ACCOUNT_POLICY } from '../../src/follow-up/default-policies.ts';
import { day } from '../../src/kernel/day.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';
import { invoice, Walk } from '../support/account-days.ts';
import { startOf } from '../support/start-of.ts';

// 2026-01-05 is a Monday. Invoices are of 1,000.00 pounds, sold by NWUK, unless it says otherwise.

describe('an invoice that nobody pays', () => {
  it('goes up the ladder step by step', () => {
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')]);
    expect(walk.through('2026-01-07')).toEqual([]);
    // Day 3: the friendly reminder; from then on each step on its day, or on the next working day.
    expect(walk.through('2026-05-31')).toEqual([
      '2026-01-08 friendly A',
      '2026-01-15 reminder A',
      '2026-01-19 call A',
      '2026-01-26 firm A',
      '2026-02-04 second-contact A',
      '2026-02-16 manager-call A',
      '2026-02-19 final-notice A',
      // From Friday 6 March people decide; while nobody does, statements go on.
      '2026-03-19 statement A',
      '2026-04-16 statement A',
      '2026-05-14 statement A',
    ]);
    expect(walk.decide()).toMatchObject({
      proposals: [{ stage: { key: 'demand-letter' }, since: '2026-03-06', invoices: [{ number: 'A', asked: 100_000 }] }],
      entities: [{ at: 'final-notice', next: 'demand-letter', reasons: ['decision-open'] }],
    });
  });

  it('is put before people again on the day that a no names, and not on the day before', () => {
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')]);
    walk.through('2026-03-08');
    walk.goTo('2026-03-09');
    // The 20th business day after Monday 9 March.
    walk.record({ do: 'refuse-step', entity: 'NWUK', currency: 'GBP', until: day('2026-04-06') });
    const on = (today: string) => {
      walk.goTo(today);
      return walk.decide().proposals.length;
    };
    expect([on('2026-03-09'), on('2026-04-03'), on('2026-04-06')]).toEqual([0, 0, 1]);
  });

  it('of a large account gets its call after a week, and the statement after it', () => {
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')], { policy: LARGE_ACCOUNT_POLICY });
    expect(walk.through('2026-01-20')).toEqual(['2026-01-08 friendly A', '2026-01-12 call A', '2026-01-15 reminder A']);
  });
});

describe('before the due date', () => {
  it('a large invoice gets a note a week before, a usual one nothing', () => {
    expect(new Walk('2026-01-05', [invoice('BIG', '2026-01-26', { open: 1_000_000 })]).through('2026-01-23')).toEqual([
      '2026-01-19 note BIG',
    ]);
    expect(new Walk('2026-01-05', [invoice('A', '2026-01-26', { open: 999_999 })]).through('2026-01-23')).toEqual([]);
  });

  it('the first invoice of a customer gets one, too', () => {
    const first = invoice('FIRST', '2026-01-26');
    expect(new Walk('2026-01-05', [first], { firstIssued: first.issued }).through('2026-01-23')).toEqual(['2026-01-19 note FIRST']);
  });

  it('a note that was missed lapses: the first reminder comes as usual', () => {
    const walk = new Walk('2026-01-27', [invoice('BIG', '2026-01-26', { open: 1_000_000 })]);
    expect(walk.through('2026-01-30')).toEqual(['2026-01-29 friendly BIG']);
  });
});

describe('a missed week', () => {
  it('is caught up one step at a time, none skipped, five business days between demands', () => {
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05')]);
    expect(walk.through('2026-01-13')).toEqual(['2026-01-08 friendly A']);
    walk.goTo('2026-01-29');
    // Day 24: the reminder, the call and the firm reminder are all due. One comes now, the next keep their distance.
    expect(walk.through('2026-02-12')).toEqual([
      '2026-01-29 reminder A',
      '2026-02-02 call A',
      '2026-02-05 firm A',
      '2026-02-12 second-contact A',
    ]);
  });
});

describe('a holiday', () => {
  const bavaria = { calendar: { weekend: weekendOf('DE'), holidays: new Set(['2026-01-01', '2026-01-06']) } };

  it('of the customer’s region moves the step to the next working day', () => {
    // Epiphany, Tuesday 6 January 2026, is a holiday in Bavaria and not in Berlin.
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-03')], bavaria);
    expect(walk.through('2026-01-06')).toEqual([]);
    expect(new Walk('2026-01-06', [invoice('A', '2026-01-03')], bavaria).decide().reasons).toEqual(['public-holiday']);
    expect(walk.through('2026-01-07')).toEqual(['2026-01-07 friendly A']);
    expect(new Walk('2026-01-05', [invoice('A', '2026-01-03')]).through('2026-01-07')).toEqual(['2026-01-06 friendly A']);
  });

  it('does not count among the five business days between two demands', () => {
    const late = invoice('A', '2025-12-20');
    // The reminder of Tuesday 30 December; New Year and Epiphany lie between: the fifth working day is Thursday 8 January.
    const walk = new Walk('2025-12-30', [late], bavaria);
    walk.ask('friendly', '2025-12-30', 'A');
    expect(walk.through('2026-01-09')).toEqual(['2026-01-08 reminder A']);
    const elsewhere = new Walk('2025-12-30', [late]);
    elsewhere.ask('friendly', '2025-12-30', 'A');
    expect(elsewhere.through('2026-01-07')).toEqual(['2026-01-06 reminder A']);
  });

  it('and a weekend is where the customer is: Friday in Riyadh', () => {
    const walk = new Walk('2026-01-09', [invoice('A', '2026-01-06')], { calendar: { weekend: weekendOf('SA'), holidays: new Set() } });
    expect(walk.through('2026-01-12')).toEqual(['2026-01-12 friendly A']);
  });
});

describe('two selling entities', () => {
  const both = () => new Walk('2026-01-05', [invoice('A', '2026-01-05'), invoice('B', '2026-01-05', { entity: 'NWEU', currency: 'EUR' })]);

  it('take turns: one contact a day', () => {
    const walk = both();
    expect(walk.through('2026-01-16')).toEqual([
      '2026-01-08 friendly B',
      '2026-01-09 friendly A',
      '2026-01-15 reminder B',
      '2026-01-16 reminder A',
    ]);
  });

  it('and whoever waits is told why', () => {
    const walk = both();
    walk.goTo('2026-01-08');
    expect(walk.decide().entities.find((each) => each.entity === 'NWUK')?.reasons).toEqual(['other-entity-first']);
    walk.act();
    expect(walk.decide()).toMatchObject({ action: null, reasons: ['contacted-today'] });
  });
});

describe('payments', () => {
  it('in part count: the residual is asked for', () => {
    const walk = new Walk('2026-01-08', [invoice('A', '2026-01-05')]);
    walk.pay('A', 60_000);
    expect(walk.act()).toMatchObject({
      invoices: [{ number: 'A', open: 40_000, asked: 40_000 }],
      totals: [{ currency: 'GBP', asked: 40_000 }],
    });
  });

  it('of one invoice let the others go on at stages of their own', () => {
    const walk = new Walk('2026-01-05', [invoice('A', '2026-01-05'), invoice('B', '2026-01-20')]);
    // Day 3 of B comes before day 21 of A, and five business days lie between them.
    expect(walk.through('2026-01-30').slice(-2)).toEqual(['2026-01-23 friendly B', '2026-01-30 firm A']);
    expect(walk.decide().entities[0]!.invoices.map(({ invoice, at }) => `${invoice} ${at}`)).toEqual(['A firm', 'B reminder']);
    walk.pay('A');
    expect(walk.through('2026-02-20')).toEqual(['2026-02-03 call B', '2026-02-10 firm B', '2026-02-19 second-contact B']);
  });

  it('that name no invoice are netted, and stop the reminder when they cover it', () => {
    const credit = (unappliedCash: number) => [{ entity: 'NWUK', currency: 'GBP', unappliedCash, openCredit: 0 }];
    const part = new Walk('2026-01-08', [invoice('A', '2026-01-05')], { credits: credit(25_000) });
    expect(part.act()?.totals).toEqual([{ currency: 'GBP', invoices: 100_000, credit: 25_000, asked: 75_000 }]);
    const all = new Walk('2026-01-08', [invoice('A', '2026-01-05')], { credits: credit(100_000) });
    expect(all.decide()).toMatchObject({ action: null, entities: [{ reasons: ['covered-by-credit'] }] });
  });
});

describe('a promise', () => {
  const promised = (amount: number) => {
    const walk = new Walk('2026-01-14', [invoice('A', '2026-01-05')]);
    walk.ask('friendly', '2026-01-08', 'A');
    walk.record({
      do: 'record-promise',
      id: 'p1',
      entity: 'NWUK',
      currency: 'GBP',
      amount,
      date: day('2026-01-21'),
      invoices: [{ invoice: 'A', open: 100_000, free: 100_000 }],
      saidBy: 'Ms Larch',
    });
    return walk;
  };

  it('that is kept ends the matter', () => {
    const walk = promised(100_000);
    expect(walk.through('2026-01-20')).toEqual([]);
    walk.pay('A');
    expect(walk.through('2026-02-28')).toEqual([]);
  });

  it('that is broken lets the ladder go on after two business days of grace', () => {
    const walk = promised(100_000);
    // Promised for Wednesday the 21st; Thursday and Friday are grace.
    expect(walk.through('2026-01-23')).toEqual([]);
    expect(walk.through('2026-01-30')).toEqual(['2026-01-26 reminder A', '2026-01-28 call A']);
  });

  it('pauses only what was promised', () => {
    const walk = promised(60_000);
    walk.goTo('2026-01-15');
    expect(walk.act()).toMatchObject({
      stage: { key: 'reminder' },
      totals: [{ asked: 40_000 }],
      leftOut: [{ invoice: 'A', why: 'promised', amount: 60_000 }],
    });
  });

  it('that is paid in full is not left out a second time', () => {
    const walk = promised(60_000);
    walk.pay('A', 60_000);
    walk.goTo('2026-01-15');
    expect(walk.act()).toMatchObject({ totals: [{ asked: 40_000 }], leftOut: [] });
  });
});

describe('a dispute', () => {
  it('of a part rests that part alone', () => {
    const walk = new Walk('2026-01-08', [invoice('A', '2026-01-05')]);
    walk.record({
      do: 'record-dispute',
      id: 'd1',
      entity: 'NWUK',
      invoice: 'A',
      currency: 'GBP',
      amount: 30_000,
      open: 100_000,
      reason: 'quality',
      note: '',
      owner: 'U0TOM',
      channel: null,
      until: day('2026-01-30'),
    });
    expect(walk.act()).toMatchObject({ totals: [{ asked: 70_000 }], leftOut: [{ why: 'disputed', amount: 30_000 }] });
  });

  it('of a whole invoice lets the next-oldest lead', () => {
    const walk = new Walk('2026-01-12', [invoice('A', '2026-01-05'), invoice('B', '2026-01-09')]);
    walk.record({
      do: 'record-dispute',
      id: 'd1',
      entity: 'NWUK',
      invoice: 'A',
      currency: 'GBP',
      amount: 100_000,
      open: 100_000,
      reason: 'price',
      note: '',
      owner: 'U0TOM',
      channel: null,
      until: day('2026-01-30'),
    });
    expect(walk.act()).toMatchObject({ leading: { invoice: 'B' }, totals: [{ asked: 100_000 }] });
  });
});

describe('an account that was late already when it was first imported', () => {
  const migrated = () =>
    new Walk('2026-03-02', [invoice('OLD', '2026-01-20'), invoice('NEW', '2026-03-16')], { importedOn: day('2026-03-02') });

  it('waits until its collector says where it begins', () => {
    const walk = migrated();
    expect(walk.through('2026-03-06')).toEqual([]);
    expect(migrated().decide().entities[0]?.reasons).toEqual(['start-unconfirmed']);
    walk.record(startOf('NWUK', 'firm', [{ number: 'OLD', due: '2026-01-20' }], '2026-03-02'));
    // The last demand was on Monday the 2nd: five business days later comes the stage behind "firm".
    expect(walk.through('2026-03-10')).toEqual(['2026-03-09 second-contact OLD']);
  });

  it('or begins with the first reminder, if the collector says that nothing was sent', () => {
    const walk = migrated();
    walk.record(startOf('NWUK', null, [{ number: 'OLD', due: '2026-01-20' }]));
    expect(walk.through('2026-03-02')).toEqual(['2026-03-02 friendly OLD']);
  });

  it('while what falls due later needs no confirmation', () => {
    const walk = migrated();
    walk.pay('OLD');
    expect(walk.through('2026-03-20')).toEqual(['2026-03-19 friendly NEW']);
  });
});

describe('what stops everything', () => {
  const late = () => new Walk('2026-01-08', [invoice('A', '2026-01-05')]);

  it('is a status, a direct debit, a hold, a waiting reply, an old ledger', () => {
    const insolvent = late();
    insolvent.record({ do: 'set-status', status: 'insolvent', reason: 'court notice' });
    const held = late();
    held.record({ do: 'hold', until: day('2026-01-09'), reason: 'goods on the way back' });
    const answered = late();
    answered.record({ do: 'record-reply', id: 'r1', kind: 'asks-copy', received: day('2026-01-08') });
    expect([insolvent, held].map((walk) => walk.decide().reasons)).toEqual([['status-stopped'], ['on-hold']]);
    expect(answered.decide()).toMatchObject({ action: null, reasons: [], entities: [{ reasons: ['reply-waiting'] }] });
    expect(new Walk('2026-01-08', late().items, { autopay: true }).decide().reasons).toEqual(['autopay']);
    expect(new Walk('2026-01-08', late().items, { ledgerAge: 2 }).decide().reasons).toEqual(['stale-ledger']);
    expect(new Walk('2026-01-08', late().items, { ledgerAge: null }).decide().reasons).toEqual(['stale-ledger']);
    expect(new Walk('2026-01-08', late().items, { ledgerAge: 1 }).decide().action).not.toBeNull();
    // The hold counts through Friday the 9th; the answer by mail is the contact of its day.
    expect(held.through('2026-01-12')).toEqual(['2026-01-12 friendly A']);
    answered.record({ do: 'answer-reply', id: 'r1', how: 'mail' });
    expect(answered.through('2026-01-09')).toEqual(['2026-01-09 friendly A']);
  });
});

describe('a manager', () => {
  it('may jump ahead with a reason; the distance between demands stays', () => {
    const walk = new Walk('2026-01-08', [invoice('A', '2026-01-05')]);
    walk.act();
    walk.record(
      {
        do: 'jump',
        entity: 'NWUK',
        invoices: [{ invoice: 'A', at: 'friendly' }],
        to: 'final-notice',
        order: ['friendly', 'reminder', 'final-notice'],
        decision: false,
        reason: 'moving abroad',
      },
      'U0INES',
    );
    expect(walk.decide().entities[0]).toMatchObject({ next: 'final-notice', jumped: true });
    walk.goTo('2026-01-09');
    expect(walk.through('2026-01-15')).toEqual(['2026-01-15 final-notice A']);
    expect(walk.decide().entities[0]).toMatchObject({ at: 'final-notice', next: 'demand-letter', jumped: false });
  });
});

describe('an amount below the minimum of the stage', () => {
  it('is not asked for alone, and is shown with others', () => {
    const base = LARGE_ACCOUNT_POLICY;
    const policy = { ...base, stages: base.stages.map((stage) => ({ ...stage, minimum: { GBP: 5_000 } })) };
    const small = invoice('S', '2026-01-05', { open: 4_999 });
    expect(new Walk('2026-01-15', [small], { policy }).decide().entities[0]?.reasons).toEqual(['below-minimum']);
    const other = invoice('E', '2026-01-10', { currency: 'EUR' });
    expect(new Walk('2026-01-15', [small, other], { policy }).act()).toMatchObject({
      leading: { invoice: 'E' },
      totals: [{ currency: 'EUR', asked: 100_000 }],
      also: [{ number: 'S', net: 4_999 }],
    });
  });
});
