import type { Moment } from '../account/moment.ts';
import type { Day } from '../kernel/day.ts';

/** A ceiling for what is open in one currency, in minor units. 0 is cash in advance, which differs from no limit. */
export interface CreditLimit {
  readonly amount: number;
  /** The last day on which it counts; afterwards it is 0. Null: until it is changed. */
  readonly until: Day | null;
  /** Who decided: a Slack user id, 'import' or the id of a decision. */
  readonly by: string;
  readonly on: Day;
  /** 1, 2, ... with each change: alerts are told once a version. */
  readonly version: number;
}
export type LimitsByCurrency = Readonly<Record<string, CreditLimit>>;

/** A credit check as its provider gave it. */
export interface CreditCheck {
  readonly provider: string;
  readonly grade: string;
  readonly on: Day;
  /** The last day on which it counts; null: not said. */
  readonly until: Day | null;
}

/** Money asked for before delivery; minor units. */
export interface Deposit {
  readonly currency: string;
  readonly asked: number;
  readonly received: number;
  readonly by: Day | null;
}

export interface CreditFile {
  /** 1, 2, ...: a form opened from another one is refused; 0: nobody has filled it in. */
  readonly revision: number;
  readonly limits: LimitsByCurrency;
  /** For this account and all below it. */
  readonly groupLimits: LimitsByCurrency;
  /** Of each provider the newest: grades of two providers stand beside each other and are never compared. */
  readonly checks: readonly CreditCheck[];
  readonly deposit: Deposit | null;
  /** Guarantees and other security, in words; '' for none. */
  readonly security: string;
  /** Goods stay ours until they are paid. */
  readonly retentionOfTitle: boolean;
  /** What the credit insurer covers, and its share in percent. */
  readonly insured: { readonly currency: string; readonly amount: number; readonly percent: number } | null;
  readonly nextReview: Day | null;
  /** What a file said of limits last, so that the same file again changes nothing. */
  readonly imported: string;
}

export const NO_CREDIT_FILE: CreditFile = {
  ...{ revision: 0, limits: {}, groupLimits: {}, checks: [], deposit: null, security: '', retentionOfTitle: false, insured: null },
  ...{ nextReview: null, imported: '' },
};

/** The file with limits that were decided before there were files. */
export function creditFileOf({
  creditFile,
  creditLimits,
}: {
  readonly creditFile: CreditFile;
  readonly creditLimits: Readonly<Record<string, number>>;
}): CreditFile {
  const before = Object.entries(creditLimits)
    .filter(([currency]) => !creditFile.limits[currency])
    .map(([currency, amount]) => [currency, { amount, until: null, by: '', on: LONG_AGO, version: 0 }] as const);
  return before.length === 0 ? creditFile : { ...creditFile, limits: { ...Object.fromEntries(before), ...creditFile.limits } };
}
const LONG_AGO = '2000-01-01' as Day;

/** What a person enters; limits are decided, not entered here. */
export interface CreditEntered {
  readonly check: CreditCheck | null;
  readonly deposit: Deposit | null;
  readonly security: string;
  readonly retentionOfTitle: boolean;
  readonly insured: CreditFile['insured'];
  readonly nextReview: Day | null;
}

/** A limit somebody decided elsewhere. */
export interface DecidedLimit {
  readonly scope: 'account' | 'group';
  readonly currency: string;
  readonly amount: number;
  readonly until: Day | null;
}

export type CreditFileRequest =
  | { readonly do: 'set-credit-file'; readonly seen: number; readonly entered: CreditEntered }
  | { readonly do: 'import-limits'; readonly limits: readonly DecidedLimit[]; readonly imported: string };

export type CreditFileFact =
  | { readonly type: 'credit-file-set'; readonly entered: CreditEntered }
  | {
      readonly type: 'credit-limit-imported';
      readonly scope: 'account' | 'group';
      readonly currency: string;
      readonly from: number | null;
      readonly amount: number;
      readonly until: Day | null;
    };

export type CreditFileRefusal =
  | 'credit-file-changed-meanwhile'
  | 'credit-file-unchanged'
  | 'check-incomplete'
  | 'check-in-future'
  | 'check-ends-early'
  | 'deposit-not-positive'
  | 'insured-percent'
  | 'limit-negative';

interface Filed {
  readonly creditFile: CreditFile;
}
export type CreditFileDecision<Work> =
  | { readonly work: Work; readonly facts: readonly CreditFileFact[] }
  | { readonly refused: CreditFileRefusal };

export function decideCreditFile<Work extends Filed>(
  work: Work,
  request: CreditFileRequest,
  { by, today }: Moment,
): CreditFileDecision<Work> {
  const { creditFile } = work;
  if (request.do === 'import-limits') {
    if (request.limits.some(({ amount }) => !Number.isSafeInteger(amount) || amount < 0)) return { refused: 'limit-negative' };
    let file: CreditFile = { ...creditFile, imported: request.imported };
    const facts = request.limits.flatMap((each): CreditFileFact[] => {
      const before = limitsIn(file, each.scope)[each.currency];
      if (before && before.amount === each.amount && before.until === each.until) return [];
      file = withLimit(file, each, by, today);
      const { scope, currency, amount, until } = each;
      return [{ type: 'credit-limit-imported', scope, currency, from: before?.amount ?? null, amount, until }];
    });
    return { work: { ...work, creditFile: file }, facts };
  }
  const { entered, seen } = request;
  if (creditFile.revision !== seen) return { refused: 'credit-file-changed-meanwhile' };
  const problem = problemOf(entered, today);
  if (problem) return { refused: problem };
  const { check, ...rest } = entered;
  const checks = check
    ? [...creditFile.checks.filter(({ provider }) => !sameProvider(provider, check.provider)), check]
    : creditFile.checks;
  const after: CreditFile = { ...creditFile, ...rest, checks };
  if (JSON.stringify(after) === JSON.stringify(creditFile)) return { refused: 'credit-file-unchanged' };
  return { work: { ...work, creditFile: { ...after, revision: seen + 1 } }, facts: [{ type: 'credit-file-set', entered }] };
}

function problemOf({ check, deposit, insured }: CreditEntered, today: Day): CreditFileRefusal | null {
  if (check && (check.provider.trim() === '' || check.grade.trim() === '')) return 'check-incomplete';
  if (check && check.on > today) return 'check-in-future';
  if (check?.until && check.until < check.on) return 'check-ends-early';
  if (deposit && !(deposit.asked > 0 && deposit.received >= 0)) return 'deposit-not-positive';
  return insured && !(insured.amount > 0 && Number.isInteger(insured.percent) && insured.percent >= 1 && insured.percent <= 100)
    ? 'insured-percent'
    : null;
}

/** The file with a limit as it was decided. */
export function withLimit(file: CreditFile, { scope, currency, amount, until }: DecidedLimit, by: string, on: Day): CreditFile {
  const limits = limitsIn(file, scope);
  const version = (limits[currency]?.version ?? 0) + 1;
  const after = { ...limits, [currency]: { amount, until, by, on, version } };
  return scope === 'group' ? { ...file, groupLimits: after } : { ...file, limits: after };
}

const limitsIn = (file: CreditFile, scope: DecidedLimit['scope']) => (scope === 'group' ? file.groupLimits : file.limits);
const sameProvider = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What counts of a limit today: nothing once it has expired, and never more than what the insurer's cover stands for in full. */
export function limitOn({ amount, until }: CreditLimit, insured: CreditFile['insured'], currency: string, today: Day): number {
  if (until !== null && until < today) return 0;
  if (insured?.currency !== currency) return amount;
  return Math.min(amount, Number((BigInt(insured.amount) * 100n) / BigInt(insured.percent)));
}

/** What of a file wants somebody: a review that is due, checks that end, a deposit that has not come. */
export type FileTask =
  | { readonly what: 'review'; readonly day: Day }
  | { readonly what: 'check'; readonly day: Day; readonly provider: string }
  | { readonly what: 'deposit'; readonly day: Day; readonly currency: string; readonly missing: number }
  | { readonly what: 'limit'; readonly day: Day; readonly currency: string };

/** Due through `ahead`. */
export function fileTasks({ nextReview, checks, deposit, limits }: CreditFile, ahead: Day): FileTask[] {
  const tasks: FileTask[] = [];
  if (nextReview && nextReview <= ahead) tasks.push({ what: 'review', day: nextReview });
  for (const { provider, until } of checks) if (until && until <= ahead) tasks.push({ what: 'check', day: until, provider });
  if (deposit?.by && deposit.by <= ahead && deposit.received < deposit.asked)
    tasks.push({ what: 'deposit', day: deposit.by, currency: deposit.currency, missing: deposit.asked - deposit.received });
  for (const [currency, { until }] of Object.entries(limits))
    if (until && until <= ahead) tasks.push({ what: 'limit', day: until, currency });
  return tasks;
}
