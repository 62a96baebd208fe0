import type { LedgerRecord } from '../../src/operations/ledger-record.ts';
import type { SendPorts } from '../../src/operations/send-approved.ts';
import type { House } from '../support/house.ts';
import type { SmtpSink } from '../support/smtp-sink.ts';
import { addDays, type Bill, type Books, type Chances, type Customer, offOn } from './p8-books.ts';
import type { Approved, Judge } from './p8-judge.ts';
import type { Life } from './p8-life.ts';
import { linesIn, type SeenMail, seenMail } from './p8-mail.ts';

const COLLECTORS = ['U0MARA', 'U0TOM', 'U0INES'];
const SECOND = 'U0INES';
/** What can happen to a customer whose mail is approved and has not left yet. */
const STRIKES = ['payment', 'credit note', 'money on account', 'promise', 'dispute', 'hold', 'status', 'reply', 'do not contact'] as const;
/** What customers do about a mail, other than paying or not. */
const REACT = 0.35;
const REACTIONS = ['promise', 'promise', 'promise', 'dispute', 'dispute', 'reply', 'reply', 'hold', 'status', 'do not contact'] as const;

export interface World {
  readonly house: House;
  readonly sink: SmtpSink;
  readonly books: Books;
  readonly life: Life;
  readonly judge: Judge;
  readonly random: Chances;
  readonly customers: readonly Customer[];
}

/** The people at work: each does what they would do in Slack, by the operations behind the buttons, and the plain books are told the same. */
export async function office({ house, sink, books, life, judge, random, customers }: World) {
  const from = house.load;
  const { prepareDrafts, recheckDrafts, draftWriter } =
    await from<typeof import('../../src/operations/prepare-drafts.ts')>('operations/prepare-drafts.ts');
  const { sendApproved, SEND_TIMES } = await from<typeof import('../../src/operations/send-approved.ts')>('operations/send-approved.ts');
  const { smtpMailer, smtpOptions } = await from<typeof import('../../src/mail/smtp.ts')>('mail/smtp.ts');
  const { changeDraft } = await from<typeof import('../../src/operations/change-draft.ts')>('operations/change-draft.ts');
  const { changeAccount } = await from<typeof import('../../src/operations/change-account.ts')>('operations/change-account.ts');
  const { recordPromise } = await from<typeof import('../../src/operations/record-promise.ts')>('operations/record-promise.ts');
  const { recordDispute } = await from<typeof import('../../src/operations/record-dispute.ts')>('operations/record-dispute.ts');
  const { recordReply } = await from<typeof import('../../src/operations/record-reply.ts')>('operations/record-reply.ts');
  const { reviewQueue } = await from<typeof import('../../src/operations/review-queue.ts')>('operations/review-queue.ts');
  const { planDay } = await from<typeof import('../../src/operations/plan-day.ts')>('operations/plan-day.ts');
  const { contactOf } = await from<typeof import('../../src/operations/simulate.ts')>('operations/simulate.ts');
  const { copyOutboxes } = await from<typeof import('../../src/operations/copy-outboxes.ts')>('operations/copy-outboxes.ts');

  const ids = new Map((await house.ports.ledger.accounts()).map(({ id, number }) => [number, id]));
  const byId = new Map(customers.map((customer) => [ids.get(customer.number)!, customer]));
  const byAddress = new Map(customers.flatMap((customer) => customer.people.map(({ email }) => [email, customer] as const)));
  const approvals = new Map<string, Approved>();
  const approvalsOf = new Map<string, Approved[]>();
  const later = new Map<string, (() => Promise<void>)[]>();
  const mailer = smtpMailer(smtpOptions(sink.url, null));
  let today = '';
  let commands = 0;

  const command = () => `c${++commands}`;
  const done = (result: { done: boolean }) => result.done;
  const after = (low: number, high: number, happens: () => Promise<void>) => {
    const day = addDays(today, random.from(low, high));
    later.set(day, [...(later.get(day) ?? []), happens]);
  };
  const change = async (customer: Customer, request: object) =>
    done(await changeAccount(house.ports, ids.get(customer.number)!, request as never, 'U0MARA', command()));
  const localDay = ({ zone }: Customer) => house.time.now.toZonedDateTimeISO(zone).toPlainDate().toString();

  const does = {
    async promise(bill: Bill) {
      const { customer, entity, number } = bill;
      const free = books.ask(number, localDay(customer));
      if (free <= 0) return;
      const amount = random.of(0.3) ? Math.ceil(free / 2) : free;
      const [id, date, openThen] = [command(), addDays(today, random.from(3, 12)), books.open(number)];
      const asked = {
        id,
        account: ids.get(customer.number)!,
        invoices: [{ entity, number }],
        amount: amount === free ? null : amount,
        date: date as never,
        saidBy: 'AP',
      };
      if (!done(await recordPromise(house.ports, asked, 'U0MARA', command()))) return;
      books.pledge(id, { bill: number, amount, openThen, date });
      const kept = random.of(0.5);
      after(2, 3, async () => void (kept && life.pay(bill, amount / Math.max(amount, life.left(bill)))));
      after(16, 22, async () => {
        const missing = books.open(number) > openThen - amount;
        if (
          !(await change(customer, { do: 'close-promise', id, outcome: missing ? 'broken' : 'kept', paid: missing ? 0 : amount, note: '' }))
        )
          return;
        books.endPledge(number, id);
        if (missing) judge.broke(customer, amount, bill.currency);
      });
    },
    async dispute(bill: Bill) {
      const { customer, entity, number } = bill;
      const free = books.open(number) - books.disputed(number);
      if (free <= 0) return;
      const amount = random.of(0.5) ? Math.ceil(free / 3) : free;
      const id = command();
      const asked = {
        id,
        account: ids.get(customer.number)!,
        invoice: { entity, number },
        amount,
        reason: 'price' as const,
        note: 'price',
        owner: 'U0MARA',
      };
      if (!done(await recordDispute(house.ports, asked, 'U0MARA', command()))) return;
      books.contest(id, number, amount);
      after(6, 25, async () => {
        const outcome = random.pick(['credit', 'rejected']);
        if (outcome === 'credit') life.credit(bill, amount);
        if (await change(customer, { do: 'close-dispute', id, outcome, note: 'settled' })) books.endContest(number, id);
      });
    },
    async hold({ customer }: Bill) {
      const until = addDays(today, random.from(4, 20));
      if (await change(customer, { do: 'hold', until, reason: 'they asked us to wait' })) customer.holdUntil = until;
    },
    async status({ customer }: Bill) {
      const status = random.pick(['insolvent', 'represented', 'ceased-trading', 'do-not-contact']);
      if (!(await change(customer, { do: 'set-status', status, reason: 'as reported' }))) return;
      customer.status = status;
      after(20, 60, async () => {
        if (await change(customer, { do: 'set-status', status: 'active', reason: 'settled' })) customer.status = 'active';
      });
    },
    async reply({ customer }: Bill) {
      const id = command();
      const asked = {
        id,
        account: ids.get(customer.number)!,
        kind: 'other' as const,
        received: localDay(customer) as never,
        from: 'AP',
        text: { untrusted: 'Which invoice do you mean?' },
      };
      if (!done(await recordReply(house.ports, asked, 'U0MARA', command()))) return;
      customer.waiting.add(id);
      after(1, 6, async () => {
        const how = random.pick(['mail', 'call', 'none-needed']);
        if (!(await change(customer, { do: 'answer-reply', id, how }))) return;
        customer.waiting.delete(id);
        if (how !== 'none-needed') judge.contacted(customer, localDay(customer));
      });
    },
    async payment(bill: Bill) {
      life.pay(bill, random.of(0.5) ? 1 : 0.4);
      await does.import();
    },
    async 'credit note'(bill: Bill) {
      life.credit(bill, Math.ceil(life.left(bill) / 4));
      await does.import();
    },
    async 'money on account'(bill: Bill) {
      life.onAccount(bill, Math.ceil(books.open(bill.number) / random.pick([1, 3])));
      await does.import();
    },
    async 'do not contact'({ customer }: Bill, to: string) {
      const person = customer.people.find(({ email }) => email === to);
      if (!person) return;
      life.contact(customer, person, true);
      await does.import();
      after(10, 40, async () => life.contact(customer, person, false));
    },
    /** Whatever the accounting system has to tell since the last time. */
    async import() {
      const entries = life.take();
      const latest = new Map<string, LedgerRecord>();
      for (const { record } of entries)
        latest.set(record.kind === 'contact' ? record.email : record.kind === 'account' ? record.account.number : record.number, record);
      await house.importRecords([...latest.values()], 'books');
      for (const { book } of entries) book(today);
      books.importedOn = today;
    },
    /** What the program does by itself every minute. */
    async keep() {
      await recheckDrafts(house.ports);
      await prepareDrafts(house.ports);
      await copyOutboxes({ ...house.ports, told: {} });
    },
    /** What was going to happen by now: promises fall due, disputes are settled, answers given. */
    async catchUp() {
      const days = [...later.keys()].filter((day) => day <= today).sort();
      for (const day of days) {
        const all = later.get(day)!;
        later.delete(day);
        for (const happens of all) await happens();
      }
    },
    /** Everybody goes through their queue. */
    async review(share: number) {
      for (const user of COLLECTORS) {
        const { waiting } = await reviewQueue(house.ports, user);
        for (const { draft } of waiting) {
          if (!random.of(share)) continue;
          const mind = random.from(1, 50);
          if (mind === 1) await decide(draft.id, user, { do: 'reject', reason: 'not now' });
          else if (mind === 2) await decide(draft.id, user, { do: 'postpone', until: addDays(today, random.from(1, 4)) });
          else await approve(draft.id, user, mind === 3);
        }
      }
    },
    /** Calls and proposals of the day, where no mail is under way. */
    async work() {
      const busy = new Set((await house.ports.drafts.open()).map(({ draft }) => draft.account));
      for (const { row, decision, day } of (await planDay(house.ports)).accounts) {
        const { action } = decision;
        const customer = byId.get(row.id);
        if (!action || !customer || action.stage.channel === 'email' || busy.has(row.id)) continue;
        const open = day.items.filter((item) => item.entity === action.entity).map((item) => item.number);
        const local = localDay(customer);
        if (!(await change(customer, contactOf(action, open, local as never)))) continue;
        const numbers = action.invoices.map((invoice) => invoice.number);
        judge.call(customer, action.entity, action.stage.key, numbers, local, action.stage.channel === 'call');
        if (action.stage.channel === 'call' && random.of(0.3)) await does.promise(books.bill(numbers[0]!)!);
      }
    },
    /** Things happen to customers whose mail is approved and has not left yet. */
    async strike(share: number) {
      for (const { draft } of await house.ports.drafts.queued()) {
        const approval = approvals.get(`${draft.id} ${draft.hash}`);
        if (approval?.struck !== '' || !random.of(share)) continue;
        const bill = books.bill(draft.content.invoices[0]!.number)!;
        const kind = random.pick(STRIKES);
        const before = stateOf(bill);
        await does[kind](bill, draft.content.to[0]!.address);
        if (stateOf(bill) === before) continue;
        approval.struck = kind;
        judge.could('changedSince');
      }
    },
    /** The sender's turn, and what then reached the world. */
    async send() {
      const out: SendPorts = { ...house.ports, mailer, times: SEND_TIMES, replySecret: 'a secret' };
      await sendApproved(out);
      for (const taken of sink.taken.splice(0)) {
        const mail = seenMail(taken);
        const customer = byAddress.get(mail.to[0] ?? '');
        if (!customer) throw new Error(`a mail to nobody we know: ${mail.to}`);
        judge.mail(mail, customer, approvalsOf.get(customer.number) ?? [], house.time.now);
        await react(mail);
      }
    },
    /** Whoever clicks twice, and a second instance that looks at the same drafts. */
    async again() {
      for (const [key, { by, mailed }] of approvals) {
        if (mailed === 0) continue;
        const [id = '', seen = ''] = key.split(' ');
        judge.could('duplicate');
        await changeDraft(
          house.ports,
          id,
          { do: 'approve', seen, mayApprove: true, at: house.time.now.toString(), send: true },
          by[0]!,
          command(),
        );
        approvals.delete(key);
      }
      await does.send();
    },
    async confirmStarts() {
      for (const customer of customers) {
        if (!customer.startOpen || !random.of(0.12)) continue;
        for (const entity of customer.entities)
          await change(customer, { do: 'confirm-start', entity, stage: null, sent: null, invoices: [] });
        customer.startOpen = false;
      }
    },
  };

  /** Some customers answer, a day or more later. */
  async function react(mail: SeenMail): Promise<void> {
    const [line] = linesIn(mail.body, (number) => books.bill(number) !== undefined);
    const bill = line && books.bill(line.number);
    if (!bill || !random.of(REACT)) return;
    const kind = random.pick(REACTIONS);
    after(1, 4, () => does[kind](bill, mail.to[0]!));
  }

  /** All that a mail about a bill rests on. */
  function stateOf({ customer, entity, currency, number }: Bill): string {
    const { status, holdUntil, waiting, people } = customer;
    const local = localDay(customer);
    return JSON.stringify([
      status,
      holdUntil,
      waiting.size,
      people,
      books.open(number),
      books.credit(customer, entity, currency),
      books.ask(number, local),
      books.disputed(number),
    ]);
  }

  async function decide(id: string, by: string, request: object): Promise<boolean> {
    return done(await changeDraft(house.ports, id, request as never, by, command()));
  }

  async function approve(id: string, user: string, edited: boolean): Promise<void> {
    let draft = (await house.ports.drafts.load(id))!.draft;
    if (draft.state !== 'waiting') return;
    if (edited && draft.approvals.length === 0) {
      const { words, refused, pointedOut } = await draftWriter(house.ports).checkEdit(draft, {
        subject: draft.content.subject,
        body: draft.content.body.replace('\n\n', '\n\n\n'),
      });
      if (refused.length === 0) await decide(id, user, { do: 'edit', seen: draft.hash, words, notices: pointedOut });
      draft = (await house.ports.drafts.load(id))!.draft;
    }
    const { hash, content, entity } = draft;
    const request = { do: 'approve', seen: hash, mayApprove: user === SECOND, at: house.time.now.toString(), send: true };
    if (!(await decide(id, user, request))) return;
    const customer = byId.get(draft.account)!;
    const local = house.time.now.toZonedDateTimeISO(customer.zone);
    if (local.hour < 8 || local.hour >= 18 || offOn(customer.place, local.toPlainDate().toString())) judge.could('hours');
    const key = `${id} ${hash}`;
    const known = approvals.get(key);
    if (known) return void known.by.push(user);
    const { subject, body, to } = content;
    const approval: Approved = {
      customer,
      entity,
      to: to.map(({ address }) => address).join(),
      subject,
      body: body.trimEnd(),
      by: [user],
      struck: '',
      mailed: 0,
    };
    approvals.set(key, approval);
    approvalsOf.set(customer.number, [...(approvalsOf.get(customer.number) ?? []), approval]);
  }

  return {
    ...does,
    dayBegins(day: string) {
      today = day;
    },
  };
}

export type Office = Awaited<ReturnType<typeof office>>;
