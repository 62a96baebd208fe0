import path from 'node:path';
import { type AccountRequest, type AccountWork, NEW_WORK } from '../../../src/account/account-work.ts';
import type { decideAccount as DecideAccount } from '../../../src/account/decide-account.ts';
import type { Veto } from '../../../src/account/veto.ts';
import { DISPUTE_DEFAULTS } from '../../../src/arrangements/dispute.ts';
import type { decideFollowUp as DecideFollowUp, FollowUp, AccountDay as ProductDay } from '../../../src/follow-up/follow-up.ts';
import { DEFAULT_RULES } from '../../../src/follow-up/follow-up.ts';
import { type Ladder, ladderOf, type Mark } from '../../../src/follow-up/ladder.ts';
import type { Policy, PolicyStage } from '../../../src/follow-up/policy.ts';
import { addDays, type Day, day as dayOf } from '../../../src/kernel/day.ts';
import { workingDayAfter, workingDaysSince } from '../../../src/kernel/working-days.ts';
import { daysFrom } from './days.ts';
import { levelOf } from './levels.ts';
import { noUntil } from './sheets.ts';
import type { AccountDay, Contact, Invoice, Stage } from './types.ts';

/** The product's rule, as it is or as a control has broken it. */
export interface Program {
  readonly decideFollowUp: typeof DecideFollowUp;
  readonly decideAccount: typeof DecideAccount;
}

export async function programOf(src: string): Promise<Program> {
  const from = (file: string) => import(path.join(src, file));
  return { ...(await from('follow-up/follow-up.ts')), ...(await from('account/decide-account.ts')) };
}

const BY = 'U0MARA';
const own = <T extends { readonly entity: string }>(list: readonly T[], entity: string) => list.filter((each) => each.entity === entity);

/** The same account-day for the product: what happened is recorded by its own verbs where it has verbs, in the order in which it happened. */
export function productDay(program: Program, day: AccountDay): ProductDay {
  const today = dayOf(day.today);
  const calendar = calendarOf(day);
  const firsts = day.invoices.filter(({ first }) => first);
  const entered = day.starts.map(({ enteredOn }) => dayOf(enteredOn))[0] ?? null;
  return {
    today,
    work: workOf(program, day),
    autopay: day.autopay,
    importedOn: entered,
    firstIssued: firsts.length > 0 ? dayOf(firsts[0]!.issued) : null,
    items: day.invoices
      .filter(({ open }) => open > 0)
      .map(({ entity, number, currency, issued, due, open }) => {
        return { entity, number, currency, issued: dayOf(issued), due: dayOf(due), open, disputed: 0 };
      }),
    credits: day.credits.map(({ entity, currency, amount }) => ({ entity, currency, unappliedCash: amount, openCredit: 0 })),
    planned: day.invoices.flatMap(({ entity, number: invoice, writtenOff, plans }) => [
      ...(writtenOff > 0 ? [{ entity, invoice, amount: writtenOff, writtenOff: true as const }] : []),
      ...plans.map(({ amount }) => ({ entity, invoice, amount })),
    ]),
    policy: policyOf(day),
    calendar,
    ledgerAge: workingDaysSince(dayOf(day.paymentsUpTo), today, calendar, 9),
    rules: DEFAULT_RULES,
    ownerSilence: day.hasOwner ? workingDayAfter(today, day.rules.ownerAsked, calendar) : null,
    letters: day.letters
      .filter(({ sent, approvedOn }) => sent === null && approvedOn <= today)
      .map(({ entity, approvedOn }) => ({ entity, since: dayOf(approvedOn) })),
  };
}

const calendarOf = ({ calendar }: AccountDay) => ({
  weekend: new Set(calendar.weekend),
  holidays: new Set(calendar.holidays.map((each) => dayOf(each))),
});

function policyOf({ policy, rules }: AccountDay): Policy {
  return { key: 'generated', name: 'Generated', version: 1, large: rules.large, stages: policy.map(stageOf) };
}

const CHANNELS = { mail: 'email', call: 'call', decision: 'task' } as const;

/** A row of the table as the product has it. */
export function stageOf(stage: Stage): PolicyStage {
  const { key, days, how, words, minimum, ownGap, spacing, approvedBy, contact, largeOrFirst, stopsSupply } = stage;
  const decides = key === 'last-step' ? (['agency', 'legal', 'write-off'] as const) : (['demand-letter'] as const);
  return {
    ...{ key, name: key, offset: days, minimum, gap: ownGap, spacing, largeOrFirst, channel: CHANNELS[how], template: '' },
    tone: words ?? (how === 'decision' ? 'formal' : approvedBy === 'manager' ? 'firm' : 'friendly'),
    approval: approvedBy === 'people' ? 'manager' : approvedBy,
    proposes: how === 'decision' ? decides : stopsSupply ? ['stop-supply'] : [],
    contact: contact === 'second' ? 2 : 1,
  };
}

function workOf(program: Program, day: AccountDay): AccountWork {
  const entities = [...new Set(day.invoices.map(({ entity }) => entity))];
  let work: AccountWork = NEW_WORK;
  const record = (request: AccountRequest, on: Day) => {
    const decided = program.decideAccount(work, request, BY, on, addDays(on, 365));
    if ('refused' in decided) return decided.refused;
    work = decided.work;
    return null;
  };
  const starts = day.starts.length === 0 ? [] : entities.flatMap((entity) => startOf(day, entity) ?? []);
  const said = starts.map(({ on, ...request }): Happened => ({ on, requests: [request] }));
  for (const { on, requests } of [...said, ...contactsOf(day)].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)))
    for (const request of requests) {
      const refused = record(request, on);
      if (refused) throw new Error(`${request.do} was refused: ${refused}`);
    }
  const order = day.policy.map(({ key }) => key);
  for (const { invoice, stage } of day.jumps) {
    const of = day.invoices.find(({ number }) => number === invoice)!;
    const level = levelOf(day, of);
    const invoices = [{ invoice, at: level && order[level.at]! }];
    const decision = day.policy.find(({ key }) => key === stage)?.how === 'decision';
    record({ do: 'jump', entity: of.entity, invoices, to: stage, order, decision, reason: 'x' }, dayOf(day.today));
  }
  for (const entity of entities) work = withLadder(work, listed(day, entity, ladderOf(work.ladders, entity)));
  return { ...work, ...around(day) };
}

const withLadder = (work: AccountWork, ladder: Ladder): AccountWork => ({
  ...work,
  ladders: [...work.ladders.filter(({ entity }) => entity !== ladder.entity), ladder],
});

/** What a person says of an account that came with debts; null: nothing yet. An entity without a start of its own waits for nobody. */
function startOf(day: AccountDay, entity: string): (AccountRequest & { readonly do: 'confirm-start'; readonly on: Day }) | null {
  const start = day.starts.find((each) => each.entity === entity);
  if (start && (start.confirmedOn === null || start.confirmedOn > day.today)) return null;
  const on = dayOf(start?.confirmedOn ?? day.starts[0]!.confirmedOn ?? day.starts[0]!.enteredOn);
  const marks = day.levels.flatMap(({ invoice, stage, days, on: asked, asked: amount }): Mark[] => {
    const of = day.invoices.find(({ number }) => number === invoice)!;
    if (of.entity !== entity || forgets(of)) return [];
    return [{ invoice, stage, days, on: dayOf(asked ?? addDays(dayOf(of.due), days)), asked: amount, how: 'start', notice: null }];
  });
  return { do: 'confirm-start', entity, stage: null, sent: null, marks, from: start?.turnOn ? dayOf(start.turnOn) : on, on };
}

/** Paid long before its payment bounced: the ladder has dropped it by then. */
const forgets = ({ reopened }: Invoice) => reopened !== null && daysFrom(reopened.closedOn, reopened.on) > 90;

interface Happened {
  readonly on: Day;
  readonly requests: readonly AccountRequest[];
}

function contactsOf(day: AccountDay): Happened[] {
  return day.contacts
    .filter(({ on, failed, kind }) => on <= day.today && !(failed && kind === 'call'))
    .map((contact) => {
      const on = dayOf(contact.on);
      const back = { do: 'take-back-contact', entity: contact.entity, on } as const;
      return { on, requests: [contactOf(day, contact), ...(contact.failed ? [back] : [])] };
    });
}

function contactOf(day: AccountDay, { entity, on, kind, stage, days, words, takes, names, notes }: Contact): AccountRequest {
  const late = own(day.invoices, entity).filter((each) => names.includes(each.number) && each.due < on);
  const took = takes.map((take) => {
    const formal =
      day.policy.some(({ key, words: of }) => key === take.stage && of === 'formal') || (take.stage === 'final-notice' && kind === 'mail');
    return {
      invoice: take.invoice,
      stage: take.stage,
      days: take.days,
      asked: take.asked,
      formal,
      ...(take.jumped ? { jumped: true } : {}),
    };
  });
  return {
    ...{ do: 'record-contact', entity, on: dayOf(on), channel: kind === 'call' ? 'call' : kind === 'letter' ? 'letter' : 'email' },
    purpose: kind === 'statement' ? 'statement' : 'stage',
    stage: stage === null ? null : { key: stage, offset: days! },
    invoices: took.map(({ invoice }) => invoice),
    open: own(day.invoices, entity).map(({ number }) => number),
    said: {
      firm: words === 'firm' || words === 'formal',
      took,
      named: [...late.map(({ number }) => number), ...notes.map(({ invoice }) => invoice)],
    },
  };
}

/** What people answered, and the calls that stand on a list. */
function listed(day: AccountDay, entity: string, ladder: Ladder): Ladder {
  const here = (invoice: string) => day.invoices.some((each) => each.number === invoice && each.entity === entity);
  const currencies = [...new Set(own(day.noes, entity).map(({ currency }) => currency))];
  return {
    ...ladder,
    offered: day.callsListed
      .filter(({ invoice, on }) => here(invoice) && on <= day.today)
      .map(({ invoice, stage, on, tries }) => ({ invoice, stage, on: dayOf(on), tries: tries.map((each) => dayOf(each)) })),
    no: currencies.flatMap((currency) => {
      const until = noUntil(day, entity, currency);
      return until === null ? [] : [{ currency, until: dayOf(until), by: BY }];
    }),
    rests: [
      ...own(day.placements, entity).flatMap(({ answers, on }) =>
        answers
          .filter(
            ({ invoice }) =>
              here(invoice) && day.invoices.some((each) => each.number === invoice && each.due >= on && each.due < day.today),
          )
          .map(({ invoice, answer }) => ({ invoice, until: answer === 'ask' ? dayOf(day.today) : null, why: 'placement' as const })),
      ),
      ...day.smallKept
        .filter(({ invoice }) => here(invoice))
        .map(({ invoice, on }) => ({ invoice, until: addDays(dayOf(on), day.rules.smallBalanceKept), why: 'small' as const })),
    ],
  };
}

/** What rests parts, invoices or the whole account. */
function around(day: AccountDay): Partial<AccountWork> {
  const today = dayOf(day.today);
  const calendar = calendarOf(day);
  const after = (on: string, n: number) => workingDayAfter(dayOf(on), n, calendar);
  const each = <T>(of: (invoice: Invoice) => readonly T[]) => day.invoices.flatMap(of);
  return {
    status: day.stopped ? 'do-not-contact' : 'active',
    hold: day.holdThrough === null ? null : { until: dayOf(day.holdThrough), reason: 'x', by: BY },
    promises: each(({ number, entity, currency, open, promises }) =>
      promises
        .filter(({ on }) => on <= today)
        .map(({ amount, on, day: date }, n) => ({
          ...{ id: `p${number}${n}`, entity, currency, amount, date: dayOf(date), saidBy: 'x', takenBy: BY, on: dayOf(on) },
          parts: [{ invoice: number, amount, openThen: open }],
        })),
    ),
    disputes: each(({ number, entity, currency, disputes }) =>
      disputes
        .filter(({ openedOn }) => openedOn <= today)
        .map(({ amount, openedOn, limit }, n) => ({
          ...{ ...DISPUTE_DEFAULTS, id: `d${number}${n}`, entity, invoice: number, currency, amount, reason: 'price' as const },
          ...{ note: '', owner: BY, until: dayOf(limit), by: BY, on: dayOf(openedOn) },
        })),
    ),
    closedDisputes: each(({ number, entity, disputeClosedOn: on }) => (on === null ? [] : [{ entity, invoice: number, on: dayOf(on) }])),
    replies: day.replies
      .filter(({ on, answeredOn }) => on <= today && (answeredOn === null || answeredOn > today))
      .map(({ entity, on, about, answers }, n) => ({
        ...{ id: `r${n}`, kind: 'other' as const, received: dayOf(on), by: BY },
        ...aboutOf(day, entity, on, about ?? answers),
      })),
    vetoes: day.ownerQuestions.map(({ entity, stage, invoices, askedOn, answer }): Veto => {
      const on = answer && dayOf(answer.on);
      const held = answer?.holdThrough ?? null;
      return {
        ...{ id: `${entity}:${stage}`, entity, stage, invoice: invoices[0] ?? '', invoices, owner: BY, on: dayOf(askedOn) },
        ...{ silenceEnds: after(askedOn, day.rules.ownerAsked), delayed: held !== null },
        answer: on && (held === null ? { do: 'go', on } : { do: 'hold', on, until: dayOf(held), reason: 'x' }),
      };
    }),
    placements: day.placements.map(({ entity, on, invoices }, n) => ({
      ...{ id: `pl${n}`, kind: 'agency', partner: 'X', name: 'X', entity, currency: 'EUR', amount: 1, invoices, rate: 0, courtFees: 0 },
      ...{ since: dayOf(on), state: 'placed', recovered: 0, fees: 0 },
    })),
    demands: day.letters.flatMap(({ entity, invoices, sent }, n) =>
      sent === null || sent.on > today
        ? []
        : [{ letter: `l${n}`, entity, invoices, deadline: dayOf(sent.deadline), sentOn: dayOf(sent.on), by: 'email' as const, firm: '' }],
    ),
  };
}

/** With one selling entity nobody has to say whom a message is for; with more, it is filed with what was issued before it. */
function aboutOf(day: AccountDay, entity: string, on: string, chosen: readonly string[] | null) {
  if (chosen !== null) return { about: { entity, invoices: chosen } };
  if (day.invoices.every((each) => each.entity === entity)) return {};
  return {
    about: {
      entity,
      invoices: own(day.invoices, entity)
        .filter(({ issued }) => issued <= on)
        .map(({ number }) => number),
    },
  };
}

export const decideProduct = (program: Program, day: AccountDay): FollowUp => program.decideFollowUp(productDay(program, day));
