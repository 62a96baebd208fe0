import type { Reason } from './answer.ts';
import { addDays, businessDaysAfter, daysFrom, latest } from './days.ts';
import { isWrittenDemand, lastOf } from './levels.ts';
import { counts, look, type Sight } from './next.ts';
import { approvedLetters } from './sheets.ts';
import type { AccountDay, Contact, OwnerQuestion, Stage } from './types.ts';

const after = (day: AccountDay, last: string, n: number) => (last === '' ? '' : businessDaysAfter(last, n, day.calendar));
const isCall = (contact: Contact) => contact.kind === 'call';
const isMail = (contact: Contact) => contact.kind !== 'call';

/** "5 bd between written demands of the entity; 2 bd between a mail and a call, either way." */
export function writtenGaps(day: AccountDay, entity: string): Reason[] {
  return [
    { code: 'demand-gap', date: after(day, lastOf(day, entity, isWrittenDemand), day.rules.demandGap) },
    { code: 'call-settles', date: after(day, lastOf(day, entity, isCall), day.rules.mailCallGap) },
  ];
}

/**
 * "Spacing: since the entity's last message of this stage."
 * For a call the last call of any stage counts: at most two stage contacts of an entity in 5 bd.
 */
export function spacingUntil(day: AccountDay, entity: string, stage: Stage): string {
  if (stage.spacing === 0) return '';
  const same = (contact: Contact) => contact.stage === stage.key || contact.takes.some((take) => take.stage === stage.key);
  return after(day, lastOf(day, entity, stage.how === 'call' ? isCall : same), stage.spacing);
}

const questionOf = (day: AccountDay, { askedOn, answer }: OwnerQuestion) => {
  const silence = businessDaysAfter(askedOn, day.rules.ownerAsked, day.calendar);
  const answered = answer !== null && answer.on <= day.today ? answer.on : null;
  return { silence, answered, open: answered === null && askedOn <= day.today && day.today < silence };
};

/**
 * "While the question is open the entity's written demands wait, so that one mail goes and not two." Two bd of silence are a yes. When nothing is left
 * that would come to the stage asked about, the question keeps nothing back.
 */
export function openQuestion(day: AccountDay, entity: string): Reason[] {
  const open = day.ownerQuestions.filter((question) => question.entity === entity && questionOf(day, question).open);
  if (open.length === 0) return [];
  const coming = look(day).nexts.filter(({ sheet }) => sheet.invoice.entity === entity && sheet.late > 0 && counts(sheet));
  return open
    .filter(({ stage }) => coming.some(({ at }) => at !== null && day.policy[at]!.key === stage))
    .map((question) => ({ code: 'owner-asked', date: questionOf(day, question).silence, stage: question.stage }));
}

/** "An answer holds 10 bd", silence too: two weeks of ours; a hold from its last day on. "Go, and do not ask for 30 days" ends with a dispute, a broken promise or a formal stage. */
export function ownerKnows(day: AccountDay, entity: string, stage: Stage): boolean {
  if (!day.hasOwner) return true;
  const answered = day.ownerQuestions
    .filter((question) => question.entity === entity && question.stage === stage.key && question.askedOn <= day.today)
    .some((question) => {
      const { silence, answered: on, open } = questionOf(day, question);
      const from = question.answer?.holdThrough && on !== null ? question.answer.holdThrough : (on ?? silence);
      return !open && daysFrom(from, day.today) <= (day.rules.ownerAnswer / 5) * 7;
    });
  return answered || (stage.words !== 'formal' && standingGo(day));
}

function standingGo(day: AccountDay): boolean {
  const since = day.ownerStandingGo;
  if (since === null || since > day.today) return false;
  const within = (on: string) => on >= since && on <= day.today;
  const disputed = day.invoices.some((invoice) => invoice.disputes.some((dispute) => within(dispute.openedOn)));
  const broken = day.invoices.some((invoice) =>
    invoice.promises.some((promise) => within(after(day, promise.day, day.rules.promiseGrace + 1))),
  );
  const formal = day.contacts.some((contact) => !contact.failed && contact.words === 'formal' && within(contact.on));
  return day.today <= addDays(since, day.rules.ownerStandingGo) && !disputed && !broken && !formal;
}

/** "Ordinary ones wait for it at most 5 bd." */
export function letterFirst(day: AccountDay, entity: string): Reason[] {
  return approvedLetters(day, entity)
    .map((letter): Reason => ({ code: 'letter-first', date: businessDaysAfter(letter.approvedOn, day.rules.letterFirst, day.calendar) }))
    .filter((reason) => day.today < reason.date!);
}

const ahead = (day: AccountDay, reasons: readonly Reason[]) => reasons.filter(({ date }) => date === null || day.today < date);

/** Reasons against an ordinary written demand of the entity today; without one it may go. */
export function writtenBlocks(day: AccountDay, entity: string): readonly Reason[] {
  const cannot: Reason[] = day.cannotWrite.includes(entity) ? [{ code: 'cannot-write', date: null }] : [];
  return [...ahead(day, writtenGaps(day, entity)), ...openQuestion(day, entity), ...letterFirst(day, entity), ...cannot];
}

/** Reasons against the stage today, by the gaps of the entity. "A jump, a catch-up or many invoices never shorten them." */
export function blocksOf(day: AccountDay, entity: string, stage: Stage): readonly Reason[] {
  const spaced = spacingUntil(day, entity, stage);
  if (stage.how === 'mail') {
    const spacing = ahead(day, [{ code: 'stage-spacing', date: spaced, stage: stage.key }]);
    return [...writtenBlocks(day, entity), ...spacing];
  }
  const settles = after(day, lastOf(day, entity, isMail), day.rules.mailCallGap);
  return ahead(day, [
    { code: 'mail-settles', date: settles },
    { code: 'call-gap', date: spaced, stage: stage.key },
  ]);
}

/** "Of all stages that are due for some invoice, the highest that is allowed today makes the message. If it is not allowed, the next lower one." */
export function stageToday(sight: Sight, entity: string, how: 'mail' | 'call' | 'any' = 'any'): number | null {
  const { day } = sight;
  const allowed = sight.due
    .filter((next) => next.sheet.invoice.entity === entity)
    .map((next) => next.at!)
    .filter((at) => day.policy[at]!.how !== 'decision' && (how === 'any' || day.policy[at]!.how === how))
    .filter((at) => blocksOf(day, entity, day.policy[at]!).length === 0);
  return allowed.length === 0 ? null : Math.max(...allowed);
}

/**
 * "A mail takes every invoice whose due next stage is a mail stage up to its own (a lower one's spacing held), each to its own next stage only.
 * A call does the same with call stages. A formal mail takes its own stage only."
 */
export function takenBy(sight: Sight, entity: string, at: number): readonly Sight['due'][number][] {
  const { day } = sight;
  const message = day.policy[at]!;
  return sight.due.filter((next) => {
    const stage = day.policy[next.at!]!;
    if (next.sheet.invoice.entity !== entity || stage.how !== message.how || next.at! > at) return false;
    if (next.at === at) return true;
    return message.words !== 'formal' && stage.words !== 'formal' && day.today >= latest(spacingUntil(day, entity, stage));
  });
}

export const isOwnersBusiness = (stage: Stage) => stage.how === 'mail' && (stage.words === 'firm' || stage.words === 'formal');
