import type { Amounts, Rules, Stage } from './types.ts';

/** "Minimum in EUR, GBP, USD, CHF; shipped too: SEK, NOK, DKK x10; PLN x4; CZK x25; HUF x400; JPY x160." */
const TIMES: Readonly<Record<string, number>> = {
  EUR: 1,
  GBP: 1,
  USD: 1,
  CHF: 1,
  SEK: 10,
  NOK: 10,
  DKK: 10,
  PLN: 4,
  CZK: 25,
  HUF: 400,
  JPY: 160,
};

/** Minor units in each shipped currency; the yen has none. "A currency without figures has none." */
export function inEachCurrency(euros: number): Amounts {
  return Object.fromEntries(Object.entries(TIMES).map(([code, times]) => [code, euros * times * (code === 'JPY' ? 1 : 100)]));
}

const plain = {
  ownGap: 0,
  spacing: 0,
  covers: 0,
  contact: 'first',
  attach: null,
  largeOrFirst: false,
  approvedBy: 'collector',
  stopsSupply: false,
} as const;
const from = inEachCurrency;
const note: Stage = { ...plain, key: 'note', days: -7, how: 'mail', words: 'friendly', minimum: from(25), largeOrFirst: true };
const friendly: Stage = { ...plain, key: 'friendly', days: 3, how: 'mail', words: 'friendly', minimum: from(25), attach: 'copies' };
const reminder: Stage = {
  ...plain,
  key: 'reminder',
  days: 10,
  how: 'mail',
  words: 'friendly',
  minimum: from(25),
  ownGap: 5,
  attach: 'statement',
};
const call: Stage = { ...plain, key: 'call', days: 14, how: 'call', words: null, minimum: from(100), ownGap: 2, spacing: 5, covers: 10 };
const firm: Stage = { ...plain, key: 'firm', days: 21, how: 'mail', words: 'firm', minimum: from(25), ownGap: 2 };
const secondContact: Stage = {
  ...plain,
  key: 'second-contact',
  days: 30,
  how: 'mail',
  words: 'firm',
  minimum: from(100),
  ownGap: 5,
  spacing: 10,
  contact: 'second',
  stopsSupply: true,
};
const managerCall: Stage = { ...call, key: 'manager-call', days: 40, minimum: from(500), ownGap: 3, spacing: 10, approvedBy: 'manager' };
const finalNotice: Stage = {
  ...plain,
  key: 'final-notice',
  days: 45,
  how: 'mail',
  words: 'formal',
  minimum: from(500),
  ownGap: 2,
  spacing: 15,
  approvedBy: 'second-person',
};
const demandLetter: Stage = {
  ...plain,
  key: 'demand-letter',
  days: 60,
  how: 'decision',
  words: null,
  minimum: from(500),
  ownGap: 10,
  approvedBy: 'people',
};
const lastStep: Stage = { ...demandLetter, key: 'last-step', days: 90, ownGap: 15 };

export const DEFAULT_STAGES: readonly Stage[] = [
  note,
  friendly,
  reminder,
  call,
  firm,
  secondContact,
  managerCall,
  finalNotice,
  demandLetter,
  lastStep,
];

/** "Large accounts: the same with call at 7 before reminder (own gap 2)." */
export const LARGE_ACCOUNT_STAGES: readonly Stage[] = [
  note,
  friendly,
  { ...call, days: 7 },
  { ...reminder, ownGap: 2 },
  firm,
  secondContact,
  managerCall,
  finalNotice,
  demandLetter,
  lastStep,
];

export const DEFAULT_NUMBERS: Rules = {
  demandGap: 5,
  mailCallGap: 2,
  statementAfter: 20,
  firstDay: 3,
  statementMinimum: from(25),
  plainDays: 30,
  replyRestsOthers: 5,
  placementQuestion: 3,
  closedDispute: 5,
  callMissed: 5,
  callTries: 3,
  ownerAsked: 2,
  ownerAnswer: 10,
  ownerStandingGo: 30,
  promiseGrace: 2,
  letterGrace: 3,
  letterFirst: 5,
  noticeRuns: 10,
  noRests: 20,
  noAtMost: 60,
  smallBalanceDay: 60,
  smallBalanceKept: 60,
  smallStatements: 3,
  large: from(10_000),
  reopenedWithin: 90,
  searchDays: 130,
};

/**
 * "A policy is refused if days do not rise, if a demand letter is proposed without a formal mail before it,
 * or if that mail's minimum is below the next formal stage's."
 */
export function refusals(policy: readonly Stage[]): string[] {
  const found = new Set<string>();
  for (const [i, stage] of policy.entries()) {
    if (i > 0 && stage.days <= policy[i - 1]!.days) found.add('days-do-not-rise');
    const noticesBefore = policy.slice(0, i).filter((before) => before.how === 'mail' && before.words === 'formal');
    if (stage.key === 'demand-letter' && noticesBefore.length === 0) found.add('letter-without-notice');
    if (!(stage.how === 'mail' && stage.words === 'formal')) continue;
    const next = policy.slice(i + 1).find((after) => after.how === 'decision' || after.words === 'formal');
    const currencies = new Set([...Object.keys(stage.minimum), ...Object.keys(next?.minimum ?? {})]);
    for (const currency of currencies) if ((stage.minimum[currency] ?? 0) < (next?.minimum[currency] ?? 0)) found.add('notice-below-next');
  }
  return [...found];
}
