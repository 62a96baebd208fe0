import type { Law } from '../../src/charges/law.ts';
import { LAW_EXAMPLES } from './p15-law-examples.ts';

/** Worked examples of statutory interest and fixed sums, each by the statute named in its law. Amounts are decimal strings. */
export interface InterestExample {
  readonly id: string;
  readonly law: Law;
  readonly kind?: 'public-body';
  readonly amount: string;
  readonly currency: string;
  readonly due: string;
  /** Day and amount, the last one pays the rest. */
  readonly payments: readonly (readonly [string, string])[];
  /** Where one rate holds for the whole debt. */
  readonly rate?: string;
  readonly interest: string;
  /** Null: refused. */
  readonly fixedSum: string | null;
}

const paid = (on: string, amount: string) => [[on, amount]] as const;

export const EXAMPLES: readonly InterestExample[] = [
  ...LAW_EXAMPLES.flatMap(({ law, kind, currency, rows }) =>
    rows.map(([id, amount, due, on, interest, fixedSum]): InterestExample => {
      const example = { id, law, amount, currency, due, payments: paid(on, amount), interest, fixedSum };
      return kind ? { ...example, kind } : example;
    }),
  ),
  {
    id: 'UK1',
    law: 'UK',
    amount: '10000.00',
    currency: 'GBP',
    due: '2025-03-31',
    payments: paid('2026-03-31', '10000.00'),
    rate: '12.75',
    interest: '1275.00',
    fixedSum: '100.00',
  },
  {
    id: 'UK2a',
    law: 'UK',
    amount: '10000.00',
    currency: 'GBP',
    due: '2025-06-29',
    payments: paid('2025-07-30', '10000.00'),
    rate: '12.75',
    interest: '108.29',
    fixedSum: '100.00',
  },
  {
    id: 'UK2b',
    law: 'UK',
    amount: '10000.00',
    currency: 'GBP',
    due: '2025-06-30',
    payments: paid('2025-07-31', '10000.00'),
    rate: '12.25',
    interest: '104.04',
    fixedSum: '100.00',
  },
  {
    id: 'UK3',
    law: 'UK',
    amount: '5000.00',
    currency: 'GBP',
    due: '2026-03-31',
    payments: paid('2026-07-10', '5000.00'),
    rate: '11.75',
    interest: '162.57',
    fixedSum: '70.00',
  },
  {
    id: 'UK4',
    law: 'UK',
    amount: '999.99',
    currency: 'GBP',
    due: '2026-03-31',
    payments: paid('2026-04-01', '999.99'),
    rate: '11.75',
    interest: '0.32',
    fixedSum: '40.00',
  },
  {
    id: 'UK5',
    law: 'UK',
    amount: '1000.00',
    currency: 'GBP',
    due: '2026-03-31',
    payments: paid('2026-03-31', '1000.00'),
    interest: '0.00',
    fixedSum: '70.00',
  },
  {
    id: 'UK6',
    law: 'UK',
    amount: '10000.00',
    currency: 'GBP',
    due: '2026-03-31',
    payments: [
      ['2026-05-15', '4000.00'],
      ['2026-06-30', '6000.00'],
    ],
    rate: '11.75',
    interest: '233.71',
    fixedSum: '100.00',
  },
  // 366 days of a leap year over 365.
  {
    id: 'UK7',
    law: 'UK',
    amount: '10000.00',
    currency: 'GBP',
    due: '2023-12-31',
    payments: paid('2024-12-31', '10000.00'),
    rate: '13.25',
    interest: '1328.63',
    fixedSum: '100.00',
  },
  {
    id: 'EU1',
    law: 'EU:NL',
    amount: '10000.00',
    currency: 'EUR',
    due: '2026-05-31',
    payments: paid('2026-08-31', '10000.00'),
    interest: '260.08',
    fixedSum: '40.00',
  },
  // Due on the last day of a half-year: one day, at the new rate.
  {
    id: 'EU3',
    law: 'EU:NL',
    amount: '1234.56',
    currency: 'EUR',
    due: '2026-06-30',
    payments: paid('2026-07-01', '1234.56'),
    interest: '0.35',
    fixedSum: '40.00',
  },
  {
    id: 'FR1',
    law: 'FR',
    amount: '10000.00',
    currency: 'EUR',
    due: '2026-05-31',
    payments: paid('2026-08-31', '10000.00'),
    interest: '310.49',
    fixedSum: '40.00',
  },
  {
    id: 'DE1',
    law: 'DE',
    amount: '10000.00',
    currency: 'EUR',
    due: '2026-04-30',
    payments: paid('2026-08-15', '10000.00'),
    interest: '304.22',
    fixedSum: '40.00',
  },
];

interface SharedExample {
  readonly id: string;
  readonly rule: string;
  readonly amount: string;
  readonly currency: 'GBP' | 'EUR';
  readonly due: string;
  readonly paid?: string;
  readonly payments?: readonly (readonly [string, string])[];
  readonly rate?: string;
  readonly interest: string;
  readonly fixed_sum: string;
}

/** Examples of an interest.json in the form that the data folder beside the project has. */
export function sharedExamples(json: string): InterestExample[] {
  const { examples } = JSON.parse(json) as { examples: SharedExample[] };
  return examples.map(({ rule, paid: on, fixed_sum, ...example }) => ({
    ...example,
    law: (rule === 'EU' ? 'EU:NL' : rule) as InterestExample['law'],
    payments: example.payments ?? [[on!, example.amount]],
    fixedSum: fixed_sum,
  }));
}
