import { type Day, daysBetween } from '../kernel/day.ts';
import { emptyLadder, type Ladder, type Mark } from './ladder.ts';
import { isDecision, isNote, isNotice, type PolicyStage } from './policy.ts';

/** A ladder as it was stored while every invoice stood at the stage of the message that named it. */
export interface OldLadder {
  readonly entity: string;
  readonly named: readonly { readonly invoice: string; readonly stage: string; readonly offset: number; readonly on: Day }[];
  readonly lastDemand: Day | null;
  readonly lastStage: Day | null;
  readonly lastContact: Day | null;
  readonly start: { readonly stage: string | null; readonly by: string; readonly on: Day } | null;
  readonly jump: { readonly invoice: string; readonly stage: string; readonly reason: string; readonly by: string } | null;
}

/** A contact of a stage as the account's facts have it. */
export interface OldContact {
  readonly entity: string;
  readonly on: Day;
  readonly channel: string;
  readonly stage: string;
  readonly invoices: readonly string[];
}

export interface CarriedFrom {
  /** Oldest first; none where the facts are not there. */
  readonly contacts: readonly OldContact[];
  readonly demands: readonly { readonly entity: string; readonly invoices: readonly string[]; readonly sentOn: Day }[];
  readonly due: (invoice: string) => Day | undefined;
  /** Of all policies by day; the first of a key counts. */
  readonly stages: readonly PolicyStage[];
}

/**
 * What each invoice had: each contact takes those it named to the highest stage of its own channel, up to its own, for which they were late enough on its
 * day. Proposals to our people count for nothing.
 */
export function carriedOver(old: OldLadder, from: CarriedFrom): Ladder {
  const own = from.contacts.filter(({ entity }) => entity === old.entity);
  const contacts = own.length > 0 ? own : namedContacts(old, from.stages);
  const marks = new Map<string, Mark>();
  const raise = (mark: Mark | null) => {
    if (mark && (marks.get(mark.invoice)?.days ?? Number.NEGATIVE_INFINITY) <= mark.days) marks.set(mark.invoice, mark);
  };
  for (const contact of contacts) for (const invoice of contact.invoices) raise(markOf(contact, invoice, from));
  for (const { entity, invoices, sentOn } of from.demands) {
    if (entity !== old.entity) continue;
    const letter = from.stages.find(({ proposes }) => proposes.includes('demand-letter'));
    const notice = { on: sentOn, asked: null };
    for (const invoice of invoices)
      raise({
        ...{ invoice, stage: letter?.key ?? 'demand-letter', days: letter?.offset ?? 60, on: sentOn },
        asked: null,
        how: 'letter',
        notice,
      });
  }
  const list = [...marks.values()];
  const latest = (chosen: (mark: Mark) => boolean): Day | null =>
    list.filter(chosen).reduce<Day | null>((last, { on }) => (last === null || on > last ? on : last), null);
  const stageOf = ({ stage }: Mark) => from.stages.find(({ key }) => key === stage);
  return {
    ...emptyLadder(old.entity),
    marks: list,
    named: list.map(({ invoice, on }) => ({ invoice, on, statements: 0 })),
    ...{ lastMail: old.lastDemand, lastContact: old.lastContact },
    lastCall: old.lastStage === old.lastDemand ? null : old.lastStage,
    lastFirm: latest((mark) => mark.how !== 'call' && (stageOf(mark)?.tone ?? 'friendly') !== 'friendly'),
    last: [...new Set(list.map(({ stage }) => stage))].map((stage) => ({ stage, on: latest((mark) => mark.stage === stage)! })),
    start: old.start && { ...old.start, from: old.start.on },
    jumps: old.jump ? [old.jump] : [],
  };
}

/** Without facts, what was stored; where it was a decision, the last written demand takes its place: it named everything late. */
function namedContacts({ entity, named, lastDemand }: OldLadder, stages: readonly PolicyStage[]): OldContact[] {
  return named.flatMap(({ invoice, stage, offset, on }): OldContact[] => {
    const known = stages.find(({ key }) => key === stage) ?? stages.findLast((each) => !isNote(each) && each.offset <= offset);
    if (!known) return [];
    if (!isDecision(known)) return [{ entity, on, channel: known.channel, stage: known.key, invoices: [invoice] }];
    const mail = stages.findLast((each) => each.channel === 'email' && each.offset <= known.offset);
    return lastDemand && mail ? [{ entity, on: lastDemand, channel: 'email', stage: mail.key, invoices: [invoice] }] : [];
  });
}

function markOf({ on, channel, stage }: OldContact, invoice: string, { due, stages }: CarriedFrom): Mark | null {
  const dueOn = due(invoice);
  const top = stages.find(({ key }) => key === stage)?.offset;
  if (dueOn === undefined || top === undefined) return null;
  const late = daysBetween(dueOn, on);
  const spoken = channel === 'call' || channel === 'meeting' ? 'call' : 'email';
  const fits = (each: PolicyStage) => each.channel === spoken && !isNote(each) && each.offset <= top && each.offset <= late;
  const taken = stages.findLast(fits);
  if (!taken) return null;
  const notice = isNotice(taken) ? { on, asked: null } : null;
  return { invoice, stage: taken.key, days: taken.offset, on, asked: null, how: spoken, notice };
}
