import { type Day, daysFrom } from './days.ts';
import { isFormal } from './levels.ts';
import type { Invoice, KnownLevel, Stage } from './types.ts';

/** A contact on record in the old files. Proposals to our own people are given too, and count for nothing. */
export interface OldFact {
  readonly on: Day;
  readonly how: 'mail' | 'call' | 'proposal';
  readonly stage: string;
  readonly names: readonly string[];
}

/** The old stored state of one entity. */
export interface OldState {
  readonly facts: readonly OldFact[];
  readonly named: readonly { readonly invoice: string; readonly stage: string; readonly offset: number; readonly on: Day }[];
  readonly lastDemand: { readonly stage: string; readonly on: Day } | null;
  /** Demand letters on record. */
  readonly demands: readonly { readonly invoices: readonly string[]; readonly sentOn: Day }[];
}

const place = (policy: readonly Stage[], key: string) => policy.findIndex((stage) => stage.key === key);

/** "The highest stage of its own channel, up to its own stage, that the invoice was late enough for on that day." */
function reached(policy: readonly Stage[], invoice: Invoice, at: number, how: Stage['how'], on: Day): KnownLevel | null {
  const late = daysFrom(invoice.due, on);
  const stage = policy.findLast((of, i) => i <= at && of.how === how && of.days >= 0 && of.days <= late);
  return stage === undefined ? null : { invoice: invoice.number, stage: stage.key, days: stage.days, on, asked: null };
}

const higher = (policy: readonly Stage[], levels: readonly (KnownLevel | null)[]) =>
  levels.reduce<KnownLevel | null>((best, level) => {
    if (level === null) return best;
    return best === null || place(policy, level.stage) >= place(policy, best.stage) ? level : best;
  }, null);

/** "If a stored stage is a decision, the last written demand takes its place: it named everything late. Without one: none." */
function fromStored(policy: readonly Stage[], invoice: Invoice, old: OldState): KnownLevel | null {
  const named = old.named.find((of) => of.invoice === invoice.number);
  if (named === undefined) return null;
  const found = place(policy, named.stage);
  const at = found >= 0 ? found : policy.findLastIndex((stage) => stage.days <= named.offset);
  const stage = policy[at];
  if (stage === undefined) return null;
  if (stage.how !== 'decision') return reached(policy, invoice, at, stage.how, named.on);
  return old.lastDemand && reached(policy, invoice, place(policy, old.lastDemand.stage), 'mail', old.lastDemand.on);
}

/** Carries the old state over, once: the level of every invoice that has one. */
export function carriedOver(policy: readonly Stage[], invoices: readonly Invoice[], old: OldState): KnownLevel[] {
  return invoices.flatMap((invoice) => {
    const facts = old.facts.filter((fact) => fact.how !== 'proposal');
    const replayed = facts
      .filter((fact) => fact.names.includes(invoice.number))
      .map((fact) => reached(policy, invoice, place(policy, fact.stage), fact.how as 'mail' | 'call', fact.on));
    // "Without facts the stored named is taken as that one contact."
    const taken = facts.length > 0 ? replayed : [fromStored(policy, invoice, old)];
    // "A demand letter on record gives its invoices demand-letter on the day it was sent (amounts unknown)."
    const letter = old.demands.findLast((demand) => demand.invoices.includes(invoice.number));
    const formal = policy.find((stage) => stage.key === 'demand-letter');
    if (letter && formal) taken.push({ invoice: invoice.number, stage: formal.key, days: formal.days, on: letter.sentOn, asked: null });
    const level = higher(policy, taken);
    return level === null ? [] : [level];
  });
}

/** "Levels mapped once: 1 friendly, 2 reminder, 3 firm, 4 and more second-contact." */
const IMPORTED = ['friendly', 'reminder', 'firm', 'second-contact'] as const;

/** "By age: under 7 days none, 7-20 friendly, 21-44 reminder, 45 and more firm was the last." */
const byAge = (late: number) => (late < 7 ? null : late < 21 ? 'friendly' : late < 45 ? 'reminder' : 'firm');

/**
 * The level an invoice starts at: "imported level and day of the last reminder where the file has them, else by age.
 * Never a stage it is too young for, never a formal one."
 */
export function startLevel(
  policy: readonly Stage[],
  invoice: Invoice,
  enteredOn: Day,
  imported: { readonly level: number; readonly on: Day } | null,
): KnownLevel | null {
  const late = daysFrom(invoice.due, imported?.on ?? enteredOn);
  const key = imported === null ? byAge(late) : (IMPORTED[Math.min(imported.level, IMPORTED.length) - 1] ?? null);
  const wanted = key === null ? -1 : place(policy, key);
  const stage = policy.findLast((of, at) => at <= wanted && of.days >= 0 && of.days <= late && !isFormal(of));
  return stage === undefined
    ? null
    : { invoice: invoice.number, stage: stage.key, days: stage.days, on: imported?.on ?? null, asked: null };
}
