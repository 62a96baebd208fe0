import { addDays, type Day } from './days.ts';
import { CHANGES } from './examples-changes.ts';
import { change, type Event, invoice } from './replay.ts';
import type { AccountDay, Invoice } from './types.ts';

/** A worked example: Monday to Friday, no holidays, amounts in euros. */
export interface Example {
  readonly name: string;
  readonly invoices: readonly Invoice[];
  readonly from: Day;
  readonly through: Day;
  readonly account?: Partial<AccountDay>;
  readonly events?: Readonly<Record<Day, Event>>;
  /** One line per message: its day, its stage, what it takes (with "=stage" where that is another). */
  readonly contacts: readonly string[];
  /** Lists for people, on the day on which they change. */
  readonly decisions?: readonly string[];
}

const set =
  (what: Partial<AccountDay>): Event =>
  (day) => ({ ...day, ...what });
const weekly = (n: number) => Array.from({ length: n }, (_, i) => invoice(`W${i}`, 1_000, addDays('2026-01-05', 7 * i)));
const letter = { entity: 'E', currency: 'EUR', stage: 'demand-letter', days: 60, approvedOn: '2026-03-11', invoices: ['W0'], sent: null };
const small = (euros: number, contacts: readonly string[]): Example => ({
  name: `${euros.toFixed(2)} alone`,
  invoices: [invoice('A', euros, '2026-01-05')],
  from: '2026-01-02',
  through: '2026-04-28',
  contacts,
});

const AGES: readonly Example[] = [
  {
    name: 'a younger invoice has its own ladder after the final notice of an older one',
    invoices: [invoice('A', 1_000, '2026-09-01'), invoice('B', 5_000, '2026-10-15')],
    from: '2026-08-25',
    through: '2026-12-31',
    events: { '2026-10-21': change('A', { open: 0 }) },
    contacts: [
      '2026-09-04 friendly A',
      '2026-09-11 reminder A',
      '2026-09-15 call A',
      '2026-09-22 firm A',
      '2026-10-01 second-contact A',
      '2026-10-12 manager-call A',
      '2026-10-16 final-notice A',
      '2026-10-23 friendly plain B',
      '2026-10-30 reminder plain B',
      '2026-11-03 call B',
      '2026-11-06 firm B',
      '2026-11-16 second-contact B',
      '2026-11-24 manager-call B',
      '2026-11-30 final-notice B',
      '2026-12-28 statement',
    ],
    decisions: ['2026-12-14 demand-letter B'],
  },
  {
    name: 'one cent never leads, and rides along',
    invoices: [invoice('A', 0.01, '2026-01-01'), invoice('B', 90_000, '2026-03-01')],
    from: '2026-01-01',
    through: '2026-05-04',
    contacts: [
      '2026-02-23 note B=note',
      '2026-03-04 friendly A B',
      '2026-03-11 reminder A B',
      '2026-03-16 call A B',
      '2026-03-23 firm A B',
      '2026-03-31 second-contact A B',
      '2026-04-10 manager-call A B',
      '2026-04-15 final-notice A B',
    ],
    decisions: ['2026-04-30 demand-letter A B'],
  },
  {
    name: 'a small balance and a notice beside two large invoices',
    invoices: [invoice('I1', 50, '2026-01-01'), invoice('I2', 50_000, '2026-05-01'), invoice('I3', 90_000, '2026-06-01')],
    from: '2026-01-01',
    through: '2026-07-16',
    contacts: [
      '2026-01-05 friendly I1',
      '2026-01-12 reminder I1',
      '2026-01-22 firm I1',
      '2026-02-19 statement',
      '2026-03-19 statement',
      '2026-04-16 statement',
      '2026-04-24 note I2=note',
      '2026-05-04 friendly I2',
      '2026-05-11 reminder I2',
      '2026-05-15 call I2',
      '2026-05-22 firm I2',
      '2026-06-01 second-contact I1 I2',
      '2026-06-08 friendly plain I3',
      '2026-06-10 manager-call I1 I2',
      '2026-06-15 final-notice I1 I2',
      '2026-06-22 reminder plain I3',
      '2026-06-24 call I3',
      '2026-06-29 firm I3',
      '2026-07-06 second-contact I3',
      '2026-07-13 manager-call I3',
      '2026-07-16 final-notice I3',
    ],
    decisions: ['2026-06-30 demand-letter I1 I2'],
  },
  {
    name: 'weekly invoices that are never paid',
    invoices: weekly(7),
    from: '2026-01-05',
    through: '2026-04-09',
    events: { '2026-03-11': set({ letters: [letter] }) },
    contacts: [
      '2026-01-08 friendly W0',
      '2026-01-15 reminder W0 W1=friendly',
      '2026-01-19 call W0',
      '2026-01-22 reminder W1 W2=friendly',
      '2026-01-29 firm W0 W2=reminder W3=friendly',
      '2026-02-02 call W2',
      '2026-02-05 second-contact W0 W1=firm W3=reminder W4=friendly',
      '2026-02-12 firm W2 W4=reminder W5=friendly',
      '2026-02-16 manager-call W0 W4=call',
      '2026-02-19 final-notice W0',
      '2026-02-26 second-contact W1 W2 W3=firm W4=firm W5=reminder W6=friendly',
      '2026-03-05 firm W5 W6=reminder',
      '2026-03-09 call W6',
      '2026-03-12 demand-letter W0',
      '2026-03-19 final-notice W1 W2',
      '2026-03-26 second-contact W3 W4 W5 W6=firm',
      '2026-03-31 manager-call W3 W4 W5',
      '2026-04-09 final-notice W3 W4 W5',
    ],
    decisions: ['2026-03-06 demand-letter W0', '2026-04-02 demand-letter W1 W2'],
  },
  small(18, []),
  small(60, [
    '2026-01-08 friendly A',
    '2026-01-15 reminder A',
    '2026-01-26 firm A',
    '2026-02-23 statement',
    '2026-03-23 statement',
    '2026-04-20 statement',
  ]),
  small(300, [
    '2026-01-08 friendly A',
    '2026-01-15 reminder A',
    '2026-01-19 call A',
    '2026-01-26 firm A',
    '2026-02-04 second-contact A',
    '2026-03-04 statement',
    '2026-04-01 statement',
  ]),
];

export const EXAMPLES: readonly Example[] = [...AGES, ...CHANGES];
