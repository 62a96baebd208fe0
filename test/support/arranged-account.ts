import { type AccountRequest, type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { changeAccount } from '../../src/account/change-account.op.ts';
import { divideItems, type LedgerItem } from '../../src/arrangements/collectable.ts';
import { type Interval, instalmentsOf } from '../../src/arrangements/instalments.ts';
import { type PlanAsked, recordPlan } from '../../src/arrangements/record-plan.op.ts';
import { type OfferAsked, recordSettlement } from '../../src/arrangements/record-settlement.op.ts';
import { settleArrangements } from '../../src/arrangements/settle-arrangements.op.ts';
import type { CaseState } from '../../src/escalation/case.ts';
import { readAccountDay } from '../../src/follow-up/account-days.op.ts';
import { FIRST_POLICIES } from '../../src/follow-up/default-policies.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import type { World } from '../../src/kernel/world.port.ts';
import type { Payment } from '../../src/ledger/invoice.ts';
import type { RecordedFact } from '../../src/trail/trail.port.ts';

export interface ArrangedOptions {
  readonly holidays?: readonly string[];
  readonly work?: Partial<AccountWork>;
}

/** One British account with a ledger in memory that is imported every morning, and what the team arranges on it. */
export class ArrangedAccount {
  today: Day;
  items: LedgerItem[];
  work: AccountWork;
  payments: Payment[] = [];
  facts: RecordedFact[] = [];
  /** When the ledger was imported; null: this morning. */
  imported: Day | null = null;
  applying = false;
  /** How decisions about its arrangements ended. */
  decided: { readonly state: CaseState; readonly outcome: string; readonly about: { readonly arrangement: string } }[] = [];
  readonly ports: World;
  #version = 1;
  #commands: string[] = [];
  #counter = 0;

  constructor(from: string, items: readonly LedgerItem[], { holidays = [], work = {} }: ArrangedOptions = {}) {
    this.today = day(from);
    this.items = [...items];
    this.work = { ...NEW_WORK, ...work };
    this.ports = this.#portsOf(new Set(holidays));
  }

  on(today: string): this {
    this.today = day(today);
    return this;
  }

  /** Clears on a day, today when left out, and is allocated to one invoice. */
  pay(invoice: string, amount: number, received: string = this.today): void {
    const { entity, currency } = this.items.find((item) => item.number === invoice)!;
    const number = `P${this.payments.length + 1}`;
    const allocations = [{ invoice, amount }];
    this.payments.push({
      id: number,
      number,
      account: 'a1',
      entity,
      currency,
      amount,
      received: day(received),
      allocations,
      reversed: false,
      reason: '',
    });
    this.credit(invoice, amount);
  }

  /** Takes something off an invoice that is no money. */
  credit(invoice: string, amount: number): void {
    this.items = this.items
      .map((item) => (item.number === invoice ? { ...item, open: item.open - amount } : item))
      .filter((item) => item.open > 0);
  }

  async plan(
    more: Partial<Omit<PlanAsked, 'invoices'>> & { invoices: readonly string[]; count?: number; first: string; interval?: Interval },
  ) {
    const { invoices, count = 3, first, interval = 'monthly', ...rest } = more;
    const id = `plan${++this.#counter}`;
    const asked = {
      ...{ id, account: 'a1', amount: null, agreedWith: 'Ms Larch', invoices: invoices.map((number) => ({ entity: 'NWUK', number })) },
      ...rest,
      instalments: rest.instalments ?? ((of, calendar) => instalmentsOf(of, count, day(first), interval, calendar)),
    } satisfies PlanAsked;
    return recordPlan(this.ports, asked, 'U0MARA', `record:${id}`);
  }

  async offer(more: Pick<OfferAsked, 'terms'> & { invoices: readonly string[]; until: string; kind?: OfferAsked['kind'] }) {
    const id = `offer${++this.#counter}`;
    const invoices = more.invoices.map((number) => ({ entity: 'NWUK', number }));
    const asked: OfferAsked = { id, account: 'a1', kind: more.kind ?? 'settlement', terms: more.terms, invoices, until: day(more.until) };
    return recordSettlement(this.ports, asked, 'U0MARA', `record:${id}`);
  }

  do(request: AccountRequest, by = 'U0MARA') {
    return changeAccount(this.ports, 'a1', request, by, `do:${++this.#counter}`);
  }

  /** What the clock records now, as 'type outcome'. */
  async settle(): Promise<string[]> {
    const known = this.facts.length;
    await settleArrangements(this.ports);
    return this.facts.slice(known).map((fact) => (fact.outcome ? `${fact.type} ${fact.outcome}` : fact.type));
  }

  /** Each day through `to` on which the clock records something: '2026-02-04 plan-missed'. */
  async through(to: string): Promise<string[]> {
    const log: string[] = [];
    for (; this.today <= to; this.today = addDays(this.today, 1)) for (const each of await this.settle()) log.push(`${this.today} ${each}`);
    return log;
  }

  /** What may be asked for today, in minor units, over all invoices. */
  async asked(): Promise<number> {
    const read = await readAccountDay(this.ports, 'a1');
    const { items, work, planned, today, calendar, rules } = read!.cases[0]!.day;
    return divideItems(items, work as AccountWork, planned, today, calendar, rules.promiseGrace).reduce((sum, { ask }) => sum + ask, 0);
  }

  last(type: string): RecordedFact {
    return this.facts.findLast((fact) => fact.type === type)!;
  }

  #portsOf(holidays: ReadonlySet<string>): World {
    const row = {
      id: 'a1',
      name: 'Otterby',
      number: 'C1',
      zone: 'Europe/London',
      country: 'GB',
      region: 'ENG',
      segment: '',
      autopay: false,
      owner: '',
    };
    const at = (on: Day, hour: string) => Temporal.Instant.from(`${on}T${hour}:00:00Z`);
    const world: unknown = {
      clock: { now: () => at(this.today, '10') },
      settings: { read: async () => ({ zone: 'Europe/London', country: 'GB', region: 'ENG' }) },
      policies: { read: async () => FIRST_POLICIES },
      team: { read: async () => ({ version: 1, members: [], rules: [] }) },
      holidays: () => holidays,
      cases: { ofAccount: async () => this.decided.map((of) => ({ case: of })) },
      drafts: { open: async () => [] },
      accounts: {
        all: async () => new Map([['a1', this.work]]),
        load: async () => ({ ...row, version: this.#version, facts: this.facts.length, commands: this.#commands, work: this.work }),
        save: async (_: unknown, after: AccountWork, recorded: RecordedFact[], command: string) => {
          this.work = after;
          this.facts.push(...recorded);
          this.#commands.push(command);
          this.#version += 1;
          return true;
        },
      },
      ledger: {
        account: async () => row,
        openCredits: async () => [],
        origin: async () => null,
        payments: async () => this.payments,
        freshness: async () => ({ asOf: at(this.imported ?? this.today, '08'), sample: false, applying: this.applying }),
        openItems: async () => this.items.map((item) => ({ ...item, account: 'a1' })),
        openBooks: async () => ({
          items: new Map([['a1', this.items.map((item) => ({ ...item, account: 'a1' }))]]),
          credits: new Map(),
          origins: new Map(),
        }),
      },
    };
    return world as World & World;
  }
}
