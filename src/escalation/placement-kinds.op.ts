import type { ItemParts } from '../arrangements/collectable.ts';
import { dividedOf } from '../arrangements/record-promise.op.ts';
import type { Limited } from '../charges/limitation-record.ts';
import { readLimitation } from '../charges/read-limitation.op.ts';
import { termsIn } from '../charges/terms.ts';
import { type AccountCase, readAccountDay } from '../follow-up/account-days.op.ts';
import { ladderOf, type Mark } from '../follow-up/ladder.ts';
import { type Day, daysBetween } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { CaseKindRule, CaseKindRules } from './case.port.ts';
import type { Case } from './case.ts';
import { changeByCase } from './case-on-account.op.ts';
import { type Demand, formalStepsFrom } from './demand.ts';
import { FORMAL_STOPS, formalStand, type LimitedStep, limitedStep } from './formal-steps.op.ts';
import { type Partner, type PartnerKind, partnerStop } from './partner.ts';
import { type PlacementKind, placementOf } from './placement.ts';

/** What could be given to somebody else: what a demand letter has asked for of one selling entity in one currency and is still owed. */
export interface Placeable {
  readonly entity: string;
  readonly currency: string;
  readonly demand: Demand;
  readonly invoices: readonly string[];
  /** Neither promised, disputed, planned nor written off; minor units. */
  readonly amount: number;
  readonly oldestDays: number;
  /** Demanded too, and left out since their limitation period has ended. */
  readonly barred: readonly Limited[];
}

export const PARTNER_OF: Readonly<Record<PlacementKind, PartnerKind>> = { agency: 'agency', legal: 'firm' };

type DayWords = (on: Day) => string;

/** What of an account may be placed today, or in one sentence why nothing may and what to do. */
export async function placeable(
  world: World,
  account: string,
  dayWords: DayWords,
): Promise<{ readonly what: readonly Placeable[]; readonly of: AccountCase } | { readonly says: string }> {
  const of = (await readAccountDay(world, account))?.cases[0];
  if (!of) return { says: 'The account is not in the ledger any more.' };
  const { work, row, day } = of;
  const known = placementOf(work);
  if (known) return { says: `The account is with ${known.name} since ${dayWords(known.since)}. Recall it first.` };
  const kind = work.kind ?? row.kind;
  const late = dividedOf(of).filter(({ item }) => item.due < day.today);
  const settings = await world.settings.read();
  const agreement = termsIn(settings, work.agreement, work.demands.at(-1)?.entity ?? row.entity);
  const stand = formalStand({ ...work, agreement }, kind);
  if ('stop' in stand) return { says: FORMAL_STOPS[stand.stop] };
  if (work.replies.length > 0) return { says: 'A reply of the customer waits for its answer. Answer it first; it may settle the matter.' };
  if (work.demands.length === 0)
    return {
      says: 'No demand letter has been served. Ask for one first: others may be asked only after its deadline and three business days.',
    };
  const ready = work.demands.filter((demand) => day.today >= formalStepsFrom(demand, day.calendar));
  if (ready.length === 0) {
    const [first] = work.demands.map((demand) => ({ demand, from: formalStepsFrom(demand, day.calendar) })).sort(earliest);
    return {
      says: `This may be asked from ${dayWords(first!.from)} on: the demand letter gives until ${dayWords(first!.demand.deadline)}, and three business days must pass after that.`,
    };
  }
  const owed = late.filter(({ item, ask }) => ask > 0 && ready.some((demand) => isOf(demand, item)));
  const items = owed.map(({ item }) => item);
  const step = limitedStep(await readLimitation(world, settings, { id: row.id, ...work }, items, day.today));
  if ('stop' in step) return { says: FORMAL_STOPS[step.stop] };
  const what = ready.flatMap((demand) => shares(demand, owed, ladderOf(work.ladders, demand.entity).marks, step, day.today));
  return what.length > 0
    ? { what, of }
    : { says: 'Nothing that the demand letter asked for is still owed and free: it is paid, promised, disputed, planned or written off.' };
}

const earliest = (a: { readonly from: Day }, b: { readonly from: Day }) => (a.from < b.from ? -1 : 1);

const isOf = (demand: Demand, { entity, number }: ItemParts['item']) => entity === demand.entity && demand.invoices.includes(number);

/** No more of an invoice than its final notice asked, and nothing that is time-barred. */
function shares(demand: Demand, owed: readonly ItemParts[], marks: readonly Mark[], { barred }: LimitedStep, today: Day): Placeable[] {
  const noticed = (invoice: string) => marks.find((mark) => mark.invoice === invoice)?.notice?.asked ?? Number.POSITIVE_INFINITY;
  const past = barred.filter(({ entity }) => entity === demand.entity);
  const isPast = ({ item }: ItemParts) => past.some(({ number }) => number === item.number);
  const own = owed.filter(({ item }) => isOf(demand, item));
  return [...Map.groupBy(own, ({ item }) => item.currency)].flatMap(([currency, all]): Placeable[] => {
    const parts = all.filter((each) => !isPast(each));
    if (parts.length === 0) return [];
    return [
      {
        ...{ entity: demand.entity, currency, demand },
        invoices: parts.map(({ item }) => item.number).sort(),
        amount: parts.reduce((sum, { item, ask }) => sum + Math.min(ask, noticed(item.number)), 0),
        oldestDays: Math.max(...parts.map(({ item }) => daysBetween(item.due, today))),
        barred: past.filter(({ number }) => all.some(({ item }) => item.number === number)),
      },
    ];
  });
}

/** Why this partner cannot be given a claim of a customer in this country; null: it can. */
export function partnerSays(partner: Partner | undefined, country: string, today: Day, dayWords: DayWords): string | null {
  switch (partnerStop(partner, country, today)) {
    case 'retired':
      return 'This agency or law firm is not used any more. Choose another.';
    case 'licence-expired':
      return `The licence of ${partner!.name} ended on ${dayWords(partner!.licensedTo)}. Renew it in the list of agencies, or choose another.`;
    case 'other-country':
      return `${partner!.name} does not work in the customer’s country (${country || 'not known'}): it works in ${partner!.countries.join(', ')}. Choose another.`;
    default:
      return null;
  }
}

/** Approved placements: our own follow-up rests until somebody recalls the account. */
export function placementKinds(world: World, dayWords: DayWords): CaseKindRules {
  const kind = (of: PlacementKind): CaseKindRule => ({
    offered: false,
    sixQuestions: true,
    async refusal({ account, entity, currency }) {
      const read = await placeable(world, account, dayWords);
      if ('says' in read) return read.says;
      if (!read.what.some((each) => each.entity === entity && each.currency === currency)) return NOTHING_READY;
      return of === 'legal' && read.of.work.opinions.length === 0 ? OPINION_MISSING : null;
    },
    basis: (asked) => basisOf(world, asked),
    carryOut: (approved, command, holds) =>
      changeByCase(world, approved, command, holds, {
        request: () => requestNow(world, of, approved, dayWords),
        why: () => 'The account has been placed with somebody else meanwhile.',
        isDone: ({ placements }) => placements.some(({ id }) => id === approved.id),
      }),
  });
  return { agency: kind('agency'), legal: kind('legal') };
}

async function requestNow(world: World, kind: PlacementKind, approved: Case, dayWords: DayWords) {
  const read = await placeable(world, approved.account, dayWords);
  if ('says' in read) return { voided: read.says };
  const { entity, currency, amount, about } = approved;
  const what = read.what.find((each) => each.entity === entity && each.currency === currency);
  const partner = (await world.partners.read()).partners.find((each) => each.id === about.partner);
  const says = partnerSays(partner, read.of.row.country, read.of.day.today, dayWords);
  if (!what || says !== null || !partner) return { voided: says ?? 'Nothing of this is owed any more.' };
  if (amount > what.amount) return { voided: 'No more of it is owed than what is left now. Ask anew over the right amount.' };
  const { id: partnerId, name, rate } = partner;
  const placed = { id: approved.id, kind, partner: partnerId, name, rate, courtFees: Number(about.courtFees ?? 0) };
  return { do: 'place', ...placed, entity, currency, amount, invoices: what.invoices } as const;
}

const NOTHING_READY =
  'Nothing that this selling entity demanded in this currency may be placed today: the deadline of its letter and three business days must have passed, and something of it must be owed and free.';

export const OPINION_MISSING =
  'Counsel’s opinion is not on file, and legal action needs one. Record it under More…, Counsel’s opinion…, then ask again.';

/** What people weigh: the debts, the money beside them, whom they are given to at what price, and the customer's standing. */
async function basisOf(world: World, of: Pick<Case, 'account' | 'entity' | 'currency' | 'about' | 'day'>): Promise<unknown> {
  const [items, credits, known, stored] = await Promise.all([
    world.ledger.openItems(of.account),
    world.ledger.openCredits(of.account),
    world.accounts.load(of.account),
    world.partners.read(),
  ]);
  const own = (each: { readonly entity: string; readonly currency: string }) => each.entity === of.entity && each.currency === of.currency;
  const { status = null, promises = [], disputes = [], plans = [], offers = [] } = known?.work ?? {};
  const arranged = [...promises, ...plans, ...offers, ...disputes].filter(own).map(({ id }) => id);
  return {
    partner: stored.partners.find((each) => each.id === of.about.partner) ?? null,
    invoices: items
      .filter((item) => own(item) && item.due < of.day)
      .map(({ number, open, disputed }) => ({ number, open, disputed }))
      .sort((a, b) => (a.number < b.number ? -1 : 1)),
    credits: credits.filter(own).map(({ unappliedCash, openCredit }) => ({ unappliedCash, openCredit })),
    arranged: arranged.sort(),
    status,
  };
}
