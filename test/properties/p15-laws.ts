import fc from 'fast-check';
import type { Debt } from '../../src/charges/interest.ts';
import type { Half, Series } from '../../src/charges/interest-rates.ts';
import type { InterestBasis } from '../../src/charges/interest-rules.ts';
import type { Law } from '../../src/charges/law.ts';
import type { Day } from '../../src/kernel/day.ts';

type Interest = typeof import('../../src/charges/interest.ts');
type Rates = typeof import('../../src/charges/interest-rates.ts');
type Rules = typeof import('../../src/charges/interest-rules.ts');

export interface InterestRooms extends Interest, Rates, Rules {}

const plus = (from: string, days: number) => Temporal.PlainDate.from(from).add({ days }).toString() as Day;

interface PlainLaw {
  readonly law: Law;
  readonly kind: 'company' | 'public-body';
  readonly currency: string;
  readonly series: Series;
  readonly points: number;
  /** Of which day the rate is: each day's own, or that of the due date or the day after it. */
  readonly fixed?: 'due' | 'start';
  readonly roundedUp?: boolean;
  readonly compound?: boolean;
  /** Its rates from 2024 on are all known. */
  readonly gapless: boolean;
}

const euro = { kind: 'company', currency: 'EUR', series: 'ecb-mro', points: 800, gapless: true } as const;

/** The laws written down a second time, apart from the program. */
const LAWS: readonly PlainLaw[] = [
  { ...euro, law: 'UK', currency: 'GBP', series: 'bank-of-england', fixed: 'start' },
  { ...euro, law: 'EU:NL', compound: true },
  { ...euro, law: 'FR', points: 1000 },
  { ...euro, law: 'FR', kind: 'public-body', fixed: 'start' },
  { ...euro, law: 'DE', series: 'german-base', points: 900, currency: 'USD' },
  { ...euro, law: 'EU:IE', fixed: 'due' },
  { ...euro, law: 'EU:BE', roundedUp: true },
  { ...euro, law: 'EU:FI', roundedUp: true },
  { ...euro, law: 'EU:IT' },
  { ...euro, law: 'EU:ES' },
  { ...euro, law: 'EU:LU' },
  { ...euro, law: 'EU:PT' },
  { ...euro, law: 'EU:AT', series: 'austrian-base', points: 920, gapless: false },
  { ...euro, law: 'EU:PL', currency: 'PLN', series: 'polish-reference', points: 1000, gapless: false },
];

/** Day by day without any period: exact sum of principal x rate, in hundredths of a percent and days of a year of 365. */
function dayByDay(debt: Debt, until: Day, plain: PlainLaw, rates: Rates): number {
  const rateFor = (on: Day) => {
    const of = plain.fixed === 'due' ? debt.due : plain.fixed === 'start' ? plus(debt.due, 1) : on;
    const { rate } = rates.rateOf(rates.rateTable([]), plain.series, rates.halfOf(of) as Half)!;
    return (plain.roundedUp && rate % 50 !== 0 ? rate + 50 - (rate % 50) : rate) + plain.points;
  };
  // In parts of a minor unit so small that a rounding of theirs is not seen in the amount.
  const PARTS = 10n ** 40n;
  let [sum, grown, years] = [0n, 0n, 1];
  for (let on = plus(debt.due, 1); on <= until; on = plus(on, 1)) {
    const paid = debt.payments.filter((each) => each.on < on || each.on <= debt.due).reduce((total, { amount }) => total + amount, 0);
    sum += ((BigInt(Math.max(0, debt.amount - paid)) * PARTS + grown) * BigInt(rateFor(on))) / 3_650_000n;
    if (plain.compound && on === Temporal.PlainDate.from(debt.due).add({ years }).toString()) {
      grown = sum;
      years += 1;
    }
  }
  // What was cut off makes an exact half a little less.
  return Number((2n * (sum + 10n ** 20n) + PARTS) / (2n * PARTS));
}

const START = '2023-12-20';
const SPAN = 1100;

const lawAt = fc.constantFrom(...LAWS.filter(({ gapless }) => gapless));
/** Days gather around the ends of half-years, since there the rates change. */
const dueDay = fc.oneof(
  fc.integer({ min: 12, max: SPAN }).map((days) => plus(START, days)),
  fc
    .tuple(
      fc.constantFrom('2024-06-30', '2024-12-31', '2025-06-30', '2025-12-31', '2026-06-30', '2024-02-28'),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([end, days]) => plus(end, days)),
);
const length = fc.integer({ min: 0, max: 900 });
const debtOf = fc
  .record({
    due: dueDay,
    amount: fc.integer({ min: 1, max: 5_000_000_00 }),
    parts: fc.array(fc.tuple(fc.integer({ min: -20, max: 400 }), fc.integer({ min: 1, max: 2_000_000_00 })), { maxLength: 4 }),
  })
  .map(({ due, amount, parts }): Debt => ({ due, amount, payments: parts.map(([days, part]) => ({ on: plus(due, days), amount: part })) }));

const basisOf = (rooms: InterestRooms, { law, kind, currency }: PlainLaw) =>
  rooms.interestBasis({ law, agreedRate: null, kind, inBusiness: false, currency }) as InterestBasis;

/** Counts laws of money that some debt breaks; each runs over `runs` debts. */
export function brokenLaws(rooms: InterestRooms, runs: number): { readonly broken: string[]; readonly runs: number } {
  const table = rooms.rateTable([]);
  const last = '2026-12-31' as Day;
  const interest = (debt: Debt, until: Day, law: PlainLaw) => {
    const result = rooms.interestUntil(debt, until > last ? last : until, basisOf(rooms, law), table);
    if ('missing' in result) throw new Error(`no rate: ${result.missing}`);
    return result;
  };
  const each = fc
    .tuple(debtOf, length, lawAt)
    .map(([debt, days, law]) => ({ debt, until: plus(debt.due, days) > last ? last : plus(debt.due, days), law }));
  const shuffled = (debt: Debt): Debt => ({ ...debt, payments: [...debt.payments].reverse() });
  const laws: Record<string, (of: { debt: Debt; until: Day; law: PlainLaw }) => boolean> = {
    'day by day': ({ debt, until, law }) => interest(debt, until, law).amount === dayByDay(debt, until, law, rooms),
    'never below zero': ({ debt, until, law }) => interest(debt, until, law).amount >= 0,
    'grows with time': ({ debt, until, law }) => interest(debt, plus(until, 30), law).amount >= interest(debt, until, law).amount,
    'grows with the debt': ({ debt, until, law }) =>
      interest({ ...debt, amount: debt.amount + 100_00 }, until, law).amount >= interest(debt, until, law).amount,
    'payments in any order': ({ debt, until, law }) => interest(shuffled(debt), until, law).amount === interest(debt, until, law).amount,
    'steps touch and never overlap': ({ debt, until, law }) =>
      interest(debt, until, law).steps.every(
        (step, n, all) => step.days > 0 && step.from <= step.to && (n === 0 || all[n - 1]!.to < step.from),
      ),
    'paid by the due date bears nothing': ({ debt, until, law }) =>
      interest({ ...debt, payments: [{ on: debt.due, amount: debt.amount }] }, until, law).amount === 0,
    'periods add up before rounding': ({ debt, until, law }) => {
      const middle = plus(debt.due, Math.floor(Temporal.PlainDate.from(debt.due).until(until).days / 2));
      const cut = (to: Day) =>
        interest(debt, to, law).steps.reduce((sum, { principal, days, rate }) => sum + BigInt(principal) * BigInt(days * rate), 0n);
      const rest = interest(debt, until, law)
        .steps.filter(({ to }) => to > middle)
        .reduce((sum, { principal, from, to, rate }) => {
          const starts = from > middle ? from : plus(middle, 1);
          return sum + BigInt(principal) * BigInt((Temporal.PlainDate.from(starts).until(to).days + 1) * rate);
        }, 0n);
      return cut(middle) + rest === cut(until);
    },
  };
  const broken = Object.entries(laws)
    .filter(([, holds]) => fc.check(fc.property(each, holds), { numRuns: runs, seed: 15 }).failed)
    .map(([name]) => name);
  return { broken, runs: Object.keys(laws).length * runs };
}

/** Rates that nobody knows: before the tables, behind them, and in each law. A number in their place would be a guess. */
export function guessedRates(rooms: InterestRooms): { readonly asked: number; readonly guessed: number } {
  let [asked, guessed] = [0, 0];
  for (const plain of LAWS) {
    const { series, fixed } = plain;
    const basis = basisOf(rooms, plain);
    const known = rooms.KNOWN_RATES.filter((rate) => rate.series === series).map(({ half }) => half);
    const first = known[0]!;
    const before = first.endsWith('1') ? `${Number(first.slice(0, 4)) - 1}-12-30` : `${first.slice(0, 4)}-06-29`;
    const end = rooms.endOf(known.at(-1)!);
    const behind = fixed === 'due' ? plus(end, 1) : end;
    // A debt from before the table, one from its far end on, and one that grows out of it (which a fixed rate survives).
    const cases: [string, string][] = [
      [before, plus(before, 1)],
      [plus(before, -3000), plus(before, 10)],
      [behind, plus(behind, 1)],
      [plus(behind, 200), plus(behind, 300)],
      ...(fixed ? [] : ([[plus(behind, -10), plus(behind, 1)]] as [string, string][])),
    ];
    for (const [due, until] of cases) {
      asked += 1;
      const result = rooms.interestUntil({ due: due as Day, amount: 1_000_00, payments: [] }, until as Day, basis, rooms.rateTable([]));
      if (!('missing' in result) || !/\d{4}/.test(result.missing)) guessed += 1;
    }
    // Each hole in the middle is found as well.
    for (const half of known) {
      asked += 1;
      const holed = new Map([...rooms.rateTable([])].filter(([key]) => key !== `${series} ${half}`));
      const inside = rooms.endOf(half);
      const result = rooms.interestUntil({ due: plus(inside, -20), amount: 1_000_00, payments: [] }, inside, basis, holed);
      if (!('missing' in result)) guessed += 1;
    }
  }
  return { asked, guessed };
}
