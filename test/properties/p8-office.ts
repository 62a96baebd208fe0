import type { Draft } from '../../src/mails/draft.ts';
import type { SendNeeds } from '../../src/mails/send-plan.op.ts';
import type { SmtpSink } from '../support/smtp-sink.ts';
import { worldOf } from '../support/world.ts';
import { addDays, type Bill, type Customer, offOn } from './p8-books.ts';
import { Decisions } from './p8-decisions.ts';
import { Events, REACTIONS, STRIKES, type World } from './p8-events.ts';
import type { Approved } from './p8-lines.ts';
import { linesIn, type SeenMail, seenMail } from './p8-mail.ts';

const COLLECTORS = ['U0MARA', 'U0TOM', 'U0INES'];
/** May give a final notice its second approval. */
const SECOND = 'U0INES';
/** Share of mails that customers react to. */
const REACT = 0.35;

/** The people at work and the program that runs beside them: drafts, reviews, calls, sending. */
export class Office {
  readonly events: Events;
  readonly decisions: Decisions;
  #world: World;
  #sink: SmtpSink;
  #mailer: SendNeeds['mailer'];
  #byId: ReadonlyMap<string, Customer>;
  #byAddress: ReadonlyMap<string, Customer>;
  /** By draft and hash. */
  #approvals = new Map<string, Approved>();
  #approvalsOf = new Map<string, Approved[]>();

  private constructor(world: World, sink: SmtpSink, events: Events) {
    const { customers, operations } = world;
    this.#world = world;
    this.#sink = sink;
    this.events = events;
    this.#mailer = operations.smtpMailer(operations.smtpOptions(sink.url, null));
    this.#byId = new Map(customers.map((customer) => [events.ids.get(customer.number)!, customer]));
    this.#byAddress = new Map(
      customers.flatMap((customer) =>
        [customer.noticeTo, ...customer.people.map(({ email }) => email)].map((to) => [to, customer] as const),
      ),
    );
    this.decisions = new Decisions(world, events, events.escalations, (customer) => this.#approved(customer));
  }

  static async open(world: World, sink: SmtpSink): Promise<Office> {
    const rows = await world.house.ports.ledger.accounts();
    const office = new Office(world, sink, new Events(world, new Map(rows.map(({ id, number }) => [number, id]))));
    await office.events.arrangements.agree(world.customers);
    await office.events.escalations.begin();
    return office;
  }

  /** What the program does by itself every minute. */
  async keep(): Promise<void> {
    const { house, operations } = this.#world;
    await operations.settleArrangements(house.ports);
    await operations.watchDisputes(house.ports);
    await this.events.arrangements.sync();
    await this.decisions.sync();
    await this.decisions.carryOut();
    await operations.recheckDrafts(house.ports);
    await operations.prepareDrafts(house.ports);
    await operations.copyOutboxes({ ...house.ports, told: {} });
  }

  /** Everybody goes through a share of their queue. */
  async review(share: number): Promise<void> {
    const { house, operations, random } = this.#world;
    for (const user of COLLECTORS) {
      const { waiting } = await operations.reviewQueue(house.ports, user);
      for (const { draft } of inOrder(waiting)) {
        if (!random.of(share)) continue;
        const mind = random.from(1, 50);
        const until = addDays(this.events.today, random.from(1, 4));
        if (mind === 1) await this.#decide(draft.id, user, { do: 'reject', reason: 'not now' });
        else if (mind === 2) await this.#decide(draft.id, user, { do: 'postpone', until });
        else await this.#approve(draft.id, user, mind === 3);
      }
    }
  }

  /** Calls and proposals of the day, where no mail is under way. */
  async work(): Promise<void> {
    const { house, operations, judge, books, random } = this.#world;
    const busy = new Set((await house.ports.drafts.open()).map(({ draft }) => draft.account));
    for (const { row, decision, day } of (await operations.planDay(house.ports)).accounts) {
      const { action, proposals } = decision;
      const customer = this.#byId.get(row.id);
      if (customer && !busy.has(row.id)) for (const each of proposals) await this.events.escalations.propose(customer, each);
      if (!action || !customer || action.stage.channel === 'email' || busy.has(row.id)) continue;
      const open = day.items.filter((item) => item.entity === action.entity).map((item) => item.number);
      const local = this.events.localDay(customer);
      if (!(await this.events.change(customer, operations.contactOf(action, open, local as never)))) continue;
      const numbers = action.invoices.map((invoice) => invoice.number);
      judge.call(customer, action.entity, action.said.took, local);
      if (action.stage.channel === 'call' && random.of(0.3)) await this.events.promise(books.bill(numbers[0]!)!);
    }
  }

  /** Things happen to customers whose mail is approved and has not left yet. */
  async strike(share: number): Promise<void> {
    const { house, random, books, judge } = this.#world;
    for (const { draft } of inOrder(await house.ports.drafts.queued())) {
      const approval = this.#approvals.get(`${draft.id} ${draft.hash}`);
      // What a letter besides the ladder is about may change without it.
      if (approval?.struck !== '' || draft.correspondence || !random.of(share)) continue;
      const bill = books.bill(draft.content.invoices[0]!.number)!;
      const kind = random.pick(STRIKES);
      const before = this.#stateOf(bill);
      await this.events[kind](bill, draft.content.to[0]!.address);
      if (this.#stateOf(bill) === before) continue;
      approval.struck = kind;
      judge.could('changedSince');
    }
  }

  /** The sender's turn, and what then reached the world. */
  async send(): Promise<void> {
    const { house, operations, judge } = this.#world;
    await operations.sendApproved(worldOf({ ...house.ports, mailer: this.#mailer, times: operations.SEND_TIMES, replySecret: 'a secret' }));
    for (const mail of this.#sink.taken
      .splice(0)
      .map(seenMail)
      .sort(before(({ to, subject }) => `${to} ${subject}`))) {
      const customer = this.#byAddress.get(mail.to[0] ?? '');
      if (!customer) throw new Error(`a mail to nobody we know: ${mail.to}`);
      judge.mail(mail, customer, this.#approved(customer), house.time.now);
      this.#react(mail);
    }
  }

  /** Whoever clicks twice, and a second instance that looks at the same drafts. */
  async again(): Promise<void> {
    for (const [key, { by, mailed }] of this.#approvals) {
      if (mailed === 0) continue;
      const [id = '', seen = ''] = key.split(' ');
      this.#world.judge.could('duplicate');
      await this.#decide(id, by[0]!, { do: 'approve', seen, mayApprove: true, at: this.#world.house.time.now.toString(), send: true });
      this.#approvals.delete(key);
    }
    await this.send();
  }

  /** Collectors say, some day, where follow-up of customers begins that were late when they came to us. */
  async confirmStarts(): Promise<void> {
    const { customers, random, judge, books } = this.#world;
    for (const customer of customers) {
      if (!customer.startOpen || !random.of(0.12)) continue;
      for (const entity of customer.entities) {
        const invoices = customer.warned ? judge.warned(customer, entity) : [];
        const stage = invoices.length > 0 ? { key: 'final-notice', offset: 45 } : null;
        const marks = invoices.map((invoice) => {
          const on = addDays(books.bill(invoice)!.due, 45);
          const asked = books.open(invoice);
          return { invoice, stage: 'final-notice', days: 45, on, asked, how: 'start', notice: { on, asked } };
        });
        const from = this.events.localDay(customer);
        await this.events.change(customer, { do: 'confirm-start', entity, stage, sent: null, marks, from });
      }
      customer.startOpen = false;
    }
  }

  /** Some customers answer, a day or more later. */
  #react(mail: SeenMail): void {
    const { books, random } = this.#world;
    const [line] = linesIn(mail.body, (number) => books.bill(number) !== undefined);
    const bill = line && books.bill(line.number);
    if (!bill || !random.of(REACT)) return;
    const kind = random.pick(REACTIONS);
    this.events.later(1, 4, () => this.events[kind](bill, mail.to[0]!));
  }

  /** All that a mail about a bill rests on. */
  #stateOf({ customer, entity, currency, number }: Bill): string {
    const { books } = this.#world;
    const { status, holdUntil, waiting, people } = customer;
    const amounts = [books.open(number), books.credit(customer, entity, currency), books.disputed(number)];
    return JSON.stringify([status, holdUntil, waiting.size, people, ...amounts, books.ask(number, this.events.localDay(customer))]);
  }

  #approved({ number }: Customer): Approved[] {
    if (!this.#approvalsOf.has(number)) this.#approvalsOf.set(number, []);
    return this.#approvalsOf.get(number)!;
  }

  async #decide(id: string, by: string, request: object): Promise<boolean> {
    const { house, operations } = this.#world;
    return (await operations.changeDraft(house.ports, id, request as never, by, this.events.command())).done;
  }

  async #approve(id: string, user: string, edited: boolean): Promise<void> {
    const { house, operations, judge } = this.#world;
    const load = async () => (await house.ports.drafts.load(id))!.draft;
    let draft = await load();
    if (draft.state !== 'waiting') return;
    if (edited && draft.approvals.length === 0) {
      const { subject, body } = draft.content;
      const edit = { subject, body: body.replace('\n\n', '\n\n\n') };
      const { words, refused, pointedOut } = await operations.draftWriter(house.ports).checkEdit(draft, edit);
      if (refused.length === 0) await this.#decide(id, user, { do: 'edit', seen: draft.hash, words, notices: pointedOut });
      draft = await load();
    }
    const { hash, content, entity } = draft;
    const request = { do: 'approve', seen: hash, mayApprove: user === SECOND, at: house.time.now.toString(), send: true };
    if (!(await this.#decide(id, user, request))) return;
    const customer = this.#byId.get(draft.account)!;
    const local = house.time.now.toZonedDateTimeISO(customer.zone);
    if (local.hour < 8 || local.hour >= 18 || offOn(customer.place, local.toPlainDate().toString())) judge.could('hours');
    const known = this.#approvals.get(`${id} ${hash}`);
    if (known) return void known.by.push(user);
    const to = [...content.to, ...content.cc].map(({ address }) => address).join();
    const { subject, body } = content;
    const answers = draft.correspondence?.answers ?? null;
    const approval: Approved = {
      customer,
      entity,
      to,
      subject,
      body: body.trimEnd(),
      by: [user],
      answers,
      took: draft.said?.took ?? [],
      struck: '',
      mailed: 0,
    };
    this.#approvals.set(`${id} ${hash}`, approval);
    this.#approved(customer).push(approval);
  }
}

/** Ids of drafts are chosen anew in each run: by account and subject, so that a year is the same each time. */
const inOrder = <T extends { readonly draft: Draft }>(drafts: readonly T[]): T[] =>
  drafts.toSorted(before(({ draft }) => `${draft.account} ${draft.content.subject}`));
const before =
  <T>(key: (of: T) => string) =>
  (a: T, b: T) =>
    key(a) < key(b) ? -1 : Number(key(a) > key(b));
