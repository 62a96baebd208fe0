import path from 'node:path';
import { type AccountRequest, type AccountWork, NEW_WORK } from '../../src/account/account-work.ts';
import type { decideAccount as DecideAccount } from '../../src/account/decide-account.ts';
import type { LedgerItem } from '../../src/arrangements/collectable.ts';
import type { AccountDay, decideFollowUp as DecideFollowUp } from '../../src/follow-up/follow-up.ts';
import type { contactOf as ContactOf } from '../../src/follow-up/simulate.op.ts';
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { faultsOf } from '../follow-up/ladder-invariants.ts';
import { accountDay } from '../support/account-days.ts';
import { chances } from './p8-books.ts';
import { LadderJudge, type Outcome } from './p8-judge-invariants.ts';

const SIZES = { test: { accounts: 40, days: 300 }, full: { accounts: 500, days: 365 } };
const FIRST = day('2026-01-05');
const KINDS = ['good', 'chronic', 'bad', 'small', 'big', 'one invoice', 'two entities', 'two currencies'] as const;
/** Nobody works and nothing is imported on these days of the year. */
const OUTAGES: readonly (readonly [number, number])[] = [
  [40, 55],
  [120, 124],
  [200, 230],
];

interface Program {
  readonly decideFollowUp: typeof DecideFollowUp;
  readonly decideAccount: typeof DecideAccount;
  readonly contactOf: typeof ContactOf;
}

/** The rule walked through a year of customers, with what must hold counted: how often it could have failed, and how often it did. */
export async function p8Ladder(size: keyof typeof SIZES, src: string): Promise<{ held: boolean; figures: Outcome }> {
  const from = (file: string) => import(path.join(src, file));
  const program: Program = {
    ...(await from('follow-up/follow-up.ts')),
    ...(await from('account/decide-account.ts')),
    ...(await from('follow-up/simulate.op.ts')),
  };
  const { accounts, days } = SIZES[size];
  const judge = new LadderJudge();
  for (let n = 0; n < accounts; n += 1) new Year(program, judge, n).live(days);
  return { held: judge.held(), figures: judge.figures() };
}

/** One customer's year; deterministic by its number. */
class Year {
  readonly #random: ReturnType<typeof chances>;
  readonly #kind: (typeof KINDS)[number];
  #items: LedgerItem[] = [];
  #pays = new Map<string, Day>();
  #work: AccountWork = NEW_WORK;
  #credit = 0;
  #count = 0;

  readonly program: Program;
  readonly judge: LadderJudge;
  readonly number: number;

  constructor(program: Program, judge: LadderJudge, number: number) {
    this.program = program;
    this.judge = judge;
    this.number = number;
    this.#random = chances(number + 1);
    this.#kind = KINDS[number % KINDS.length]!;
  }

  live(days: number): void {
    const seen = this.judge.account(`${this.#kind} ${this.number}`);
    for (let n = 0; n < days; n += 1) {
      const today = addDays(FIRST, n);
      this.#bill(today);
      this.#pay(today);
      if (OUTAGES.some(([from, to]) => n >= from && n <= to)) continue;
      this.#happen(today);
      const account = this.#account(today);
      const decision = this.program.decideFollowUp(account);
      seen.day(account, decision, faultsOf(account, decision, this.program.decideFollowUp));
      if (n % 30 === 0) seen.ahead(account, this.program.decideFollowUp);
      const { action } = decision;
      if (!action) continue;
      if (action.stage.channel === 'call') {
        const calls = action.said.took.map(({ invoice, stage }) => ({ invoice, stage }));
        this.#record({ do: 'offer-call', entity: action.entity, calls }, today);
        if (this.#random.of(0.25)) continue;
      } else if (this.#random.of(0.1)) continue;
      const open = this.#items.filter(({ entity }) => entity === action.entity).map(({ number }) => number);
      this.#record(this.program.contactOf(action, open, today), today);
      seen.contact(account, action);
      const after = this.program.decideFollowUp(this.#account(today));
      if (after.action) seen.fault('I6', `${today}: twice`);
    }
  }

  #account(today: Day): AccountDay {
    const credits = this.#credit > 0 ? [{ entity: 'E', currency: 'EUR', unappliedCash: this.#credit, openCredit: 0 }] : [];
    return accountDay(today, this.#items, { work: this.#work, credits });
  }

  #record(request: AccountRequest, today: Day): void {
    const decided = this.program.decideAccount(this.#work, request, 'U0MARA', today, addDays(today, 180));
    if (!('refused' in decided)) this.#work = decided.work;
  }

  #bill(today: Day): void {
    const every = this.#kind === 'chronic' ? 1 / 7 : 1 / 24;
    if ((this.#kind === 'one invoice' && this.#count > 0) || !this.#random.of(every)) return;
    this.#count += 1;
    const number = `I${this.#count}`;
    const euros =
      this.#kind === 'small'
        ? this.#random.from(5, 320)
        : this.#kind === 'big'
          ? this.#random.from(4_000, 40_000)
          : this.#random.from(60, 3_000);
    const second = this.#random.of(0.5);
    const due = addDays(today, this.#random.from(0, 20));
    this.#items.push({
      entity: this.#kind === 'two entities' && second ? 'F' : 'E',
      number,
      currency: this.#kind === 'two currencies' && second ? 'USD' : 'EUR',
      issued: addDays(due, -30),
      due,
      open: euros * 100,
      disputed: 0,
    });
    const late =
      { good: 4, chronic: 38, bad: 400, small: 120, big: 55, 'one invoice': 400 }[this.#kind as 'good'] ?? this.#random.from(2, 110);
    this.#pays.set(number, addDays(due, late + this.#random.from(0, 6)));
  }

  #pay(today: Day): void {
    this.#items = this.#items.flatMap((item) => {
      if (today >= this.#pays.get(item.number)!) return [];
      const part = item.due < today && this.#random.of(0.004) ? Math.floor(item.open * 0.6) : item.open;
      return [{ ...item, open: Math.max(1, part) }];
    });
  }

  #happen(today: Day): void {
    const late = this.#items.filter(({ due }) => due < today);
    const item = late.length > 0 ? this.#random.pick(late) : undefined;
    if (this.#random.of(0.01)) this.#credit = this.#credit > 0 ? 0 : this.#random.from(1, 400) * 100;
    for (const { id } of this.#work.replies) if (this.#random.of(0.2)) this.#record({ do: 'answer-reply', id, how: 'none-needed' }, today);
    for (const { id, amount } of this.#work.disputes)
      if (this.#random.of(0.05))
        this.#record({ do: 'close-dispute', id, parts: [{ outcome: 'rejected', amount }], credited: 0, note: '' }, today);
    if (!item) return;
    const { entity, number, currency, open } = item;
    const id = `${number}-${today}`;
    if (this.#random.of(0.01)) {
      const invoices = [{ invoice: number, open, free: open }];
      this.#record(
        { do: 'record-promise', id, entity, currency, amount: open, date: addDays(today, this.#random.from(2, 15)), invoices, saidBy: 'x' },
        today,
      );
    }
    if (this.#random.of(0.008) && !this.#work.disputes.some((each) => each.invoice === number)) {
      const amount = Math.ceil(open * (this.#random.of(0.5) ? 1 : 0.4));
      this.#record(
        {
          ...{
            do: 'record-dispute',
            id,
            entity,
            invoice: number,
            currency,
            amount,
            open,
            reason: 'price',
            note: '',
            owner: 'U0TOM',
            channel: null,
          },
          until: addDays(today, 14),
        },
        today,
      );
    }
    if (this.#random.of(0.008))
      this.#record({ do: 'record-reply', id, kind: 'other', received: today, about: { entity, invoices: [number] } }, today);
    if (this.#random.of(0.002)) this.#record({ do: 'hold', until: addDays(today, 9), reason: 'x' }, today);
  }
}
