import type { Answer } from './answer.ts';
import { isFormal, levelOf } from './levels.ts';
import { look, type Sight } from './next.ts';
import type { AccountDay } from './types.ts';

interface Case {
  readonly day: AccountDay;
  readonly answer: Answer;
  readonly sight: Sight;
}

const says =
  (...codes: readonly string[]) =>
  ({ answer }: Case) =>
    [...answer.reasons, ...answer.entities.flatMap((of) => of.reasons), ...answer.invoices.flatMap((of) => of.reasons)].some(({ code }) =>
      codes.includes(code),
    );
const asks =
  (...kinds: readonly string[]) =>
  ({ answer }: Case) =>
    answer.people.some((task) => kinds.includes(task.kind));
const part =
  (name: keyof NonNullable<Answer['message']>['parts']) =>
  ({ answer }: Case) =>
    (answer.message?.parts[name].length ?? 0) > 0;
const takenOf = ({ answer }: Case) =>
  answer.message === null ? [] : [...answer.message.parts.asked, ...answer.message.parts.open].filter((line) => line.taken);
const sends =
  (kind: string) =>
  ({ answer }: Case) =>
    answer.message?.kind === kind;

/** Every rule that a generated account-day can hit, and how it shows that it did. */
export const RULES_HIT: Readonly<Record<string, (of: Case) => boolean>> = {
  'a first stage is asked for': (of) =>
    takenOf(of).some((line) => of.sight.sheets.some((s) => s.invoice.number === line.invoice && s.level === null)),
  'a bounced mail raises nothing': ({ day }) => day.contacts.some((contact) => contact.failed && contact.takes.length > 0),
  'a stage it was too young for counts as a lower one': ({ day }) =>
    day.invoices.some((invoice) => {
      const top = Math.max(
        -1,
        ...day.contacts.filter((of) => !of.failed).flatMap((of) => of.takes.filter((t) => t.invoice === invoice.number).map((t) => t.days)),
      );
      const level = levelOf(day, invoice);
      return top >= 0 && (level === null || day.policy[level.at]!.days < top);
    }),
  'an invoice that reopened late begins at none': ({ day, sight }) =>
    sight.sheets.some(
      (sheet) =>
        sheet.invoice.reopened !== null &&
        sheet.level === null &&
        day.contacts.some((c) => c.takes.some((t) => t.invoice === sheet.invoice.number)),
    ),
  'part of an invoice rests': ({ sight }) => sight.sheets.some((sheet) => sheet.rests.length > 0 && sheet.free > 0),
  'credit covers a part': ({ sight }) => sight.sheets.some((sheet) => sheet.amount > 0 && sheet.amount < sheet.free),
  'credit covers an invoice': says('covered-by-credit'),
  'a stage below its minimum is passed over': says('below-minimum'),
  'a small invoice rides along': (of) =>
    takenOf(of).some((line) => line.amount < (of.day.policy.find((stage) => stage.key === line.stage)?.minimum[line.currency] ?? 0)),
  'invoices wait for each other': says('waits-for-others'),
  'a call is settled by an earlier one': says('call-covered'),
  'a call that nobody made is passed over': asks('call-missed'),
  'a call that reached nobody is passed over': asks('trace-contact'),
  'a jump comes next at once': (of) =>
    takenOf(of).some((line) => of.day.jumps.some((jump) => jump.invoice === line.invoice && jump.stage === line.stage)),
  'an own gap holds': says('stage-gap'),
  'a stage is not reached': says('stage-not-reached'),
  'one contact a day': says('contacted-today'),
  'a day off': says('weekend', 'public-holiday'),
  'a stop, direct debit or hold': says('status-stopped', 'autopay', 'on-hold'),
  'old payments': says('stale-ledger'),
  'a higher stage that is not allowed gives way to a lower one': ({ answer, sight: { due, day } }) =>
    answer.message !== null &&
    due.some(
      (next) =>
        next.sheet.invoice.entity === answer.message!.entity &&
        day.policy[next.at!]!.how !== 'decision' &&
        next.at! > day.policy.findIndex((s) => s.key === answer.message!.stage),
    ),
  'the gap of written demands': says('demand-gap'),
  'a call settles': says('call-settles'),
  'a mail settles': says('mail-settles'),
  'the spacing of a stage': says('stage-spacing', 'call-gap'),
  'a mail takes lower stages along': (of) => takenOf(of).some((line) => line.stage !== of.answer.message!.stage),
  'a formal mail takes its own stage only': ({ answer, sight }) =>
    answer.message?.stage === 'final-notice' &&
    sight.due.some((next) => next.at !== null && sight.day.policy[next.at]!.key !== 'final-notice'),
  'part 1': part('asked'),
  'part 2': part('firmer'),
  'part 3': part('open'),
  'part 4': part('formal'),
  'part 5': part('resting'),
  'part 6': part('notes'),
  'a contact of another stage in copy': ({ answer }) => (answer.message?.copyTo.length ?? 0) > 0,
  'plain words': ({ answer }) => answer.message?.words === 'plain',
  'a first demand is never formal': ({ sight }) =>
    sight.nexts.some((next) => next.passed !== null && next.sheet.firstDemand === null && next.sheet.late >= 45),
  'a statement': sends('statement'),
  'a note alone': sends('note'),
  'entities take turns': says('other-entity-first'),
  'a closed dispute': says('dispute-closed'),
  'a reply about it': says('reply-waiting'),
  'a reply about another': says('reply-fresh'),
  'a reply that nobody answers': asks('answer-reply'),
  'the owner is asked': asks('ask-owner'),
  'the question is open': says('owner-asked'),
  'the owner holds': says('owner-holds'),
  'a placement': says('placed'),
  'a question after a placement': asks('placement-question'),
  'a notice runs': says('final-notice-running'),
  'people decide': asks('decide'),
  'an open decision is recalled': ({ answer }) => answer.people.some((task) => task.kind === 'decide' && task.recall),
  'people said no': says('decision-no'),
  'a letter goes': sends('letter'),
  'a letter goes first': says('letter-first'),
  'a letter runs': says('letter-running'),
  'others wait for a letter': says('case-running'),
  'the last step is not there yet': says('after-letter'),
  'a notice is given again': (of) => says('amount-grown')(of) || of.sight.nexts.some((next) => next.again),
  'the small-balance queue': asks('small-balance'),
  'the top is reached': says('top-reached'),
  'a start is confirmed': says('start-unconfirmed', 'start-spread'),
  'a mail cannot be written': says('cannot-write'),
  'a draft or a call waits': ({ answer }) => answer.message?.waits != null,
  'supply is to be stopped': asks('stop-supply'),
  'promised, disputed, planned, written off': says('promised', 'disputed', 'planned', 'written-off'),
  'no date is found': ({ answer }) => answer.message === null && answer.nextDate === null,
  'a date is found': ({ answer }) => answer.nextDate !== null,
  'a formal amount helps over a minimum': ({ answer, sight }) =>
    answer.message?.words === 'formal' && sight.sheets.some((sheet) => sheet.formal && isFormal(sight.day.policy[sheet.level!.at]!)),
};

/** Counts how often each rule was hit. */
export class Counter {
  readonly hits = new Map<string, number>(Object.keys(RULES_HIT).map((name) => [name, 0]));

  count(day: AccountDay, answer: Answer): void {
    const of = { day, answer, sight: look(day) };
    for (const [name, hit] of Object.entries(RULES_HIT)) if (hit(of)) this.hits.set(name, this.hits.get(name)! + 1);
  }

  never(): string[] {
    return [...this.hits].filter(([, times]) => times === 0).map(([name]) => name);
  }
}
