/** What may be asked for. */
export const CASE_KINDS = [
  'demand-letter',
  'agency',
  'legal',
  'write-off',
  'settlement',
  'plan',
  'credit-limit',
  'stop-supply',
  'release-supply',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** How many different people must approve, and how many finance leads must be among them. A finance lead may always stand where a manager could. */
export interface Needed {
  readonly people: number;
  readonly financeLeads: number;
}

/** Who decides from an amount on: the band counts for amounts above `above` (minor units), up to and with the next band's. */
export interface ApprovalBand extends Needed {
  readonly above: number;
}

export interface ApprovalRule {
  /** By currency (ISO 4217), lowest first; the first one is above -1, so that it takes in zero. */
  readonly bands: Readonly<Record<string, readonly ApprovalBand[]>>;
  /** Business days until a request that nobody decided lapses, 1 to 30. */
  readonly expiryDays: number;
  /** Hours before that at which those who can act are reminded, 1 to 72. */
  readonly remindHours: number;
  /** Whoever covers for an absent approver may decide in their place. */
  readonly substitutes: boolean;
}

export interface ApprovalTable {
  readonly version: number;
  readonly rules: Readonly<Record<CaseKind, ApprovalRule>>;
}

const ONE: Needed = { people: 1, financeLeads: 0 };
const TWO: Needed = { people: 2, financeLeads: 0 };
const LEAD: Needed = { people: 1, financeLeads: 1 };
const LEAD_AND_ONE: Needed = { people: 2, financeLeads: 1 };

/** Below every amount, zero included. */
export const FROM_ZERO = -1;

/** The same figures for the usual currencies; any other counts by the strictest band until somebody sets its own. */
function rule(steps: readonly (readonly [above: number, needed: Needed])[], expiryDays: number): ApprovalRule {
  const bands = steps.map(([above, needed]) => ({ above, ...needed }));
  return { bands: { EUR: bands, GBP: bands, USD: bands }, expiryDays, remindHours: 24, substitutes: true };
}

/** Own policy, to be changed by the team; two people decide where money is given up or the dispute goes to third parties. */
export const FIRST_TABLE: ApprovalTable = {
  version: 1,
  rules: {
    'demand-letter': rule([[FROM_ZERO, ONE]], 5),
    agency: rule([[FROM_ZERO, LEAD_AND_ONE]], 5),
    legal: rule([[FROM_ZERO, LEAD_AND_ONE]], 5),
    'write-off': rule(
      [
        [FROM_ZERO, ONE],
        [500_00, TWO],
        [5_000_00, LEAD_AND_ONE],
      ],
      5,
    ),
    settlement: rule(
      [
        [FROM_ZERO, ONE],
        [1_000_00, TWO],
        [10_000_00, LEAD_AND_ONE],
      ],
      3,
    ),
    plan: rule(
      [
        [FROM_ZERO, ONE],
        [25_000_00, LEAD],
      ],
      3,
    ),
    'credit-limit': rule([[FROM_ZERO, LEAD]], 5),
    'stop-supply': rule([[FROM_ZERO, ONE]], 2),
    'release-supply': rule([[FROM_ZERO, ONE]], 2),
  },
};

/** Who must approve an amount (minor units). A currency without bands of its own counts by the strictest band of the kind. */
export function neededFor({ bands }: ApprovalRule, currency: string, amount: number): Needed {
  const own = bands[currency];
  const band = own?.findLast((each) => amount > each.above) ?? strictest(Object.values(bands).flat());
  return { people: band.people, financeLeads: band.financeLeads };
}

function strictest(bands: readonly ApprovalBand[]): ApprovalBand {
  return bands.reduce((most, each) =>
    each.people + each.financeLeads > most.people + most.financeLeads ||
    (each.people + each.financeLeads === most.people + most.financeLeads && each.people > most.people)
      ? each
      : most,
  );
}

export type TableRefusal =
  | 'table-changed-meanwhile'
  | 'band-missing'
  | 'bands-out-of-order'
  | 'needs-out-of-range'
  | 'expiry-out-of-range'
  | 'rule-unchanged';

export interface TableRequest {
  readonly do: 'set-rule';
  readonly kind: CaseKind;
  readonly rule: ApprovalRule;
  /** Version of the table that the asker saw. */
  readonly seen: number;
}

export type TableFact = {
  readonly type: 'approval-rule-set';
  readonly kind: CaseKind;
  readonly from: ApprovalRule;
  readonly to: ApprovalRule;
};

export type TableDecision =
  | { readonly rules: ApprovalTable['rules']; readonly facts: readonly TableFact[] }
  | { readonly refused: TableRefusal };

const MOST_PEOPLE = 5;

export function decideTable(table: ApprovalTable, request: TableRequest): TableDecision {
  const { kind, rule: to, seen } = request;
  if (seen !== table.version) return { refused: 'table-changed-meanwhile' };
  const lists = Object.values(to.bands);
  if (lists.length === 0 || lists.some((bands) => bands[0]?.above !== FROM_ZERO)) return { refused: 'band-missing' };
  for (const bands of lists) {
    if (bands.some((band, index) => index > 0 && band.above <= bands[index - 1]!.above)) return { refused: 'bands-out-of-order' };
    if (bands.some(outOfRange)) return { refused: 'needs-out-of-range' };
  }
  if (!within(to.expiryDays, 1, 30) || !within(to.remindHours, 1, 72)) return { refused: 'expiry-out-of-range' };
  const from = table.rules[kind];
  if (JSON.stringify(from) === JSON.stringify(to)) return { refused: 'rule-unchanged' };
  return { rules: { ...table.rules, [kind]: to }, facts: [{ type: 'approval-rule-set', kind, from, to }] };
}

const within = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;

const outOfRange = ({ people, financeLeads, above }: ApprovalBand) =>
  !within(people, 1, MOST_PEOPLE) || !within(financeLeads, 0, people) || !Number.isSafeInteger(above);
