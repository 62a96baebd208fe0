import { describe, expect, it } from 'vitest';
import { NEW_WORK } from '../../src/account/account-work.ts';
import { byWeight, loadByCollector, type OverduePart, type WorkItem, workCounter, worklist } from '../../src/follow-up/worklist.ts';
import { day } from '../../src/kernel/day.ts';
import type { Team } from '../../src/team/team.ts';

const today = day('2026-11-20');
const TEAM: Team = {
  version: 1,
  members: [
    { user: 'U1', roles: ['collector'], absence: null },
    { user: 'U2', roles: ['collector'], absence: null },
  ],
  rules: [],
};

const part = (currency: string, overdue: number, days: number): OverduePart => ({
  currency,
  overdue,
  invoices: 1,
  weight: overdue * days,
  oldest: { invoice: 'I-1', daysPastDue: days },
});
const item = (name: string, more: Partial<WorkItem> = {}): WorkItem => ({
  account: name,
  name,
  number: `K-${name}`,
  collector: 'U1',
  status: 'active',
  hold: null,
  snooze: null,
  autopay: false,
  owner: '',
  open: true,
  decision: null,
  overdue: [part('EUR', 100, 10)],
  ...more,
});
const listed = (items: WorkItem[], user = 'U1', team = TEAM) => worklist(items, team, user, today).map((entry) => entry.item.name);

describe('the order of a list', () => {
  it('is replies waiting, broken promises, promises due, then overdue amount times age', () => {
    const items = [
      item('old', { overdue: [part('EUR', 100, 20)] }),
      item('due', { promisesDue: 1, overdue: [part('EUR', 1, 1)] }),
      item('large', { overdue: [part('EUR', 201, 10)] }),
      item('broken', { brokenPromises: 1, overdue: [part('EUR', 1, 1)] }),
      item('reply', { replyWaiting: 1, overdue: [part('EUR', 1, 1)] }),
    ];
    expect(listed(items)).toEqual(['reply', 'broken', 'due', 'large', 'old']);
  });

  it('weighs what share an account has of its currency, so that currencies are never compared by amount', () => {
    const yen = item('half of the yen', { overdue: [part('JPY', 900_000, 30)] });
    const others = [item('of others', { collector: 'U2', overdue: [part('JPY', 900_000, 30), part('EUR', 10, 10)] })];
    const euro = item('nearly all euros', { overdue: [part('EUR', 90, 10)] });
    expect(listed([yen, euro, ...others])).toEqual(['nearly all euros', 'half of the yen']);
  });

  it('puts what is on hold last and keeps names in order where all else is equal', () => {
    const hold = { until: today, reason: 'x', by: 'U9' };
    const items = [item('b'), item('held', { hold, overdue: [part('EUR', 9_999, 99)] }), item('a')];
    expect(listed(items)).toEqual(['a', 'b', 'held']);
  });
});

describe('what is on a list', () => {
  it('is what its collector has, not what others or nobody have', () => {
    expect(listed([item('mine'), item('theirs', { collector: 'U2' }), item('nobody’s', { collector: null })])).toEqual(['mine']);
  });

  it('leaves out a snoozed account through its last day', () => {
    const snoozed = (until: string) => item('x', { snooze: { until: day(until), by: 'U1' } });
    expect(listed([snoozed('2026-11-20')])).toEqual([]);
    expect(listed([snoozed('2026-11-19')])).toEqual(['x']);
  });

  it('leaves out what is not due, but not a status somebody must decide about', () => {
    expect(listed([item('x', { overdue: [] })])).toEqual([]);
    const [entry] = worklist([item('x', { overdue: [], status: 'insolvent' })], TEAM, 'U1', today);
    expect(entry?.step).toEqual({ do: 'decide-by-hand', status: 'insolvent' });
  });

  it('goes to the cover while its collector is away, and is marked', () => {
    const away = { from: day('2026-11-16'), to: day('2026-11-20'), cover: 'U2' };
    const team = { ...TEAM, members: [{ ...TEAM.members[0]!, absence: away }, TEAM.members[1]!] };
    const items = [item('covered'), item('own', { collector: 'U2', overdue: [part('EUR', 1, 1)] })];
    expect(worklist(items, team, 'U2', today).map(({ item, coveredFor }) => [item.name, coveredFor])).toEqual([
      ['covered', 'U1'],
      ['own', null],
    ]);
    expect(listed(items, 'U1', team)).toEqual(['covered']);
    expect(worklist(items, team, 'U2', day('2026-11-21')).map(({ item }) => item.name)).toEqual(['own']);
  });
});

describe('counting open items', () => {
  const account = { account: 'a', name: 'Alder', number: 'K-1', autopay: false, owner: '', decision: null };
  const open = (number: string, due: string, amount: number, currency = 'EUR') => ({
    account: 'a',
    number,
    currency,
    due: day(due),
    open: amount,
  });

  it('sums per currency and remembers the oldest invoice', () => {
    const counter = workCounter(today, [account], new Map([['a', { ...NEW_WORK, collector: 'U1' }]]));
    counter.add(open('new', '2026-11-19', 500));
    counter.add(open('old', '2026-11-10', 100));
    counter.add(open('not due', '2026-11-20', 900));
    counter.add(open('pounds', '2026-11-18', 7, 'GBP'));
    const [counted] = counter.items();
    expect(counted).toMatchObject({ name: 'Alder', collector: 'U1', open: true });
    expect(counted?.overdue).toEqual([
      { currency: 'EUR', overdue: 600, invoices: 2, weight: 1_500, oldest: { invoice: 'old', daysPastDue: 10 } },
      { currency: 'GBP', overdue: 7, invoices: 1, weight: 14, oldest: { invoice: 'pounds', daysPastDue: 2 } },
    ]);
  });

  it('knows of waiting replies, also where nothing is open, and of promises whose day has come', () => {
    const reply = { id: 'r', kind: 'other' as const, received: today, by: 'U1' };
    const promise = { id: 'p', entity: '', currency: 'EUR', amount: 1, date: today, parts: [], saidBy: '', takenBy: 'U1', on: today };
    const work = { ...NEW_WORK, replies: [reply], promises: [promise, { ...promise, date: day('2026-11-21') }] };
    const [counted] = workCounter(today, [account], new Map([['a', work]])).items();
    expect(counted).toMatchObject({ open: false, replyWaiting: 1, promisesDue: 1 });
  });

  it('leaves out accounts that are not in the ledger', () => {
    const counter = workCounter(today, [], new Map());
    counter.add(open('x', '2026-11-01', 1));
    expect(counter.items()).toEqual([]);
  });
});

describe('the team', () => {
  const items = [
    item('a'),
    item('b', { overdue: [part('EUR', 1, 1), part('GBP', 5, 1)] }),
    item('c', { collector: 'U2' }),
    item('d', { collector: null }),
  ];

  it('is what is overdue by collector and currency, nobody’s last', () => {
    expect(
      loadByCollector([...items, item('nothing overdue', { overdue: [] })]).map(({ overdue, ...load }) => ({
        ...load,
        overdue: [...overdue],
      })),
    ).toEqual([
      {
        collector: 'U1',
        accounts: 2,
        overdue: [
          ['EUR', 101],
          ['GBP', 5],
        ],
      },
      { collector: 'U2', accounts: 1, overdue: [['EUR', 100]] },
      { collector: null, accounts: 1, overdue: [['EUR', 100]] },
    ]);
  });

  it('sees chosen accounts most urgent first', () => {
    expect(byWeight(items, (each) => each.collector === 'U1').map((each) => each.name)).toEqual(['b', 'a']);
  });
});
