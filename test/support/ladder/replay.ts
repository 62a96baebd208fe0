import type { Answer, Message } from './answer.ts';
import { addDays, type Day } from './days.ts';
import { DEFAULT_NUMBERS, DEFAULT_STAGES } from './default-policy.ts';
import { namesOf } from './message.ts';
import { decide } from './oracle.ts';
import type { AccountDay, Contact, Invoice } from './types.ts';

export const EMPTY_DAY: AccountDay = {
  today: '2026-01-05',
  calendar: { weekend: [6, 7], holidays: [] },
  policy: DEFAULT_STAGES,
  rules: DEFAULT_NUMBERS,
  stopped: false,
  autopay: false,
  holdThrough: null,
  paymentsUpTo: '2026-01-05',
  invoices: [],
  credits: [],
  contacts: [],
  levels: [],
  starts: [],
  jumps: [],
  callsListed: [],
  replies: [],
  hasOwner: false,
  ownerQuestions: [],
  ownerStandingGo: null,
  placements: [],
  proposals: [],
  noes: [],
  letters: [],
  smallKept: [],
  draftsWaiting: [],
  cannotWrite: [],
};

/** An invoice in euros without any trouble. */
export function invoice(number: string, euros: number, due: Day, rest: Partial<Invoice> = {}): Invoice {
  return {
    number,
    entity: 'E',
    currency: 'EUR',
    issued: addDays(due, -30),
    due,
    open: Math.round(euros * 100),
    first: false,
    writtenOff: 0,
    promises: [],
    disputes: [],
    plans: [],
    disputeClosedOn: null,
    reopened: null,
    ...rest,
  };
}

/** The contact that is on record once the message went out. */
export function contactOf(message: Message, day: AccountDay): Contact {
  const lines = [...message.parts.asked, ...message.parts.firmer, ...message.parts.open];
  const letter = day.letters.find((of) => of.entity === message.entity && of.stage === message.stage);
  const daysOf = (key: string | null) => day.policy.find((stage) => stage.key === key)?.days ?? letter?.days ?? null;
  const jumped = (number: string, stage: string) => day.jumps.some((jump) => jump.invoice === number && jump.stage === stage);
  return {
    on: day.today,
    entity: message.entity,
    kind: message.kind === 'note' ? 'mail' : message.kind,
    stage: message.stage,
    days: daysOf(message.stage),
    words: message.words,
    takes: lines
      .filter((line) => line.taken)
      .map((line) => ({
        invoice: line.invoice,
        stage: line.stage!,
        days: daysOf(line.stage)!,
        asked: line.amount,
        jumped: jumped(line.invoice, line.stage!),
      })),
    names: namesOf(message.parts),
    notes: message.parts.notes.map((line) => ({ invoice: line.invoice, days: daysOf(line.stage)! })),
    failed: false,
  };
}

/** Something that happens on a morning, before that day's decision. */
export type Event = (day: AccountDay) => AccountDay;

export interface Entry {
  readonly on: Day;
  /** The account on that morning. */
  readonly day: AccountDay;
  readonly answer: Answer;
}

/** Runs from day to day: every message goes out and every call is made on its day, and people leave their lists undecided. */
export function replay(start: AccountDay, through: Day, events: Readonly<Record<Day, Event>> = {}, makes = (_: Message) => true): Entry[] {
  const entries: Entry[] = [];
  let day = start;
  for (let today = start.today; today <= through; today = addDays(today, 1)) {
    day = { ...day, today, paymentsUpTo: today };
    day = events[today]?.(day) ?? day;
    const answer = decide(day);
    entries.push({ on: today, day, answer });
    for (const task of answer.people)
      if (
        task.kind === 'decide' &&
        !day.proposals.some((open) => open.entity === task.entity && open.currency === task.currency && open.stage === task.stage)
      )
        day = { ...day, proposals: [...day.proposals, { entity: task.entity, currency: task.currency, stage: task.stage, since: today }] };
    if (answer.message !== null) day = makes(answer.message) ? sent(day, answer.message) : listed(day, answer.message);
  }
  return entries;
}

function sent(day: AccountDay, message: Message): AccountDay {
  const letters = day.letters.map((letter) =>
    message.kind === 'letter' && letter.entity === message.entity && letter.sent === null
      ? { ...letter, sent: { on: day.today, deadline: addDays(day.today, 14) } }
      : letter,
  );
  return { ...day, letters, contacts: [...day.contacts, contactOf(message, day)] };
}

/** A call that nobody made stays on the list. */
function listed(day: AccountDay, message: Message): AccountDay {
  if (message.kind !== 'call') return day;
  const fresh = message.parts.asked
    .filter((line) => line.taken && !day.callsListed.some((call) => call.invoice === line.invoice && call.stage === line.stage))
    .map((line) => ({ invoice: line.invoice, stage: line.stage!, on: day.today, tries: [] }));
  return { ...day, callsListed: [...day.callsListed, ...fresh] };
}

/** One line per message, such as "2026-09-04 friendly A": its stage and what it takes. */
export function diary(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ on, answer: { message } }) => {
    if (message === null) return [];
    const lines = [...message.parts.asked, ...message.parts.firmer, ...message.parts.open].filter((line) => line.taken);
    const taken = lines.map((line) => (line.stage === message.stage ? line.invoice : `${line.invoice}=${line.stage}`));
    const notes = message.parts.notes.map((line) => `${line.invoice}=${line.stage}`);
    return [[on, message.stage ?? message.kind, ...(message.words === 'plain' ? ['plain'] : []), ...taken, ...notes].join(' ')];
  });
}

/** Days on which the list for people changes, such as "2026-03-06 demand-letter W0"; an empty list is left out. */
export function decided(entries: readonly Entry[]): string[] {
  let before = '';
  return entries.flatMap(({ on, answer }) => {
    const lists = answer.people.flatMap((task) =>
      task.kind === 'decide' ? [`${task.stage} ${task.invoices.map((of) => of.invoice).join(' ')}`] : [],
    );
    const now = lists.join('; ');
    const changed = now !== before && now !== '';
    before = now;
    return changed ? [`${on} ${now}`] : [];
  });
}

/** The contact of a stage that asked for the invoices, amounts in euros. */
export function asked(stage: string, on: Day, euros: Readonly<Record<string, number>>, rest: Partial<Contact> = {}): Contact {
  const { days, how, words } = DEFAULT_STAGES.find((of) => of.key === stage)!;
  const take = ([number, sum]: [string, number]) => ({ invoice: number, stage, days, asked: sum * 100, jumped: false });
  return {
    on,
    entity: 'E',
    kind: how === 'decision' ? 'letter' : how,
    stage,
    days,
    words: how === 'decision' ? 'formal' : words,
    takes: Object.entries(euros).map(take),
    names: Object.keys(euros),
    notes: [],
    failed: false,
    ...rest,
  };
}

/** Changes one invoice on a morning. */
export const change =
  (number: string, how: Partial<Invoice>): Event =>
  (day) => ({ ...day, invoices: day.invoices.map((of) => (of.number === number ? { ...of, ...how } : of)) });
