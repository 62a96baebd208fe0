import { describe, expect, it } from 'vitest';
import { DISPUTE_DEFAULTS } from '../../src/arrangements/dispute.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import type { FollowUpAction } from '../../src/follow-up/follow-up.ts';
import { BY_AGE, startMarks } from '../../src/follow-up/start.ts';
import { addDays, type Day, day, daysBetween } from '../../src/kernel/day.ts';
import { invoice, Walk } from '../support/account-days.ts';

// Amounts in euros, Monday to Friday, no holidays. A line: day, stage, the invoices of the message's own stage; behind "with" those that it takes to a
// lower stage; behind "firmer" those asked more firmly before; "also" those just shown; "notice" those in formal process; "note" those not yet due.

const of = (number: string, euros: number, due: string, entity = 'E', more = {}) =>
  invoice(number, due, { entity, currency: 'EUR', open: Math.round(euros * 100), ...more });

const numbers = (list: readonly { number: string }[]) => list.map(({ number }) => number).join(' ');

function line(on: Day, action: FollowUpAction): string {
  const taken = (number: string) => action.said.took.find(({ invoice }) => invoice === number);
  const lower = action.also.filter(({ number }) => taken(number));
  const parts: [string, string][] = [
    ['with', lower.map(({ number }) => `${number}:${taken(number)!.stage}`).join(' ')],
    ['firmer', numbers(action.firmer)],
    ['also', numbers(action.also.filter((each) => !lower.includes(each)))],
    ['notice', numbers(action.formal)],
    ['note', numbers(action.notes)],
  ];
  const shown = parts.filter(([, list]) => list !== '').map(([word, list]) => ` ${word} ${list}`);
  return `${on.slice(5)} ${action.stage.key}${action.plain ? ' (plain)' : ''} ${numbers(action.invoices)}${shown.join('')}`;
}

/** A walk whose events happen on their days, before anybody acts. */
function lived(walk: Walk, to: string, events: Readonly<Record<string, () => void>> = {}, acts = true): string[] {
  const log: string[] = [];
  const proposed = new Set<string>();
  for (; daysBetween(walk.today, day(to)) >= 0; walk.today = addDays(walk.today, 1)) {
    events[walk.today]?.();
    for (const each of walk.decide().proposals) {
      const what = `${each.stage.key} ${numbers(each.invoices)}`;
      if (!proposed.has(what)) log.push(`${walk.today.slice(5)} decide ${what}`);
      proposed.add(what);
    }
    const { action } = walk.decide();
    if (!acts || !action) continue;
    walk.act();
    log.push(line(walk.today, action));
  }
  return log;
}

const reasonsOf = (walk: Walk, number: string) =>
  walk
    .decide()
    .entities.flatMap(({ invoices }) => invoices)
    .find((each) => each.invoice === number)!.reasons;

describe('an invoice that is due while another is far along', () => {
  it('climbs by itself once the other is paid', () => {
    const walk = new Walk('2026-09-01', [of('A', 1_000, '2026-09-01'), of('B', 5_000, '2026-10-15')]);
    expect(lived(walk, '2026-12-28', { '2026-10-21': () => walk.pay('A') })).toEqual([
      '09-04 friendly A',
      '09-11 reminder A',
      '09-15 call A',
      '09-22 firm A',
      '10-01 second-contact A',
      '10-12 manager-call A',
      '10-16 final-notice A also B',
      '10-23 friendly (plain) B',
      '10-30 reminder (plain) B',
      '11-03 call B',
      '11-06 firm B',
      '11-16 second-contact B',
      '11-24 manager-call B',
      '11-30 final-notice B',
      '12-14 decide demand-letter B',
      '12-28 statement (plain) B',
    ]);
  });

  it('does not draw a cent up the ladder, and takes it along', () => {
    const walk = new Walk('2026-01-01', [of('A', 0.01, '2026-01-01'), of('B', 90_000, '2026-03-01')]);
    expect(lived(walk, '2026-03-01')).toEqual(['02-23 note B']);
    walk.today = day('2026-03-02');
    expect(reasonsOf(walk, 'A')).toMatchObject([{ code: 'small-balance' }]);
    expect(reasonsOf(walk, 'B')).toEqual([{ code: 'stage-not-reached', until: '2026-03-04' }]);
    expect(lived(walk, '2026-05-01')).toEqual([
      '03-04 friendly A B',
      '03-11 reminder A B',
      '03-16 call A B',
      '03-23 firm A B',
      '03-31 second-contact A B',
      '04-10 manager-call A B',
      '04-15 final-notice A B',
      '04-30 decide demand-letter A B',
    ]);
  });

  it('climbs beside a small one that is never paid, and beside one under notice', () => {
    const walk = new Walk('2026-01-01', [of('I1', 50, '2026-01-01')]);
    const log = lived(walk, '2026-05-01', { '2026-04-17': () => walk.items.push(of('I2', 50_000, '2026-05-01')) });
    expect(log).toEqual([
      '01-05 friendly I1',
      '01-12 reminder I1',
      '01-22 firm I1',
      '02-19 statement (plain) I1',
      '03-19 statement I1',
      '04-16 statement I1',
      '04-24 note I2',
    ]);
    walk.items.push(of('I3', 90_000, '2026-06-01'));
    expect(lived(walk, '2026-07-16')).toEqual([
      '05-04 friendly I2 firmer I1',
      '05-11 reminder I2 firmer I1',
      '05-15 call I2 firmer I1',
      '05-22 firm I1 I2',
      '06-01 second-contact I1 I2',
      '06-08 friendly (plain) I3 firmer I1 I2',
      '06-10 manager-call I1 I2 also I3',
      '06-15 final-notice I1 I2 also I3',
      '06-22 reminder (plain) I3 notice I1 I2',
      '06-24 call I3 notice I1 I2',
      '06-29 firm I3 notice I1 I2',
      '06-30 decide demand-letter I1 I2',
      '07-06 second-contact I3 notice I1 I2',
      '07-13 manager-call I3 notice I1 I2',
      '07-16 final-notice I3 notice I1 I2',
    ]);
  });
});

describe('many invoices at once', () => {
  const mondays = (count: number, euros = 1_000) =>
    Array.from({ length: count }, (_, n) => of(`W${n}`, euros, addDays(day('2026-01-05'), 7 * n)));

  it('get one mail a week, and each its own notice', () => {
    const walk = new Walk('2026-01-05', mondays(7));
    const letter = { letter: 'L', entity: 'E', deadline: day('2026-03-26'), sentOn: day('2026-03-12'), by: 'email' as const, firm: '' };
    const log = lived(walk, '2026-04-09', {
      '2026-03-11': () => {
        walk.more = { ...walk.more, letters: [{ entity: 'E', since: day('2026-03-11') }] };
      },
      '2026-03-12': () => {
        walk.more = { ...walk.more, letters: [] };
        const stage = { key: 'demand-letter', offset: 60 };
        const took = [{ invoice: 'W0', stage: 'demand-letter', days: 60, asked: 100_000, formal: true }];
        const open = walk.items.map(({ number }) => number);
        walk.record({
          ...{ do: 'record-contact', entity: 'E', on: walk.today, channel: 'letter', purpose: 'stage', stage },
          ...{ invoices: ['W0'], open, said: { firm: true, took, named: open } },
        });
        const demand = { ...letter, invoices: ['W0'] };
        walk.record({ do: 'serve-demand', demand, sha256: '', tracking: '' });
      },
    });
    const mails = log.filter((each) => !/ (call|manager-call|decide) /.test(each));
    expect(mails.every((each) => new Date(`2026-${each.slice(0, 5)}`).getUTCDay() === 4)).toBe(true);
    expect(log).toContain('02-19 final-notice W0 also W1 W2 W3 W4 W5 W6');
    expect(log.find((each) => each.startsWith('02-26'))).toContain('W6:friendly');
    expect(log).toContain('03-06 decide demand-letter W0');
    expect(log.find((each) => each.startsWith('03-19'))).toMatch(/final-notice W1 W2 also W3 W4 W5 W6 notice W0/);
    expect(log).toContain('04-02 decide demand-letter W1 W2');
    expect(log.find((each) => each.startsWith('04-09'))).toMatch(/final-notice W3 W4 W5 /);
  });

  it('that are always paid late get a steady pace', () => {
    const walk = new Walk('2026-01-05', mondays(13));
    const pays = Object.fromEntries(walk.items.map(({ number, due }) => [addDays(due, 40), () => walk.pay(number)]));
    const log = lived(walk, '2026-03-31', pays);
    const march = log.filter((each) => each.startsWith('03-'));
    expect(march.filter((each) => each.includes('call')).length).toBe(3);
    expect(march.filter((each) => !each.includes('call')).map((each) => each.split(' ')[1])).toEqual([
      'second-contact',
      'firm',
      'second-contact',
      'firm',
    ]);
  });

  it('of two entities never meet on one day', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('G', 1_000, '2026-01-05', 'F')]);
    expect(lived(walk, '2026-01-20')).toEqual([
      '01-08 friendly A',
      '01-09 friendly G',
      '01-15 reminder A',
      '01-16 reminder G',
      '01-19 call A',
      '01-20 call G',
    ]);
  });
});

describe('what waits never silences the rest', () => {
  it('a placement rests what was handed over', () => {
    const walk = new Walk('2026-01-02', [of('A', 1_000, '2025-10-01'), of('B', 1_000, '2026-01-05'), of('G', 1_000, '2026-01-05', 'F')]);
    walk.record({
      ...{ do: 'place', id: 'P', kind: 'agency', partner: 'X', name: 'Agency', entity: 'E', currency: 'EUR' },
      ...{ amount: 100_000, invoices: ['A'], rate: 0, courtFees: 0 },
    });
    walk.today = day('2026-01-06');
    expect(reasonsOf(walk, 'B')).toEqual([{ code: 'placement-question', until: '2026-01-08' }]);
    expect(reasonsOf(walk, 'A')).toEqual([{ code: 'placed', until: null }]);
    expect(lived(walk, '2026-01-20')).toEqual([
      '01-08 friendly (plain) B',
      '01-09 friendly G',
      '01-15 reminder (plain) B',
      '01-16 reminder G',
      '01-19 call B',
      '01-20 call G',
    ]);
  });

  it('a payment in part keeps the stage', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05')]);
    const asked: string[] = [];
    for (; walk.today <= '2026-02-04'; walk.today = addDays(walk.today, 1)) {
      if (walk.today === '2026-01-16') walk.pay('A', 60_000);
      const action = walk.act();
      if (action) asked.push(`${walk.today.slice(5)} ${action.stage.key} ${action.totals[0]!.asked / 100}`);
    }
    expect(asked).toEqual(['01-08 friendly 1000', '01-15 reminder 1000', '01-19 call 400', '01-26 firm 400', '02-04 second-contact 400']);
  });

  it('credit counts against the oldest', () => {
    const walk = new Walk('2026-01-05', [of('A', 500, '2026-01-05'), of('B', 800, '2026-02-02')]);
    const credited = () => {
      walk.more = { credits: [{ entity: 'E', currency: 'EUR', unappliedCash: 45_000, openCredit: 0 }] };
    };
    const log = lived(walk, '2026-02-10', { '2026-02-09': credited });
    expect(log.at(-1)).toBe('02-04 second-contact A also B');
    walk.today = day('2026-02-11');
    const action = walk.decide().action!;
    expect(line(walk.today, action)).toBe('02-11 friendly (plain) B firmer A');
    expect(action.open).toEqual([{ currency: 'EUR', invoices: 130_000, credit: 45_000, asked: 85_000 }]);
    expect(action.firmer[0]!.net).toBe(5_000);
    walk.act();
    walk.today = day('2026-02-16');
    expect(reasonsOf(walk, 'A')).toMatchObject([{ code: 'below-minimum' }]);
  });

  it('a broken promise lets its invoice go on where it was', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('B', 1_000, '2026-01-19')]);
    const promise = () =>
      walk.record({
        ...{ do: 'record-promise', id: 'p', entity: 'E', currency: 'EUR', amount: 100_000, date: day('2026-01-30'), saidBy: 'Mr X' },
        invoices: [{ invoice: 'A', open: 100_000, free: 100_000 }],
      });
    expect(lived(walk, '2026-02-12', { '2026-01-20': promise })).toEqual([
      '01-08 friendly A',
      '01-15 reminder A',
      '01-19 call A',
      '01-22 friendly B',
      '01-29 reminder B',
      '02-02 call B',
      '02-05 firm A also B',
      '02-12 second-contact A with B:firm',
    ]);
  });

  it('a dispute in part leaves the free part to climb, and its end is told first', () => {
    const walk = new Walk('2026-01-05', [of('A', 5_000, '2026-01-05')]);
    const log = lived(walk, '2026-04-06', {
      '2026-01-19': () =>
        walk.record({
          ...{ do: 'record-dispute', id: 'd', entity: 'E', invoice: 'A', currency: 'EUR', amount: 400_000, reason: 'price', note: '' },
          ...{ owner: 'U0MARA', channel: DISPUTE_DEFAULTS.channel, open: 500_000, until: day('2026-02-02') },
        }),
      '2026-03-16': () =>
        walk.record({ do: 'close-dispute', id: 'd', parts: [{ outcome: 'rejected', amount: 400_000 }], credited: 0, note: '' }),
    });
    expect(log).toEqual([
      '01-08 friendly A',
      '01-15 reminder A',
      '01-19 call A',
      '01-26 firm A',
      '02-04 second-contact A',
      '02-16 manager-call A',
      '02-19 final-notice A',
      '03-06 decide demand-letter A',
      '03-23 final-notice A',
    ]);
    expect(walk.decide().proposals).toMatchObject([{ stage: { key: 'demand-letter' }, invoices: [{ number: 'A', asked: 500_000 }] }]);
    walk.today = day('2026-04-03');
    expect(walk.decide().proposals).toEqual([]);
  });

  it('a small balance gets what it reaches, three statements, and its queue', () => {
    const log = (euros: number) => {
      const walk = new Walk('2026-01-05', [of('A', euros, '2026-01-05')]);
      const mails = lived(walk, '2026-03-05');
      const [queued] = reasonsOf(walk, 'A');
      return [...mails, `queue ${queued?.code}`, ...lived(walk, '2026-06-30')];
    };
    expect(log(18)).toEqual(['queue small-balance']);
    expect(log(60)).toEqual([
      ...['01-08 friendly A', '01-15 reminder A', '01-26 firm A', '02-23 statement (plain) A', 'queue small-balance'],
      ...['03-23 statement A', '04-20 statement A'],
    ]);
    expect(log(300).slice(0, 7)).toEqual([
      ...['01-08 friendly A', '01-15 reminder A', '01-19 call A', '01-26 firm A', '02-04 second-contact A'],
      ...['03-04 statement (plain) A', 'queue small-balance'],
    ]);
  });

  it('a hold of the owner rests what they were asked about', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('B', 1_000, '2026-01-19')], { ownerSilence: null });
    const log = lived(walk, '2026-02-05', {
      '2026-01-22': () => {
        walk.record({
          do: 'ask-owner',
          entity: 'E',
          stage: 'firm',
          invoice: 'A',
          invoices: ['A'],
          owner: 'U0SARA',
          silenceEnds: day('2026-01-27'),
        });
      },
      '2026-01-23': () =>
        walk.record({ do: 'answer-owner', id: walk.work.vetoes[0]!.id, answer: 'hold', until: day('2026-02-02'), reason: 'renewal' }),
    });
    expect(log).toEqual([
      ...['01-08 friendly A', '01-15 reminder A', '01-19 call A', '01-22 friendly B firmer A', '01-29 reminder B', '02-02 call B'],
      '02-05 firm A also B',
    ]);
  });

  it('a reply rests what it is about, and the entity’s others for five business days', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('B', 1_000, '2026-01-12'), of('G', 1_000, '2026-01-12', 'F')]);
    const log = lived(walk, '2026-01-28', {
      '2026-01-14': () =>
        walk.record({ do: 'record-reply', id: 'r', kind: 'other', received: day('2026-01-14'), about: { entity: 'E', invoices: ['A'] } }),
      '2026-01-28': () => walk.record({ do: 'answer-reply', id: 'r', how: 'none-needed' }),
    });
    expect(log).toEqual([
      '01-08 friendly A',
      '01-15 friendly G',
      '01-21 friendly B',
      '01-22 reminder G',
      '01-26 call G',
      '01-28 reminder A B',
    ]);
  });
});

describe('catching up and beginning', () => {
  it('an outage skips nothing and makes nothing up at once', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05')]);
    expect(lived(walk, '2026-01-11')).toEqual(['01-08 friendly A']);
    walk.goTo('2026-02-14');
    expect(lived(walk, '2026-03-23')).toEqual([
      '02-16 reminder A',
      '02-18 call A',
      '02-23 firm A',
      '03-02 second-contact A',
      '03-05 manager-call A',
      '03-09 final-notice A',
      '03-23 decide demand-letter A',
    ]);
  });

  it('what was late before it came to us begins by its age, once a person says so', () => {
    const aged = (days: number) => of(`D${days}`, 1_000, addDays(day('2026-01-05'), -days));
    const walk = new Walk('2026-01-05', [aged(80), aged(30), aged(12), aged(3), of('N', 1_000, '2026-01-12')], {
      importedOn: day('2026-01-05'),
    });
    expect(reasonsOf(walk, 'D80')).toEqual([{ code: 'start-unconfirmed', until: null }]);
    const log = lived(walk, '2026-01-28', {
      '2026-01-07': () =>
        walk.record({
          ...{ do: 'confirm-start', entity: 'E', stage: null, sent: null, from: walk.today },
          marks: startMarks(walk.items, DEFAULT_POLICY, walk.today, BY_AGE),
        }),
    });
    expect(log.slice(0, 2)).toEqual([
      '01-07 second-contact D80 with D12:reminder D3:friendly also D30',
      '01-09 call D30 D12 firmer D80 also D3',
    ]);
    expect(log.find((each) => each.startsWith('01-14'))).toMatch(/firm D30 D12 .*D3:reminder/);
    expect(log.at(-1)).toMatch(/01-28 final-notice D80 D30 also/);
  });

  it('a leap takes chosen invoices, with its distances', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('B', 1_000, '2026-01-05')]);
    const order = ['note', 'friendly', 'reminder', 'call', 'firm', 'second-contact', 'manager-call', 'final-notice'];
    const log = lived(walk, '2026-01-22', {
      '2026-01-12': () =>
        walk.record({
          ...{ do: 'jump', entity: 'E', invoices: [{ invoice: 'A', at: 'friendly' }], to: 'final-notice', order, decision: false },
          reason: 'moving away',
        }),
    });
    expect(log).toEqual(['01-08 friendly A B', '01-15 final-notice A also B', '01-22 reminder (plain) B notice A']);
  });

  it('a note rides in a mail that comes', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05'), of('L', 20_000, '2026-01-20')]);
    expect(lived(walk, '2026-01-16')).toEqual(['01-08 friendly A', '01-15 reminder A note L']);
  });

  it('a call that nobody makes is passed over', () => {
    const walk = new Walk('2026-01-05', [of('A', 1_000, '2026-01-05')]);
    expect(lived(walk, '2026-01-18')).toEqual(['01-08 friendly A', '01-15 reminder A']);
    walk.record({ do: 'offer-call', entity: 'E', calls: [{ invoice: 'A', stage: 'call' }] });
    for (; walk.today < '2026-01-26'; walk.today = addDays(walk.today, 1)) {
      if (walk.today === '2026-01-19') walk.record({ do: 'offer-call', entity: 'E', calls: [{ invoice: 'A', stage: 'call' }] });
      if (walk.today >= '2026-01-19') expect(walk.decide().action?.stage.key ?? 'call').toBe('call');
    }
    expect(lived(walk, '2026-01-26')).toEqual(['01-26 firm A']);
  });
});
