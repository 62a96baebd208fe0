import { asksOwner, ownerReason, type Veto, vetoOf } from '../account/veto.ts';
import type { ItemParts, LedgerCredit, LedgerItem } from '../arrangements/collectable.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import { type WorkingDays, workingDaysSince } from '../kernel/working-days.ts';
import { isWrittenDemand, type Ladder, nextDemand, positionIn } from './ladder.ts';
import { isNote, type Policy, type PolicyStage } from './policy.ts';

/** Why a selling entity does not write or call today. */
export const ENTITY_REASONS = [
  'nothing-overdue',
  'promised',
  'disputed',
  'planned',
  'written-off',
  'covered-by-credit',
  'below-minimum',
  'start-unconfirmed',
  'ladder-finished',
  'stage-not-reached',
  'demand-gap',
  'stage-gap',
  'owner-asked',
  'owner-holds',
  'other-entity-first',
] as const;
export type EntityReason = (typeof ENTITY_REASONS)[number];

export interface LeadingInvoice {
  readonly invoice: string;
  readonly due: Day;
  /** Negative before the due date. */
  readonly daysPastDue: number;
}

/** Where follow-up stands for one selling entity. */
export interface EntityStand {
  readonly entity: string;
  /** The oldest collectable invoice; null when nothing can be asked for. */
  readonly leading: LeadingInvoice | null;
  /** Key of the highest stage that named the leading invoice, null for none. */
  readonly at: string | null;
  /** Key of the stage that comes next; null at the end of the ladder. */
  readonly next: string | null;
  /** A manager's leap, not the order of the policy, makes `next` come next. */
  readonly jumped: boolean;
  /** None: ready. */
  readonly reasons: readonly EntityReason[];
}

/** Why an invoice, or a part of one, is not asked for. */
export type LeftOutWhy = 'promised' | 'disputed' | 'planned' | 'covered-by-credit' | 'below-minimum';

/** What one message asks for and what it shows apart. Minor units; invoices oldest first. */
export interface Ask {
  readonly invoices: readonly (Pick<LedgerItem, 'number' | 'currency' | 'issued' | 'due' | 'open'> & { readonly asked: number })[];
  readonly leftOut: readonly { readonly invoice: string; readonly currency: string; readonly why: LeftOutWhy; readonly amount: number }[];
  /** By currency: asked = the invoices' sum - credit. */
  readonly totals: readonly { readonly currency: string; readonly invoices: number; readonly credit: number; readonly asked: number }[];
}

export interface EntityCase {
  readonly entity: string;
  readonly parts: readonly ItemParts[];
  readonly credits: readonly LedgerCredit[];
  readonly ladder: Ladder;
  readonly policy: Policy;
  readonly today: Day;
  readonly calendar: WorkingDays;
  /** When the account first came into the ledger; null when that was not kept. */
  readonly importedOn: Day | null;
  /** Issue date of the customer's first invoice ever; null when not known. */
  readonly firstIssued: Day | null;
  /** Business days between written demands. */
  readonly demandGap: number;
  readonly vetoes: readonly Veto[];
  /** When a step may go of which the owner in sales hears only today and says nothing; null: there is nobody to ask. */
  readonly ownerSilence: Day | null;
}

interface Choice {
  readonly lead: ItemParts | null;
  readonly stage: PolicyStage | null;
  readonly dropped: ReadonlyMap<string, 'covered-by-credit' | 'below-minimum'>;
}

export interface Standing {
  readonly stand: EntityStand;
  readonly stage: PolicyStage | null;
  /** Worked out only for the entity whose turn it is. */
  readonly ask: () => Ask;
}

/** Overdue invoices first; without any that can be asked for, notes for those that are about to be due. */
export function standingOf(of: EntityCase): Standing {
  const late = oldestFirst(of.parts.filter(({ item }) => daysBetween(item.due, of.today) > 0));
  const demand = choose(late, of, (lead) => nextOf(of, lead));
  if (demand.lead) return standing(of, demand, demand.lead, late, demandReasons(of, demand.lead, demand.stage));
  const noted = oldestFirst(of.parts.filter((part) => noteOf(of, part) !== null));
  const note = choose(noted, of, (lead) => noteOf(of, lead));
  if (note.lead && note.stage) return standing(of, note, note.lead, noted, gapReasons(of, note.stage));
  const stand = { entity: of.entity, leading: null, at: null, next: null, jumped: false, reasons: whyNothing(late, demand) };
  return { stand, stage: null, ask: () => ({ invoices: [], leftOut: [], totals: [] }) };
}

function standing(
  of: EntityCase,
  choice: Choice,
  lead: ItemParts,
  shown: readonly ItemParts[],
  reasons: readonly EntityReason[],
): Standing {
  const { number, due } = lead.item;
  const stand: EntityStand = {
    entity: of.entity,
    leading: { invoice: number, due, daysPastDue: daysBetween(due, of.today) },
    at: of.policy.stages[positionOf(of, lead)]?.key ?? null,
    next: choice.stage?.key ?? null,
    jumped: jumpOf(of, lead) !== null,
    reasons,
  };
  return { stand, stage: choice.stage, ask: () => askFor(of, choice, shown) };
}

/**
 * The oldest invoice leads whose currency is not covered by credit and reaches the minimum of the stage it would get. At that stage
 * the other currencies must reach their minimum, too.
 */
function choose(candidates: readonly ItemParts[], of: EntityCase, stageFor: (lead: ItemParts) => PolicyStage | null): Choice {
  const asking = candidates.filter(({ ask }) => ask > 0);
  const net = new Map<string, number>();
  for (const { item, ask } of asking) net.set(item.currency, (net.get(item.currency) ?? -creditOf(of, item.currency)) + ask);
  const dropped = new Map<string, 'covered-by-credit' | 'below-minimum'>();
  for (const [currency, amount] of net) if (amount <= 0) dropped.set(currency, 'covered-by-credit');
  for (;;) {
    const lead = asking.find(({ item }) => !dropped.has(item.currency)) ?? null;
    const stage = lead && stageFor(lead);
    const small = (currency: string) => !dropped.has(currency) && stage !== null && net.get(currency)! < (stage.minimum[currency] ?? 0);
    if (lead && small(lead.item.currency)) {
      dropped.set(lead.item.currency, 'below-minimum');
      continue;
    }
    for (const currency of net.keys()) if (small(currency)) dropped.set(currency, 'below-minimum');
    return { lead, stage, dropped };
  }
}

function nextOf(of: EntityCase, lead: ItemParts): PolicyStage | null {
  return jumpOf(of, lead) ?? nextDemand(of.policy, positionOf(of, lead));
}

/** The stage a manager jumped to, while the invoice leads for which it was decided, and as long as the policy has it. */
function jumpOf({ ladder, policy }: EntityCase, lead: ItemParts): PolicyStage | null {
  if (ladder.jump?.invoice !== lead.item.number) return null;
  return policy.stages.find((stage) => stage.key === ladder.jump?.stage) ?? null;
}

/** The note an invoice may get today: the latest whose day has come, unless it was sent or the invoice is late. */
function noteOf(of: EntityCase, part: ItemParts): PolicyStage | null {
  const daysPastDue = daysBetween(part.item.due, of.today);
  if (daysPastDue > 0) return null;
  const index = of.policy.stages.findLastIndex((stage) => isNote(stage) && stage.offset <= daysPastDue);
  const stage = of.policy.stages[index];
  if (!stage || index <= positionOf(of, part)) return null;
  return !stage.largeOrFirst || isLarge(of, part) || part.item.issued === of.firstIssued ? stage : null;
}

function isLarge({ policy }: EntityCase, { item }: ItemParts): boolean {
  return item.open >= (policy.large[item.currency] ?? Number.POSITIVE_INFINITY);
}

function positionOf({ ladder, policy }: EntityCase, { item }: ItemParts): number {
  return positionIn(
    policy,
    ladder.named.find((each) => each.invoice === item.number),
  );
}

function demandReasons(of: EntityCase, lead: ItemParts, stage: PolicyStage | null): EntityReason[] {
  const jumped = jumpOf(of, lead) !== null;
  const migrated = of.importedOn !== null && lead.item.due < of.importedOn;
  const named = of.ladder.named.some((each) => each.invoice === lead.item.number);
  if (migrated && !named && !jumped && of.ladder.start === null) return ['start-unconfirmed'];
  if (!stage) return ['ladder-finished'];
  if (!jumped && daysBetween(lead.item.due, of.today) < stage.offset) return ['stage-not-reached'];
  return [...gapReasons(of, stage), ...ownerReasons(of, lead, stage)];
}

function ownerReasons({ entity, vetoes, ownerSilence, today }: EntityCase, lead: ItemParts, stage: PolicyStage): EntityReason[] {
  if (ownerSilence === null || !asksOwner(stage)) return [];
  const reason = ownerReason(vetoOf(vetoes, { entity, stage: stage.key, invoice: lead.item.number }), ownerSilence, today);
  return reason ? [reason] : [];
}

function gapReasons({ ladder, today, calendar, demandGap }: EntityCase, stage: PolicyStage): EntityReason[] {
  const tooSoon = (since: Day | null, gap: number) => since !== null && workingDaysSince(since, today, calendar, gap) < gap;
  const reasons: EntityReason[] = [];
  if (isWrittenDemand(stage, stage.channel) && tooSoon(ladder.lastDemand, demandGap)) reasons.push('demand-gap');
  if (tooSoon(ladder.lastStage, stage.gap)) reasons.push('stage-gap');
  return reasons;
}

function whyNothing(late: readonly ItemParts[], { dropped }: Choice): EntityReason[] {
  if (late.length === 0) return ['nothing-overdue'];
  const kinds = new Set<EntityReason>(dropped.values());
  for (const kind of ['promised', 'disputed', 'planned'] as const) if (late.some((part) => part[kind] > 0)) kinds.add(kind);
  if (late.some((part) => part.writtenOff > 0)) kinds.add('written-off');
  return ENTITY_REASONS.filter((reason) => kinds.has(reason));
}

function askFor(of: EntityCase, { dropped }: Choice, shown: readonly ItemParts[]): Ask {
  const asking = shown.filter(({ item, ask }) => ask > 0 && !dropped.has(item.currency));
  const leftOut = shown.flatMap(({ item, disputed, planned, promised, ask }) => {
    const why = dropped.get(item.currency);
    const parts: [LeftOutWhy, number][] = [
      ['disputed', disputed],
      ['planned', planned],
      ['promised', promised],
    ];
    if (why) parts.push([why, ask]);
    return parts
      .filter(([, amount]) => amount > 0)
      .map(([why, amount]) => ({ invoice: item.number, currency: item.currency, why, amount }));
  });
  const currencies = [...new Set(asking.map(({ item }) => item.currency))].sort();
  const totals = currencies.map((currency) => {
    const invoices = asking.reduce((sum, { item, ask }) => (item.currency === currency ? sum + ask : sum), 0);
    const credit = creditOf(of, currency);
    return { currency, invoices, credit, asked: invoices - credit };
  });
  const invoices = asking.map(({ item: { number, currency, issued, due, open }, ask }) => ({
    number,
    currency,
    issued,
    due,
    open,
    asked: ask,
  }));
  return { invoices, leftOut, totals };
}

function creditOf({ credits }: EntityCase, currency: string): number {
  return credits.reduce((sum, each) => (each.currency === currency ? sum + each.unappliedCash + each.openCredit : sum), 0);
}

function oldestFirst(parts: ItemParts[]): ItemParts[] {
  return parts.sort((a, b) => order(a.item.due, b.item.due) || order(a.item.number, b.item.number));
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
