import { startLevel } from './carry-over.ts';
import { addDays } from './days.ts';
import { DEFAULT_STAGES } from './default-policy.ts';
import type { Example } from './examples.ts';
import { change, type Event, invoice } from './replay.ts';
import type { AccountDay } from './types.ts';

const set =
  (what: Partial<AccountDay>): Event =>
  (day) => ({ ...day, ...what });
const other = { entity: 'F' };
const reply = { entity: 'E', on: '2026-01-14', about: ['A'], answers: null };
const moved = [
  invoice('D80', 1_000, addDays('2026-01-05', -80)),
  invoice('D30', 1_000, addDays('2026-01-05', -30)),
  invoice('D12', 1_000, addDays('2026-01-05', -12)),
  invoice('D3', 1_000, addDays('2026-01-05', -3)),
];
const confirmed = moved.flatMap((of) => startLevel(DEFAULT_STAGES, of, '2026-01-05', null) ?? []);
const begin = { entity: 'E', enteredOn: '2026-01-05', turnOn: null };

/** Examples in which something is paid, promised, disputed, held or moved meanwhile. */
export const CHANGES: readonly Example[] = [
  {
    name: 'two entities are never asked on one day',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('G', 1_000, '2026-01-05', other)],
    from: '2026-01-05',
    through: '2026-01-21',
    contacts: [
      '2026-01-08 friendly A',
      '2026-01-09 friendly G',
      '2026-01-15 reminder A',
      '2026-01-16 reminder G',
      '2026-01-19 call A',
      '2026-01-20 call G',
    ],
  },
  {
    name: 'a placement rests what was handed over, and asks about what comes late',
    invoices: [invoice('A', 1_000, '2025-11-05'), invoice('B', 1_000, '2026-01-05'), invoice('G', 1_000, '2026-01-05', other)],
    from: '2026-01-02',
    through: '2026-01-21',
    account: { placements: [{ entity: 'E', on: '2026-01-02', invoices: ['A'], answers: [] }] },
    contacts: [
      '2026-01-08 friendly plain B',
      '2026-01-09 friendly G',
      '2026-01-15 reminder plain B',
      '2026-01-16 reminder G',
      '2026-01-19 call B',
      '2026-01-20 call G',
    ],
  },
  {
    name: 'a promise is broken',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('B', 1_000, '2026-01-19')],
    from: '2026-01-05',
    through: '2026-02-12',
    events: { '2026-01-20': change('A', { promises: [{ amount: 100_000, on: '2026-01-20', day: '2026-01-30' }] }) },
    contacts: [
      '2026-01-08 friendly A',
      '2026-01-15 reminder A',
      '2026-01-19 call A',
      '2026-01-22 friendly B',
      '2026-01-29 reminder B',
      '2026-02-02 call B',
      '2026-02-05 firm A',
      '2026-02-12 second-contact A B=firm',
    ],
  },
  {
    name: 'a dispute about a part is rejected',
    invoices: [invoice('A', 5_000, '2026-01-05')],
    from: '2026-01-05',
    through: '2026-04-10',
    events: {
      '2026-01-19': change('A', { disputes: [{ amount: 400_000, openedOn: '2026-01-19', limit: '2026-03-31' }] }),
      '2026-03-16': change('A', { disputes: [], disputeClosedOn: '2026-03-16' }),
    },
    contacts: [
      '2026-01-08 friendly A',
      '2026-01-15 reminder A',
      '2026-01-19 call A',
      '2026-01-26 firm A',
      '2026-02-04 second-contact A',
      '2026-02-16 manager-call A',
      '2026-02-19 final-notice A',
      '2026-03-23 final-notice A',
    ],
    decisions: ['2026-03-06 demand-letter A', '2026-04-06 demand-letter A'],
  },
  {
    name: 'an outage is made up for one step at a time',
    invoices: [invoice('A', 1_000, '2026-01-05')],
    from: '2026-01-05',
    through: '2026-03-25',
    events: { '2026-01-12': set({ holdThrough: '2026-02-13' }) },
    contacts: [
      '2026-01-08 friendly A',
      '2026-02-16 reminder A',
      '2026-02-18 call A',
      '2026-02-23 firm A',
      '2026-03-02 second-contact A',
      '2026-03-05 manager-call A',
      '2026-03-09 final-notice A',
    ],
    decisions: ['2026-03-23 demand-letter A'],
  },
  {
    name: 'a ledger moves in, and its starts are confirmed by age',
    invoices: [...moved, invoice('N', 1_000, '2026-01-12')],
    from: '2026-01-05',
    through: '2026-01-30',
    account: { starts: [{ ...begin, confirmedOn: null }] },
    events: { '2026-01-07': set({ starts: [{ ...begin, confirmedOn: '2026-01-07' }], levels: confirmed }) },
    contacts: [
      '2026-01-07 second-contact D80 D12=reminder D3=friendly',
      '2026-01-09 call D30 D12',
      '2026-01-14 firm D30 D12 D3=reminder',
      '2026-01-21 second-contact D30 N=friendly',
      '2026-01-23 manager-call D80',
      '2026-01-28 final-notice D80 D30',
    ],
  },
  {
    name: 'the owner in sales holds one invoice',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('B', 1_000, '2026-01-19')],
    from: '2026-01-05',
    through: '2026-02-05',
    events: {
      '2026-01-23': set({
        ownerQuestions: [
          { entity: 'E', stage: 'firm', invoices: ['A'], askedOn: '2026-01-22', answer: { on: '2026-01-23', holdThrough: '2026-02-02' } },
        ],
      }),
    },
    contacts: [
      '2026-01-08 friendly A',
      '2026-01-15 reminder A',
      '2026-01-19 call A',
      '2026-01-22 friendly B',
      '2026-01-29 reminder B',
      '2026-02-02 call B',
      '2026-02-05 firm A',
    ],
  },
  {
    name: 'a reply rests what it is about',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('B', 1_000, '2026-01-12'), invoice('G', 1_000, '2026-01-12', other)],
    from: '2026-01-05',
    through: '2026-01-28',
    events: {
      '2026-01-14': set({ replies: [{ ...reply, answeredOn: null }] }),
      '2026-01-28': set({ replies: [{ ...reply, answeredOn: '2026-01-28' }] }),
    },
    contacts: [
      '2026-01-08 friendly A',
      '2026-01-15 friendly G',
      '2026-01-21 friendly B',
      '2026-01-22 reminder G',
      '2026-01-26 call G',
      '2026-01-28 reminder A B',
    ],
  },
  {
    name: 'a manager jumps one invoice to the final notice',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('B', 1_000, '2026-01-05')],
    from: '2026-01-05',
    through: '2026-01-22',
    events: { '2026-01-12': set({ jumps: [{ invoice: 'A', stage: 'final-notice' }] }) },
    contacts: ['2026-01-08 friendly A B', '2026-01-15 final-notice A', '2026-01-22 reminder plain B'],
  },
  {
    name: 'a note rides in the reminder of another invoice',
    invoices: [invoice('A', 1_000, '2026-01-05'), invoice('L', 20_000, '2026-01-20')],
    from: '2026-01-05',
    through: '2026-01-20',
    contacts: ['2026-01-08 friendly A', '2026-01-15 reminder A L=note', '2026-01-19 call A'],
  },
];
