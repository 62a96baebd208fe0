import type { AccountDay, decideFollowUp as DecideFollowUp, FollowUp, FollowUpAction } from '../../src/follow-up/follow-up.ts';
import type { InvoiceStand } from '../../src/follow-up/stand.ts';

/** What must hold of the ladder in a year. */
export const INVARIANTS = {
  I1: 'no collectable late invoice stays unnamed for more than 25 business days',
  I2: 'it is first named within ten business days after day 3',
  I4: 'no demand stage is skipped but by a minimum or a call',
  I5: 'five business days between written demands',
  I6: 'one contact a day, none on a day off',
  I10: 'no stage twice; a notice again only for a larger amount',
  I11: 'at most two contacts of an entity in five business days, none within two of the other channel',
  I12: 'the spacing of each stage',
  I13: 'at most eight contacts of an entity in twenty business days',
  I14: 'no stage below its minimum',
  I15: 'no friendly words within 30 days after firm ones or beside a formal process',
  I17: 'nothing is asked in words of a stage it was too young for',
  I18: 'nothing under a running notice is listed again',
  I21: 'with 25 or more collectable there is a next date within 60 days',
  one: 'what must hold of every decision by itself',
} as const;
type Invariant = keyof typeof INVARIANTS;
export type Outcome = Record<string, number>;

const DAY_MS = 86_400_000;
const dayNumber = (iso: string) => Date.parse(iso) / DAY_MS;
const worksOn = (n: number) => ![0, 6].includes(new Date(n * DAY_MS).getUTCDay());
/** Business days after one day, through another: Monday to Friday. */
function business(from: string, to: string): number {
  let count = 0;
  for (let n = dayNumber(from) + 1; n <= dayNumber(to); n += 1) if (worksOn(n)) count += 1;
  return count;
}

/** Reasons by which somebody states that an invoice waits. */
const STATED = new Set([
  ...['reply-waiting', 'reply-fresh', 'dispute-closed', 'final-notice-running', 'letter-running', 'covered-by-credit', 'small-balance'],
  'below-minimum',
]);

export class LadderJudge {
  readonly #of = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  readonly examples: string[] = [];

  could(what: Invariant): void {
    this.#of.set(what, (this.#of.get(what) ?? 0) + 1);
  }

  fault(what: Invariant, why: string): void {
    this.#faults.set(what, (this.#faults.get(what) ?? 0) + 1);
    if (this.examples.length < 30) this.examples.push(`${what} ${why}`);
  }

  account = (name: string) => new Seen(this, name);
  held = () => this.#faults.size === 0;
  figures(): Outcome {
    const all = Object.keys(INVARIANTS).flatMap((key) => [
      [`${key}Of`, this.#of.get(key) ?? 0],
      [key, this.#faults.get(key) ?? 0],
    ]);
    return Object.fromEntries(all);
  }
}

interface Contact {
  readonly on: string;
  readonly channel: string;
  readonly stage: string;
  readonly written: boolean;
}

/** What has been seen of one account. */
class Seen {
  readonly #silent = new Map<string, { days: number; named: boolean }>();
  readonly #contacts = new Map<string, Contact[]>();
  readonly #taken = new Map<string, { readonly stage: string; readonly index: number; readonly asked: number }[]>();
  #firm = new Map<string, string>();

  readonly judge: LadderJudge;
  readonly name: string;

  constructor(judge: LadderJudge, name: string) {
    this.judge = judge;
    this.name = name;
  }

  fault(what: Invariant, why: string): void {
    this.judge.fault(what, `${this.name} ${why}`);
  }

  day({ today }: AccountDay, { reasons, entities }: FollowUp, faults: readonly string[]): void {
    this.judge.could('one');
    for (const each of faults) this.fault('one', `${today} ${each}`);
    if (!worksOn(dayNumber(today)) || reasons.some((reason) => reason !== 'contacted-today')) return;
    for (const { entity, invoices } of entities) {
      for (const stand of invoices) this.#silence(today, entity, stand, invoices);
    }
  }

  #silence(today: string, entity: string, stand: InvoiceStand, all: readonly InvoiceStand[]): void {
    const key = `${entity} ${stand.invoice}`;
    const known = this.#silent.get(key) ?? { days: 0, named: false };
    const sum = all.filter(({ currency }) => currency === stand.currency).reduce((total, { ask }) => total + ask, 0);
    // A message of today that names it may still be refused by whoever reviews it.
    const stated = stand.reasons.length === 0 || stand.reasons.some(({ code }) => STATED.has(code));
    if (stand.ask <= 0 || stated || sum < 2_500 || stand.daysPastDue <= 3) return;
    known.days += 1;
    this.#silent.set(key, known);
    this.judge.could('I1');
    if (known.days === 26) this.fault('I1', `${today} ${stand.invoice} ${stand.reasons.map(({ code }) => code)}`);
    if (known.named) return;
    this.judge.could('I2');
    if (known.days === 11) this.fault('I2', `${today} ${stand.invoice} ${stand.reasons.map(({ code }) => code)}`);
  }

  contact(account: AccountDay, action: FollowUpAction): void {
    const { today, policy } = account;
    const { entity, stage, kind, said } = action;
    for (const number of said.named) this.#silent.set(`${entity} ${number}`, { days: 0, named: true });
    this.judge.could('I6');
    if (!worksOn(dayNumber(today))) this.fault('I6', `${today} is a day off`);
    const before = this.#contacts.get(entity) ?? [];
    const written = stage.channel === 'email' && kind !== 'note';
    const now: Contact = { on: today, channel: stage.channel, stage: stage.key, written };
    if (kind !== 'note') this.#distances(before, now, stage.spacing, stage.channel);
    this.#contacts.set(entity, kind === 'note' ? before : [...before, now]);
    this.#steps(account, action);
    this.#words(account, action, policy.stages.indexOf(stage));
    if (kind === 'stage' && stage.tone !== 'friendly' && written) this.#firm.set(entity, today);
  }

  #distances(before: readonly Contact[], now: Contact, spacing: number, channel: string): void {
    const { judge } = this;
    for (const each of ['I11', 'I13'] as const) judge.could(each);
    const since = (chosen: (each: Contact) => boolean) => {
      const last = before.findLast(chosen);
      return last ? business(last.on, now.on) : Number.POSITIVE_INFINITY;
    };
    if (now.written) {
      judge.could('I5');
      if (since(({ written }) => written) < 5) this.fault('I5', now.on);
    }
    if (since((each) => each.channel !== channel) < 2) this.fault('I11', `${now.on} ${now.stage}: too soon`);
    const within = (days: number) => before.filter(({ on }) => business(on, now.on) < days).length + 1;
    if (within(5) > 2) this.fault('I11', `${now.on}: ${within(5)} in five days`);
    if (within(20) > 8) this.fault('I13', `${now.on}: ${within(20)} in twenty days`);
    if (spacing === 0) return;
    judge.could('I12');
    if (since(({ stage }) => stage === now.stage) < spacing) this.fault('I12', `${now.on} ${now.stage}`);
  }

  #steps(account: AccountDay, { entity, said, formal }: FollowUpAction): void {
    const { today, policy, items } = account;
    const { stages } = policy;
    const late = items.filter((item) => item.entity === entity && item.due < today);
    for (const { invoice, stage: key, asked } of said.took) {
      const { currency } = items.find((each) => each.number === invoice)!;
      const index = stages.findIndex((each) => each.key === key);
      const known = this.#taken.get(`${entity} ${invoice}`) ?? [];
      const top = Math.max(-1, ...known.map((each) => each.index));
      this.judge.could('I10');
      const again = known.findLast((each) => each.index === index);
      if (again && !(stages[index]!.tone === 'formal' && asked! > again.asked)) this.fault('I10', `${today} ${invoice} ${key}`);
      this.judge.could('I4');
      const owed = late.filter((each) => each.currency === currency).reduce((sum, each) => sum + each.open, 0);
      const skipped = stages.filter((each, at) => at > top && at < index && each.offset > 0 && each.channel !== 'call');
      // What is below the stage may be less than all that is owed; more than all it cannot be.
      const below = (at: number) =>
        late.filter((each) => each.currency === currency && this.#top(entity, each.number) < at).reduce((sum, each) => sum + each.open, 0);
      for (const each of skipped)
        if (below(stages.indexOf(each)) >= (each.minimum[currency] ?? 0) && !this.#mayLack(account))
          this.fault('I4', `${today} ${invoice} ${each.key} of ${owed}`);
      this.#taken.set(`${entity} ${invoice}`, [...known, { stage: key, index, asked: asked! }]);
    }
    for (const [key, list] of Map.groupBy(said.took, ({ stage }) => stage)) {
      const stage = stages.find((each) => each.key === key)!;
      for (const [currency, own] of Map.groupBy(list, ({ invoice }) => items.find((each) => each.number === invoice)!.currency)) {
        this.judge.could('I14');
        const beside =
          stage.tone === 'formal' ? [...formal].filter((each) => each.currency === currency).reduce((sum, { net }) => sum + net, 0) : 0;
        const sum = own.reduce((total, { asked }) => total + asked!, beside);
        if (sum < (stage.minimum[currency] ?? 0) && !this.#mayLack(account)) this.fault('I14', `${today} ${key} ${sum} ${currency}`);
      }
    }
  }

  #top = (entity: string, number: string) => Math.max(-1, ...(this.#taken.get(`${entity} ${number}`) ?? []).map(({ index }) => index));
  /** Promises, disputes, waiting and credit take away from what is below a stage, and what waits may help over a formal minimum. */
  #mayLack = ({ credits, work: { promises, disputes, replies, closedDisputes } }: AccountDay) =>
    credits.length + promises.length + disputes.length + replies.length + closedDisputes.length > 0;

  #words({ today }: AccountDay, { entity, stage, kind, plain, invoices, firmer, also, formal, said }: FollowUpAction, at: number): void {
    if (kind !== 'stage') return;
    const { judge } = this;
    const firm = this.#firm.get(entity);
    judge.could('I15');
    const lately = firm !== undefined && dayNumber(today) - dayNumber(firm) <= 30;
    if (stage.channel === 'email' && stage.tone === 'friendly' && !plain && (lately || formal.length > 0))
      this.fault('I15', `${today} ${stage.key}`);
    for (const { number, due } of invoices) {
      judge.could('I17');
      const jumped = said.took.some(({ invoice, jumped: leap }) => invoice === number && leap);
      if (dayNumber(today) - dayNumber(due) < stage.offset && !jumped) this.fault('I17', `${today} ${number} ${stage.key} ${at}`);
    }
    for (const { number } of [...invoices, ...firmer, ...also]) {
      judge.could('I18');
      const noticed = (this.#taken.get(`${entity} ${number}`) ?? []).some(({ stage: key }) => key === 'final-notice');
      if (noticed && !said.took.some(({ invoice }) => invoice === number)) this.fault('I18', `${today} ${number}`);
    }
  }

  /** The next contact, if nothing changes. */
  ahead(account: AccountDay, decide: typeof DecideFollowUp): void {
    const decision = decide(account);
    const stands = decision.entities.flatMap(({ invoices }) => invoices);
    const open = stands.filter((each) => each.ask > 0 && !each.reasons.some(({ code }) => STATED.has(code)));
    const blocked = decision.reasons.some((reason) => reason === 'on-hold');
    if (blocked || open.reduce((sum, { ask }) => sum + ask, 0) < 2_500 || new Set(open.map(({ currency }) => currency)).size > 1) return;
    this.judge.could('I21');
    for (let n = 0; n <= 60; n += 1) {
      const today = new Date((dayNumber(account.today) + n) * DAY_MS).toISOString().slice(0, 10) as AccountDay['today'];
      if (decide({ ...account, today }).action) return;
    }
    this.fault(
      'I21',
      `${account.today} ${stands.map(({ invoice, reasons }) => `${invoice} ${reasons.map(({ code }) => code)}`).join('; ')}`,
    );
  }
}
