import { businessDaysAfter, type Day, daysFrom, latest } from './days.ts';
import type { AccountDay, Contact, Invoice, Stage } from './types.ts';

/** "Demand stage: any other" than a note. */
export const isDemand = (stage: Stage) => stage.days >= 0;
/** "Formal stage: its words are formal, or people decide it." */
export const isFormal = (stage: Stage) => stage.words === 'formal' || stage.how === 'decision';
export const isFormalMail = (stage: Stage) => stage.words === 'formal' && stage.how === 'mail';

export const stageAt = (day: AccountDay, key: string) => day.policy.findIndex((stage) => stage.key === key);

/** A stage that an invoice really reached. `at` is its place in today's policy. */
export interface Level {
  readonly at: number;
  readonly on: Day | null;
  readonly asked: number | null;
}

interface Mark {
  readonly stage: string;
  readonly days: number;
  readonly on: Day | null;
  readonly asked: number | null;
  readonly jumped: boolean;
  /** The kind of its contact; null: said by a person. */
  readonly kind: Contact['kind'] | null;
}

/**
 * "Only a contact that was made raises it: a mail or letter that was sent, a call that reached somebody."
 * "A mail which bounced at every recipient counts as not sent."
 */
export function made(day: AccountDay): readonly Contact[] {
  return day.contacts.filter((contact) => !contact.failed && contact.on <= day.today);
}

export const madeBy = (day: AccountDay, entity: string) => made(day).filter((contact) => contact.entity === entity);

/** "An invoice that reopens within 90 days (payment bounced) keeps its stage." Later it begins at none. */
function forgotten(day: AccountDay, invoice: Invoice, on: Day | null): boolean {
  const again = invoice.reopened;
  if (again === null || daysFrom(again.closedOn, again.on) <= day.rules.reopenedWithin) return false;
  return on === null || on <= again.closedOn;
}

function marksOf(day: AccountDay, invoice: Invoice): Mark[] {
  const asked = madeBy(day, invoice.entity).flatMap((contact) =>
    contact.takes
      .filter((take) => take.invoice === invoice.number && take.days >= 0)
      .map((take) => ({ ...take, on: contact.on, kind: contact.kind })),
  );
  const known = day.levels.filter((level) => level.invoice === invoice.number).map((level) => ({ ...level, jumped: false, kind: null }));
  return [...known, ...asked].filter((mark) => !forgotten(day, invoice, mark.on));
}

/** A contact of ours asked for it. */
export const askedByUs = (day: AccountDay, { entity, number }: Invoice) =>
  madeBy(day, entity).some((contact) => contact.takes.some((take) => take.invoice === number));

/** "The highest with no more days counts": the place of the highest demand stage with at most so many days, or -1. */
function highestFitting(day: AccountDay, days: number, below = day.policy.length): number {
  return day.policy.findLastIndex((stage, at) => at < below && isDemand(stage) && stage.days <= days);
}

/**
 * "A stage is remembered with its days late: in a policy without that stage the highest with no more days counts."
 * "The stored stage is always read against today's due date: a stage it would have been too young for counts as the next lower one that fits."
 */
function readToday(day: AccountDay, invoice: Invoice, mark: Mark): number {
  const same = stageAt(day, mark.stage);
  const at = same >= 0 ? same : highestFitting(day, mark.days);
  // "A manager may jump chosen invoices to a higher stage": their age did not count.
  if (at < 0 || mark.on === null || mark.jumped) return at;
  const late = daysFrom(invoice.due, mark.on);
  const needed = same >= 0 ? mark.days : day.policy[at]!.days;
  return late >= needed ? at : highestFitting(day, late, at);
}

/** "The highest demand stage at which it was really asked for, with the day and the amount asked. At first it has none." */
export function levelOf(day: AccountDay, invoice: Invoice): Level | null {
  let best: Level | null = null;
  for (const mark of marksOf(day, invoice)) {
    const at = readToday(day, invoice, mark);
    // The same stage twice: the later day and its amount.
    if (at >= 0 && (best === null || at > best.at || (at === best.at && latest(mark.on, best.on) === latest(mark.on))))
      best = { at, on: mark.on, asked: mark.asked };
  }
  return best;
}

/** The last formal mail that counts for the invoice; where only a later formal step is on record, that step without its amount. */
export function noticeOf(day: AccountDay, invoice: Invoice): Level | null {
  let best: Level | null = null;
  for (const mark of marksOf(day, invoice)) {
    const at = readToday(day, invoice, mark);
    if (at >= 0 && mark.kind !== 'letter' && isFormalMail(day.policy[at]!) && (best === null || latest(mark.on) >= latest(best.on)))
      best = { at, on: mark.on, asked: mark.asked };
  }
  const level = levelOf(day, invoice);
  if (best === null && level !== null && isFormal(day.policy[level.at]!)) return { ...level, asked: null };
  return best;
}

/** The first day on which it was asked for at any stage; '' where the day is not known, null when it never was. */
export function firstDemandOf(day: AccountDay, invoice: Invoice): Day | null {
  const days = marksOf(day, invoice).map((mark) => mark.on ?? '');
  return days.length === 0 ? null : days.reduce((first, on) => (on < first ? on : first));
}

/** "Named: the message shows it with its amount, or its sentence covers it." A known level with a day was named on that day. */
export function lastNamedOf(day: AccountDay, invoice: Invoice): Day | null {
  const known = day.levels.filter((level) => level.invoice === invoice.number).map((level) => level.on);
  const contacts = madeBy(day, invoice.entity).filter((contact) => contact.names.includes(invoice.number));
  return latest(...known, ...contacts.map((contact) => contact.on)) || null;
}

/** "Not been named for 20 bd (since day 3 when never named)": the first day on which that is so. */
export function statementDayOf(day: AccountDay, invoice: Invoice, firstDay: Day): Day {
  return businessDaysAfter(latest(lastNamedOf(day, invoice), firstDay), day.rules.statementAfter, day.calendar);
}

/** Statements that named it since its stage was taken. */
export function statementsSince(day: AccountDay, invoice: Invoice, level: Level | null): number {
  return madeBy(day, invoice.entity).filter(
    (contact) => contact.kind === 'statement' && contact.names.includes(invoice.number) && contact.on > latest(level?.on ?? null),
  ).length;
}

/** "Written demand: a mail of a demand stage, a statement, a demand letter." */
export function isWrittenDemand(contact: Contact): boolean {
  if (contact.kind === 'mail') return (contact.days ?? 0) >= 0;
  return contact.kind === 'statement' || contact.kind === 'letter';
}

/** The day of the entity's last contact that passes the test, '' for none. */
export function lastOf(day: AccountDay, entity: string, test: (contact: Contact) => boolean): Day {
  return latest(
    ...madeBy(day, entity)
      .filter(test)
      .map((contact) => contact.on),
  );
}
