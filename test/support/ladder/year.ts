import { randomFrom } from '../random-from.ts';
import { addDays, businessDaysAfter, type Day } from './days.ts';
import { DEFAULT_NUMBERS } from './default-policy.ts';
import { EMPTY_DAY, type Entry, type Event, invoice, replay } from './replay.ts';
import type { Invoice, Rules } from './types.ts';

const AMOUNTS = [12, 60, 300, 800, 1_000, 1_000, 5_000, 20_000];

/** Months of one invented account: invoices that come, are paid in part, promised, disputed and paid, or not. */
export function months(seed: number, days: number, rules: Rules = DEFAULT_NUMBERS): Entry[] {
  const random = randomFrom(seed);
  const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)]!;
  const from = '2026-01-05';
  const payer = pick([5, 20, 40, 60, 400]);
  const events: Record<Day, Event> = {};
  const change = (on: Day, number: string, how: (of: Invoice) => Partial<Invoice>) => {
    const before = events[on] ?? ((day) => day);
    const one = (of: Invoice) => (of.number === number ? { ...of, ...how(of) } : of);
    events[on] = (day) => ({ ...before(day), invoices: before(day).invoices.map(one) });
  };
  const invoices = Array.from({ length: 4 + Math.floor(random() * 8) }, (_, n) => {
    const due = addDays(from, Math.floor(random() * days * 0.8));
    const number = `I${n}`;
    const euros = pick(AMOUNTS);
    const trouble = random();
    const some = addDays(due, 5 + Math.floor(random() * 50));
    const part = Math.round(euros * 40);
    if (trouble < 0.12) change(some, number, (of) => ({ open: Math.max(0, of.open - part) }));
    else if (trouble < 0.24)
      change(some, number, (of) => ({ promises: [{ amount: Math.min(of.open, part), on: some, day: addDays(some, 9) }] }));
    else if (trouble < 0.34) {
      const closed = addDays(some, 25);
      change(some, number, (of) => ({ disputes: [{ amount: Math.min(of.open, part), openedOn: some, limit: closed }] }));
      change(closed, number, () => ({ disputes: [], disputeClosedOn: closed }));
    }
    change(addDays(due, payer + Math.floor(random() * 10)), number, () => ({ open: 0 }));
    return invoice(number, euros, due, { entity: random() < 0.25 ? 'F' : 'E', first: n === 0 });
  });
  const makes = () => random() > 0.2;
  return replay(
    { ...EMPTY_DAY, rules, today: from, invoices },
    addDays(from, days),
    events,
    (message) => message.kind !== 'call' || makes(),
  );
}

interface Said {
  readonly fault: string;
  readonly on: Day;
}

const CALENDAR = EMPTY_DAY.calendar;

/** Faults of one account's months against what must hold in a simulated year. */
export function faults(entries: readonly Entry[]): Said[] {
  const found: Said[] = [];
  const made = entries.at(-1)!.day.contacts;
  const stageContacts = made.filter((contact) => contact.takes.length > 0);
  const asked = new Map<string, Day>();
  for (const [n, contact] of made.entries()) {
    const say = (fault: string, wrong: boolean) => void (wrong && found.push({ fault, on: contact.on }));
    const before = made.slice(0, n).filter((of) => of.entity === contact.entity);
    const within = (days: number, of: (typeof made)[number]) => contact.on < businessDaysAfter(of.on, days, CALENDAR);
    const written = (of: (typeof made)[number]) => of.kind === 'statement' || of.kind === 'letter' || (of.kind === 'mail' && of.days! >= 0);
    say('two written demands within 5 bd', written(contact) && before.some((of) => written(of) && within(5, of)));
    say('two contacts a day', made[n - 1]?.on === contact.on);
    say(
      'a mail and a call within 2 bd',
      before.some((of) => (of.kind === 'call') !== (contact.kind === 'call') && within(2, of)),
    );
    const recent = stageContacts.filter((of) => of.entity === contact.entity && of.on <= contact.on);
    say('three stage contacts in 5 bd', recent.length > 2 && within(5, recent.at(-3)!));
    say('nine stage contacts in 20 bd', recent.length > 8 && within(20, recent.at(-9)!));
    const entry = entries.find((of) => of.on === contact.on)!;
    for (const take of contact.takes) {
      const of = entry.day.invoices.find((one) => one.number === take.invoice)!;
      say('raised too young', addDays(of.due, take.days) > contact.on);
      const key = `${take.invoice} ${take.stage}`;
      say('a stage twice', asked.has(key) && take.stage !== 'final-notice');
      say(
        'a first demand in formal words',
        contact.words === 'formal' && ![...asked.keys()].some((one) => one.startsWith(`${take.invoice} `)),
      );
      asked.set(key, contact.on);
      const rests = [...of.promises, ...of.disputes].length;
      say('more than is open', take.asked! > of.open || (take.asked === 0 && rests > 0));
    }
    const friendlyToo = before.some((of) => (of.words === 'firm' || of.words === 'formal') && contact.on <= addDays(of.on, 30));
    say('friendly words after firm ones', contact.words === 'friendly' && friendlyToo);
  }
  return [...found, ...unexplained(entries), ...silences(entries)];
}

/** "Without a contact every late invoice has a reason"; with 25 or more collectable there is a next date or somebody who has to act. */
function unexplained(entries: readonly Entry[]): Said[] {
  return entries.flatMap(({ on, answer }) => {
    const late = answer.message === null ? answer.invoices.filter((of) => of.late > 0 && of.reasons.length === 0) : [];
    return [
      ...late.map(() => ({ fault: 'no reason', on })),
      ...(answer.message === null && answer.reasons.length === 0 ? [{ fault: 'no reason', on }] : []),
    ];
  });
}

/** "No collectable late invoice (25 and more in sum, nobody stated as waiting) stays unnamed for more than 25 bd." */
function silences(entries: readonly Entry[]): Said[] {
  const since = new Map<string, Day>();
  const found: Said[] = [];
  for (const { on, day, answer } of entries) {
    const named = new Set(day.contacts.filter((of) => of.on === addDays(on, -1)).flatMap((of) => of.names));
    for (const of of answer.invoices) {
      const waits = of.reasons.some(({ code }) =>
        ['small-balance', 'below-minimum', 'final-notice-running', 'dispute-closed'].includes(code),
      );
      if (of.late < 3 || of.amount < 2_500 || waits || named.has(of.invoice)) since.delete(of.invoice);
      else if (!since.has(of.invoice)) since.set(of.invoice, on);
      if (since.has(of.invoice) && on > businessDaysAfter(since.get(of.invoice)!, 25, CALENDAR)) found.push({ fault: 'silence', on });
    }
  }
  return found;
}
