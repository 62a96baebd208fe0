import { type AccountRequest, type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import { decideAccount } from '../../src/account/decide-account.ts';
import type { LedgerItem } from '../../src/arrangements/collectable.ts';
import { DEFAULT_POLICY } from '../../src/follow-up/default-policies.ts';
import { type AccountDay, DEFAULT_RULES, decideFollowUp, type FollowUp } from '../../src/follow-up/follow-up.ts';
import { contactOf } from '../../src/follow-up/simulate.op.ts';
import { addDays, type Day, day, daysBetween } from '../../src/kernel/day.ts';
import { weekendOf } from '../../src/kernel/working-days.ts';

/** An open invoice of 1,000.00 pounds sold by NWUK, due on a day. */
export function invoice(number: string, due: string, more: Partial<LedgerItem> = {}): LedgerItem {
  return { entity: 'NWUK', number, currency: 'GBP', issued: addDays(day(due), -30), due: day(due), open: 100_000, disputed: 0, ...more };
}

/** A British company whose ledger was imported this morning, known since long before anything was late. */
export function accountDay(today: string, items: readonly LedgerItem[], more: Partial<AccountDay> = {}): AccountDay {
  return {
    today: day(today),
    work: NEW_WORK,
    autopay: false,
    importedOn: null,
    firstIssued: null,
    items,
    credits: [],
    planned: [],
    policy: DEFAULT_POLICY,
    calendar: { weekend: weekendOf('GB'), holidays: new Set() },
    ledgerAge: 0,
    rules: DEFAULT_RULES,
    ownerSilence: null,
    ...more,
  };
}

/** An account that is walked through days: what is decided is carried out, as if everything were approved on its day. */
export class Walk {
  today: Day;
  items: LedgerItem[];
  work: AccountWork;
  more: Partial<AccountDay>;

  constructor(from: string, items: readonly LedgerItem[], more: Partial<AccountDay> & { work?: AccountWork } = {}) {
    this.today = day(from);
    this.items = [...items];
    this.work = more.work ?? NEW_WORK;
    this.more = more;
  }

  decide(): FollowUp {
    return decideFollowUp({ ...accountDay(this.today, this.items), ...this.more, today: this.today, items: this.items, work: this.work });
  }

  /** Records something; throws when it is refused. */
  record(request: AccountRequest, by = 'U0MARA'): void {
    const decided = decideAccount(this.work, request, by, this.today, addDays(this.today, 180));
    if ('refused' in decided) throw new Error(decided.refused);
    this.work = decided.work;
  }

  /** Carries today's action out; null when there is none. */
  act(): FollowUp['action'] {
    const { action } = this.decide();
    const open = this.items.filter((item) => item.entity === action?.entity).map((item) => item.number);
    if (action) this.record(contactOf(action, open, this.today));
    return action;
  }

  pay(number: string, amount?: number): void {
    const left = (item: LedgerItem) => (item.number === number ? item.open - (amount ?? item.open) : item.open);
    this.items = this.items.map((item) => ({ ...item, open: left(item) })).filter((item) => item.open > 0);
  }

  /** Takes an invoice to a stage of the default policy on a day, as if a message had. */
  ask(stage: string, on: string, ...invoices: string[]): void {
    const of = this.more.policy ?? DEFAULT_POLICY;
    const { key, offset, channel, tone } = of.stages.find((each) => each.key === stage)!;
    const entity = this.items.find((item) => item.number === invoices[0])?.entity ?? 'NWUK';
    const took = invoices.map((invoice) => ({
      ...{ invoice, stage: key, days: offset, formal: tone === 'formal' },
      asked: this.items.find((item) => item.number === invoice)?.open ?? null,
    }));
    const open = this.items.filter((item) => item.entity === entity).map((item) => item.number);
    this.record({
      ...{ do: 'record-contact', entity, on: day(on), channel: channel === 'call' ? 'call' : 'email', purpose: 'stage' },
      ...{ stage: { key, offset }, invoices, open, said: { firm: tone !== 'friendly', took, named: invoices } },
    });
  }

  /** What happened on each day through `to`, days without anything left out: '2026-11-23 friendly A'. */
  through(to: string): string[] {
    const log: string[] = [];
    for (; daysBetween(this.today, day(to)) >= 0; this.today = addDays(this.today, 1)) {
      const action = this.act();
      if (action) log.push(`${this.today} ${action.stage.key} ${action.invoices.map(({ number }) => number).join(' ')}`);
    }
    return log;
  }

  /** Nobody works until this day. */
  goTo(to: string): void {
    this.today = day(to);
  }
}
