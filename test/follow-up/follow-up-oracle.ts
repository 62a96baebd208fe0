/**
 * The decision once more: slow and plain, from the sentences of the plan, not from the program. It shares types
 * with the program, never code; dates are its own day numbers.
 */
import type { AccountDay } from '../../src/follow-up/follow-up.ts';
import type { PolicyStage } from '../../src/follow-up/policy.ts';

export interface OracleAnswer {
  readonly accountReasons: string[];
  readonly action: null | {
    readonly entity: string;
    readonly stage: string;
    readonly leading: string;
    /** 'number currency asked', oldest first. */
    readonly invoices: string[];
    /** 'currency invoices credit asked'. */
    readonly totals: string[];
    /** 'number why amount', sorted. */
    readonly leftOut: string[];
  };
  /** Entity -> sorted reasons. */
  readonly entityReasons: Record<string, string[]>;
}

interface Part {
  number: string;
  currency: string;
  late: number;
  due: string;
  issued: string;
  open: number;
  disputed: number;
  planned: number;
  promised: number;
  ask: number;
}

const dayNumber = (iso: string): number =>
  Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / 86_400_000;
const isoOf = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);

function isWorkingDay(n: number, a: AccountDay): boolean {
  const sundayIsZero = new Date(n * 86_400_000).getUTCDay();
  const weekday = sundayIsZero === 0 ? 7 : sundayIsZero;
  return !a.calendar.weekend.has(weekday) && !a.calendar.holidays.has(isoOf(n));
}

/** Business days after one day, through another. */
function businessDays(from: string, through: string, a: AccountDay): number {
  let count = 0;
  for (let n = dayNumber(from) + 1; n <= dayNumber(through); n += 1) if (isWorkingDay(n, a)) count += 1;
  return count;
}

export function oracle(a: AccountDay): OracleAnswer {
  const accountReasons: string[] = [];
  // "each a hard stop"; never for held, autopay, waiting reply, stale ledger.
  if (a.work.status !== 'active') accountReasons.push('status-stopped');
  if (a.autopay) accountReasons.push('autopay');
  if (a.work.hold !== null && dayNumber(a.work.hold.until) >= dayNumber(a.today)) accountReasons.push('on-hold');
  if (a.work.replies.length > 0) accountReasons.push('reply-waiting');
  if (a.ledgerAge === null || a.ledgerAge > a.rules.staleAfter) accountReasons.push('stale-ledger');
  // "nothing on weekends and public holidays of the customer's country and region"
  if (!isWorkingDay(dayNumber(a.today), a)) {
    const onWeekend = !isWorkingDay(dayNumber(a.today), { ...a, calendar: { ...a.calendar, holidays: new Set() } });
    accountReasons.push(onWeekend ? 'weekend' : 'public-holiday');
  }
  // "one contact per account per day over all channels"
  if (a.work.lastContact !== null && dayNumber(a.work.lastContact) >= dayNumber(a.today)) accountReasons.push('contacted-today');
  if (a.items.length === 0) accountReasons.push('nothing-open');

  const entityReasons: Record<string, string[]> = {};
  const ready: { entity: string; lastContact: number; due: number; answer: NonNullable<OracleAnswer['action']> }[] = [];
  const entities: string[] = [];
  for (const item of a.items) if (!entities.includes(item.entity)) entities.push(item.entity);
  entities.sort();
  for (const entity of entities) {
    const found = oneEntity(a, entity);
    entityReasons[entity] = found.reasons.sort();
    if (found.answer) {
      const ladder = a.work.ladders.find((each) => each.entity === entity);
      const lead = a.items.find((item) => item.entity === entity && item.number === found.answer!.leading)!;
      ready.push({
        entity,
        lastContact: ladder?.lastContact ? dayNumber(ladder.lastContact) : -1,
        due: dayNumber(lead.due),
        answer: found.answer,
      });
    }
  }
  // "entities take turns"
  ready.sort((x, y) => x.lastContact - y.lastContact || x.due - y.due || (x.entity < y.entity ? -1 : 1));
  for (const waiting of ready.slice(1)) entityReasons[waiting.entity] = ['other-entity-first'];
  return { accountReasons: accountReasons.sort(), entityReasons, action: accountReasons.length === 0 && ready[0] ? ready[0].answer : null };
}

function partsOf(a: AccountDay, entity: string): Part[] {
  const parts: Part[] = [];
  for (const item of a.items) {
    if (item.entity !== entity) continue;
    let left = item.open;
    // "Only the disputed amount rests"
    let recorded = 0;
    for (const dispute of a.work.disputes) if (dispute.entity === entity && dispute.invoice === item.number) recorded += dispute.amount;
    const disputed = Math.min(left, Math.max(recorded, item.disputed));
    left -= disputed;
    let inPlan = 0;
    for (const plan of a.planned) if (plan.entity === entity && plan.invoice === item.number) inPlan += plan.amount;
    const planned = Math.min(left, inPlan);
    left -= planned;
    // "Pauses only what was promised", with a grace period; what came in since is the promise being kept
    let awaited = 0;
    for (const promise of a.work.promises) {
      if (promise.entity !== entity) continue;
      if (dayNumber(a.today) > dayNumber(promise.date) && businessDays(promise.date, a.today, a) > a.rules.promiseGrace) continue;
      for (const part of promise.parts) {
        if (part.invoice !== item.number) continue;
        const cameIn = part.openThen > item.open ? part.openThen - item.open : 0;
        const still = part.amount - cameIn;
        if (still > 0) awaited += Math.min(still, item.open);
      }
    }
    const promised = Math.min(left, awaited);
    left -= promised;
    const { number, currency, due, issued, open } = item;
    parts.push({ number, currency, due, issued, open, late: dayNumber(a.today) - dayNumber(due), disputed, planned, promised, ask: left });
  }
  parts.sort((x, y) => dayNumber(x.due) - dayNumber(y.due) || (x.number < y.number ? -1 : 1));
  return parts;
}

function oneEntity(a: AccountDay, entity: string): { reasons: string[]; answer: OracleAnswer['action'] } {
  const ladder = a.work.ladders.find((each) => each.entity === entity);
  const stages = a.policy.stages;
  const parts = partsOf(a, entity);
  const credit = (currency: string): number => {
    let sum = 0;
    for (const each of a.credits) if (each.entity === entity && each.currency === currency) sum += each.unappliedCash + each.openCredit;
    return sum;
  };
  const reached = (part: Part): number => {
    const named = ladder?.named.find((each) => each.invoice === part.number);
    if (!named) return -1;
    for (let i = 0; i < stages.length; i += 1) if (stages[i]!.key === named.stage) return i;
    let index = -1;
    for (let i = 0; i < stages.length; i += 1) if (stages[i]!.offset <= named.offset) index = i;
    return index;
  };
  // "a manager may jump with a reason"
  const jumpFor = (part: Part): PolicyStage | undefined =>
    ladder?.jump && ladder.jump.invoice === part.number ? stages.find((stage) => stage.key === ladder.jump!.stage) : undefined;
  // "No demand stage is skipped (notes before the due date lapse)"
  const demandFor = (part: Part): PolicyStage | undefined => {
    const jumped = jumpFor(part);
    if (jumped) return jumped;
    for (let i = reached(part) + 1; i < stages.length; i += 1) if (stages[i]!.offset > 0) return stages[i];
    return undefined;
  };
  // "-7 note (large or first invoices only)"
  const noteFor = (part: Part): PolicyStage | undefined => {
    if (part.late > 0) return undefined;
    let index = -1;
    for (let i = 0; i < stages.length; i += 1) if (stages[i]!.offset <= 0 && stages[i]!.offset <= part.late) index = i;
    if (index < 0 || index <= reached(part)) return undefined;
    const large = a.policy.large[part.currency];
    const qualifies = !stages[index]!.largeOrFirst || (large !== undefined && part.open >= large) || part.issued === a.firstIssued;
    return qualifies ? stages[index] : undefined;
  };

  const pick = (pool: Part[], stageFor: (part: Part) => PolicyStage | undefined) => {
    const out: Record<string, string> = {};
    const total = (currency: string) => {
      let sum = 0;
      for (const part of pool) if (part.currency === currency) sum += part.ask;
      return sum - credit(currency);
    };
    for (const part of pool) if (part.ask > 0 && total(part.currency) <= 0) out[part.currency] = 'covered-by-credit';
    // "the oldest collectable invoice leads"
    for (const part of pool) {
      if (part.ask <= 0 || out[part.currency]) continue;
      const stage = stageFor(part);
      if (stage && total(part.currency) < (stage.minimum[part.currency] ?? 0)) {
        out[part.currency] = 'below-minimum';
        continue;
      }
      for (const other of pool) {
        if (other.ask > 0 && stage && !out[other.currency] && total(other.currency) < (stage.minimum[other.currency] ?? 0))
          out[other.currency] = 'below-minimum';
      }
      return { lead: part, stage, out };
    }
    return { lead: undefined, stage: undefined, out };
  };

  const gaps = (stage: PolicyStage): string[] => {
    const reasons: string[] = [];
    // "At least five business days between written demands; calls, answers, copies and confirmations do not count"
    if (
      stage.channel === 'email' &&
      stage.offset > 0 &&
      ladder?.lastDemand &&
      businessDays(ladder.lastDemand, a.today, a) < a.rules.demandGap
    )
      reasons.push('demand-gap');
    if (ladder?.lastStage && businessDays(ladder.lastStage, a.today, a) < stage.gap) reasons.push('stage-gap');
    return reasons;
  };
  // "before firm, final and stop-supply steps the owner in sales gets go / hold / I will call; silence means go"
  const ownerSays = (lead: Part, stage: PolicyStage): string[] => {
    const firmMail = stage.channel === 'email' && stage.offset > 0 && (stage.tone === 'firm' || stage.tone === 'formal');
    if (!firmMail && !stage.proposes.includes('stop-supply')) return [];
    if (a.ownerSilence === null) return [];
    const today = dayNumber(a.today);
    for (const veto of a.work.vetoes) {
      if (veto.entity !== entity || veto.invoice !== lead.number || veto.stage !== stage.key) continue;
      if (veto.answer === null) return today >= dayNumber(veto.silenceEnds) ? [] : ['owner-asked'];
      if (veto.answer.do === 'go') return [];
      return today > dayNumber(veto.answer.until) ? [] : ['owner-holds'];
    }
    return today >= dayNumber(a.ownerSilence) ? [] : ['owner-asked'];
  };

  const answerFor = (lead: Part, stage: PolicyStage, pool: Part[], out: Record<string, string>): OracleAnswer['action'] => {
    const asked = pool.filter((part) => part.ask > 0 && !out[part.currency]);
    const leftOut: string[] = [];
    for (const part of pool) {
      if (part.promised > 0) leftOut.push(`${part.number} promised ${part.promised}`);
      if (part.disputed > 0) leftOut.push(`${part.number} disputed ${part.disputed}`);
      if (part.planned > 0) leftOut.push(`${part.number} planned ${part.planned}`);
      if (part.ask > 0 && out[part.currency]) leftOut.push(`${part.number} ${out[part.currency]} ${part.ask}`);
    }
    const totals: string[] = [];
    for (const currency of [...new Set(asked.map((part) => part.currency))].sort()) {
      let sum = 0;
      for (const part of asked) if (part.currency === currency) sum += part.ask;
      totals.push(`${currency} ${sum} ${credit(currency)} ${sum - credit(currency)}`);
    }
    return {
      entity,
      stage: stage.key,
      leading: lead.number,
      invoices: asked.map((part) => `${part.number} ${part.currency} ${part.ask}`),
      totals,
      leftOut: leftOut.sort(),
    };
  };

  const late = parts.filter((part) => part.late > 0);
  const demand = pick(late, demandFor);
  if (demand.lead) {
    const { lead, stage, out } = demand;
    const named = ladder?.named.some((each) => each.invoice === lead.number) ?? false;
    const wasLateAtImport = a.importedOn !== null && dayNumber(lead.due) < dayNumber(a.importedOn);
    // "accounts first imported when already late start where their collector confirms"
    if (wasLateAtImport && !named && !ladder?.start && !jumpFor(lead)) return { reasons: ['start-unconfirmed'], answer: null };
    if (!stage) return { reasons: ['ladder-finished'], answer: null };
    if (!jumpFor(lead) && lead.late < stage.offset) return { reasons: ['stage-not-reached'], answer: null };
    const reasons = [...gaps(stage), ...ownerSays(lead, stage)];
    return { reasons, answer: reasons.length === 0 ? answerFor(lead, stage, late, out) : null };
  }
  const pool = parts.filter((part) => noteFor(part) !== undefined);
  const note = pick(pool, noteFor);
  if (note.lead && note.stage) {
    const reasons = gaps(note.stage);
    return { reasons, answer: reasons.length === 0 ? answerFor(note.lead, note.stage, pool, note.out) : null };
  }
  if (late.length === 0) return { reasons: ['nothing-overdue'], answer: null };
  const reasons = new Set<string>(Object.values(demand.out));
  for (const part of late) {
    if (part.promised > 0) reasons.add('promised');
    if (part.disputed > 0) reasons.add('disputed');
    if (part.planned > 0) reasons.add('planned');
  }
  return { reasons: [...reasons], answer: null };
}
