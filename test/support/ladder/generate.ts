import fc from 'fast-check';
import { startLevel } from './carry-over.ts';
import { addDays, type Day, daysFrom } from './days.ts';
import { DEFAULT_STAGES, LARGE_ACCOUNT_STAGES } from './default-policy.ts';
import { EMPTY_DAY } from './replay.ts';
import type { AccountDay, Contact, Invoice, Stage } from './types.ts';

const DEMANDS = DEFAULT_STAGES.filter((stage) => stage.days >= 0);
/** People decide as soon as they may. */
const HASTY = DEFAULT_STAGES.map((stage) => (stage.how === 'decision' ? { ...stage, ownGap: 4 } : stage));
/** Few values of each kind, close together, so that rules meet often. */
const amount = fc.constantFrom(1, 6_000, 30_000, 60_000, 60_000, 100_000, 100_000, 1_200_000);
const ago = fc.constantFrom(0, 1, 2, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 12, 14, 14, 15, 20, 21, 22, 28, 30, 40);
const rarely = <T>(value: fc.Arbitrary<T>, often: T, weight = 9) =>
  fc.oneof({ weight, arbitrary: fc.constant(often) }, { weight: 1, arbitrary: value });

type Trouble = 'none' | 'promise' | 'dispute' | 'closed' | 'plan' | 'written-off' | 'reopened';

interface Drawn {
  readonly late: number;
  readonly open: number;
  readonly entity: string;
  readonly currency: string;
  readonly first: boolean;
  /** Demand stages it has had: as many as fit its age, less some. 0: none. */
  readonly behind: number;
  readonly levelAgo: number;
  readonly askedLess: boolean;
  readonly age: 'usual' | 'moved' | 'jumped';
  readonly trouble: Trouble;
  readonly part: number;
  readonly troubleAgo: number;
}

const drawnInvoice: fc.Arbitrary<Drawn> = fc.record({
  late: fc.oneof(
    fc.integer({ min: -9, max: 50 }),
    fc.integer({ min: 10, max: 70 }),
    fc.integer({ min: -20, max: 130 }),
    fc.integer({ min: 60, max: 120 }),
  ),
  open: amount,
  entity: fc.constantFrom('E', 'E', 'E', 'F'),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'GBP'),
  first: rarely(fc.constant(true), false, 4),
  behind: fc.constantFrom(0, 1, 1, 1, 1, 1, 2, 2, 3, 5),
  levelAgo: ago,
  askedLess: rarely(fc.constant(true), false, 5),
  age: rarely(fc.constantFrom<Drawn['age'][]>('moved', 'jumped'), 'usual', 6),
  trouble: rarely(fc.constantFrom<Trouble[]>('promise', 'dispute', 'closed', 'plan', 'written-off', 'reopened'), 'none', 5),
  part: fc.constantFrom(0.4, 1, 1),
  troubleAgo: fc.constantFrom(0, 1, 2, 3, 5, 7, 10),
});

function invoiceOf(today: Day, drawn: Drawn, n: number): Invoice {
  const { trouble, part, troubleAgo } = drawn;
  const partial = Math.max(1, Math.round(drawn.open * part));
  const on = addDays(today, -troubleAgo);
  const due = addDays(today, -drawn.late);
  return {
    number: `I${n}`,
    entity: drawn.entity,
    currency: drawn.currency,
    issued: addDays(due, -20),
    due,
    open: drawn.open,
    first: drawn.first,
    writtenOff: trouble === 'written-off' ? partial : 0,
    promises: trouble === 'promise' ? [{ amount: partial, on: addDays(on, -5), day: addDays(on, 3) }] : [],
    disputes: trouble === 'dispute' ? [{ amount: partial, openedOn: on, limit: addDays(on, 30) }] : [],
    plans: trouble === 'plan' ? [{ amount: partial, nextInstalment: addDays(today, 9) }] : [],
    disputeClosedOn: trouble === 'closed' ? on : null,
    reopened: trouble === 'reopened' ? { closedOn: addDays(today, -100), on: addDays(today, part === 1 ? -5 : -30) } : null,
  };
}

/** The contact that asked an invoice at its level; a letter comes with the notice before it. */
function contactsOf(today: Day, drawn: Drawn, invoice: Invoice): Contact[] {
  // Where its due date was moved since, it was late enough by the day it had then.
  const then = drawn.late - drawn.levelAgo + (drawn.age === 'moved' && drawn.late < 45 ? 12 : 0);
  const jumped = drawn.age === 'jumped' && drawn.late > drawn.levelAgo;
  const fitting = DEMANDS.filter((stage) => (jumped ? stage.how !== 'decision' : stage.days <= then));
  const stage = fitting[Math.max(0, fitting.length - drawn.behind)];
  if (stage === undefined || drawn.behind === 0) return [];
  const notice = DEMANDS.find((of) => of.words === 'formal')!;
  const kind = stage.how === 'decision' ? 'letter' : stage.how;
  const one = (of: Stage, as: Contact['kind'], on: Day): Contact => ({
    on,
    entity: invoice.entity,
    kind: as,
    stage: of.key,
    days: of.days,
    words: as === 'call' ? null : as === 'letter' ? 'formal' : of.words,
    takes: [
      {
        invoice: invoice.number,
        stage: of.key,
        days: of.days,
        asked: drawn.askedLess ? Math.ceil(drawn.open / 2) : drawn.open,
        jumped,
      },
    ],
    names: [invoice.number],
    notes: [],
    failed: false,
  });
  const on = addDays(today, -drawn.levelAgo);
  return kind === 'letter' ? [one(notice, 'mail', addDays(on, -15)), one(stage, 'letter', on)] : [one(stage, kind, on)];
}

/** Contacts of one day and stage are one contact, and it showed whatever was late then. */
function together(contacts: readonly Contact[], invoices: readonly Invoice[]): Contact[] {
  const merged = new Map<string, Contact>();
  for (const contact of contacts) {
    const key = `${contact.entity} ${contact.on} ${contact.stage}`;
    const before = merged.get(key);
    const shown = invoices.filter((invoice) => invoice.entity === contact.entity && daysFrom(invoice.due, contact.on) > 0);
    const names = [...new Set([...contact.names, ...shown.map((invoice) => invoice.number)])];
    merged.set(key, { ...contact, takes: [...(before?.takes ?? []), ...contact.takes], names });
  }
  return [...merged.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

const same = (days: ReadonlyMap<Day, string>, on: Day, what: string) => (days.get(on) ?? what) === what;
const takesIt = (contact: Contact, invoice: string) => contact.takes.some((take) => take.invoice === invoice);

type Extras = typeof extras extends fc.Arbitrary<infer T> ? T : never;
const extras = fc.record({
  policy: rarely(fc.constantFrom(LARGE_ACCOUNT_STAGES, DEFAULT_STAGES.slice(0, 8), HASTY), DEFAULT_STAGES, 6),
  stopped: rarely(fc.constant(true), false, 40),
  autopay: rarely(fc.constant(true), false, 40),
  holdAgo: rarely(fc.integer({ min: -5, max: 3 }), null as number | null, 20),
  staleFor: rarely(fc.integer({ min: 0, max: 6 }), 0, 20),
  holiday: rarely(fc.constant(true), false, 30),
  credit: rarely(amount, 0, 4),
  statementAgo: rarely(ago, null as number | null, 9),
  failed: rarely(fc.constant(true), false, 9),
  jump: rarely(fc.constantFrom(...DEMANDS), null as Stage | null, 9),
  listedAgo: rarely(fc.integer({ min: 0, max: 9 }), null as number | null, 2),
  tries: fc.integer({ min: 0, max: 3 }),
  replyAgo: rarely(fc.integer({ min: 0, max: 30 }), null as number | null, 9),
  replyAbout: fc.constantFrom('chosen', 'message', 'all'),
  replyAnswered: fc.boolean(),
  hasOwner: fc.boolean(),
  question: rarely(fc.record({ ago: fc.integer({ min: 0, max: 16 }), kind: fc.constantFrom('silent', 'go', 'hold') }), null, 3),
  standingGoAgo: rarely(fc.integer({ min: 0, max: 40 }), null as number | null, 9),
  placedAgo: rarely(fc.integer({ min: 0, max: 12 }), null as number | null, 9),
  placedAnswer: fc.constantFrom('none', 'none', 'add', 'ask', 'rest'),
  proposalAgo: rarely(fc.constantFrom(0, 3, 7, 14, 15), null as number | null, 3),
  noAgo: rarely(fc.integer({ min: 0, max: 40 }), null as number | null, 6),
  letter: rarely(fc.record({ ago: fc.integer({ min: 0, max: 20 }), sent: fc.boolean() }), null, 5),
  keptAgo: rarely(fc.integer({ min: 0, max: 70 }), null as number | null, 9),
  start: rarely(fc.constantFrom('open', 'spread', 'done'), null, 12),
  draft: rarely(fc.constant(true), false, 9),
  cannotWrite: rarely(fc.constant(true), false, 15),
});

function build(today: Day, drawn: readonly Drawn[], extra: Extras): AccountDay {
  const invoices = drawn.map((one, n) => invoiceOf(today, one, n));
  const before = (days: number) => addDays(today, -days);
  const levels =
    extra.start === null || extra.start === 'open'
      ? []
      : invoices.flatMap((invoice) => startLevel(extra.policy, invoice, before(10), null) ?? []);
  // Of an account that came to us nothing is on record before it came, or before somebody said where it stands; and nothing falls.
  const first = extra.start === null ? '' : before(extra.start === 'open' ? 10 : 9);
  const place = (key: string | null | undefined) => extra.policy.findIndex((stage) => stage.key === key);
  const days = new Map<Day, string>();
  const asked = drawn.flatMap((one, n) => {
    const own = contactsOf(today, one, invoices[n]!);
    const level = place(levels.find(({ invoice }) => invoice === `I${n}`)?.stage);
    // One contact a day.
    const fits = own.every(
      ({ on, stage, entity }) => on > first && (level < 0 || place(stage) > level) && same(days, on, `${entity} ${stage}`),
    );
    for (const { on, stage, entity } of fits ? own : []) days.set(on, `${entity} ${stage}`);
    return fits ? own : [];
  });
  const all = together(asked, invoices);
  // A letter rests on a notice that arrived.
  const led = (contact: Contact) =>
    all.some(({ kind, takes }) => kind === 'letter' && takes.some(({ invoice }) => takesIt(contact, invoice)));
  const comesBack = extra.failed && all[0] && !led(all[0]) ? all[0] : null;
  const contacts = all.map((contact) => (contact === comesBack ? { ...contact, failed: true } : contact));
  // People are asked about what became late beside a placement.
  const wereAsked = invoices.slice(0, 2).filter(({ due }) => extra.placedAgo !== null && due >= before(extra.placedAgo) && due < today);
  const some = invoices.slice(0, 2).map((invoice) => invoice.number);
  const formal = drawn.flatMap((one, n) => (one.late >= 60 && one.behind > 0 ? [`I${n}`] : []));
  const statement = {
    kind: 'statement',
    stage: null,
    days: null,
    words: 'neutral',
    takes: [],
    notes: [],
    failed: false,
    entity: 'E',
  } as const;
  const start = { entity: 'E', enteredOn: before(10), confirmedOn: extra.start === 'open' ? null : before(9) };
  return {
    ...EMPTY_DAY,
    today,
    calendar: { weekend: [6, 7], holidays: extra.holiday ? [today, addDays(today, 1)] : [addDays(today, 4)] },
    policy: extra.policy,
    stopped: extra.stopped,
    autopay: extra.autopay,
    holdThrough: extra.holdAgo === null ? null : before(extra.holdAgo),
    paymentsUpTo: before(extra.staleFor),
    invoices,
    credits: extra.credit > 0 ? [{ entity: 'E', currency: 'EUR', amount: extra.credit }] : [],
    contacts: extra.statementAgo === null ? contacts : [...contacts, { ...statement, on: before(extra.statementAgo), names: some }],
    levels,
    starts: extra.start === null ? [] : [{ ...start, turnOn: extra.start === 'spread' ? addDays(today, 1) : null }],
    jumps: extra.jump === null ? [] : [{ invoice: 'I0', stage: extra.jump.key }],
    callsListed:
      extra.listedAgo === null
        ? []
        : invoices.flatMap(({ number }) =>
            ['call', 'manager-call'].map((stage) => ({
              invoice: number,
              stage,
              on: before(extra.listedAgo!),
              tries: [0, 1, 2].slice(0, extra.tries).map(before),
            })),
          ),
    replies: repliesOf(before, some, extra),
    hasOwner: extra.hasOwner,
    ownerQuestions: extra.hasOwner ? questionsOf(before, some, extra) : [],
    ownerStandingGo: extra.standingGoAgo === null ? null : before(extra.standingGoAgo),
    placements:
      extra.placedAgo === null
        ? []
        : [{ entity: 'E', on: before(extra.placedAgo), invoices: ['I0'], answers: answersOf(wereAsked, extra) }],
    proposals:
      extra.proposalAgo === null ? [] : [{ entity: 'E', currency: 'EUR', stage: 'demand-letter', since: before(extra.proposalAgo) }],
    noes: extra.noAgo === null ? [] : [{ entity: 'E', currency: 'EUR', on: before(extra.noAgo), until: null }],
    letters: extra.letter === null || formal.length === 0 ? [] : [letterOf(before, formal.slice(0, 1), extra.letter)],
    smallKept: extra.keptAgo === null ? [] : [{ invoice: 'I0', on: before(extra.keptAgo) }],
    draftsWaiting: extra.draft ? DEMANDS.map((stage) => ({ entity: 'E', stage: stage.key })) : [],
    cannotWrite: extra.cannotWrite ? ['E'] : [],
  };
}

type Before = (days: number) => Day;

function repliesOf(before: Before, some: readonly string[], extra: Extras): AccountDay['replies'] {
  if (extra.replyAgo === null) return [];
  const about = extra.replyAbout === 'chosen' ? some : null;
  const answers = extra.replyAbout === 'message' ? some : null;
  return [{ entity: 'E', on: before(extra.replyAgo), about, answers, answeredOn: extra.replyAnswered ? before(0) : null }];
}

function questionsOf(before: Before, some: readonly string[], { question }: Extras): AccountDay['ownerQuestions'] {
  if (question === null) return [];
  const on = before(Math.max(0, question.ago - 1));
  const answer = question.kind === 'silent' ? null : { on, holdThrough: question.kind === 'hold' ? addDays(on, 9) : null };
  return ['firm', 'second-contact', 'final-notice'].map((stage) => ({
    entity: 'E',
    stage,
    invoices: some,
    askedOn: before(question.ago),
    answer,
  }));
}

const answersOf = (about: readonly Invoice[], { placedAnswer }: Extras) =>
  placedAnswer === 'none' ? [] : about.map(({ number: invoice }) => ({ invoice, answer: placedAnswer as 'add' | 'ask' | 'rest' }));

function letterOf(before: Before, invoices: readonly string[], { ago: days, sent }: { readonly ago: number; readonly sent: boolean }) {
  const approvedOn = before(sent ? days + 1 : days % 7);
  const when = sent ? { on: before(days), deadline: addDays(before(days), 14) } : null;
  return { entity: 'E', currency: 'EUR', stage: 'demand-letter', days: 60, approvedOn, invoices, sent: when };
}

/** Account-days that hit every rule with its chance. 2026-03-02 is a Monday. */
export const accountDay: fc.Arbitrary<AccountDay> = fc
  .record({
    day: fc.constantFrom(0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 5, 6),
    invoices: fc.array(drawnInvoice, { minLength: 1, maxLength: 6 }),
    extra: extras,
  })
  .map(({ day, invoices, extra }) => build(addDays('2026-03-02', day), invoices, extra));
