/** How much is measured, and how often. */
export interface BenchSize {
  readonly runs: number;
  readonly invoices: number;
  readonly accounts: number;
  readonly decisions: readonly number[];
  readonly drafts: number;
  readonly mails: number;
  /** Through a server that takes few a minute. */
  readonly limited: number;
  readonly commands: number;
  /** Requests that two people decide. */
  readonly approvals: number;
  /** Entries of the paper trail in the store, and in a file. */
  readonly trail: readonly number[];
  readonly trailFile: number;
}

export const SIZES: Readonly<Record<'full' | 'tiny', BenchSize>> = {
  full: {
    runs: 5,
    invoices: 100_000,
    accounts: 5_000,
    decisions: [1_000, 10_000, 100_000],
    drafts: 2_000,
    mails: 100,
    limited: 1_000,
    commands: 1_000,
    approvals: 1_000,
    trail: [10_000, 100_000],
    trailFile: 1_000_000,
  },
  tiny: {
    runs: 1,
    invoices: 300,
    accounts: 30,
    decisions: [20, 40, 80],
    drafts: 20,
    mails: 5,
    limited: 35,
    commands: 20,
    approvals: 20,
    trail: [100, 300],
    trailFile: 500,
  },
};

/** One line of the report: ratios of times of the same run, medians over the runs, and what they were made of. */
export type BenchLine = { readonly bench: string } & Readonly<Record<string, number | string | readonly number[]>>;

/** Milliseconds, rounded to a tenth. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return round(performance.now() - from);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return round(sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2);
}

/** Median of the ratios of one run each: what slows a run down slows both of its sides. */
export const ratio = (above: readonly number[], below: readonly number[]) => median(above.map((each, i) => each / below[i]!));

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!);
}

export const round = (value: number) => Math.round(value * 100) / 100;

/** Of this process, in mebibytes. */
export const memory = () => Math.round(process.memoryUsage().rss / 2 ** 20);
